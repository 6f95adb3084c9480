"""Feeds of what curators chose: an entry for each paper with a curator's words, dated by when it was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model import links as addresses
from paper_digest.render import typeset
from paper_digest.render.change_words import flagged_title
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.atom import render_atom, render_atom_entry
from paper_digest.render.exports.feed_items import MAX_AUTHORS_SHOWN, FeedItem
from paper_digest.render.exports.feeds import MAX_LIST_FEED_PAPERS
from paper_digest.render.exports.jsonfeed import render_json_feed, render_json_item
from paper_digest.render.pages.curated_lists import dated_items, list_feed_stem
from paper_digest.render.pages.picks import PICKS_FEED_STEM, PICKS_PAGE_PATH, pick_words
from paper_digest.settings.config import Config
from paper_digest.text.language import gettext
from paper_digest.text.tex import convert as latex


class ChosenPaper(NamedTuple):
    """One entry: a paper, the day it was chosen (or its own, shorter where no more is known), and words on it.

    ``anchor`` sets it apart from the same paper's other entries: the entry leads to the paper all the same.
    """

    entry: CatalogEntry
    day: str
    words: str
    anchor: str


class ChosenFeed(NamedTuple):
    """One feed: its path without ending, its title, its page, and its papers, the newest choice first."""

    stem: str
    title: str
    page_path: str
    papers: Sequence[ChosenPaper]


def curated_feed_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make the feeds in both formats; none for what has no paper with a day."""
    for feed in _feeds(catalog, config):
        chosen = [(one.day, one.words, one.anchor) for one in feed.papers]
        inputs = catalog.hash_entries((one.entry for one in feed.papers), feed.title, chosen)
        if feed.papers:
            yield OutputGroup(feed.stem, inputs, partial(_files, feed, catalog, config))


def _feeds(catalog: Catalog, config: Config) -> Iterator[ChosenFeed]:
    for one in catalog.curated.lists.all:
        papers = [
            ChosenPaper(catalog.by_slug[item.slug], day, item.note, f"#list-{one.name}")
            for day, item in dated_items(one, catalog)[:MAX_LIST_FEED_PAPERS]
        ]
        title = f"{one.title} · {config.title}"
        yield ChosenFeed(list_feed_stem(one), title, one.page_path, papers)
    papers = [
        ChosenPaper(catalog.by_slug[pick.slug], pick.date, pick_words(pick), f"#pick-{pick.date}")
        for pick in catalog.curated.picks.all[:MAX_LIST_FEED_PAPERS]
    ]
    title = f"{gettext('Picks of the week')} · {config.title}"
    yield ChosenFeed(PICKS_FEED_STEM, title, PICKS_PAGE_PATH, papers)


def _files(feed: ChosenFeed, catalog: Catalog, config: Config) -> Iterator[SiteFile]:
    entries, items = [], []
    for one in feed.papers:
        url = site_url(one.entry.path, config, feed.stem) + one.anchor
        item = _item(one, catalog)
        entries.append(render_atom_entry(item, url, config))
        items.append(render_json_item(item, url, config))
    updated = max(one.day for one in feed.papers)
    stem, title, page_path = feed.stem, feed.title, feed.page_path
    yield f"{stem}.atom", render_atom(stem, title, page_path, entries, updated, config)
    yield f"{stem}.json", render_json_feed(stem, title, page_path, items, config)


def _item(one: ChosenPaper, catalog: Catalog) -> FeedItem:
    entry = one.entry
    names = [name for name in map(latex.to_unicode, entry.authors[:MAX_AUTHORS_SHOWN]) if name]
    title = typeset.plain_title(entry.title, entry.id)
    return FeedItem(
        id=entry.id,
        slug=entry.slug,
        title=flagged_title(title, entry.notice),
        published=one.day,
        updated=one.day,
        author_names=tuple(names),
        author_count=entry.author_count,
        labels=tuple(latex.to_unicode(catalog.topics[topic].title) for topic in entry.topics),
        digest=one.words,
        digest_by="",
        summary=one.words or latex.to_unicode(entry.blurb),
        abstract=latex.to_unicode(entry.blurb),
        withdrawn="",
        notice=entry.notice,
        links=addresses.paper_links(entry.id, "", entry.links),
        anchor=one.anchor,
    )
