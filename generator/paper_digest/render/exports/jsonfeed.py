"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paper_digest.model import links
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.feed_items import FeedItem, item_html, permanent_id, rfc3339_time
from paper_digest.settings.config import Config
from paper_digest.text.language import active_language
from paper_digest.text.scripts import text_language

_encode = msgspec.json.Encoder().encode


def render_json_feed(
    stem: str, title: str, page_path: str, items: Sequence[msgspec.Raw], config: Config
) -> bytes:
    """Write a feed; ``items`` are its papers as ``render_json_item`` writes them, newest first.

    The other arguments are those of ``render_atom``.
    """
    path = f"{stem}.json"
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "language": active_language(),
        "home_page_url": site_url(page_path, config, path),
        "feed_url": site_url(path, config, path),
        "description": config.description,
        "authors": [{"name": config.title}],
        "items": items,
    }
    nonempty = {name: value for name, value in feed.items() if value or name == "items"}
    return _encode(nonempty) + b"\n"


def render_json_item(item: FeedItem, page_url: str, config: Config) -> msgspec.Raw:
    """Write one paper of a feed; the arguments are those of ``render_atom_entry``."""
    day = item.published if len(item.published) == len("YYYY-MM-DD") else ""
    fields = {
        "id": permanent_id(item.id + item.anchor, page_url, config),
        "url": page_url,
        "external_url": links.upstream_url(item.id),
        "title": item.title,
        "summary": item.summary,
        "content_html": item_html(item),
        "date_published": rfc3339_time(day) if day else "",
        "date_modified": rfc3339_time(item.updated),
        "authors": [{"name": name} for name in item.author_names],
        "tags": list(item.labels),
        "language": text_language(item.title).tag,
    }
    return msgspec.Raw(_encode({name: value for name, value in fields.items() if value}))
