"""Which runs in the log are of which entry of ``follow:``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run


class EntryRuns(NamedTuple):
    """One entry of ``follow:`` and its runs, oldest first.

    ``options`` are all but its source. ``query`` is what is asked, by which runs are logged; ``shown`` is what
    distinguishes the entry for a person: the same, and its filters where another entry asks for the same.
    """

    source: str
    options: Mapping[str, object]
    query: str
    shown: str
    runs: tuple[Run, ...]


def runs_by_entry(
    follow: Iterable[Mapping[str, object]], all_runs: Iterable[Run]
) -> tuple[EntryRuns, ...]:
    """Return every entry with its runs.

    A run of what an entry asks for is the entry's, unless it was of another entry that is still there and asks for
    the same. So an entry whose filters were changed keeps its days, and of two that differ in filters alone
    neither answers for the other.
    """
    entries = []
    for entry in follow:
        options = {name: value for name, value in entry.items() if name != "source"}
        entries.append((str(entry["source"]), options, log.query_key(options)))
    present = {(source, query, log.entry_key(options)) for source, options, query in entries}
    asking = Counter((source, query) for source, _, query in entries)
    all_runs = tuple(all_runs)
    return tuple(
        EntryRuns(
            source,
            options,
            query,
            query if asking[source, query] == 1 else log.shown_key(options),
            tuple(
                run
                for run in all_runs
                if (run.source, run.query) == (source, query)
                and (
                    run.entry == log.entry_key(options) or (source, query, run.entry) not in present
                )
            ),
        )
        for source, options, query in entries
    )
