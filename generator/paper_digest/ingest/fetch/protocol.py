"""What asks for an address, and what it gives back: all that reading an answer has to know of HTTP."""

from __future__ import annotations

from typing import Protocol

from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.strict import StrictStruct


class Answer(StrictStruct, frozen=True):
    """Bytes of an answer, the address they came from, and when (ISO time, UTC).

    ``unchanged``: these are the bytes that came the last time.
    """

    data: bytes
    url: str
    fetched_at: str
    unchanged: bool = False


class HostSilentError(SourceError):
    """A host gives no answers now, whichever of its addresses is asked.

    ``host``: its name, or that of the group of hosts which one rate limit holds for.
    """

    def __init__(self, where: str, what: str, cure: str, host: str = "") -> None:
        """Hold the problem and the host; see ``Problem`` for the other parts."""
        super().__init__(where, what, cure)
        self.host = host


class NoSuchRecordError(SourceError):
    """A server knows nothing under an address (HTTP status 404 or 410)."""


class Fetcher(Protocol):
    """What gets one address after the other: over HTTP, from a cache, or from a test's server."""

    def get(self, request: Request, /) -> Answer:
        """Return the answer for one address.

        Raises:
            SourceError: there is none; ``HostSilentError`` where that is the host's fault.
        """
