"""When Hugging Face has a new list of daily papers: on weekdays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from paper_digest.model.announcements import NextNews
from paper_digest.text.language import gettext

_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


class HuggingFaceCalendar:
    """Weekdays (UTC); the list of a day is whole when the day is over."""

    def newest_due(self, moment: datetime, /) -> date:
        """Return the last weekday that is over."""
        day = moment.astimezone(UTC).date() - _DAY
        while _is_weekend(day):
            day -= _DAY
        return day

    def last_news(self, moment: datetime, /) -> datetime:
        """Return the end of the last weekday that is over."""
        return datetime.combine(self.newest_due(moment) + _DAY, time(), UTC)

    def next_news(self, moment: datetime, /) -> NextNews:
        """Return the next weekday that has a list of its own; its hour is not known."""
        day = moment.astimezone(UTC).date() + _DAY
        while _is_weekend(day):
            day += _DAY
        return NextNews("list", datetime.combine(day, time(), UTC))

    def reason_for_nothing_new(self, moment: datetime, /) -> str:
        """Say whether a list was to be expected on the day of ``moment``."""
        if _is_weekend(moment.astimezone(UTC).date()):
            return gettext("it has no list on a weekend")
        return gettext("the archive already has its lists")


def _is_weekend(day: date) -> bool:
    return day.weekday() in {_SATURDAY, _SUNDAY}
