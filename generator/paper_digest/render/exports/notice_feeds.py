"""Feeds whose one entry is no paper: where a topic's papers are now, and that an archive has none yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.topic import Topic
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.atom import render_atom, render_atom_entry
from paper_digest.render.exports.feed_items import FeedItem
from paper_digest.render.exports.jsonfeed import render_json_feed, render_json_item
from paper_digest.settings.config import Config
from paper_digest.text.language import gettext

#: The day on which the words of these entries were last changed: the date of an entry that is no
#: paper, where no paper gives a later one (RFC 4287, section 4.2.15).
NOTICES_WRITTEN = "2026-11-28"


class _Notice(msgspec.Struct, frozen=True):
    """A feed of one entry: the feed's path without ending, its title and page, and what is said."""

    stem: str
    feed_title: str
    page_path: str
    title: str
    text: str
    day: str


def moved_topic_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make a feed of one entry at every former name of a topic, in both formats."""
    for topic in catalog.topics.values():
        for former_name in topic.was:
            yield _group(_moved_topic(topic, former_name, catalog.newest_date, config), config)


def first_day_group(stem: str, config: Config) -> OutputGroup[SiteFile]:
    """Make the feed of an archive without a dated paper, which readers may subscribe to already."""
    text = gettext("Papers will stand here as soon as the archive has one with a date.")
    notice = _Notice(stem, config.title, "index.md", gettext("No paper yet"), text, NOTICES_WRITTEN)
    return _group(notice, config)


def _moved_topic(topic: Topic, former_name: str, newest_date: str, config: Config) -> _Notice:
    """Say where a topic's papers are; as new as the archive's newest paper, so that readers show it."""
    return _Notice(
        stem=f"feeds/topics/{former_name}",
        feed_title=f"{topic.title} · {config.title}",
        page_path=f"topics/{topic.name}.md",
        title=gettext("This topic has moved: {topic}", topic=topic.title),
        text=gettext(
            "Its papers are now found under {topic}. Nothing new will stand in this feed: subscribe to that one.",
            topic=topic.title,
        ),
        day=newest_date or NOTICES_WRITTEN,
    )


def _group(notice: _Notice, config: Config) -> OutputGroup[SiteFile]:
    inputs = hash_bytes(msgspec.json.encode(notice))
    return OutputGroup(notice.stem, inputs, partial(_files, notice, config))


def _files(notice: _Notice, config: Config) -> Iterator[SiteFile]:
    """Write the feed in both formats."""
    stem, title, page_path = notice.stem, notice.feed_title, notice.page_path
    url = site_url(page_path, config, stem)
    item = FeedItem(
        id=f"notice:{stem}",
        slug="",
        title=notice.title,
        published="",
        updated=notice.day,
        author_names=(),
        author_count=0,
        labels=(),
        digest="",
        digest_by="",
        summary="",
        abstract=notice.text,
        withdrawn="",
        links=(),
    )
    entry, json_item = render_atom_entry(item, url, config), render_json_item(item, url, config)
    yield f"{stem}.atom", render_atom(stem, title, page_path, [entry], notice.day, config)
    yield f"{stem}.json", render_json_feed(stem, title, page_path, [json_item], config)
