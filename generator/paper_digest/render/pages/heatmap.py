"""Calendars of days as links: darker days have more papers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from paper_digest.render import span
from paper_digest.render.pages.blocks import box, marked_link
from paper_digest.render.span import EMPTY, Span, paragraph, spoken

#: Shades of a day with papers.
SHADES = 4

#: Weeks in a year's calendar: a whole year whatever its first weekday.
WEEKS = 53

_BLANK = span.raw("<b></b>")
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "")


def year_of_days(counts: Mapping[str, int], last: str) -> Span:
    """Set the year up to ``last`` (ISO), a column for each week, each day linked to its page.

    The months stand above their first weeks, the weekdays before them. Days without papers are
    blank. ``counts`` holds the papers of a day (ISO date).
    """
    end = date.fromisoformat(last)
    end += timedelta(6 - end.weekday())
    weeks = [
        [end - timedelta(7 * back + 6 - day) for day in range(7)]
        for back in range(WEEKS - 1, -1, -1)
    ]
    steps = _steps(counts.get(day.isoformat(), 0) for week in weeks for day in week)
    if not steps:
        return EMPTY
    cells = [_BLANK, *map(_label, _WEEKDAYS)]
    for week in weeks:
        first = [day for day in week if day.day == 1 and week is not weeks[-1]]
        cells.append(_label(spoken(first[0].isoformat()[:7])[:3]) if first else _BLANK)
        cells += (_day(day.isoformat(), counts.get(day.isoformat(), 0), steps, "") for day in week)
    return box("pd-scroll", [paragraph(span.join(cells, ""), "pd-days")])


def month_of_days(counts: Mapping[str, int], month: str) -> Span:
    """Set the days of a month (``YYYY-MM``), those with papers linked to their pages."""
    steps = _steps(counts.values())
    if not steps:
        return EMPTY
    offset, length = monthrange(int(month[:4]), int(month[5:]))
    cells = [_BLANK] * offset
    for number in range(1, length + 1):
        day = f"{month}-{number:02}"
        cells.append(_day(day, counts.get(day, 0), steps, str(number)))
    return paragraph(span.join(cells, ""), "pd-month")


def _steps(counts: Iterable[int]) -> list[int]:
    """Return the counts above which a day is a shade darker; none where no day has papers."""
    kept = sorted(filter(None, counts))
    return [kept[len(kept) * shade // SHADES] for shade in range(1, SHADES)] if kept else []


def _label(words: str) -> Span:
    return span.raw(f"<b>{words}</b>")


def _day(day: str, count: int, steps: list[int], blank: str) -> Span:
    if not count:
        return span.raw(f"<i>{blank}</i>")
    shade = 1 + sum(count > step for step in steps)
    hint = f"{spoken(day)}: {count:,} paper{'' if count == 1 else 's'}"
    return marked_link(span.raw(str(int(day[8:]))), f"dates/{day}.md", f"l{shade}", hint)
