"""Which days of a followed source are filled and which are gaps, by the log of runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from paper_digest.store.runs.log import Run

#: Days a source is asked for the first time it is followed.
FIRST_INGEST_SPAN = timedelta(days=7)

#: An older gap is not filled unless the operator asks for its days: it could be years.
MAX_GAP_AGE = timedelta(days=90)

_DAY = timedelta(days=1)

DaySpan = tuple[date, date]


def good_runs(runs: Iterable[Run], source: str, query: str) -> list[Run]:
    """List the good runs of one entry of ``follow:``, oldest first."""
    return [r for r in runs if r.ok and (r.source, r.query) == (source, query)]


def filled_spans(runs: Iterable[Run]) -> list[DaySpan]:
    """Unite the days of good runs into spans, first and last day inclusive, in order.

    The day of a run itself is not filled yet: more may have come after it.
    """
    return _united(
        (
            date.fromisoformat(run.since),
            min(date.fromisoformat(run.until), date.fromisoformat(run.started[:10]) - _DAY),
        )
        for run in runs
    )


def _united(some_spans: Iterable[DaySpan]) -> list[DaySpan]:
    """Unite spans that touch; those that end before they begin hold no day."""
    spans: list[DaySpan] = []
    for first, last in sorted(some_spans):
        if last < first:
            continue
        if spans and first <= spans[-1][1] + _DAY:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def unfilled_spans(spans: Iterable[DaySpan], first: date, last: date) -> Iterator[DaySpan]:
    """Yield the spans of days from ``first`` to ``last`` that are not in ``spans``, which are in order."""
    for begin, end in spans:
        if first < begin:
            yield first, min(begin - _DAY, last)
        first = max(first, end + _DAY)
        if first > last:
            return
    yield first, last


def expired_spans(entry_runs: Iterable[Run], today: date) -> Iterator[DaySpan]:
    """Yield the days that an entry had to fill, that no good run filled, and that have grown too old.

    These are the days it was asked for, and all since its first run: where no run came for longer than
    ``MAX_GAP_AGE``, the next did not ask for all of them. Only an operator who names them has them asked for again.
    """
    entry_runs = tuple(entry_runs)
    filled = filled_spans(run for run in entry_runs if run.ok)
    newest = today - MAX_GAP_AGE - _DAY
    due = [(date.fromisoformat(run.since), date.fromisoformat(run.until)) for run in entry_runs]
    due += [(date.fromisoformat(min(r.started for r in entry_runs)[:10]), newest)] if due else []
    for first, last in _united(due):
        if first <= newest:
            yield from unfilled_spans(filled, first, min(last, newest))


def first_unfilled_day(runs: Iterable[Run], source: str, query: str, today: date) -> date:
    """Return the first day an entry still has to fill.

    That is the first gap since it was first asked for, within ``MAX_GAP_AGE``; or
    ``FIRST_INGEST_SPAN`` back where it never was.
    """
    entry_runs = [r for r in runs if (r.source, r.query) == (source, query)]
    if not entry_runs:
        return today - FIRST_INGEST_SPAN
    start = date.fromisoformat(min(r.since for r in entry_runs))
    start = max(min(start, today), today - MAX_GAP_AGE)
    return next(
        unfilled_spans(filled_spans(good_runs(entry_runs, source, query)), start, today),
        (today, today),
    )[0]
