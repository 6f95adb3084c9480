"""Calendars of days as links: darker days have more papers."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from paper_digest.render import span
from paper_digest.render.pages.blocks import box, link_with_class
from paper_digest.render.span import EMPTY, Span, paragraph
from paper_digest.text.dates import format_date, month_abbreviation, weekday_abbreviation
from paper_digest.text.language import ngettext

#: Shades of a day with papers.
SHADE_COUNT = 4

#: Weeks in a year's calendar: a whole year whatever its first weekday.
WEEKS_PER_YEAR = 53

_BLANK = span.html("<b></b>")
#: The days of the week that label rows: Monday, Wednesday, Friday.
_LABELLED_WEEKDAYS = (0, 2, 4)


def year_heatmap(counts: Mapping[str, int], last: str) -> Span:
    """Set the year up to ``last`` (ISO), a column for each week, each day linked to its page.

    Months label the columns, weekdays the rows. Days without papers are blank. ``counts`` holds
    the number of papers of each day (ISO date).
    """
    end = date.fromisoformat(last)
    end += timedelta(6 - end.weekday())
    weeks = [
        [end - timedelta(7 * back + 6 - day) for day in range(7)]
        for back in range(WEEKS_PER_YEAR - 1, -1, -1)
    ]
    steps = _shade_thresholds(counts.get(day.isoformat(), 0) for week in weeks for day in week)
    if not steps:
        return EMPTY
    cells = [_BLANK, *(_label_cell(_weekday_label(day)) for day in range(7))]
    for week in weeks:
        first = [day for day in week if day.day == 1 and week is not weeks[-1]]
        cells.append(_label_cell(month_abbreviation(first[0].month)) if first else _BLANK)
        cells += (
            _day_cell(day.isoformat(), counts.get(day.isoformat(), 0), steps, "") for day in week
        )
    return box("pd-scroll", [paragraph(span.join(cells, ""), "pd-heatmap")])


def month_heatmap(counts: Mapping[str, int], month: str) -> Span:
    """Set the days of a month (``YYYY-MM``), those with papers linked to their pages."""
    steps = _shade_thresholds(counts.values())
    if not steps:
        return EMPTY
    offset, length = monthrange(int(month[:4]), int(month[5:]))
    cells = [_BLANK] * offset
    for number in range(1, length + 1):
        day = f"{month}-{number:02}"
        cells.append(_day_cell(day, counts.get(day, 0), steps, str(number)))
    return paragraph(span.join(cells, ""), "pd-month")


def _shade_thresholds(counts: Iterable[int]) -> list[int]:
    """Return the counts above which a day is a shade darker; none where no day has papers."""
    nonzero = sorted(filter(None, counts))
    return (
        [nonzero[len(nonzero) * shade // SHADE_COUNT] for shade in range(1, SHADE_COUNT)]
        if nonzero
        else []
    )


def _weekday_label(weekday: int) -> str:
    return weekday_abbreviation(weekday) if weekday in _LABELLED_WEEKDAYS else ""


def _label_cell(words: str) -> Span:
    return span.html(f"<b>{words}</b>")


def _day_cell(day: str, count: int, thresholds: list[int], empty_label: str) -> Span:
    if not count:
        return span.html(f"<i>{empty_label}</i>")
    shade = 1 + sum(count > step for step in thresholds)
    hint = f"{format_date(day)}: {ngettext('{n} paper', '{n} papers', count)}"
    return link_with_class(span.html(str(int(day[8:]))), f"dates/{day}.md", f"l{shade}", hint)
