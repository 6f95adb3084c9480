"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from paper_digest import __version__
from paper_digest.model import links
from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.exports.absolute_url import site_url
from paper_digest.render.exports.feed_items import FeedItem, item_html, permanent_id, rfc3339_time
from paper_digest.render.urls import relative_url
from paper_digest.settings.config import Config
from paper_digest.text.language import (
    active_language,
    gettext,
)
from paper_digest.text.scripts import text_language

_NOT_XML = late_pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = "<?xml version='1.0' encoding='utf-8'?>"

#: What shows a feed to a person who follows a link to it. CSS, because browsers give up XSLT.
STYLE_SHEET_PATH = "feeds/feed.css"


def render_atom(
    stem: str, title: str, page_path: str, entries: Iterable[str], updated: str, config: Config
) -> bytes:
    """Write a feed.

    Args:
        stem: its path under ``docs/`` without ending.
        title: its title.
        page_path: path of the list's page under ``docs/``.
        entries: its papers as ``render_atom_entry`` writes them, newest first.
        updated: the newest date in the records of its papers.
        config: the archive's settings.
    """
    path = f"{stem}.atom"
    self_url = site_url(path, config, path)
    lines = [
        _DECLARATION,
        f'<?xml-stylesheet type="text/css" href="{relative_url(STYLE_SHEET_PATH, path)}"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{active_language()}">',
        _text("id", permanent_id(path, self_url, config)),
        _text("title", title),
        *([_text("subtitle", config.description)] if config.description else ()),
        # Dates of the papers, never of the build: the same papers give the same bytes.
        _text("updated", rfc3339_time(updated)),
        _author(config.title),
        _text("generator", "paper-digest", f' version="{_escape_attribute(__version__)}"'),
        _link("self", self_url, "application/atom+xml"),
        _link("alternate", site_url(page_path, config, path), "text/html"),
        *entries,
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def render_atom_entry(
    item: FeedItem, page_url: str, config: Config, *, is_short: bool = False
) -> str:
    """Write one paper of a feed.

    Args:
        item: what it says.
        page_url: the address of the paper's page, as the feed has it.
        config: the archive's settings.
        is_short: leave out the topics and the links to other places, which the paper's page has, and the
            content where there is a summary.
    """
    lines = [*_entry_elements(item, page_url, config)]
    lines += () if is_short else _other_elements(item)
    if item.summary:
        lines.append(_text("summary", item.summary, _language(item.summary)))
    if not (is_short and item.summary):
        lines.append(_text("content", item_html(item), ' type="html"'))
    return "\n".join(("<entry>", *lines, "</entry>"))


def _entry_elements(item: FeedItem, page_url: str, config: Config) -> Iterator[str]:
    yield _text("id", permanent_id(item.id + item.anchor, page_url, config))
    yield _text("title", item.title, _language(item.title))
    yield _text("updated", rfc3339_time(item.updated))
    if len(item.published) == len("YYYY-MM-DD"):
        yield _text("published", rfc3339_time(item.published))
    yield from map(_author, item.author_names)
    yield _link("alternate", page_url, "text/html")


def _other_elements(item: FeedItem) -> Iterator[str]:
    for label in item.labels:
        yield f'<category term="{_escape_attribute(label)}"/>'
    for link in item.links:
        if link.kind == "pdf":
            yield _link("related", link.url, "application/pdf", "PDF")
        elif link.kind in {"arxiv", "doi", "code"}:
            yield _link("related", link.url, "", gettext(links.LINK_LABELS[link.kind]))


def _language(text: str) -> str:
    tag = text_language(text).tag
    return f' xml:lang="{tag}"' if tag else ""


def _author(name: str) -> str:
    return f"<author>{_text('name', name)}</author>"


def _text(name: str, text: str, attributes: str = "") -> str:
    inner = escape(_drop_non_xml(text), quote=False)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _link(rel: str, href: str, kind: str, title: str = "") -> str:
    values = {"rel": rel, "href": href, "type": kind, "title": title}
    attributes = (f'{name}="{_escape_attribute(value)}"' for name, value in values.items() if value)
    return f"<link {' '.join(attributes)}/>"


def _escape_attribute(text: str) -> str:
    return escape(_drop_non_xml(text), quote=False).replace('"', "&quot;")


def _drop_non_xml(text: str) -> str:
    """Drop what XML 1.0 cannot hold at all (section 2.2)."""
    return text if text.isprintable() else _NOT_XML.sub("", text)
