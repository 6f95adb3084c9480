"""The reader's own page: what they starred, read and noted, kept in their browser alone."""

from __future__ import annotations

from generator import prose
from generator.pages.boxes import box
from generator.pages.page import Page
from generator.prose import paragraph


def page() -> Page:
    """Make the page; a script fills it from the browser's storage."""
    what = (
        "Papers you star, mark as read, hide or write a note on are remembered by this browser "
        "and told to nobody. Export them to keep a copy or to take them to another browser."
    )
    without = "This page needs JavaScript: without it there is nowhere to remember them."
    parts = (
        prose.heading(1, prose.text("Starred"), "starred"),
        paragraph(prose.text(what)),
        box("pd-own", [paragraph(prose.text(without))]),
    )
    meta = {
        "title": "Starred",
        "kind": "starred",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    return Page("starred.md", meta, prose.blocks(parts))
