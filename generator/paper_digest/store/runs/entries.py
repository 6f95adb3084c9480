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
        query, key = log.query_key(options), log.entry_key(options)
        entries.append((str(entry["source"]), options, query, key))
    present = {(source, query, key) for source, _, query, key in entries}
    asking = Counter((source, query) for source, _, query, _ in entries)
    runs_by_question: dict[tuple[str, str], list[Run]] = {}
    for run in all_runs:
        runs_by_question.setdefault((run.source, run.query), []).append(run)
    return tuple(
        EntryRuns(
            source,
            options,
            query,
            query if asking[source, query] == 1 else log.shown_key(options),
            tuple(
                run
                for run in runs_by_question.get((source, query), ())
                if run.entry == key or (source, query, run.entry) not in present
            ),
        )
        for source, options, query, key in entries
    )
