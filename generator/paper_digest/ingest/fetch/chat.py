"""Asks a language model through the chat completions of OpenAI's form, one request after the other.

httpx, which is here already, in place of the package ``openai``: one POST is all that is needed, and it has
to end. That package (2.5 MB packed, with pydantic's compiled core behind it) bounds neither the size of
an answer nor the time of all its bytes, and repeats requests by rules of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from paper_digest.ingest.fetch.body import BodyTooLargeError, BrokenBodyError, read_body
from paper_digest.ingest.fetch.certificates import (
    CURE_UNTRUSTED,
    named_settings,
    untrusted_certificate,
)
from paper_digest.ingest.fetch.deadline import Deadline, bound_client
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import (
    RETRYABLE,
    RetryableError,
    backoff_s,
    cure_of,
    failed_connection,
    no_answer,
    parse_retry_after,
)
from paper_digest.ingest.fetch.protocol import HostSilentError
from paper_digest.ingest.fetch.waiting import wait_aloud
from paper_digest.model.errors import ConfigError
from paper_digest.model.quoting import quote_outside
from paper_digest.settings.summaries import KEY_VARIABLE

#: Of one answer, unpacked: 60 words need 1 kB, a model that reasons aloud some 100.
MAX_ANSWER_BYTES = 2**20
#: How often one request is sent, and how long a server may ask to be left alone, in seconds.
MAX_TRIES, MAX_WAIT_S = 4, 300.0

_CURE_LATER = "run it again later; what was answered is not asked again"


class _Message(msgspec.Struct):
    """What a model says; ``refusal`` where it says that it will not."""

    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    """One answer; ``finish_reason``: ``stop``, ``length``, ``content_filter`` or another."""

    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    """Tokens of the prompt and of the answer."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Completion(msgspec.Struct):
    """https://platform.openai.com/docs/api-reference/chat/object, the parts that are read."""

    choices: list[_Choice]
    usage: _Usage | None = None


class ChatAnswer(msgspec.Struct, frozen=True):
    """What a model said, why it stopped, and the tokens counted; ``None`` where the service counts none."""

    content: str
    finish_reason: str = "stop"
    refusal: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None


class ChatClient:
    """Asks one service. Use it in a ``with`` block, and from one thread."""

    def __init__(
        self,
        url: str,
        key: str,
        timeout_s: float,
        environment: Environment | None = None,
        show_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            url: where the interface begins (``https://api.example.org/v1``).
            key: sent as a bearer token; "" for none.
            timeout_s: of one answer, from the connection to its last byte.
            environment: clock and sleep.
            show_wait: is told what is waited for.

        Raises:
            ConfigError: the key cannot stand in a header.
        """
        if not (key.isascii() and key.isprintable()):
            cure = "copy it anew, without line breaks"
            raise ConfigError(KEY_VARIABLE, "holds what no key has", cure)
        self._url, self._key = url.rstrip("/") + "/chat/completions", key
        self._timeout_s, self._environment = timeout_s, environment or Environment()
        self._show_wait = show_wait
        self._deadline = Deadline(self._environment.clock)
        with named_settings():
            self._client = httpx.Client(
                headers={"Accept-Encoding": "gzip"}
                | ({"Authorization": f"Bearer {key}"} if key else {}),
                timeout=httpx.Timeout(timeout_s),
            )
        bound_client(self._client, self._deadline)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._client.close()

    def ask(self, body: dict[str, Any]) -> ChatAnswer:
        """Send one request, again where a later try may help, and return the answer.

        Raises:
            HostSilentError: no answer that can be read in ``MAX_TRIES`` tries.
            ConfigError: the service refuses every such request: address, key, model or parameters are wrong.
        """
        data = msgspec.json.encode(body)
        failure = RetryableError("never tried")
        for number in range(1, MAX_TRIES + 1):
            try:
                return self._ask_once(data)
            except RetryableError as error:
                failure = error
            wait_s = max(backoff_s(number, self._environment.random), failure.wait_s)
            if number == MAX_TRIES or wait_s > MAX_WAIT_S:
                break
            why = f"{self._url}: {failure}"
            wait_aloud(wait_s, why, self._environment.sleep, self._show_wait)
        cure = cure_of(failure, _CURE_LATER)
        raise HostSilentError(self._url, no_answer(number, failure), cure)

    def _ask_once(self, data: bytes) -> ChatAnswer:
        self._deadline.ends_at = self._environment.clock() + self._timeout_s
        try:
            with self._client.stream(
                "POST", self._url, content=data, headers={"Content-Type": "application/json"}
            ) as response:
                encoding = response.headers.get("Content-Encoding", "")
                body = read_body(
                    response.iter_raw(), encoding, MAX_ANSWER_BYTES, self._deadline.is_over
                )
        except httpx.TimeoutException as fault:
            raise RetryableError("the answer took too long") from fault
        except (BrokenBodyError, BodyTooLargeError) as fault:
            raise RetryableError(str(fault)) from fault
        except httpx.HTTPError as fault:
            if untrusted := untrusted_certificate(fault):
                raise HostSilentError(self._url, untrusted, CURE_UNTRUSTED) from fault
            raise failed_connection(fault, self._url) from fault
        if response.status_code != httpx.codes.OK:
            self._raise_for_status(response, body)
        return _read_completion(body)

    def _raise_for_status(self, response: httpx.Response, body: bytes) -> None:
        """Raise what a status means that is no success; the service's own words are quoted, but not the key."""
        what, words = f"HTTP status {response.status_code}", _error_words(body)
        if self._key:
            words = words.replace(self._key, "…")
        if words := quote_outside(words):
            what += f": {words}"
        if response.status_code in RETRYABLE and not _is_out_of_money(body):
            now = self._environment.now()
            wait_s = parse_retry_after(response.headers.get("Retry-After", ""), now)
            raise RetryableError(what, wait_s or 0.0)
        cure = "see url, model and options under summaries in archive.yml"
        if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            cure = f"see the key in the environment variable {KEY_VARIABLE}"
        elif response.has_redirect_location:
            cure = "write the address it leads to as url, if you trust it"
        elif _is_out_of_money(body):
            cure = "see what is left of your account with the service"
        raise ConfigError(self._url, what, cure)


def _read_completion(body: bytes) -> ChatAnswer:
    """Read an answer's JSON; its first choice counts.

    Raises:
        RetryableError: it is no answer of the interface.
    """
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RetryableError(f"no answer of this interface: {quote_outside(str(error))}") from error
    if not completion.choices:
        raise RetryableError("an answer without choices")
    choice, usage = completion.choices[0], completion.usage
    return ChatAnswer(
        choice.message.content or "",
        choice.finish_reason or "stop",
        choice.message.refusal or "",
        max(0, usage.prompt_tokens) if usage else None,
        max(0, usage.completion_tokens) if usage else None,
    )


def _error_words(body: bytes) -> str:
    """Return the words of ``{"error": {"message": ...}}``, or of ``{"error": ...}``, or ""."""
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    words = error.get("message") if isinstance(error, dict) else error
    return words if isinstance(words, str) else ""


def _is_out_of_money(body: bytes) -> bool:
    """Tell whether status 429 means an empty account, which no waiting fills."""
    return b"insufficient_quota" in body or b"billing" in body[:2000]
