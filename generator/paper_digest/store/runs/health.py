"""The health of each followed source, by the log of runs: filled, quiet for a reason, stale, or failed.

No clock is read: everything is as of a source's last run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from paper_digest.model.announcements import AnnouncementCalendar
from paper_digest.model.strict import StrictStruct
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.coverage import DaySpan
from paper_digest.store.runs.entries import runs_by_entry
from paper_digest.store.runs.log import Run
from paper_digest.text.language import gettext, ngettext

#: What the watch asks, as the log of runs names it: whether papers were taken back or corrected, and accepted.
WATCH_TOPICS = ("watch", "acceptance")

HealthStatus = Literal["waiting", "failed", "stale", "empty", "quiet", "fine"]


class SourceHealth(StrictStruct, frozen=True):
    """One entry of ``follow:``, or a part of the watch.

    Attributes:
        source: its name. ``query``: its other options, as one line of JSON; filters where another entry asks for the same.
        status: ``waiting`` never ran; ``failed`` the last run could not fill its days; ``stale`` it
            answered, but with nothing newer than long ago; ``empty`` its answers held no paper, and
            nobody knows why; ``quiet`` nothing was due; ``fine``.
        explanation: the same in a sentence or two.
        last_run, last_good_run: its last run, and the last good one.
        gaps: spans of days that are not filled, first and last day inclusive.
        all_runs: all its runs, oldest first.
    """

    source: str
    query: str
    status: HealthStatus
    explanation: str
    last_run: Run | None = None
    last_good_run: Run | None = None
    gaps: tuple[DaySpan, ...] = ()
    all_runs: tuple[Run, ...] = ()


class SourceFacts(Protocol):
    """What sources state of themselves, by their names."""

    def calendar(self, name: str, /) -> AnnouncementCalendar | None:
        """Return when a source has news, where that is on fixed days."""

    def asks_by_day(self, name: str, options: Mapping[str, object], /) -> bool:
        """Tell whether an entry of ``follow:`` asks for days, so that it can have gaps."""


def source_health(
    follow: Iterable[Mapping[str, object]], all_runs: Iterable[Run], facts: SourceFacts
) -> tuple[SourceHealth, ...]:
    """Return the health of every entry of ``follow:`` by its runs."""
    result = []
    for entry in runs_by_entry(follow, all_runs):
        name, runs = entry.source, entry.runs
        may_have_gaps = facts.asks_by_day(name, entry.options)
        gaps = _unfilled_spans(runs) if may_have_gaps and runs else ()
        result.append(_entry_health(name, entry.shown, runs, facts.calendar(name), gaps))
    return tuple(result)


def failed_watches(days: int, all_runs: Iterable[Run]) -> tuple[SourceHealth, ...]:
    """Return the parts of the watch whose last run failed; of the others there is nothing to say.

    A part that failed is asked again by each ingest, for one round: a longer silence means that none of its papers is
    there any more.

    Args:
        days: in how many each paper is asked about once; 0 for a watch that is off.
        all_runs: the log of runs.
    """
    all_runs = tuple(all_runs)
    queries = {log.query_key({topic: days}) for topic in WATCH_TOPICS} if days else set()
    newest = max((run.started[:10] for run in all_runs), default="")
    parts = dict.fromkeys((run.source, run.query) for run in all_runs if run.query in queries)
    result = []
    for name, query in parts:
        runs = tuple(run for run in all_runs if (run.source, run.query) == (name, query))
        rest = date.fromisoformat(newest) - date.fromisoformat(runs[-1].started[:10])
        if not runs[-1].ok and rest <= timedelta(days):
            result.append(_entry_health(name, query, runs, None, ()))
    return tuple(result)


def _entry_health(
    name: str,
    query: str,
    entry_runs: tuple[Run, ...],
    calendar: AnnouncementCalendar | None,
    gaps: tuple[DaySpan, ...],
) -> SourceHealth:
    if not entry_runs:
        return SourceHealth(name, query, "waiting", gettext("It was not read yet."))
    status, explanation = _status(entry_runs, calendar)
    good = [run for run in entry_runs if run.ok]
    return SourceHealth(
        name,
        query,
        status,
        explanation,
        last_run=entry_runs[-1],
        last_good_run=good[-1] if good else None,
        gaps=gaps,
        all_runs=entry_runs,
    )


def _unfilled_spans(entry_runs: tuple[Run, ...]) -> tuple[DaySpan, ...]:
    """List the days since it was first asked for that no good run filled.

    The days of the last run itself are open yet, and no gap.
    """
    first = date.fromisoformat(min(run.since for run in entry_runs))
    last = date.fromisoformat(entry_runs[-1].started[:10]) - timedelta(days=1)
    if last < first:
        return ()
    filled = coverage.filled_spans(run for run in entry_runs if run.ok)
    return tuple(coverage.unfilled_spans(filled, first, last))


def _status(
    entry_runs: tuple[Run, ...], calendar: AnnouncementCalendar | None
) -> tuple[HealthStatus, str]:
    last = entry_runs[-1]
    if not last.ok:
        reason = f" {last.said[0]}" if last.said else ""
        return "failed", f"{gettext('It could not be read.')}{reason}".rstrip(".") + "."
    if last.new:
        return "fine", ngettext("{n} new paper.", "{n} new papers.", last.new)
    if calendar is None and last.entries:
        return "quiet", gettext("Nothing new: the archive already has all its papers.")
    if calendar is None:
        return "empty", _empty_explanation(entry_runs)
    return _status_without_news(entry_runs, calendar)


def _status_without_news(
    entry_runs: tuple[Run, ...], calendar: AnnouncementCalendar
) -> tuple[HealthStatus, str]:
    """Say why a good run brought nothing new; no reason is given that is not known."""
    last = entry_runs[-1]
    moment = datetime.fromisoformat(last.started)
    due = calendar.newest_due(moment).isoformat()
    newest = max(run.newest for run in entry_runs)
    if newest and newest < due:
        sentence = gettext(
            "Its newest papers are of {newest}, although those of {due} were due. Act only if this lasts.",
            newest=newest,
            due=due,
        )
        return "stale", sentence
    if not newest and _is_repeat_of_old_news(entry_runs, calendar):
        sentence = gettext(
            "Its answers are the same as last time, although new papers were due. Act only if this lasts."
        )
        return "stale", sentence
    if not last.entries and _has_news_since_papers(entry_runs, calendar, moment):
        return "empty", _empty_explanation(entry_runs)
    return "quiet", gettext(
        "Nothing new: {reason}.", reason=calendar.reason_for_nothing_new(moment)
    )


def _empty_explanation(entry_runs: tuple[Run, ...]) -> str:
    gave_before = any(run.entries for run in entry_runs)
    if gave_before:
        return gettext(
            "Its answers held no paper, though it gave papers before. If this lasts, check its settings."
        )
    return gettext(
        "Its answers held no paper, and it has given none so far. If this lasts, check its settings."
    )


def _has_news_since_papers(
    entry_runs: tuple[Run, ...], calendar: AnnouncementCalendar, moment: datetime
) -> bool:
    """Tell whether news was due at ``moment`` that the last run which brought papers cannot hold."""
    earlier = [run for run in entry_runs if run.entries]
    return not earlier or calendar.last_news(moment) > datetime.fromisoformat(earlier[-1].started)


def _is_repeat_of_old_news(entry_runs: tuple[Run, ...], calendar: AnnouncementCalendar) -> bool:
    """Tell whether all answers were old, and news lies between the last two runs."""
    last = entry_runs[-1]
    if not last.answers or last.stale < last.answers or len(entry_runs) < 2:  # noqa: PLR2004 - this run and the one before
        return False
    moment, earlier = (datetime.fromisoformat(run.started) for run in (last, entry_runs[-2]))
    return calendar.last_news(moment) > earlier
