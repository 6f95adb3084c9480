"""A page of the site: its path, its front matter and its body."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any, NamedTuple

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render.span import Span
from paper_digest.render.urls import resolve_html_links, resolve_markdown_links

_UNSAFE_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Page(NamedTuple):
    """One page: ``path`` under ``docs/`` (``papers/x.md``), front matter, and body.

    The links in ``body`` count from the root of the site until ``markdown()`` or ``html()``
    makes them relative to ``path``. A body that is dear to make may be a function, with a hash of
    all it is made from as ``inputs``: an unchanged page is then never made. ``noted`` says that
    the body holds Markdown of the operator's, of which only the site's own converter makes HTML.
    """

    path: str
    meta: dict[str, Any]
    body: Span | Callable[[], Span]
    inputs: bytes = b""
    has_notes: bool = False

    def body_span(self) -> Span:
        """Return the body, made now if it was not."""
        return self.body() if callable(self.body) else self.body

    def front_matter(self) -> dict[str, Any]:
        """Return the front matter: what is empty left out, title and description as HTML.

        MkDocs' templates and Material's search put both into pages as they stand, unescaped.
        """
        filled = {key: value for key, value in self.meta.items() if value}
        return filled | {
            key: escape(filled[key]) for key in ("title", "description") if key in filled
        }

    def markdown(self) -> str:
        """Write the page as Markdown with front matter, every value quoted as JSON."""
        lines = [f"{key}: {_json(value)}" for key, value in self.front_matter().items()]
        head = "\n".join(lines)
        return (
            f"---\n{head}\n---\n\n{resolve_markdown_links(self.body_span().markdown, self.path)}\n"
        )

    def content_hash(self) -> bytes:
        """Tell this page from what it was: the same key, the same page."""
        form = 0 if self.has_notes else 1
        body = self.inputs or self.body_span()[form].encode()
        return hash_bytes(self.path.encode(), msgspec.json.encode(self.meta), body)

    def html(self) -> str:
        """Write the body as the HTML that Python-Markdown makes of it; never asked of a noted page."""
        return resolve_html_links(self.body_span().html, self.path)


#: Pages made together: a list with its older pages, a paper with its former addresses.
PageGroup = OutputGroup[Page]


def single_page_group(page: Page) -> PageGroup:
    """Make a group of one page that is there already."""
    return OutputGroup(page.path.removesuffix(".md"), None, lambda: (page,))


def _json(value: object) -> str:
    text = msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
    return _UNSAFE_IN_YAML.sub(lambda c: f"\\u{ord(c[0]):04x}", text)
