"""The feeds of changes, of acceptances and of corrections, and the news that the page of starred papers reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.changes import PaperChange, all_changes, latest_news
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.news import News
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render import typeset
from paper_digest.render.change_words import FIELD_LABELS, change_words, changed_by, news_words
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.atom import render_atom, render_atom_entry
from paper_digest.render.exports.feed_items import FeedItem
from paper_digest.render.exports.jsonfeed import render_json_feed, render_json_item
from paper_digest.render.pages.changes import NEWS_FILE, PAGE_PATH, ChangeFeed, change_feeds
from paper_digest.render.pages.redirect import former_slugs
from paper_digest.settings.config import Config
from paper_digest.store.changes import Change
from paper_digest.text.language import gettext
from paper_digest.text.tex import convert as latex

#: Entries of a feed.
MAX_CHANGES = 100
#: News in the file that the page of starred papers reads, some 80 bytes each.
MAX_NEWS = 2_000


def change_feed_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make the feeds of all changes, of acceptances and of what takes something back, in both formats; none is empty."""
    changes = all_changes(catalog)
    for feed in change_feeds(changes):
        listed = feed.changes[:MAX_CHANGES]
        # The address too: a paper that gets another id keeps its title and its changes.
        shown = [(c, _anchor(c, entry), entry.id, entry.title, entry.path) for c, entry in listed]
        inputs = hash_bytes(repr(shown).encode())
        yield OutputGroup(feed.stem, inputs, partial(_files, feed, config))


def news_groups(
    catalog: Catalog, ids_of: Callable[[str], tuple[str, ...]]
) -> Iterator[OutputGroup[SiteFile]]:
    """Make the file of news, which every archive has.

    News of a paper stand there under its former addresses too: a reader may have starred it at one of them.

    Args:
        catalog: the archive.
        ids_of: returns, by slug, a paper's present id, then those it had before.
    """
    rows = [
        (slug, *words)
        for news, change, entry in islice(latest_news(all_changes(catalog)), MAX_NEWS)
        for words in (_news_words(news, change),)
        for slug in (entry.slug, *former_slugs(ids_of(entry.slug)[1:], catalog.by_slug))
    ]
    data = msgspec.json.encode({"news": rows}) + b"\n"
    yield OutputGroup("assets/news", hash_bytes(data), lambda: ((NEWS_FILE, data),))


def _news_words(news: News, change: Change) -> tuple[str, str, str]:
    """Return what a script reads of a piece of news behind the paper's slug: day, kind and words."""
    return change.at, news.kind, news_words(news)


def _files(feed: ChangeFeed, config: Config) -> Iterator[SiteFile]:
    stem, changes = feed.stem, feed.changes[:MAX_CHANGES]
    title = gettext("{list} · {archive}", list=feed.title, archive=config.title)
    entries, items = [], []
    for change, entry in changes:
        anchor = _anchor(change, entry)
        url = site_url(entry.path, config, stem) + anchor
        item = _item(anchor, (change, entry))
        entries.append(render_atom_entry(item, url, config))
        items.append(render_json_item(item, url, config))
    updated = changes[0][0].at
    yield f"{stem}.atom", render_atom(stem, title, PAGE_PATH, entries, updated, config)
    yield f"{stem}.json", render_json_feed(stem, title, PAGE_PATH, items, config)


def _anchor(change: Change, entry: CatalogEntry) -> str:
    """Return what tells a change of a paper from its others; those that are alike go by the order in which they came."""
    name = change.at, change.field, change.by
    alike = [one for one in entry.changes if (one.at, one.field, one.by) == name]
    place = next(i for i, one in enumerate(alike) if one is change)
    return "#" + "-".join(("changed", *name, *([str(place + 1)] if place else [])))


def _item(anchor: str, pair: PaperChange) -> FeedItem:
    change, entry = pair
    words = latex.to_unicode(f"{change_words(change)} ({changed_by(change)})")
    return FeedItem(
        id=change.id,
        slug=entry.slug,
        title=f"{gettext(FIELD_LABELS[change.field])}: {typeset.plain_title(entry.title, entry.id)}",
        published=change.at,
        updated=change.at,
        author_names=(),
        author_count=0,
        labels=(gettext(FIELD_LABELS[change.field]),),
        digest="",
        digest_by="",
        summary="",
        abstract=words,
        withdrawn="",
        links=(),
        anchor=anchor,
    )
