"""How each followed source fares, as the diary tells: filled, quiet for a reason, stale, or failed.

Nothing here looks at a clock: everything is said as of a source's last run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from paper_digest.model.strict import StrictStruct
from paper_digest.store.runs import announcements, coverage, log
from paper_digest.store.runs.announcements import EASTERN
from paper_digest.store.runs.log import Run

HealthStatus = Literal["waiting", "failed", "stale", "quiet", "fine"]


class SourceHealth(StrictStruct, frozen=True):
    """One entry of ``follow:``.

    Attributes:
        source: its name. ``query``: its other options, as one line of JSON.
        mood: ``waiting`` never ran; ``failed`` the last run could not fill its days; ``stale`` it
            answered, but with nothing newer than long ago; ``quiet`` nothing was due; ``fine``.
        words: the same in a sentence or two.
        last, good: its last run, and the last good one.
        gaps: spans of days that are not filled, first and last day inclusive.
        told: all its runs, oldest first.
    """

    source: str
    query: str
    status: HealthStatus
    explanation: str
    last_run: Run | None = None
    last_good_run: Run | None = None
    gaps: tuple[tuple[date, date], ...] = ()
    all_runs: tuple[Run, ...] = ()


def source_health(
    follow: Iterable[Mapping[str, object]], all_runs: Iterable[Run]
) -> tuple[SourceHealth, ...]:
    """Judge every entry of ``follow:``."""
    all_runs = tuple(all_runs)
    result = []
    for entry in follow:
        options = {k: v for k, v in entry.items() if k != "source"}
        name, query = str(entry["source"]), log.query_key(options)
        entry_runs = tuple(r for r in all_runs if (r.source, r.query) == (name, query))
        result.append(_entry_health(name, options, query, entry_runs))
    return tuple(result)


def _entry_health(
    name: str, options: Mapping[str, object], query: str, entry_runs: tuple[Run, ...]
) -> SourceHealth:
    if not entry_runs:
        return SourceHealth(name, query, "waiting", "It was not read yet.")
    last = entry_runs[-1]
    good = coverage.good_runs(entry_runs, name, query)
    mood, words = _status(name, entry_runs, last)
    return SourceHealth(
        name,
        query,
        mood,
        words,
        last,
        good[-1] if good else None,
        _unfilled_spans(name, options, entry_runs),
        entry_runs,
    )


def _unfilled_spans(
    name: str, options: Mapping[str, object], entry_runs: tuple[Run, ...]
) -> tuple[tuple[date, date], ...]:
    """List the days since it was first asked for that no good run filled.

    The days of the last run itself are open yet, and no gap.
    """
    if not coverage.asks_by_day(name, options):
        return ()
    first = date.fromisoformat(min(run.since for run in entry_runs))
    last = date.fromisoformat(entry_runs[-1].started[:10]) - timedelta(days=1)
    if last < first:
        return ()
    return tuple(
        coverage.unfilled_spans(coverage.filled_spans(r for r in entry_runs if r.ok), first, last)
    )


def _status(name: str, entry_runs: tuple[Run, ...], last: Run) -> tuple[HealthStatus, str]:
    if not last.ok:
        reason = f" {last.said[0]}" if last.said else ""
        return "failed", f"It could not be read.{reason}".rstrip(".") + "."
    if last.new:
        return "fine", f"{last.new:,} new papers."
    due = _due_date(name, datetime.fromisoformat(last.started))
    newest = max((run.newest for run in entry_runs), default="")
    if due and newest and newest < due.isoformat():
        sentence = (
            f"Its newest papers are of {newest}, although those of {due.isoformat()} were due"
        )
        return "stale", f"{sentence}. Act only if this lasts."
    if due and not newest and _is_repeat_of_old_news(entry_runs, last):
        sentence = "Its answers are the same as last time, although new papers were due"
        return "stale", f"{sentence}. Act only if this lasts."
    return (
        "quiet",
        f"Nothing new: {_reason_for_nothing_new(name, datetime.fromisoformat(last.started))}.",
    )


def _due_date(name: str, moment: datetime) -> date | None:
    """Return the date of the newest that a source must have had, where it has a calendar."""
    if name == "arxiv":
        return announcements.newest_arxiv_feed_date(moment)
    return announcements.newest_huggingface_list_date(moment) if name == "huggingface" else None


def _is_repeat_of_old_news(entry_runs: tuple[Run, ...], last: Run) -> bool:
    """Tell whether all answers were old, and an announcement lies between the last two runs."""
    if not last.answers or last.stale < last.answers or len(entry_runs) < 2:  # noqa: PLR2004 - this run and the one before
        return False
    moment, earlier = (datetime.fromisoformat(r.started) for r in (last, entry_runs[-2]))
    # What is announced in the evening is in the feeds some hours later.
    return announcements.last_announcement(moment - timedelta(hours=10)) > earlier


def _reason_for_nothing_new(name: str, moment: datetime) -> str:
    """Say why nothing was new at ``moment``."""
    if name == "huggingface":
        weekend = moment.weekday() > 4  # noqa: PLR2004 - Friday
        return "it has no list on a weekend" if weekend else "the archive already has its lists"
    if name != "arxiv":
        return "the archive already has all its papers"
    today = moment.astimezone(EASTERN).date()
    last_evening = (
        today if announcements.last_announcement(moment).date() == today else today - timedelta(1)
    )
    reason = announcements.reason_for_no_announcement(last_evening)
    return reason or "the archive already has its last announcement"
