"""What changed lately in the records of an archive: lists of changes, and the papers that were accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.news import News, news_of
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
    accepted = {
        entry.slug: entry
        for change, entry in changes
        if change.at >= first and is_acceptance(change)
    }
    return tuple(accepted.values())


def is_acceptance(change: Change) -> bool:
    """Tell whether a change is a paper's first venue or journal."""
    news = news_of(change)
    return bool(news and news.kind == "accepted")


def latest_news(changes: Iterable[PaperChange]) -> Iterator[tuple[News, Change, CatalogEntry]]:
    """Yield the news among changes in their order; of an acceptance at one day its venue, or else its journal."""
    listed = list(changes)
    with_venue = {(e.slug, c.at) for c, e in listed if c.field == "venue" and is_acceptance(c)}
    for change, entry in listed:
        news = news_of(change)
        is_twin = change.field == "journal_ref" and (entry.slug, change.at) in with_venue
        if news and not is_twin:
            yield news, change, entry
