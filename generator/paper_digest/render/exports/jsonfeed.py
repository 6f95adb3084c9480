"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paper_digest.model import links
from paper_digest.render.exports.absolute_url import address
from paper_digest.render.exports.feed_items import Item, html, identity, instant
from paper_digest.settings.config import Config

_encode = msgspec.json.Encoder().encode


def jsonfeed(
    stem: str, title: str, page: str, items: Sequence[msgspec.Raw], config: Config
) -> bytes:
    """Write a feed of what ``encoded`` makes of its papers; the other arguments are ``atom``'s."""
    path = f"{stem}.json"
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": address(page, config, path),
        "feed_url": address(path, config, path),
        "description": config.description,
        "authors": [{"name": config.title}],
        "items": items,
    }
    kept = {name: value for name, value in feed.items() if value or name == "items"}
    return _encode(kept) + b"\n"


def encoded(one: Item, place: str, config: Config) -> msgspec.Raw:
    """Write one paper of a feed; ``place`` is the address of its page, as the feed has it."""
    day = one.published if len(one.published) == len("YYYY-MM-DD") else ""
    fields = {
        "id": identity(one.id, place, config),
        "url": place,
        "external_url": links.upstream_url(one.id),
        "title": one.title,
        "summary": one.digest,
        "content_html": html(one),
        "date_published": instant(day) if day else "",
        "date_modified": instant(one.updated),
        "authors": [{"name": name} for name in one.names],
        "tags": list(one.labels),
    }
    return msgspec.Raw(_encode({name: value for name, value in fields.items() if value}))
