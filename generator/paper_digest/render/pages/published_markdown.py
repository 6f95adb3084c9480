"""Blocks of a paper's page in two forms: on the page, and in the Markdown published beside it.

The published form has no boxes, classes or ids, and says nothing of other papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from paper_digest.render import span
from paper_digest.render.pages.blocks import box
from paper_digest.render.span import Span

#: A link in an operator's note to a page that is published as HTML alone.
_NOTE_LINK = re.compile(r"\]\((\.\./[^][()#]+?)(?:/index)?\.md(#[^()]*)?\)")
#: A date for people and machines; plain Markdown has that for people, and machines read the front matter.
_TIME_ELEMENT = re.compile(r'<time datetime="[\d-]+">([^<]*)</time>')


class Block(NamedTuple):
    """One block: as it stands on the page, and its published Markdown ("" for none)."""

    on_page: Span
    published: str = ""


def heading(level: int, label: Span, anchor: str) -> Block:
    """Set a heading whose id is ``anchor``."""
    on_page = span.heading(level, label, anchor)
    return Block(on_page, f"{'#' * level} {label.markdown.strip()}")


def paragraph(body: Span, css_class: str = "") -> Block:
    """Set a paragraph, with a CSS class if one is given."""
    published = _TIME_ELEMENT.sub(r"\1", span.paragraph_markdown(body))
    return Block(span.paragraph(body, css_class), published)


def details(summary: str, content: Block) -> Block:
    """Set a block behind a disclosure; published, it stands open and without the summary."""
    return Block(span.details(summary, content.on_page), content.published)


def operator_markdown(markdown: str) -> Block:
    """Set an operator's Markdown; published, its links to pages of the site lead to the HTML."""
    shown = span.operator_markdown(markdown)
    return Block(shown, _NOTE_LINK.sub(r"](\1/\2)", shown.markdown))


def boxed(css_class: str, content: Iterable[Block]) -> Block:
    """Set blocks in an element with a CSS class; published, they stand without it."""
    parts = tuple(content)
    return Block(box(css_class, [page_span(parts)]), published_text(parts))


def page_span(blocks: Iterable[Block]) -> Span:
    """Put blocks below one another as they stand on the page."""
    return span.join_blocks(block.on_page for block in blocks)


def published_text(blocks: Iterable[Block]) -> str:
    """Put the published forms of blocks below one another; links to pages are placeholders."""
    return "\n\n".join(block.published for block in blocks if block.published)
