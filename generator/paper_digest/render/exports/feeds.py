"""Which lists have a feed, and the files of each.

A feed is a list of slugs, so any list of papers can have one. Papers without a date are in no
feed, because readers of feeds sort by date, and one dated ahead comes into it with its day: it would be
first for months. Records know the day of a paper and not its hour, so
the entries of a day have one time, and stand in an order that no count of upvotes changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.atom import (
    STYLE_SHEET_PATH,
    render_atom,
    render_atom_entry,
)
from paper_digest.render.exports.feed_items import feed_item
from paper_digest.render.exports.jsonfeed import render_json_feed, render_json_item
from paper_digest.render.exports.record_reader import RecordReader
from paper_digest.settings.config import Config
from paper_digest.text.language import catalogue_hash

#: Papers in the archive's feed: more than come in on a busy day.
MAX_ARCHIVE_FEED_PAPERS = 100

#: Papers in another list's feed, unless it says otherwise.
MAX_LIST_FEED_PAPERS = 30

#: Papers kept in memory while feeds are made, about five kilobytes each in every process.
ENTRY_CACHE_SIZE = 512


class Feed(NamedTuple):
    """One feed: ``stem`` is its path under ``docs/`` without ``.atom`` or ``.json``.

    ``page_path`` is the path of the list it belongs to (``topics/nlp.md``), ``slugs`` its papers,
    newest first. A short one has of a paper title, date, authors, summary and the address of its page, and is
    Atom alone: there are thousands of them, and no reader of JSON Feed is without Atom.
    """

    stem: str
    title: str
    page_path: str
    slugs: tuple[str, ...]
    is_short: bool = False


class FeedEntry(NamedTuple):
    """One paper for the feeds of one folder: its newest date, and its entry in both formats.

    ``json`` is empty where the entry is short.
    """

    updated: str
    atom: str
    json: bytes


#: Makes a paper's entry by its slug, the address of its page, and whether it is short.
FeedEntryMaker = Callable[[str, str, bool], FeedEntry]

_encode_entry = msgspec.msgpack.Encoder().encode
_decode_entry = msgspec.msgpack.Decoder(FeedEntry).decode


def make_feed(
    stem: str,
    title: str,
    page: str,
    entries: Iterable[CatalogEntry],
    max_papers: int = MAX_LIST_FEED_PAPERS,
    *,
    is_short: bool = False,
) -> Feed:
    """Make the feed of any list of papers in its own order: a topic, an author, what is trending."""
    dated = (e.slug for e in entries if e.filing_date)
    return Feed(stem, title, page, tuple(islice(dated, max_papers)), is_short)


def in_feed_order(entries: Iterable[CatalogEntry]) -> Iterator[CatalogEntry]:
    """Yield papers of a list by date with those of one day by id, the last id first.

    Ids of arXiv count up, so that is the order in which papers came. Lists go by upvotes within a
    day: in a feed, whose end is cut off, papers would come and go with them.
    """
    for _, of_one_day in groupby(entries, key=lambda entry: entry.filing_date):
        yield from sorted(of_one_day, key=lambda entry: entry.slug, reverse=True)


def archive_feeds(catalog: Catalog, config: Config) -> tuple[Feed, ...]:
    """Make the feed of all papers and one for every topic."""
    every_paper = in_feed_order(catalog.come)
    feeds = [make_feed("feeds/all", config.title, "index.md", every_paper, MAX_ARCHIVE_FEED_PAPERS)]
    for name, topic in catalog.topics.items():
        title = f"{topic.title} · {config.title}"
        entries = in_feed_order(catalog.that_came(catalog.by_topic[name]))
        stem, page = f"feeds/topics/{name}", f"topics/{name}.md"
        feeds.append(make_feed(stem, title, page, entries))
    return tuple(feeds)


def feed_entry_maker(catalog: Catalog, records: RecordReader, config: Config) -> FeedEntryMaker:
    """Return a function that makes a paper's entry, once for all feeds."""
    titles = {name: topic.title for name, topic in catalog.topics.items()}
    settings_hash = hash_bytes(repr(config).encode(), catalogue_hash())

    @lru_cache(maxsize=ENTRY_CACHE_SIZE)
    def feed_entry(slug: str, page_url: str, is_short: bool) -> FeedEntry:  # noqa: FBT001 - as the cache calls it
        key = hash_bytes(records.record_hash(slug), settings_hash)
        packed = records.cached_text(
            f"{'short-' if is_short else ''}feed/{page_url}",
            key,
            lambda: _encode_entry(make_entry(slug, page_url, is_short=is_short)),
        )
        return _decode_entry(packed)

    def make_entry(slug: str, page_url: str, *, is_short: bool) -> FeedEntry:
        entry = catalog.by_slug[slug]
        item = feed_item(records.paper(slug), [titles[t] for t in entry.topics], entry.blurb)
        return FeedEntry(
            item.updated,
            render_atom_entry(item, page_url, config, is_short=is_short),
            b"" if is_short else bytes(render_json_item(item, page_url, config)),
        )

    return feed_entry


def feed_files(
    feed: Feed, make_entry: FeedEntryMaker, config: Config, newest: str
) -> Iterator[tuple[str, bytes]]:
    """Yield a feed in both its formats, a short one in Atom alone; it has a paper, and is no newer than ``newest``."""
    page_urls = (site_url(f"papers/{slug}.md", config, feed.stem) for slug in feed.slugs)
    feed_entries = [
        make_entry(slug, place, feed.is_short)
        for slug, place in zip(feed.slugs, page_urls, strict=True)
    ]
    updated = min(newest, max(one.updated for one in feed_entries))
    entries = [one.atom for one in feed_entries]
    yield (
        f"{feed.stem}.atom",
        render_atom(feed.stem, feed.title, feed.page_path, entries, updated, config),
    )
    if feed.is_short:
        return
    items = [msgspec.Raw(one.json) for one in feed_entries]
    yield (
        f"{feed.stem}.json",
        render_json_feed(feed.stem, feed.title, feed.page_path, items, config),
    )


def style_sheet_file() -> tuple[tuple[str, bytes]]:
    """Return the path of the feeds' style sheet, and its bytes."""
    return ((STYLE_SHEET_PATH, Path(__file__).with_name("feed.css").read_bytes()),)
