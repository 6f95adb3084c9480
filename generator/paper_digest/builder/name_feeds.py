"""Feeds of authors, organisations, monitors and trending lists.

A list by date has no feed: the papers of a past day or month do not change any more, and its page
links to the feed of the whole archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.render.exports.feeds import Feed, in_feed_order, make_feed
from paper_digest.render.pages import name_urls, trending
from paper_digest.settings.config import Config
from paper_digest.text.tex import convert as latex

#: Papers in the feed of a name. There are many names, and each adds few papers: hence short feeds.
MAX_PAPERS_PER_FEED = 10


def list_feeds(catalog: Catalog, config: Config) -> Iterator[Feed]:
    """Make the feeds of the trending lists, of monitors, and of all authors and organisations that have a page."""
    for stem, (title, entries) in trending.trending_lists(catalog).items():
        yield make_feed(stem, f"{title} · {config.title}", "trending.md", entries)
    for monitor in catalog.monitors:
        monitored = in_feed_order(catalog.that_came(catalog.monitored(monitor)))
        title = f"{monitor.title} · {config.title}"
        yield make_feed(monitor.feed_path, title, monitor.page_path, monitored)
    yield from _name_feeds("authors", catalog.by_author, catalog, config)
    yield from _name_feeds("organisations", catalog.by_organisation, catalog, config)


def _name_feeds(
    folder: str,
    lists: Mapping[str, tuple[CatalogEntry, ...]],
    catalog: Catalog,
    config: Config,
) -> Iterator[Feed]:
    for name, entries in lists.items():
        page, title = (
            name_urls.page_path(folder, name),
            f"{latex.to_unicode(name)} · {config.title}",
        )
        yield make_feed(
            name_urls.feed_path(folder, name),
            title,
            page,
            in_feed_order(catalog.that_came(entries)),
            MAX_PAPERS_PER_FEED,
            is_short=True,
        )
