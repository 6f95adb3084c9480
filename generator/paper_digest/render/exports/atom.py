"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from paper_digest.model import links
from paper_digest.render.exports.absolute_url import address
from paper_digest.render.exports.feed_items import Item, html, identity, instant
from paper_digest.settings.config import Config

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"


def atom(
    stem: str, title: str, page: str, entries: Iterable[str], updated: str, config: Config
) -> bytes:
    """Write a feed.

    Args:
        stem: its path under ``docs/`` without ending.
        title: its title.
        page: path of the list's page under ``docs/``.
        entries: what ``entry`` makes of its papers, newest first.
        updated: the newest date that a record of them knows.
        config: the archive's settings.
    """
    path = f"{stem}.atom"
    own = address(path, config, path)
    lines = [
        _DECLARATION,
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _text("id", identity(path, own, config)),
        _text("title", title),
        *([_text("subtitle", config.description)] if config.description else ()),
        # Dates of the papers, never of the build: the same papers give the same bytes.
        _text("updated", instant(updated)),
        _author(config.title),
        _link("self", own, "application/atom+xml"),
        _link("alternate", address(page, config, path), "text/html"),
        *entries,
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def entry(one: Item, place: str, config: Config) -> str:
    """Write one paper of a feed; ``place`` is the address of its page, as the feed has it."""
    return "\n".join(("<entry>", *_parts(one, place, config), "</entry>"))


def _parts(one: Item, place: str, config: Config) -> Iterator[str]:
    yield _text("id", identity(one.id, place, config))
    yield _text("title", one.title)
    yield _text("updated", instant(one.updated))
    if len(one.published) == len("YYYY-MM-DD"):
        yield _text("published", instant(one.published))
    yield from map(_author, one.names)
    for label in one.labels:
        yield f'<category term="{_quoted(label)}" />'
    yield _link("alternate", place, "text/html")
    for link in one.links:
        if link.kind == "pdf":
            yield _link("related", link.url, "application/pdf", "PDF")
        elif link.kind in {"arxiv", "doi", "code"}:
            yield _link("related", link.url, "", links.LINK_LABELS[link.kind])
    if one.digest:
        yield _text("summary", one.digest)
    yield _text("content", html(one), ' type="html"')


def _author(name: str) -> str:
    return f"<author>\n{_text('name', name)}\n</author>"


def _text(name: str, text: str, attributes: str = "") -> str:
    inner = escape(_clean(text), quote=False)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes} />"


def _link(rel: str, href: str, kind: str, title: str = "") -> str:
    said = {"rel": rel, "href": href, "type": kind, "title": title}
    attributes = (f'{name}="{_quoted(value)}"' for name, value in said.items() if value)
    return f"<link {' '.join(attributes)} />"


def _quoted(text: str) -> str:
    return escape(_clean(text), quote=False).replace('"', "&quot;")


def _clean(text: str) -> str:
    """Drop what XML 1.0 cannot hold at all (section 2.2)."""
    return text if text.isprintable() else _NOT_XML.sub("", text)
