"""The log of changes, each with the paper it is about, as lists and pages show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from paper_digest.builder.cached_record import RecordSummary
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.model.errors import Problem
from paper_digest.store.changes import Change, read_changes

#: Changes shown of one paper.
MAX_CHANGES_OF_PAPER = 20


def entries_with_changes(
    summaries: Iterable[RecordSummary], archive: Path, problems: list[Problem]
) -> Iterator[CatalogEntry]:
    """Yield the entry of each paper with what changed in its record, the newest first.

    Args:
        summaries: the papers.
        archive: the folder ``archive/``.
        problems: gets one for each line of the log that cannot be read.
    """
    by_id: dict[str, list[Change]] = defaultdict(list)
    for change in read_changes(archive, problems):
        by_id[change.id].append(change)
    if not by_id:
        yield from (summary.entry for summary in summaries)
        return
    for summary in summaries:
        changes = [c for one in summary.ids if one in by_id for c in by_id[one]]
        if changes:
            changes.sort(key=lambda change: change.at, reverse=True)
            shown = tuple(changes[:MAX_CHANGES_OF_PAPER])
            yield msgspec.structs.replace(summary.entry, changes=shown)
        else:
            yield summary.entry
