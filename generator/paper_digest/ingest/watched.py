"""Questions about papers that the archive has, and whose turn it is on which day.

A paper's day is worked out from its id, so nothing has to be remembered but the days that were asked about, which the
log of runs has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from paper_digest.model.batch import Batch, Request
from paper_digest.model.ids import hash_text
from paper_digest.model.paper import Paper
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run

DAY = timedelta(days=1)


def take_all(batch: Batch) -> Batch:
    """Take an answer as its source reads it."""
    return batch


class Inquiry(NamedTuple):
    """An address to ask, and what of the answer is taken."""

    request: Request
    taken: Callable[[Batch], Batch] = take_all


def is_turn(paper_id: str, days: int, day: date) -> bool:
    """Tell whether a paper is asked about on a day, where each is once in ``days`` days."""
    return int(hash_text(paper_id, 4), 16) % days == day.toordinal() % days


def share_of(papers: list[Paper], max_papers: int, round_number: int) -> list[Paper]:
    """Return at most some ``max_papers`` papers: all, or a part in each round, so that after some rounds each had its turn."""
    parts = -(-len(papers) // max_papers)
    # Other letters of the hash than those that chose the day.
    return [p for p in papers if int(hash_text(p.id, 8)[4:], 16) % parts == round_number % parts]


def open_days(runs: Iterable[Run], source: str, query: str, days: int, today: date) -> list[date]:
    """List the days not asked about yet, the earliest first: since the last good run, one round at most.

    Args:
        runs: the log of runs.
        source: who is asked.
        query: what is asked, as ``watch_query`` names it.
        days: in how many each paper is asked about once.
        today: the last day.
    """
    runs = log.runs_of_the_past(runs, today)
    asked = [r.until for r in runs if r.ok and (r.source, r.query) == (source, query)]
    last = min(date.fromisoformat(max(asked)), today) if asked else today - DAY
    count = min((today - last).days, days)
    return [today - n * DAY for n in range(count)][::-1]


def watch_query(days: int, topic: str = "watch") -> str:
    """Name a part of the watch in the log of runs, where an entry of ``follow:`` names its options."""
    return log.query_key({topic: days})
