"""Which days of a followed source are filled, and which are gaps, as the diary tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from paper_digest.store.runs.log import Run

#: Days a source is asked for the first time it is followed.
FIRST = timedelta(days=7)

#: A gap longer ago than this is not filled by itself: it would ask for years.
LONGEST_GAP = timedelta(days=90)

_DAY = timedelta(days=1)

#: Options that ask a source for days; with any other the days make no difference.
_BY_DAY = {"arxiv": {"categories", "search", "oai"}}

Span = tuple[date, date]


def by_day(source: str, options: Mapping[str, object]) -> bool:
    """Tell whether an entry of ``follow:`` asks for days, so that it can have gaps."""
    if source == "huggingface":
        return not options.keys() & {"papers", "files"}
    return bool(options.keys() & _BY_DAY.get(source, set()))


def good(runs: Iterable[Run], source: str, query: str) -> list[Run]:
    """List the good runs of one entry of ``follow:``, oldest first."""
    return [r for r in runs if r.ok and (r.source, r.query) == (source, query)]


def filled(runs: Iterable[Run]) -> list[Span]:
    """Unite the days of good runs into spans, first and last day inclusive, in order.

    The day of a run itself is not filled yet: more may have come after it.
    """
    spans: list[Span] = []
    for run in sorted(runs, key=lambda r: r.since):
        first = date.fromisoformat(run.since)
        last = min(date.fromisoformat(run.until), date.fromisoformat(run.started[:10]) - _DAY)
        if last < first:
            continue
        if spans and first <= spans[-1][1] + _DAY:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def gaps(spans: Iterable[Span], first: date, last: date) -> Iterator[Span]:
    """Yield the spans of days from ``first`` to ``last`` that are not in ``spans``."""
    for begin, end in spans:
        if first < begin:
            yield first, min(begin - _DAY, last)
        first = max(first, end + _DAY)
        if first > last:
            return
    yield first, last


def begin(runs: Iterable[Run], source: str, query: str, today: date) -> date:
    """Return the first day an entry still has to fill.

    That is the first gap since it was first asked for, within ``LONGEST_GAP``; or ``FIRST`` days
    back where it never was.
    """
    known = [r for r in runs if (r.source, r.query) == (source, query)]
    if not known:
        return today - FIRST
    start = date.fromisoformat(min(r.since for r in known))
    start = max(min(start, today), today - LONGEST_GAP)
    return next(gaps(filled(good(known, source, query)), start, today), (today, today))[0]
