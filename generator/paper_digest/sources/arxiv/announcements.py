"""When arXiv announces papers: in the evenings of working days in New York.

It announces at 20:00 in New York, Sunday to Thursday, and puts off announcements on days that
are mostly US holidays: https://info.arxiv.org/help/availability.html. That list is made anew each
year, so what is said of a holiday here is "usually".
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from paper_digest.model.announcements import NextNews
from paper_digest.text.language import gettext

EASTERN = ZoneInfo("America/New_York")

_ANNOUNCEMENT_TIME_OF_DAY = time(20)
_DAY = timedelta(days=1)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 3, 4, 5, 6

#: Holidays with a date of their own; on a weekend the nearest weekday is free.
_FIXED_HOLIDAYS = {
    (1, 1): "New Year's Day",
    (6, 19): "Juneteenth",
    (7, 4): "Independence Day",
    (12, 25): "Christmas Day",
}

#: Others: month, weekday, which one of the month (-1 is the last).
_MOVING_HOLIDAYS = (
    (1, _MONDAY, 3, "Martin Luther King Jr. Day"),
    (5, _MONDAY, -1, "Memorial Day"),
    (9, _MONDAY, 1, "Labor Day"),
    (11, _THURSDAY, 4, "Thanksgiving"),
)


#: What is announced in the evening is in the feeds some hours later.
_FEED_DELAY = timedelta(hours=10)


class ArxivCalendar:
    """arXiv's evenings, as the calendar of a source."""

    def newest_due(self, moment: datetime, /) -> date:
        """Return the date that the newest feed must bear."""
        return newest_feed_date(moment)

    def last_news(self, moment: datetime, /) -> datetime:
        """Return the last announcement that is in the feeds at ``moment``."""
        return last_announcement(moment - _FEED_DELAY)

    def next_news(self, moment: datetime, /) -> NextNews:
        """Return the first announcement after ``moment``, in New York's time."""
        return NextNews("announcement", next_announcement(moment), "Eastern")

    def reason_for_nothing_new(self, moment: datetime, /) -> str:
        """Say whether nothing was announced on the last evening, and why."""
        today = moment.astimezone(EASTERN).date()
        is_evening = last_announcement(moment).date() == today
        reason = reason_for_no_announcement(today if is_evening else today - _DAY)
        return reason or gettext("the archive already has its last announcement")


def holiday_name(day: date) -> str:
    """Name the US holiday on which arXiv usually announces nothing, or return ""."""
    for find_name in (_fixed_holiday, _moving_holiday):
        if name := find_name(day):
            return name
    return ""


def reason_for_no_announcement(day: date) -> str:
    """Say why arXiv announces nothing on the evening of a day in New York; "" where it does."""
    if day.weekday() in {_FRIDAY, _SATURDAY}:
        return "it announces nothing on Friday and Saturday evenings"
    name = holiday_name(day)
    return f"it usually announces nothing on {name}" if name else ""


def next_announcement(moment: datetime) -> datetime:
    """Return the first announcement later than ``moment`` (aware), in New York's time."""
    day = moment.astimezone(EASTERN).date()
    while reason_for_no_announcement(day) or _announcement_time(day) <= moment:
        day += _DAY
    return _announcement_time(day)


def last_announcement(moment: datetime) -> datetime:
    """Return the last announcement not later than ``moment`` (aware), in New York's time."""
    day = moment.astimezone(EASTERN).date()
    while reason_for_no_announcement(day) or _announcement_time(day) > moment:
        day -= _DAY
    return _announcement_time(day)


def newest_feed_date(moment: datetime) -> date:
    """Return the date that arXiv's newest feed must bear at ``moment``.

    A feed is made in the night after an announcement and bears the date of the day that follows
    (https://info.arxiv.org/help/rss_specifications.html); it is given until six in the morning.
    """
    return (last_announcement(moment - _FEED_DELAY) + _DAY).date()


def _announcement_time(day: date) -> datetime:
    return datetime.combine(day, _ANNOUNCEMENT_TIME_OF_DAY, EASTERN)


def _fixed_holiday(day: date) -> str:
    if day.weekday() in {_SATURDAY, _SUNDAY}:
        return ""
    shifts = {_FRIDAY: (0, 1), _MONDAY: (0, -1)}.get(day.weekday(), (0,))
    names = (
        _FIXED_HOLIDAYS.get(((day + n * _DAY).month, (day + n * _DAY).day), "") for n in shifts
    )
    return next(filter(None, names), "")


def _moving_holiday(day: date) -> str:
    for month, weekday, which, name in _MOVING_HOLIDAYS:
        if (day.month, day.weekday()) != (month, weekday):
            continue
        last = (day + 7 * _DAY).month != month
        if (which < 0 and last) or (which > 0 and (day.day + 6) // 7 == which):
            return name
    return ""
