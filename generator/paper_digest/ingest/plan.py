"""What the archive follows, and which days of each it has to ask for."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import ModuleType

import msgspec

from paper_digest.model.errors import ConfigError
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.log import Run

#: Source modules by the name they have in ``archive.yml``.
SOURCE_NAMES = ("huggingface", "arxiv", "bibtex", "acl", "jsonl", "text", "crossref", "openreview")


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


def load_source(name: str) -> ModuleType:
    """Find a source module by its name.

    Raises:
        ConfigError: if there is none.
    """
    if name not in SOURCE_NAMES:
        cure = f"write one of: {', '.join(SOURCE_NAMES)}"
        raise ConfigError("archive.yml: follow", f"there is no source {name!r}", cure)
    return importlib.import_module(f"paper_digest.sources.{name}")


def plan_days(
    follow_entries: Iterable[Mapping[str, object]],
    past_runs: list[Run],
    today: date,
    since: date | None = None,
    until: date | None = None,
) -> Iterator[FetchPlan]:
    """Say which days each followed source has to fill.

    From its first gap on (see ``coverage.begin``) to today; a source whose figures settle late
    is asked for those days again.

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
        if name in SOURCE_NAMES and (refetch := getattr(load_source(name), "REFETCH_DAYS", None)):
            first = min(first, today - refetch)
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
