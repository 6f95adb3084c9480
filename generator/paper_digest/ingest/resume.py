"""An ingest that was killed goes on where it stopped: answers it had are not asked for again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from paper_digest.incremental.checked_file import read_checked, write_checked
from paper_digest.ingest.fetch.cache import AnswerCache
from paper_digest.ingest.fetch.protocol import Answer, Fetcher
from paper_digest.model.batch import Request
from paper_digest.model.strict import StrictStruct

#: An older run is not gone on with: what it had is no news any more, and its days are asked anew.
RESUME_WITHIN = timedelta(hours=6)


class RunMarker(StrictStruct, frozen=True):
    """When a run began (ISO time, UTC), and the days it was told to fill ("" for its own choice)."""

    started: str
    since: str = ""
    until: str = ""


def start_or_resume(path: Path, now: datetime, since: str, until: str) -> RunMarker:
    """Note in ``path`` that a run begins.

    Returns:
        The marker of the run it goes on with: one with the same days to fill, which began not
        long ago and did not come to its end; or else its own.
    """
    try:
        unfinished = msgspec.json.decode(read_checked(path), type=RunMarker)
        age = now - datetime.fromisoformat(unfinished.started)
        if (unfinished.since, unfinished.until) == (
            since,
            until,
        ) and timedelta() <= age < RESUME_WITHIN:
            return unfinished
    except (msgspec.DecodeError, ValueError, TypeError):
        pass  # there is no marker, or none that can be read: nothing to go on with
    marker = RunMarker(now.isoformat(timespec="seconds"), since, until)
    write_checked(path, msgspec.json.encode(marker))
    return marker


def remove_marker(path: Path) -> None:
    """Note that the run came to its end."""
    path.unlink(missing_ok=True)


class ResumingFetcher:
    """A fetcher that gives the answers of the run it goes on with before it asks for more."""

    def __init__(self, fetcher: Fetcher, cache_folder: Path, fetched_since: str) -> None:
        """Take answers fetched at or after the ISO time ``fetched_since`` from the folder ``cache_folder``."""
        self._fetcher = fetcher
        self._cache = AnswerCache(cache_folder)
        self._fetched_since = fetched_since

    def get(self, request: Request) -> Answer:
        """Return the answer for one address; see ``Fetcher.get``."""
        cached = self._cache.read(request.url, ignore_broken=True)
        if cached and cached[0].fetched >= self._fetched_since:
            return Answer(cached[1], request.url, cached[0].fetched)
        return self._fetcher.get(request)
