"""What changed lately in the records of an archive: lists of changes, and the papers that were accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.news import News, standing_news
from paper_digest.store.changes import Change

#: Days that count as lately, back from the newest change.
RECENT_DAYS = 7

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
    recent = (pair for pair in changes if pair[0].at >= first)
    accepted = {e.slug: e for news, _, e in _standing(recent) if news.kind == "accepted"}
    return tuple(accepted.values())


def latest_news(changes: Iterable[PaperChange]) -> Iterator[tuple[News, Change, CatalogEntry]]:
    """Yield the news that hold still among changes, in their order.

    Of an acceptance at one day it is its venue, or else its journal.
    """
    listed = list(_standing(changes))
    with_venue = {
        (e.slug, c.at) for news, c, e in listed if c.field == "venue" and news.kind == "accepted"
    }
    for news, change, entry in listed:
        if change.field != "journal_ref" or (entry.slug, change.at) not in with_venue:
            yield news, change, entry


def _standing(changes: Iterable[PaperChange]) -> Iterator[tuple[News, Change, CatalogEntry]]:
    """Yield the news among changes that were not taken back since; what was said twice in a day, once."""
    by_slug: dict[str, dict[Change, News]] = {}
    for change, entry in changes:
        if entry.slug not in by_slug:
            by_slug[entry.slug] = standing_news(entry.changes)
        if news := by_slug[entry.slug].pop(change, None):
            yield news, change, entry
