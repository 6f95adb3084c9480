"""An ingest that was killed goes on where it stopped: answers it had are not asked for again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from paper_digest.ingest.fetch.cache import Answers
from paper_digest.ingest.fetch.client import Answer
from paper_digest.ingest.parse import Getter
from paper_digest.model.paper import Request, StrictStruct

#: An older run is not gone on with: what it had is no news any more, and its days are asked anew.
FRESH = timedelta(hours=6)


class Mark(StrictStruct, frozen=True):
    """When a run began (ISO time, UTC), and the days it was told to fill ("" for its own choice)."""

    started: str
    since: str = ""
    until: str = ""


def begin(path: Path, now: datetime, since: str, until: str) -> Mark:
    """Note in ``path`` that a run begins.

    Returns:
        The mark of the run it goes on with: one that was told to fill the same days, began not
        long ago, and did not come to its end; or else its own.
    """
    try:
        left = msgspec.json.decode(path.read_bytes(), type=Mark)
        age = now - datetime.fromisoformat(left.started)
        if (left.since, left.until) == (since, until) and timedelta() <= age < FRESH:
            return left
    except (FileNotFoundError, msgspec.DecodeError, ValueError, TypeError):
        pass  # there is no mark, or none that can be read: nothing to go on with
    mark = Mark(now.isoformat(timespec="seconds"), since, until)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(mark))
    return mark


def end(path: Path) -> None:
    """Note that the run came to its end."""
    path.unlink(missing_ok=True)


class Resumed:
    """A getter that gives the answers of the run it goes on with before it asks for more."""

    def __init__(self, fetcher: Getter, answers: Path, since: str) -> None:
        """Take answers fetched at or after the ISO time ``since`` from the folder ``answers``."""
        self._fetcher = fetcher
        self._answers = Answers(answers)
        self._since = since

    def get(self, request: Request) -> Answer:
        """Return the answer for one address; see ``Fetcher.get``."""
        kept = self._answers.read(request.url, broken_is_absent=True)
        if kept and kept[0].fetched >= self._since:
            return Answer(kept[1], request.url, kept[0].fetched)
        fresh: Answer = self._fetcher.get(request)
        return fresh
