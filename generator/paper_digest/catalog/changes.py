"""What changed lately in the records of an archive: lists of changes, and the papers that were accepted."""

from __future__ import annotations

from datetime import date, timedelta

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.store.changes import Change

#: Days that count as lately, back from the newest change.
RECENT_DAYS = 7
#: Fields whose first value says that a paper was accepted or published.
_ACCEPTANCE_FIELDS = frozenset({"venue", "journal_ref"})

PaperChange = tuple[Change, CatalogEntry]


def all_changes(catalog: Catalog) -> list[PaperChange]:
    """List the changes of all papers shown, the newest first."""
    pairs = [(change, entry) for entry in catalog.entries for change in entry.changes]
    return sorted(pairs, key=lambda pair: (pair[0].at, pair[1].slug), reverse=True)


def first_recent_day(changes: list[PaperChange]) -> str:
    """Return the first day that counts as lately (ISO date); "" without changes."""
    if not changes:
        return ""
    return (date.fromisoformat(changes[0][0].at) - timedelta(RECENT_DAYS - 1)).isoformat()


def accepted_papers(changes: list[PaperChange]) -> tuple[CatalogEntry, ...]:
    """Return the papers that got their first venue or journal lately, the latest first, each once."""
    first = first_recent_day(changes)
    accepted = {
        entry.slug: entry
        for change, entry in changes
        if change.at >= first and is_acceptance(change)
    }
    return tuple(accepted.values())


def is_acceptance(change: Change) -> bool:
    """Tell whether a change is a paper's first venue or journal."""
    return change.field in _ACCEPTANCE_FIELDS and not change.before
