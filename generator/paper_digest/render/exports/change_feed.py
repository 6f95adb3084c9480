"""The feed of changes: an entry for each, which leads to its paper."""

from __future__ import annotations

from collections.abc import Iterator

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.changes import PaperChange, all_changes
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render import typeset
from paper_digest.render.change_words import FIELD_LABELS, change_words, changed_by
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.atom import render_atom, render_atom_entry
from paper_digest.render.exports.feed_items import FeedItem
from paper_digest.render.exports.jsonfeed import render_json_feed, render_json_item
from paper_digest.render.pages.changes import FEED_STEM, PAGE_PATH
from paper_digest.settings.config import Config
from paper_digest.text.language import (
    gettext,
)
from paper_digest.text.tex import convert as latex

#: Entries of the feed.
MAX_CHANGES = 100


def change_feed_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make the feed in both formats; nothing in an archive without changes."""
    changes = all_changes(catalog)[:MAX_CHANGES]
    if changes:
        inputs = hash_bytes(repr([(change, entry.title) for change, entry in changes]).encode())
        yield OutputGroup(FEED_STEM, inputs, lambda: _files(changes, config))


def _files(changes: list[PaperChange], config: Config) -> Iterator[SiteFile]:
    title = gettext("Changes · {archive}", archive=config.title)
    entries, items = [], []
    for change, entry in changes:
        anchor = f"#changed-{change.at}-{change.field}-{change.by}"
        url = site_url(entry.path, config, FEED_STEM) + anchor
        item = _item(change.id + anchor, (change, entry))
        entries.append(render_atom_entry(item, url, config))
        items.append(render_json_item(item, url, config))
    updated = changes[0][0].at
    yield f"{FEED_STEM}.atom", render_atom(FEED_STEM, title, PAGE_PATH, entries, updated, config)
    yield f"{FEED_STEM}.json", render_json_feed(FEED_STEM, title, PAGE_PATH, items, config)


def _item(item_id: str, pair: PaperChange) -> FeedItem:
    change, entry = pair
    words = latex.to_unicode(f"{change_words(change)} ({changed_by(change)})")
    return FeedItem(
        id=item_id,
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
    )
