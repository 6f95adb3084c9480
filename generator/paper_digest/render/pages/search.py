"""The search page: an element that a script fills, and links for browsers without scripts."""

from __future__ import annotations

from html import escape

from paper_digest.render import span
from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.span import paragraph

#: What can be written in the search box, with an example of each.
QUERY_SYNTAX = (
    ('"exact phrase"', "these words, in this order"),
    ("-word", 'not this word; -"these words" for a phrase'),
    ("author:lin", 'by a person of this name; author:"jimmy lin" for a whole name'),
    ("title:memory", 'in the title; title:"working memory" for a phrase'),
    ("topic:agents", "of this topic, by the name in its address"),
    ("year:2024..2025", "of these years; year:2024 for one, year:2024.. for all since"),
    ("has:code", "with a link to code"),
    ("source:acl", "named by this source"),
    ("graph NEAR memory", "both words; papers where they stand side by side come earlier"),
)


#: The same on one line.
_SYNTAX_LINE = (
    '"exact phrase"', "-word", "author:", "title:", "topic:", "year:2024..2025", "has:code", "NEAR",
)  # fmt: skip


def _syntax() -> str:
    """Return the help on the search box, folded; its first line shows the forms there are."""
    hint = " ".join(f"<code>{escape(form)}</code>" for form in _SYNTAX_LINE)
    rows = "".join(
        f"<dt><code>{escape(example)}</code></dt><dd>{escape(meaning)}</dd>"
        for example, meaning in QUERY_SYNTAX
    )
    return (
        f'<details class="pd-details search-page__syntax"><summary>{hint} <span>Help</span></summary>'
        f"<dl>{rows}</dl></details>"
    )


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
                f'<div data-paper-search data-worker="../{INDEX_FOLDER}/worker.js" data-base="../">'
                f"{_syntax()}</div>"
            ),
            paragraph(without, "pd-noscript"),
        )
    )
    return Page("search.md", meta, body)


def _groups(_: PageInputs) -> tuple[PageGroup, ...]:
    return (single_page_group(make_page()),)


KIND = PageKind(("search.md", INDEX_FOLDER), _groups)
