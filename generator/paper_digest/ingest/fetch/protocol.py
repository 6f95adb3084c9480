"""What asks for an address, and what it gives back: all that reading an answer has to know of HTTP."""

from __future__ import annotations

from typing import Protocol

from paper_digest.model.batch import Request
from paper_digest.model.strict import StrictStruct


class Answer(StrictStruct, frozen=True):
    """Bytes of an answer, the address they came from, and when (ISO time, UTC).

    ``unchanged``: these are the bytes that came the last time.
    """

    data: bytes
    url: str
    fetched_at: str
    unchanged: bool = False


class Fetcher(Protocol):
    """What gets one address after the other: over HTTP, from a cache, or from a test's server."""

    def get(self, request: Request, /) -> Answer:
        """Return the answer for one address.

        Raises:
            SourceError: there is none.
        """
