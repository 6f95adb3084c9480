"""Made-up answers of Hugging Face and arXiv, a project that follows them, and a way to the loopback."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from loopback_server import FakeTime, Server
from paper_digest.ingest.commands import FetchOptions, answer_cache_folder, ingest_followed
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Answer, Fetcher
from paper_digest.model.batch import Request
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config
from paper_digest.store.runs.log import Run

HF = "/huggingface.co/api/daily_papers?date={}&limit=100"
FEED = "/rss.arxiv.org/atom/cs.RO"
QUERY = "/export.arxiv.org/api/query"


class Elsewhere:
    """Asks the loopback server instead of the source's own, through the real fetcher."""

    def __init__(self, fetcher: HttpFetcher, server: Server) -> None:
        self._fetcher, self._server = fetcher, server

    def get(self, request: Request) -> Answer:
        """Ask ``http://127.0.0.1:PORT/HOST/PATH`` and hand the original address back."""
        address = self._server.base + path_of(request.url)
        return msgspec.structs.replace(self._fetcher.get(Request(address)), url=request.url)


def path_of(url: str) -> str:
    """Name the path on the loopback server that stands for an address."""
    parts = urlsplit(url)
    return f"/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def fetching(
    server: Server, fake: FakeTime, **more: object
) -> Callable[[Path, Config, FetchOptions], AbstractContextManager[Fetcher]]:
    """Make fetchers that ask ``server``, with the pauses of real ones on a clock of their own."""

    @contextmanager
    def opened(root: Path, config: Config, asking: FetchOptions) -> Iterator[Fetcher]:
        manners = Politeness(
            contact=config.contact,
            **{"interval_s": 0.0, "budget_s": asking.budget_s, "max_tries": 2, **more},  # type: ignore[arg-type]
        )
        with HttpFetcher(
            manners, answer_cache_folder(root), replay=asking.replay, environment=fake.world
        ) as fetcher:
            yield Elsewhere(fetcher, server)

    return opened


def ask_followed(
    root: Path,
    server: Server,
    fake: FakeTime,
    span: tuple[date | None, date | None] = (None, None),
) -> tuple[list[Run], list[Problem]]:
    """Ask ``server``, at the time of ``fake``, for all that a project follows."""
    return ingest_followed(
        root,
        span,
        replay=False,
        show_progress=lambda _: None,
        now=fake.world.now(),
        fetcher_factory=fetching(server, fake),
    )


def project(place: Path, follow: Sequence[dict[str, object]]) -> Path:
    """Make a project that follows sources and has no topics."""
    place.mkdir(parents=True, exist_ok=True)
    lines = ["title: Boats", "topics: []", f"follow: {json.dumps(follow)}"]
    (place / "archive.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return place


def day_of(*ids: str, upvotes: int = 1) -> bytes:
    """Write one of Hugging Face's lists."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": bare,
                    "title": f"Boats of {bare}",
                    "summary": "They float.",
                    "upvotes": upvotes,
                    "publishedAt": "2026-02-20T00:00:00.000Z",
                },
                "numComments": 0,
            }
            for bare in ids
        ]
    ).encode()


def feed(day: date, *ids: str, kind: str = "new") -> bytes:
    """Write one of arXiv's announcement feeds, as it is made in the night of ``day``."""
    entries = "".join(
        f"""<entry><id>oai:arXiv.org:{bare}v1</id><title>Boats of {bare}</title>
        <summary>arXiv:{bare}v1 Announce Type: {kind}
        Abstract: We fold them, and then they float.</summary>
        <category term="cs.RO"/><published>{day}T00:00:00-05:00</published>
        <arxiv:announce_type>{kind}</arxiv:announce_type>
        <dc:creator>Ada Example, Carl Case</dc:creator></entry>"""
        for bare in ids
    )
    return f"""<feed xmlns:arxiv="http://arxiv.org/schemas/atom"
        xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom">
        <id>http://rss.arxiv.org/atom/cs.RO</id><updated>{day}T05:00:02+00:00</updated>{entries}
        </feed>""".encode()


def found(*papers: tuple[str, str, Sequence[str]]) -> bytes:
    """Write an answer of arXiv's query API: ids, titles, authors."""
    entries = "".join(
        f"""<entry><id>http://arxiv.org/abs/{bare}v1</id><title>{title}</title>
        <updated>2025-11-04T09:00:00Z</updated><published>2025-11-04T08:00:00Z</published>
        <summary>We fold them.</summary><category term="cs.RO"/>
        <arxiv:primary_category term="cs.RO"/>
        {"".join(f"<author><name>{name}</name></author>" for name in names)}</entry>"""
        for bare, title, names in papers
    )
    return f"""<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
        xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
        <id>https://arxiv.org/api/madeUpHash</id><title>arXiv Query</title>
        <updated>2025-11-21T10:00:00Z</updated>
        <opensearch:itemsPerPage>9</opensearch:itemsPerPage>
        <opensearch:totalResults>{len(papers)}</opensearch:totalResults>
        <opensearch:startIndex>0</opensearch:startIndex>{entries}</feed>""".encode()


def tree(root: Path) -> dict[str, bytes]:
    """Read all papers of a project's archive as they lie on the disk."""
    papers = root / "archive" / "papers"
    return {str(p.relative_to(papers)): p.read_bytes() for p in sorted(papers.rglob("*.md"))}


def at(fake: FakeTime, *moment: int) -> datetime:
    """Move the fake clock to a moment (UTC)."""
    now = datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]
    fake.at += (now - fake.world.now()).total_seconds()
    return now
