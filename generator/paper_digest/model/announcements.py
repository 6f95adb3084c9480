"""When a source that publishes on fixed days has news, and how that is asked of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from paper_digest.model.strict import StrictStruct


class NextNews(StrictStruct, frozen=True):
    """The first news to be expected after some moment.

    ``what`` is the word for it (``announcement``, ``list``). ``moment`` is aware; where only its day
    is known, ``clock`` is "", else the name of its time zone (``Eastern``).
    """

    what: str
    moment: datetime
    clock: str = ""


class AnnouncementCalendar(Protocol):
    """The days and times on which a source has news. Every ``moment`` is aware."""

    def newest_due(self, moment: datetime, /) -> date:
        """Return the date that the newest news must bear at ``moment``."""

    def last_news(self, moment: datetime, /) -> datetime:
        """Return the time of the last news that answers must hold at ``moment``."""

    def next_news(self, moment: datetime, /) -> NextNews:
        """Return the first news after ``moment``."""

    def reason_for_nothing_new(self, moment: datetime, /) -> str:
        """Say why all was known at ``moment``, as the end of a sentence."""
