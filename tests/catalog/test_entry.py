"""What lists hold of a paper is bounded; its own page, record and files hold all."""

from __future__ import annotations

import pytest
from paper_digest.catalog.entry import MAX_AUTHORS, MAX_TITLE_CHARS, catalog_entry
from paper_digest.model.paper import Author, Paper
from paper_digest.render.exports.feed_items import feed_item

_WORD = "boat "


@pytest.mark.parametrize(
    "length", [MAX_TITLE_CHARS - 1, MAX_TITLE_CHARS, MAX_TITLE_CHARS + 1, 9999]
)
def test_a_title_in_lists_has_a_longest(length: int) -> None:
    title = (_WORD * length)[:length].rstrip() + "!" * (
        length - len((_WORD * length)[:length].rstrip())
    )
    paper = Paper(id="arxiv:2101.00001", title=title)
    for shown in (catalog_entry(paper, ()).title, feed_item(paper, ()).title):
        if length <= MAX_TITLE_CHARS:
            assert shown == title
        else:
            assert shown.endswith(" …")
            assert len(shown) <= MAX_TITLE_CHARS + len(" …")
            assert title.startswith(shown.removesuffix(" …"))


def test_authors_in_lists_have_a_number_and_are_counted_whole() -> None:
    authors = tuple(
        Author(f"Ada {number}", orcid="0000-0002-1825-0097") for number in range(MAX_AUTHORS + 5)
    )
    entry = catalog_entry(Paper(id="arxiv:2101.00001", title="Boats", authors=authors), ())
    assert len(entry.authors) == len(entry.orcids) == MAX_AUTHORS
    assert entry.author_count == MAX_AUTHORS + 5
