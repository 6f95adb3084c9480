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

from paper_digest.ingest.fetch.body import Cut, Oversized, body, is_page
from paper_digest.ingest.fetch.cache import Answers, Header
from paper_digest.ingest.fetch.politeness import (
    PASSING,
    Manners,
    backoff,
    household,
    interval,
    retry_after,
)
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Request, StrictStruct
from paper_digest.text import fields

_LATER = "run the ingest again later; it goes on where it stopped"
_CHECK = "check the address in a browser, and the source's options"

#: After so many addresses in a row that gave no answer, a host is left alone for this run.
_LOST_TWICE = 2


class Answer(StrictStruct, frozen=True):
    """Bytes of an answer, the address they came from, and when (ISO time, UTC).

    ``unchanged``: these are the bytes that came the last time.
    """

    data: bytes
    url: str
    fetched: str
    unchanged: bool = False


class World(msgspec.Struct, frozen=True):
    """What the fetcher asks of the world outside, so that a test can give it another one."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random


class _Passing(Exception):  # noqa: N818 - never leaves this module
    """A failure that a later try may mend; ``wait``: seconds the server asks for."""

    def __init__(self, what: str, wait: float = 0.0) -> None:
        super().__init__(what)
        self.wait = wait


class Fetcher:
    """Gets answers for one run. Use it in a ``with`` block, and from one thread."""

    def __init__(
        self, manners: Manners, cache: Path, *, replay: bool = False, world: World | None = None
    ) -> None:
        """Open nothing yet: the first call connects, the first answer makes the cache folder."""
        self._manners = manners
        self._answers = Answers(cache)
        self._replay = replay
        self._world = world or World()
        self._free: dict[str, float] = {}
        self._lost: dict[str, int] = {}
        self._end = self._world.clock() + manners.budget
        self._client = httpx.Client(
            headers={"User-Agent": manners.user_agent, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(manners.timeout),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def prune(self, days: int) -> int:
        """Forget answers older than ``days``; return how many."""
        return self._answers.prune(days, self._world.now())

    def get(self, request: Request) -> Answer:
        """Return the answer for one address, with as many tries as manners allow.

        Raises:
            SourceError: no answer, a refusal, a login page, no time left, or (``replay``) none kept.
        """
        url = request.url
        if self._replay:
            return self._replayed(url)
        host = _host(url, url)
        if self._lost.get(host, 0) >= _LOST_TWICE:
            raise SourceError(url, f"{host} gave no answer before in this run", _LATER)
        fault = _Passing("never tried")
        for failures in range(1, self._manners.tries + 1):
            try:
                answer = self._ask(url)
            except _Passing as passing:
                fault = passing
                wait = max(backoff(failures, self._world.random), passing.wait)
                self._free[host] = self._world.clock() + wait
            else:
                self._lost[host] = 0
                return answer
        self._lost[host] = self._lost.get(host, 0) + 1
        raise SourceError(
            url, f"no answer in {self._manners.tries} tries; the last time: {fault}", _LATER
        )

    def _replayed(self, url: str) -> Answer:
        kept = self._answers.read(url)
        if kept is None:
            cure = "run the ingest without --replay once, while the source can be reached"
            raise SourceError(url, "no answer of this address is kept", cure)
        header, data = kept
        return Answer(data, url, header.fetched)

    def _ask(self, url: str) -> Answer:
        """Ask once, follow redirects, and keep what came."""
        kept = self._answers.read(url, broken_is_absent=True)
        headers = _validators(kept[0]) if kept else {}
        address = url
        for _ in range(self._manners.redirects + 1):
            self._wait(address, url)
            try:
                with self._client.stream("GET", address, headers=headers) as response:
                    if not response.has_redirect_location:
                        return self._take(response, url, kept)
                    address = urljoin(address, response.headers["Location"])
            except (httpx.InvalidURL, ValueError) as fault:
                raise SourceError(url, f"{address} is no web address", _CHECK) from fault
            except httpx.TimeoutException as fault:
                raise _Passing("the server did not answer in time") from fault
            except httpx.HTTPError as fault:
                raise _Passing(fields.one_line(str(fault)) or type(fault).__name__) from fault
            finally:
                self._rest(address)
        raise SourceError(url, f"more than {self._manners.redirects} redirects", _CHECK)

    def _wait(self, address: str, url: str) -> None:
        """Sleep until the host may be called again, if that is soon enough."""
        host = _host(address, url)
        left = self._end - self._world.clock()
        wait = max(0.0, self._free.get(host, 0.0) - self._world.clock())
        if wait > self._manners.longest_wait:
            raise SourceError(url, f"{host} asks to be left alone for {wait:.0f} s", _LATER)
        if wait >= left:
            spent = f"the time of this run ({self._manners.budget:.0f} s) is used up"
            raise SourceError(url, spent, _LATER)
        if wait:
            self._world.sleep(wait)

    def _rest(self, address: str) -> None:
        """Note when the host of an address may be called again."""
        host = urlsplit(address).hostname or ""
        free = self._world.clock() + interval(host, self._manners)
        self._free[household(host)] = max(free, self._free.get(household(host), 0.0))

    def _take(
        self, response: httpx.Response, url: str, kept: tuple[Header, bytes] | None
    ) -> Answer:
        """Judge an answer that is no redirect; keep and return it if it is good."""
        now = self._world.now()
        fetched = now.astimezone(UTC).isoformat(timespec="seconds")
        header = Header(
            url=url,
            fetched=fetched,
            etag=response.headers.get("ETag", ""),
            last_modified=response.headers.get("Last-Modified", ""),
        )
        if response.status_code == httpx.codes.NOT_MODIFIED and kept:
            self._answers.write(msgspec.structs.replace(kept[0], fetched=fetched), kept[1])
            return Answer(kept[1], url, fetched, unchanged=True)
        if response.status_code in PASSING:
            wait = retry_after(response.headers.get("Retry-After", ""), now)
            raise _Passing(_status(response), wait or 0.0)
        if response.status_code != httpx.codes.OK:
            raise SourceError(url, _status(response), _CHECK)
        data = self._body(response, url)
        if is_page(response.headers.get("Content-Type", ""), data):
            if response.url.host != urlsplit(url).hostname:
                what = f"led to a web page on {response.url.host}, perhaps to log in"
                raise SourceError(url, what, "see in a browser what the source wants")
            return Answer(data, url, fetched)
        self._answers.write(header, data)
        return Answer(data, url, fetched, unchanged=kept is not None and kept[1] == data)

    def _body(self, response: httpx.Response, url: str) -> bytes:
        end = min(self._world.clock() + self._manners.answer, self._end)
        encoding = response.headers.get("Content-Encoding", "")
        try:
            data = body(
                response.iter_raw(),
                encoding,
                self._manners.largest,
                lambda: self._world.clock() > end,
            )
        except Cut as fault:
            raise _Passing(str(fault)) from fault
        except Oversized as fault:
            raise SourceError(url, str(fault), "ask for less at a time") from fault
        if not data.strip():
            raise _Passing("the answer is empty")
        return data


def _host(address: str, url: str) -> str:
    """Return the household of an address that ``url`` led to."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.scheme in {"http", "https"} else ""
    except ValueError:
        host = ""
    if not host:
        raise SourceError(url, f"{address} is no web address", _CHECK)
    return household(host)


def _validators(kept: Header) -> dict[str, str]:
    """Return the headers that ask for an answer only if it changed (RFC 9110, section 13)."""
    known = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: text for name, text in known.items() if text}


def _status(response: httpx.Response) -> str:
    return f"HTTP status {response.status_code} {response.reason_phrase}".rstrip()
