"""How each followed source fares, as the diary tells: filled, quiet for a reason, stale, or failed.

Nothing here looks at a clock: everything is said as of a source's last run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from paper_digest.model.paper import StrictStruct
from paper_digest.store.runs import announcements, coverage, log
from paper_digest.store.runs.announcements import EASTERN
from paper_digest.store.runs.log import Run

Mood = Literal["waiting", "failed", "stale", "quiet", "fine"]


class State(StrictStruct, frozen=True):
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
    mood: Mood
    words: str
    last: Run | None = None
    good: Run | None = None
    gaps: tuple[tuple[date, date], ...] = ()
    told: tuple[Run, ...] = ()


def states(follow: Iterable[Mapping[str, object]], diary: Iterable[Run]) -> tuple[State, ...]:
    """Judge every entry of ``follow:``."""
    diary = tuple(diary)
    found = []
    for entry in follow:
        options = {k: v for k, v in entry.items() if k != "source"}
        name, query = str(entry["source"]), log.query_key(options)
        told = tuple(r for r in diary if (r.source, r.query) == (name, query))
        found.append(_state(name, options, query, told))
    return tuple(found)


def _state(name: str, options: Mapping[str, object], query: str, told: tuple[Run, ...]) -> State:
    if not told:
        return State(name, query, "waiting", "It was not asked yet.")
    last = told[-1]
    good = coverage.good(told, name, query)
    mood, words = _mood(name, told, last)
    return State(
        name, query, mood, words, last, good[-1] if good else None, _gaps(name, options, told), told
    )


def _gaps(
    name: str, options: Mapping[str, object], told: tuple[Run, ...]
) -> tuple[tuple[date, date], ...]:
    """List the days since it was first asked for that no good run filled.

    The days of the last run itself are open yet, and no gap.
    """
    if not coverage.by_day(name, options):
        return ()
    first = date.fromisoformat(min(run.since for run in told))
    last = date.fromisoformat(told[-1].started[:10]) - timedelta(days=1)
    if last < first:
        return ()
    return tuple(coverage.gaps(coverage.filled(r for r in told if r.ok), first, last))


def _mood(name: str, told: tuple[Run, ...], last: Run) -> tuple[Mood, str]:
    if not last.ok:
        reason = f" {last.said[0]}" if last.said else ""
        return "failed", f"It could not be read.{reason}".rstrip(".") + "."
    if last.new:
        return "fine", f"{last.new:,} new papers."
    due = _due(name, datetime.fromisoformat(last.started))
    newest = max((run.newest for run in told), default="")
    if due and newest and newest < due.isoformat():
        said = f"The newest it gave is of {newest}, though {due.isoformat()} was due"
        return "stale", f"{said}. Nothing needs doing unless it lasts."
    if due and not newest and _same_again(told, last):
        said = "Its answers are the same as the last time, though news was due"
        return "stale", f"{said}. Nothing needs doing unless it lasts."
    return "quiet", f"Nothing new: {_why(name, datetime.fromisoformat(last.started))}."


def _due(name: str, moment: datetime) -> date | None:
    """Return the date of the newest that a source must have had, where it has a calendar."""
    if name == "arxiv":
        return announcements.newest_feed(moment)
    return announcements.newest_list(moment) if name == "huggingface" else None


def _same_again(told: tuple[Run, ...], last: Run) -> bool:
    """Tell whether all answers were old, and an announcement lies between the last two runs."""
    if not last.answers or last.stale < last.answers or len(told) < 2:  # noqa: PLR2004 - this run and the one before
        return False
    moment, earlier = (datetime.fromisoformat(r.started) for r in (last, told[-2]))
    # What is announced in the evening is in the feeds some hours later.
    return announcements.before(moment - timedelta(hours=10)) > earlier


def _why(name: str, moment: datetime) -> str:
    """Say why nothing was new at ``moment``."""
    if name == "huggingface":
        weekend = moment.weekday() > 4  # noqa: PLR2004 - Friday
        return "it has no list on a weekend" if weekend else "its lists were all known"
    if name != "arxiv":
        return "all that it has was known"
    today = moment.astimezone(EASTERN).date()
    last_evening = today if announcements.before(moment).date() == today else today - timedelta(1)
    reason = announcements.why_none(last_evening)
    return reason or "what it last announced was known"
