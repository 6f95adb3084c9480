"""What the archive follows, and which days of each it has to ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from paper_digest.model.errors import ConfigError
from paper_digest.sources.registry import registry
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.log import Run


class FetchPlan(msgspec.Struct, frozen=True):
    """One entry of ``follow:`` and the days it has to fill."""

    source: str
    options: Mapping[str, object]
    since: date
    until: date

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
    if since and since > last:
        raise ConfigError("--since", f"{since} lies after {last}", "give an earlier first day")
    for entry in follow_entries:
        name = str(entry["source"])
        options = {k: v for k, v in entry.items() if k != "source"}
        first = coverage.first_unfilled_day(past_runs, name, log.query_key(options), today)
        source = registry().by_name.get(name)
        if source and source.refetch_span:
            first = min(first, today - source.refetch_span)
        yield FetchPlan(name, options, since or min(first, last), last)


def replay_plans(
    follow_entries: Iterable[Mapping[str, object]], past_runs: Iterable[Run]
) -> Iterator[FetchPlan]:
    """Say what the runs of a diary asked for, so that their answers can be replayed."""
    for entry in follow_entries:
        options = {k: v for k, v in entry.items() if k != "source"}
        key = (str(entry["source"]), log.query_key(options))
        days = {(r.since, r.until) for r in past_runs if (r.source, r.query) == key}
        for first, last in sorted(days):
            yield FetchPlan(key[0], options, date.fromisoformat(first), date.fromisoformat(last))
