"""The search page: an element that a script fills, and links for browsers without scripts."""

from __future__ import annotations

import json
from html import escape

from paper_digest.render import span
from paper_digest.render.generated_paths import INDEX_FOLDER
from paper_digest.render.pages.page import Page, PageGroup, single_page_group
from paper_digest.render.pages.page_kind import PageInputs, PageKind
from paper_digest.render.sentence import sentence
from paper_digest.render.span import paragraph
from paper_digest.sources.registry import registry
from paper_digest.text.language import (
    gettext,
    gettext_noop,
    pgettext,
)

#: What can be written in the search box, with an example of each.
QUERY_SYNTAX = (
    ('"exact phrase"', gettext_noop("these words, in this order")),
    ("-word", gettext_noop('not this word; -"these words" for a phrase')),
    ("author:lin", gettext_noop('by a person of this name; author:"jimmy lin" for a whole name')),
    ("title:memory", gettext_noop('in the title; title:"working memory" for a phrase')),
    ("topic:agents", gettext_noop("of this topic, by the name in its address")),
    (
        "year:2024..2025",
        gettext_noop("of these years; year:2024 for one, year:2024.. for all since"),
    ),
    ("has:code", gettext_noop("with a link to code")),
    ("source:acl", gettext_noop("named by this source")),
    (
        "graph NEAR memory",
        gettext_noop("both words; papers where they stand side by side come earlier"),
    ),
)


#: The same on one line.
_SYNTAX_LINE = (
    '"exact phrase"', "-word", "author:", "title:", "topic:", "year:2024..2025", "has:code", "NEAR",
)  # fmt: skip


def _syntax() -> str:
    """Return the help on the search box, folded; its first line shows the forms there are."""
    hint = " ".join(f"<code>{escape(form)}</code>" for form in _SYNTAX_LINE)
    rows = "".join(
        f"<dt><code>{escape(example)}</code></dt><dd>{escape(gettext(meaning))}</dd>"
        for example, meaning in QUERY_SYNTAX
    )
    return (
        f'<details class="pd-details search-page__syntax"><summary>{hint} <span>{gettext("Help")}</span></summary>'
        f"<dl>{rows}</dl></details>"
    )


def _source_titles() -> str:
    """Return what sources are called, as a JSON object by their names."""
    return json.dumps({name: one.title for name, one in registry().by_name.items()})


def make_page() -> Page:
    """Make the search page; its form, filters and results are drawn by ``search-page.js``."""
    meta = {
        "title": gettext("Search"),
        "kind": "search",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }
    without = sentence(
        gettext("Searching needs JavaScript. Without it, browse papers by {topic} or by {date}."),
        topic=span.page_link(span.text(gettext("topic")), "topics/index.md"),
        date=span.page_link(span.text(pgettext("browse by", "date")), "dates/index.md"),
    )
    body = span.join_blocks(
        (
            span.heading(1, span.text(gettext("Search")), "search"),
            span.html_block(
                f'<div data-paper-search data-worker="../{INDEX_FOLDER}/worker.js" data-base="../" '
                f'data-sources="{escape(_source_titles())}">'
                f"{_syntax()}</div>"
            ),
            paragraph(without, "pd-noscript"),
        )
    )
    return Page("search.md", meta, body)


def _groups(_: PageInputs) -> tuple[PageGroup, ...]:
    return (single_page_group(make_page()),)


KIND = PageKind(("search.md", INDEX_FOLDER), _groups)
