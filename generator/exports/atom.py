"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator import addresses
from generator.config import Config
from generator.exports.feed_items import Item, html, identity, instant
from generator.exports.site import address

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(stem: str, title: str, page: str, items: Sequence[Item], config: Config) -> bytes:
    """Write a feed.

    Args:
        stem: its path under ``docs/`` without ending.
        title: its title.
        page: path of the list's page under ``docs/``.
        items: the papers, newest first.
        config: the archive's settings.
    """
    path = f"{stem}.atom"
    own = address(path, config, path)
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom"})
    _text(root, "id", identity(path, own, config))
    _text(root, "title", title)
    if config.description:
        _text(root, "subtitle", config.description)
    # Dates of the papers, never of the build: the same papers give the same bytes.
    _text(root, "updated", instant(max((one.updated for one in items), default="")))
    _text(SubElement(root, "author"), "name", config.title)
    _link(root, "self", own, "application/atom+xml")
    _link(root, "alternate", address(page, config, path), "text/html")
    for one in items:
        _entry(SubElement(root, "entry"), one, path, config)
    indent(root, space="")
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(entry: Element, one: Item, path: str, config: Config) -> None:
    place = address(f"papers/{one.slug}.md", config, path)
    _text(entry, "id", identity(one.id, place, config))
    _text(entry, "title", one.title)
    _text(entry, "updated", instant(one.updated))
    if len(one.published) == len("YYYY-MM-DD"):
        _text(entry, "published", instant(one.published))
    for name in one.names:
        _text(SubElement(entry, "author"), "name", name)
    for label in one.labels:
        SubElement(entry, "category", {"term": _clean(label)})
    _link(entry, "alternate", place, "text/html")
    for link in one.links:
        if link.kind == "pdf":
            _link(entry, "related", link.url, "application/pdf", "PDF")
        elif link.kind in {"arxiv", "doi", "code"}:
            _link(entry, "related", link.url, "", addresses.LABELS[link.kind])
    if one.digest:
        _text(entry, "summary", one.digest)
    _text(entry, "content", html(one)).set("type", "html")


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _clean(text)
    return child


def _link(parent: Element, rel: str, href: str, kind: str, title: str = "") -> None:
    said = {"rel": rel, "href": href, "type": kind, "title": title}
    SubElement(parent, "link", {name: value for name, value in said.items() if value})


def _clean(text: str) -> str:
    """Drop what XML 1.0 cannot hold at all (section 2.2)."""
    return _NOT_XML.sub("", text)
