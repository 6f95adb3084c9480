"""The line of authors in lists counts those too whom a catalog entry leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from paper_digest.catalog.entry import MAX_AUTHORS, catalog_entry
from paper_digest.deliver.newsletter.issue import _authors
from paper_digest.model.paper import Author, Paper
from paper_digest.render.pages.paper_rows import author_line
from paper_digest.text.language import LANGUAGES, set_language

SEPARATORS = {"ar": "، ", "ja": "、", "zh": "、"}


@pytest.fixture(params=LANGUAGES)
def code(request: pytest.FixtureRequest) -> Iterator[str]:
    """Make each language the active one in turn."""
    set_language(request.param)
    yield request.param
    set_language("en")


@pytest.mark.parametrize("first", ["Ada Lovelace", "محمد الخوارزمي"])
@pytest.mark.parametrize("count", [5, MAX_AUTHORS, MAX_AUTHORS + 1, MAX_AUTHORS + 2_154])
def test_a_row_counts_all_authors(first: str, count: int) -> None:
    names = [first, *(f"Author{place}" for place in range(count - 1))]
    paper = Paper(id="arxiv:2601.00001", authors=tuple(map(Author, names)))
    entry = catalog_entry(paper, ())
    rest = f"{count - 3:,} more"
    assert rest in author_line(entry.authors, entry.author_count).html
    assert _authors(entry).endswith(f" and {rest}")


@pytest.mark.parametrize("first", ["Ada Lovelace", "محمد الخوارزمي"])
def test_the_comma_of_the_language_stands_between_names(code: str, first: str) -> None:
    names = (first, "Grace Hopper", "王小明")
    comma = SEPARATORS.get(code, ", ")
    for shown in (names, names[:2]):
        written = re.sub("<[^>]+>", "", author_line(shown, len(shown)).html)
        assert written == comma.join(shown)
