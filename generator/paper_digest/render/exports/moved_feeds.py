"""The last entry in the feed of a topic that was renamed or taken out: where its papers are now."""

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


def file_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Make a feed of one entry at every former name of a topic, in both formats."""
    for topic in catalog.topics.values():
        for former_name in topic.was:
            stem = f"feeds/topics/{former_name}"
            inputs = hash_bytes(msgspec.json.encode(topic), catalog.newest_date.encode())
            make = partial(_files, stem, topic, catalog.newest_date, config)
            yield OutputGroup(stem, inputs, make)


def _files(stem: str, topic: Topic, day: str, config: Config) -> Iterator[SiteFile]:
    """Write the feed; it is as new as the archive's newest paper, so that readers show its entry."""
    page_path, title = f"topics/{topic.name}.md", f"{topic.title} · {config.title}"
    url = site_url(page_path, config, stem)
    item = FeedItem(
        id=f"moved:{stem}",
        slug="",
        title=f"This topic has moved: {topic.title}",
        published="",
        updated=day,
        author_names=(),
        author_count=0,
        labels=(),
        digest="",
        digest_by="",
        abstract=f"Its papers are now found under {topic.title}. Nothing new will stand in this feed: subscribe to that one.",
        withdrawn="",
        links=(),
    )
    entry, json_item = render_atom_entry(item, url, config), render_json_item(item, url, config)
    yield f"{stem}.atom", render_atom(stem, title, page_path, [entry], day, config)
    yield f"{stem}.json", render_json_feed(stem, title, page_path, [json_item], config)
