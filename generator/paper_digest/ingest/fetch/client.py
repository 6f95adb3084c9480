"""The only module that opens sockets: gets one address after the other, politely, or from the cache.

One connection, a pause between calls, conditional requests, patience with servers in trouble, and
an end to it. What came is kept in the cache, and with ``replay`` nothing else is read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
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
from paper_digest.ingest.fetch.certificates import (
    CURE_UNTRUSTED,
    named_settings,
    untrusted_certificate,
)
from paper_digest.ingest.fetch.deadline import Deadline, bound_client
from paper_digest.ingest.fetch.host_schedule import Environment, HostSchedule
from paper_digest.ingest.fetch.politeness import (
    RETRYABLE,
    Politeness,
    RetryableError,
    cure_of,
    failed_connection,
    no_answer,
    parse_retry_after,
)
from paper_digest.ingest.fetch.protocol import Answer, HostSilentError, NoSuchRecordError
from paper_digest.ingest.fetch.redirects import is_inside, refusal_of_redirect
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.quoting import quote_outside


class HttpFetcher:
    """Gets answers for one run. Use it in a ``with`` block, and from one thread."""

    def __init__(
        self,
        politeness: Politeness,
        cache_folder: Path,
        *,
        replay: bool = False,
        environment: Environment | None = None,
        token: str = "",
        show_wait: Callable[[str], None] | None = None,
    ) -> None:
        """Open nothing yet: the first call connects, the first answer makes the cache folder.

        ``show_wait`` is told for which host a run waits after a failure, and why.
        ``token`` is sent as a bearer token to the hosts that are asked, never to others that they redirect to.
        """
        self._politeness = politeness
        self._cache = AnswerCache(cache_folder)
        self._replay, self._token = replay, token
        self._environment = environment or Environment()
        self._schedule = HostSchedule(politeness, self._environment, show_wait)
        with named_settings():
            self._client = httpx.Client(
                headers={"User-Agent": politeness.user_agent, "Accept-Encoding": "gzip"},
                timeout=httpx.Timeout(politeness.timeout_s),
                limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            )
        self._deadline = Deadline(self._environment.clock)
        bound_client(self._client, self._deadline)

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
        self._schedule.raise_if_given_up(url)
        last_failure = RetryableError("never tried")
        failures = 0
        self._schedule.begin_address()
        while failures < self._politeness.max_tries and not self._schedule.is_address_over(url):
            try:
                answer = self._fetch_once(url)
            except RetryableError as failure:
                last_failure = failure
                failures += 1
                self._schedule.record_failed_try(url, failures, failure)
            else:
                self._schedule.record_outcome(url, answered=True)
                return answer
        host = self._schedule.record_outcome(url, answered=False)
        cure = cure_of(last_failure, self._politeness.later_cure)
        raise HostSilentError(url, no_answer(failures, last_failure), cure, host)

    def _read_cached(self, url: str) -> Answer:
        cached = self._cache.read(url)
        if cached is None:
            cure = "run the ingest without --replay once, while the source can be reached"
            raise SourceError(url, "no answer of this address is kept", cure)
        header, data = cached
        return Answer(data, url, header.fetched)

    def _fetch_once(self, url: str) -> Answer:
        """Ask once, follow redirects, and keep what came; one deadline holds for all of it."""
        cached = self._cache.read(url, ignore_broken=True)
        headers = _conditional_headers(cached[0]) if cached else {}
        address = url
        for redirects in range(self._politeness.max_redirects + 1):
            self._schedule.wait_for_turn(address, url)
            if not redirects:
                self._deadline.ends_at = self._schedule.answer_deadline()
                self._deadline.public_host = ""
            try:
                sent = headers | self._authorization(address, url)
                with self._client.stream("GET", address, headers=sent) as response:
                    if not response.has_redirect_location:
                        return self._accept_response(response, url, cached)
                    previous = address
                    address = urljoin(address, response.headers["Location"])
                    refusal = refusal_of_redirect(previous, address)
                    if refusal:
                        raise SourceError(url, refusal, self._politeness.address_cure)
                    if not is_inside(urlsplit(url).hostname or ""):
                        self._deadline.public_host = urlsplit(address).hostname or ""
            except (httpx.InvalidURL, ValueError) as fault:
                what = f"{quote_outside(address)} is no web address"
                raise SourceError(url, what, self._politeness.address_cure) from fault
            except httpx.TimeoutException as fault:
                is_slow = self._deadline.is_over()
                what = (
                    "the answer came too slowly" if is_slow else "the server did not answer in time"
                )
                raise RetryableError(what) from fault
            except httpx.HTTPError as fault:
                if untrusted := untrusted_certificate(fault):
                    host = self._schedule.record_outcome(url, answered=False)
                    raise HostSilentError(url, untrusted, CURE_UNTRUSTED, host) from fault
                raise failed_connection(fault, address) from fault
            finally:
                self._schedule.record_call(address)
        raise SourceError(
            url,
            f"more than {self._politeness.max_redirects} redirects",
            self._politeness.address_cure,
        )

    def _authorization(self, address: str, url: str) -> dict[str, str]:
        """Return the header with the token for an address of the host that was asked for ``url``."""
        is_asked = urlsplit(address)[:2] == urlsplit(url)[:2]
        return {"Authorization": f"Bearer {self._token}"} if self._token and is_asked else {}

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
            wait_s = parse_retry_after(response.headers.get("Retry-After", ""), now)
            raise RetryableError(_status_text(response), wait_s or 0.0)
        if response.status_code != httpx.codes.OK:
            is_missing = response.status_code in {httpx.codes.NOT_FOUND, httpx.codes.GONE}
            error = NoSuchRecordError if is_missing else SourceError
            raise error(url, _status_text(response), self._politeness.address_cure)
        data = self._read_body(response, url)
        if is_web_page(response.headers.get("Content-Type", ""), data):
            if response.url.host != urlsplit(url).hostname:
                what = f"led to a web page on {response.url.host}, perhaps to log in"
                raise SourceError(url, what, "see in a browser what the source wants")
            return Answer(data, url, fetched)
        self._cache.write(header, data)
        return Answer(data, url, fetched, unchanged=cached is not None and cached[1] == data)

    def _read_body(self, response: httpx.Response, url: str) -> bytes:
        encoding = response.headers.get("Content-Encoding", "")
        try:
            data = read_body(
                response.iter_raw(),
                encoding,
                self._politeness.max_bytes,
                self._deadline.is_over,
            )
        except BrokenBodyError as fault:
            raise RetryableError(str(fault)) from fault
        except BodyTooLargeError as fault:
            raise SourceError(url, str(fault), "ask for less at a time") from fault
        if not data.strip():
            raise RetryableError("the answer is empty")
        return data


def _conditional_headers(cached: AnswerHeader) -> dict[str, str]:
    """Return the headers that ask for an answer only if it changed (RFC 9110, section 13).

    What the server once sent and no request can carry (no printable ASCII) is left out.
    """
    headers = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
    return {
        name: text
        for name, text in headers.items()
        if text and text.isascii() and text.isprintable()
    }


def _status_text(response: httpx.Response) -> str:
    return f"HTTP status {response.status_code} {quote_outside(response.reason_phrase)}".rstrip()
