"""A real server on loopback that speaks the chat completions of OpenAI's form, and answers as it is told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Self

from loopback_server import BackgroundServer, Reply, send
from paper_digest.model.paper import Digest, Paper
from paper_digest.store.files import Store

GOOD = {
    "claim": "a kettle that whistles in tune",
    "how": "by a reed in its spout",
    "result": "in 93.5% of 40 trials",
    "limits": "",
}
ABSTRACT = (
    "We show that a Boltzmann kettle with a reed whistles in tune in 93.5\\% of forty trials."
)


def completion(content: object, **choice: object) -> bytes:
    """Return the bytes of an answer; ``content`` is a text, or becomes JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text, **dict(choice.pop("message", {}))}  # type: ignore[call-overload]
    value: dict[str, Any] = {
        "object": "chat.completion",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 50, "total_tokens": 350},
    }
    return json.dumps(value).encode()


def says(content: object, **choice: object) -> Reply:
    """Make a reply that is a model's answer."""
    return send(completion(content, **choice))


class ModelServer(BackgroundServer):
    """Answers each request with the replies in order, the last one for ever; notes what it was asked.

    ``answer_for`` is asked instead where it is given: it makes a reply of the title and abstract.
    """

    def __init__(
        self, *replies: Reply, answer_for: Callable[[dict[str, str]], Reply] | None = None
    ) -> None:
        self.replies = list(replies) or [says(GOOD)]
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.bodies.append(body)
                outer.headers.append(dict(self.headers))
                assert self.path == "/v1/chat/completions"
                if answer_for:
                    reply = answer_for(json.loads(body["messages"][1]["content"]))
                else:
                    waiting = outer.replies
                    reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
                with suppress(BrokenPipeError, ConnectionResetError):
                    reply(self)

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        super().__init__(Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def titles(self) -> Counter[str]:
        """Count how often each title was asked about."""
        asked = (json.loads(body["messages"][1]["content"]) for body in self.bodies)
        return Counter(one["title"] for one in asked)


def archive_with(root: Path, url: str, *papers: Paper, settings: str = "") -> Store:
    """Make an archive of these papers that asks the model at ``url``; ``settings`` are further lines."""
    root.mkdir(exist_ok=True)
    lines = f"title: Kettles\nsummaries:\n  url: {url}\n  model: kettle-7b\n{settings}"
    (root / "archive.yml").write_text(lines)
    store = Store(root / "archive")
    store.write(papers)
    return store


def paper(number: int, abstract: str = ABSTRACT, **fields: Any) -> Paper:  # noqa: ANN401 - any field
    """Make a paper without a digest; the greater its number, the newer it is."""
    return Paper(
        id=f"arxiv:2511.{number:05}",
        title=f"Kettle {number}",
        abstract=abstract,
        published=f"2025-{1 + number % 12:02}-{1 + number % 28:02}",
        **fields,
    )


def digest_of(store: Store, number: int) -> Digest | None:
    """Return the digest that the archive has of a paper."""
    stored = store.get(f"arxiv:2511.{number:05}")
    assert stored
    return stored.digest
