"""The only module that opens sockets: gets one address after the other, politely, or from the cache.

One connection, a pause between calls, conditional requests, patience with servers in trouble, and
an end to it. What came is kept in ``answers``, and with ``replay`` nothing else is read.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from paper_digest.ingest.fetch.body import (
    BodyTooLargeError,
    BrokenBodyError,
    is_web_page,
    read_body,
)
from paper_digest.ingest.fetch.cache import AnswerCache, AnswerHeader
from paper_digest.ingest.fetch.politeness import (
    RETRYABLE,
    Politeness,
    backoff_s,
    call_interval_s,
    parse_retry_after,
    rate_limit_key,
)
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.strict import StrictStruct
from paper_digest.text import fields

_CURE_RETRY_LATER = "run the ingest again later; it goes on where it stopped"
_CURE_CHECK_ADDRESS = "check the address in a browser, and the source's options"

#: After so many addresses in a row that gave no answer, a host is left alone for this run.
_MAX_FAILED_URLS_PER_HOST = 2


class Answer(StrictStruct, frozen=True):
    """Bytes of an answer, the address they came from, and when (ISO time, UTC).

    ``unchanged``: these are the bytes that came the last time.
    """

    data: bytes
    url: str
    fetched_at: str
    unchanged: bool = False


class Environment(msgspec.Struct, frozen=True):
    """What the fetcher asks of the world outside, so that a test can give it another one."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


class _RetryableError(Exception):
    """A failure that a later try may mend; ``wait``: seconds the server asks for."""

    def __init__(self, what: str, wait: float = 0.0) -> None:
        super().__init__(what)
        self.wait = wait


class HttpFetcher:
    """Gets answers for one run. Use it in a ``with`` block, and from one thread."""

    def __init__(
        self,
        politeness: Politeness,
        cache_folder: Path,
        *,
        replay: bool = False,
        environment: Environment | None = None,
    ) -> None:
        """Open nothing yet: the first call connects, the first answer makes the cache folder."""
        self._politeness = politeness
        self._cache = AnswerCache(cache_folder)
        self._replay = replay
        self._environment = environment or Environment()
        self._next_call_at: dict[str, float] = {}
        self._failures_in_a_row: dict[str, int] = {}
        self._deadline = self._environment.clock() + politeness.budget_s
        self._client = httpx.Client(
            headers={"User-Agent": politeness.user_agent, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(politeness.timeout_s),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def prune(self, days: int) -> int:
        """Forget answers older than ``days``; return how many."""
        return self._cache.prune(days, self._environment.now())

    def get(self, request: Request) -> Answer:
        """Return the answer for one address, with as many tries as manners allow.

        Raises:
            SourceError: no answer, a refusal, a login page, no time left, or (``replay``) none kept.
        """
        url = request.url
        if self._replay:
            return self._read_cached(url)
        host = _rate_limit_key(url, url)
        if self._failures_in_a_row.get(host, 0) >= _MAX_FAILED_URLS_PER_HOST:
            raise SourceError(url, f"{host} gave no answer before in this run", _CURE_RETRY_LATER)
        last_failure = _RetryableError("never tried")
        for failures in range(1, self._politeness.max_tries + 1):
            try:
                answer = self._fetch_once(url)
            except _RetryableError as passing:
                last_failure = passing
                wait = max(backoff_s(failures, self._environment.random), passing.wait)
                self._next_call_at[host] = self._environment.clock() + wait
            else:
                self._failures_in_a_row[host] = 0
                return answer
        self._failures_in_a_row[host] = self._failures_in_a_row.get(host, 0) + 1
        raise SourceError(
            url,
            f"no answer in {self._politeness.max_tries} tries; the last time: {last_failure}",
            _CURE_RETRY_LATER,
        )

    def _read_cached(self, url: str) -> Answer:
        cached = self._cache.read(url)
        if cached is None:
            cure = "run the ingest without --replay once, while the source can be reached"
            raise SourceError(url, "no answer of this address is kept", cure)
        header, data = cached
        return Answer(data, url, header.fetched)

    def _fetch_once(self, url: str) -> Answer:
        """Ask once, follow redirects, and keep what came."""
        cached = self._cache.read(url, ignore_broken=True)
        headers = _conditional_headers(cached[0]) if cached else {}
        address = url
        for _ in range(self._politeness.max_redirects + 1):
            self._wait_for_host(address, url)
            try:
                with self._client.stream("GET", address, headers=headers) as response:
                    if not response.has_redirect_location:
                        return self._accept_response(response, url, cached)
                    address = urljoin(address, response.headers["Location"])
            except (httpx.InvalidURL, ValueError) as fault:
                raise SourceError(
                    url, f"{address} is no web address", _CURE_CHECK_ADDRESS
                ) from fault
            except httpx.TimeoutException as fault:
                raise _RetryableError("the server did not answer in time") from fault
            except httpx.HTTPError as fault:
                raise _RetryableError(
                    fields.one_line(str(fault)) or type(fault).__name__
                ) from fault
            finally:
                self._schedule_next_call(address)
        raise SourceError(
            url, f"more than {self._politeness.max_redirects} redirects", _CURE_CHECK_ADDRESS
        )

    def _wait_for_host(self, address: str, url: str) -> None:
        """Sleep until the host may be called again, if that is soon enough."""
        host = _rate_limit_key(address, url)
        left = self._deadline - self._environment.clock()
        wait = max(0.0, self._next_call_at.get(host, 0.0) - self._environment.clock())
        if wait > self._politeness.max_wait_s:
            raise SourceError(
                url, f"{host} asks to be left alone for {wait:.0f} s", _CURE_RETRY_LATER
            )
        if wait >= left:
            spent = f"the time of this run ({self._politeness.budget_s:.0f} s) is used up"
            raise SourceError(url, spent, _CURE_RETRY_LATER)
        if wait:
            self._environment.sleep(wait)

    def _schedule_next_call(self, address: str) -> None:
        """Note when the host of an address may be called again."""
        host = urlsplit(address).hostname or ""
        next_call_at = self._environment.clock() + call_interval_s(host, self._politeness)
        self._next_call_at[rate_limit_key(host)] = max(
            next_call_at, self._next_call_at.get(rate_limit_key(host), 0.0)
        )

    def _accept_response(
        self, response: httpx.Response, url: str, cached: tuple[AnswerHeader, bytes] | None
    ) -> Answer:
        """Judge an answer that is no redirect; keep and return it if it is good."""
        now = self._environment.now()
        fetched = now.astimezone(UTC).isoformat(timespec="seconds")
        header = AnswerHeader(
            url=url,
            fetched=fetched,
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
        )
        if response.status_code == httpx.codes.NOT_MODIFIED and cached:
            self._cache.write(msgspec.structs.replace(cached[0], fetched=fetched), cached[1])
            return Answer(cached[1], url, fetched, unchanged=True)
        if response.status_code in RETRYABLE:
            wait = parse_retry_after(response.headers.get("Retry-After", ""), now)
            raise _RetryableError(_status_text(response), wait or 0.0)
        if response.status_code != httpx.codes.OK:
            raise SourceError(url, _status_text(response), _CURE_CHECK_ADDRESS)
        data = self._read_body(response, url)
        if is_web_page(response.headers.get("Content-Type", ""), data):
            if response.url.host != urlsplit(url).hostname:
                what = f"led to a web page on {response.url.host}, perhaps to log in"
                raise SourceError(url, what, "see in a browser what the source wants")
            return Answer(data, url, fetched)
        self._cache.write(header, data)
        return Answer(data, url, fetched, unchanged=cached is not None and cached[1] == data)

    def _read_body(self, response: httpx.Response, url: str) -> bytes:
        deadline = min(
            self._environment.clock() + self._politeness.answer_timeout_s, self._deadline
        )
        encoding = response.headers.get("Content-Encoding", "")
        try:
            data = read_body(
                response.iter_raw(),
                encoding,
                self._politeness.max_bytes,
                lambda: self._environment.clock() > deadline,
            )
        except BrokenBodyError as fault:
            raise _RetryableError(str(fault)) from fault
        except BodyTooLargeError as fault:
            raise SourceError(url, str(fault), "ask for less at a time") from fault
        if not data.strip():
            raise _RetryableError("the answer is empty")
        return data


def _rate_limit_key(address: str, url: str) -> str:
    """Return the household of an address that ``url`` led to."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.scheme in {"http", "https"} else ""
    except ValueError:
        host = ""
    if not host:
        raise SourceError(url, f"{address} is no web address", _CURE_CHECK_ADDRESS)
    return rate_limit_key(host)


def _conditional_headers(cached: AnswerHeader) -> dict[str, str]:
    """Return the headers that ask for an answer only if it changed (RFC 9110, section 13)."""
    headers = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
    return {name: text for name, text in headers.items() if text}


def _status_text(response: httpx.Response) -> str:
    return f"HTTP status {response.status_code} {response.reason_phrase}".rstrip()
