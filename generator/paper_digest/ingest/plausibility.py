"""Tells whether answers without a paper can be true, by what an entry of ``follow:`` gave before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from paper_digest.model.announcements import AnnouncementCalendar
from paper_digest.model.batch import Request
from paper_digest.store.runs import coverage
from paper_digest.store.runs.log import Run

#: Announcements in a row without a paper that are not believed of an entry which used to give papers.
MIN_EMPTY_ANNOUNCEMENTS = 3

#: Good runs by which an entry is judged.
_RUNS_JUDGED = 20

_NOON = time(12, tzinfo=UTC)
_DAY = timedelta(days=1)


def unlikely_empty_days(
    empty: Iterable[Request],
    past_runs: Sequence[Run],
    calendar: AnnouncementCalendar | None,
    now: datetime,
) -> tuple[date, date, int] | None:
    """Find the days that no good run filled, and whose answers cannot well be empty.

    Args:
        empty: requests whose answers held no paper; those that are of no days count for nothing.
        past_runs: the runs of the same entry.
        calendar: when the source has news.
        now: the time of the run.

    Returns:
        First and last day, and how many announcements fall on them; ``None`` where they may be
        empty: the entry has mostly been empty before, or too few announcements fall on them.
    """
    if calendar is None or not _gives_papers(past_runs):
        return None
    filled = coverage.filled_spans(run for run in past_runs if run.ok)
    open_days = {
        day
        for request in empty
        if request.since
        for first, last in coverage.unfilled_spans(
            filled,
            date.fromisoformat(request.since),
            date.fromisoformat(request.until or request.since),
        )
        for day in _days(first, last)
    }
    if not open_days:
        return None
    first, last = min(open_days), max(open_days)
    due = {calendar.newest_due(min(now, datetime.combine(d, _NOON))) for d in _days(first, last)}
    due = {day for day in due if day in open_days}
    if len(due) < MIN_EMPTY_ANNOUNCEMENTS:
        return None
    return first, last, len(due)


def _gives_papers(past_runs: Sequence[Run]) -> bool:
    """Tell whether most good runs of an entry brought papers, known ones included."""
    good = [run for run in past_runs if run.ok][-_RUNS_JUDGED:]
    return 2 * sum(run.entries > 0 for run in good) > len(good)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))
