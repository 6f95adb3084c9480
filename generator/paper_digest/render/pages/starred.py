"""The page of a reader's starred, read and hidden papers and notes, stored in their browser."""

from __future__ import annotations

from paper_digest.render import span
from paper_digest.render.pages.blocks import box
from paper_digest.render.pages.page import Page, single_page_group
from paper_digest.render.pages.page_kind import PageKind
from paper_digest.render.span import paragraph
from paper_digest.text.language import gettext


def make_page() -> Page:
    """Make the page; a script fills it from the browser's storage."""
    what = gettext(
        "Papers you star, mark as read, hide or write a note on are kept in this browser "
        "and sent nowhere. Export them to keep a copy or to take them to another browser."
    )
    without = gettext("This page needs JavaScript, which keeps the list in your browser.")
    parts = (
        span.heading(1, span.text(gettext("Starred")), "starred"),
        paragraph(span.text(what)),
        box("pd-bookmarks", [paragraph(span.text(without))]),
    )
    meta = {
        "title": gettext("Starred"),
        "kind": "starred",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return Page("starred.md", meta, span.join_blocks(parts))


KIND = PageKind(("starred.md", "assets/notices.json"), lambda _: (single_page_group(make_page()),))
