"""The search page: a place for the reader's form, and what to do where there are no scripts."""

from __future__ import annotations

from generator import prose
from generator.pages.page import Page
from generator.prose import paragraph

#: Where the index and its scripts lie on the site.
FOLDER = "assets/search"


def page() -> Page:
    """Make the search page; its form, filters and results are drawn by ``search-page.js``."""
    meta = {
        "title": "Search",
        "kind": "search",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    without = prose.join(
        (
            prose.text_part("Searching needs JavaScript. Without it, papers are found by "),
            prose.page_link(prose.text("topic"), "topics/index.md"),
            prose.text_part(" and by "),
            prose.page_link(prose.text("date"), "dates/index.md"),
            prose.text_part("."),
        ),
        "",
    )
    body = prose.blocks(
        (
            prose.heading(1, prose.text("Search"), "search"),
            prose.html_block(
                f'<div data-paper-search data-worker="../{FOLDER}/worker.js" data-base="../"></div>'
            ),
            paragraph(without, "pd-noscript"),
        )
    )
    return Page("search.md", meta, body)
