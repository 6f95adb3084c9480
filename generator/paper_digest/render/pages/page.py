"""A page of the site: its path, its front matter and its body."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any, NamedTuple

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup
from paper_digest.render import urls
from paper_digest.render.span import Span
from paper_digest.store.notes import Note

_UNSAFE_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
#: Front matter that only templates and the search read, or that the published Markdown has as text.
_UNPUBLISHED_META = frozenset({"kind", "description", "head", "hide", "search", "papers"})


class Page(NamedTuple):
    """One page: ``path`` under ``docs/`` (``papers/x.md``), front matter, and body.

    Args:
        path: path under ``docs/``; its links are placeholders until they are written
            relative to it.
        meta: the front matter, for templates; ``head`` is finished HTML for the page's head.
        body: the body, or a function that makes it if that is expensive.
        inputs: hash of everything the function reads; an unchanged page is then never made.
        notes: the operator's notes in the body: Markdown which only the site's own converter turns
            into HTML.
        published: body of the Markdown published beside the page; "" for pages without.
    """

    path: str
    meta: dict[str, Any]
    body: Span | Callable[[], Span]
    inputs: bytes = b""
    notes: tuple[Note, ...] = ()
    published: str = ""

    @property
    def has_notes(self) -> bool:
        """Whether the body holds an operator's Markdown."""
        return bool(self.notes)

    def body_span(self) -> Span:
        """Return the body, made now if it was not."""
        return self.body() if callable(self.body) else self.body

    def front_matter(self) -> dict[str, Any]:
        """Return the front matter: what is empty left out, title and description as HTML.

        MkDocs' templates and Material's search put both into pages as they stand, unescaped.
        """
        filled = self._filled_meta()
        return filled | {
            key: escape(filled[key]) for key in ("title", "description") if key in filled
        }

    def _filled_meta(self) -> dict[str, Any]:
        return {key: value for key, value in self.meta.items() if value}

    def markdown(self) -> str:
        """Write the page as Markdown with front matter, every value quoted as JSON."""
        body = urls.resolve_markdown_links(self.body_span().markdown, self.path)
        return _with_front_matter(self.front_matter(), body)

    def published_markdown(self) -> str:
        """Write the Markdown published beside the page; asked only of a page that has one.

        No template reads its front matter: the title is text there.
        """
        front = {k: v for k, v in self._filled_meta().items() if k not in _UNPUBLISHED_META}
        return _with_front_matter(front, urls.resolve_published_links(self.published, self.path))

    def content_hash(self) -> bytes:
        """Hash all that the page and its published Markdown are made from: 16 bytes."""
        form = 0 if self.has_notes else 1
        body = self.inputs or self.body_span()[form].encode()
        meta = msgspec.json.encode(self.meta)
        return hash_bytes(self.path.encode(), meta, body, self.published.encode())

    def html(self) -> str:
        """Write the body as the HTML that Python-Markdown makes of it; not for pages with notes."""
        return urls.resolve_html_links(self.body_span().html, self.path)


#: Pages made together: a list with its older pages, a paper with its former addresses.
PageGroup = OutputGroup[Page]


def single_page_group(page: Page) -> PageGroup:
    """Make a group of one page that is there already."""
    return OutputGroup(page.path.removesuffix(".md"), None, lambda: (page,))


def _with_front_matter(meta: dict[str, Any], body: str) -> str:
    front = "\n".join(f"{key}: {_json(value)}" for key, value in meta.items())
    return f"---\n{front}\n---\n\n{body}\n"


def _json(value: object) -> str:
    text = msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
    return _UNSAFE_IN_YAML.sub(lambda c: f"\\u{ord(c[0]):04x}", text)
