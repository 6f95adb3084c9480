"""What the archive follows, and which days of each it has to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from paper_digest.model.errors import ConfigError
from paper_digest.sources.registry import registry
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.entries import runs_by_entry
from paper_digest.store.runs.log import Run


class FetchPlan(msgspec.Struct, frozen=True):
    """One entry of ``follow:`` and the days it has to fill.

    ``past_runs`` are its runs so far, by which an empty answer is judged; without them any is believed.
    ``number``: which entry of ``follow:`` it is, from 0. ``services``: where the services of other sources lie, of which papers may be asked for by name.
    """

    source: str
    options: Mapping[str, object]
    since: date
    until: date
    past_runs: tuple[Run, ...] = ()
    number: int = 0
    services: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def query(self) -> str:
        """The options as one line."""
        return log.query_key(self.options)


def plan_days(
    follow_entries: Iterable[Mapping[str, object]],
    past_runs: list[Run],
    today: date,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[FetchPlan]:
    """Say which days each followed source has to fill.

    From its first gap on (see ``coverage.first_unfilled_day``) to today; a source whose figures settle
    late is asked for those days again.

    Raises:
        ConfigError: ``since`` lies after ``until``.
    """
    last = min(until or today, today)
    past_runs = log.runs_of_the_past(past_runs, today)
    if since and since > last:
        raise ConfigError("--since", f"{since} lies after {last}", "give an earlier first day")
    for number, entry in enumerate(runs_by_entry(follow_entries, past_runs)):
        name, entry_runs = entry.source, entry.runs
        first = coverage.first_unfilled_day(entry_runs, name, entry.query, today)
        source = registry().by_name.get(name)
        if source and source.refetch_span:
            first = min(first, today - source.refetch_span)
        yield FetchPlan(name, entry.options, since or min(first, last), last, entry_runs, number)


def expired_gap_commands(
    follow_entries: Iterable[Mapping[str, object]], past_runs: Iterable[Run], today: date
) -> Iterator[str]:
    """Yield the command for each gap too old to be filled unasked; see ``coverage.expired_spans``."""
    past_runs = log.runs_of_the_past(past_runs, today)
    for entry in runs_by_entry(follow_entries, past_runs):
        if not registry().asks_by_day(entry.source, entry.options):
            continue
        for first, last in coverage.expired_spans(entry.runs, today):
            yield f"digest ingest --since {first} --until {last}"


def replay_plans(
    follow_entries: Iterable[Mapping[str, object]], past_runs: Iterable[Run]
) -> Iterator[FetchPlan]:
    """Say what the runs of a diary asked for, so that their answers can be replayed."""
    for number, entry in enumerate(runs_by_entry(follow_entries, past_runs)):
        days = {(run.since, run.until) for run in entry.runs}
        for first, last in sorted(days):
            span = (date.fromisoformat(first), date.fromisoformat(last))
            yield FetchPlan(entry.source, entry.options, *span, number=number)
