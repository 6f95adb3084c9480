"""The search page: an element that a script fills, and links for browsers without scripts."""

from __future__ import annotations

from paper_digest.render import span
from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.span import paragraph


def make_page() -> Page:
    """Make the search page; its form, filters and results are drawn by ``search-page.js``."""
    meta = {
        "title": "Search",
        "kind": "search",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    without = span.join(
        (
            span.text_run("Searching needs JavaScript. Without it, browse papers by "),
            span.page_link(span.text("topic"), "topics/index.md"),
            span.text_run(" or by "),
            span.page_link(span.text("date"), "dates/index.md"),
            span.text_run("."),
        ),
        "",
    )
    body = span.join_blocks(
        (
            span.heading(1, span.text("Search"), "search"),
            span.html_block(
                f'<div data-paper-search data-worker="../{INDEX_FOLDER}/worker.js" data-base="../"></div>'
            ),
            paragraph(without, "pd-noscript"),
        )
    )
    return Page("search.md", meta, body)


def _groups(inputs: PageInputs) -> tuple[PageGroup, ...]:
    """Make the page where the archive is too large for Material's own search."""
    return (single_page_group(make_page()),) if inputs.catalog.has_sharded_search else ()


KIND = PageKind(("search.md", INDEX_FOLDER), _groups)
