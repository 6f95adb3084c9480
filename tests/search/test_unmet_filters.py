"""A filter that no paper meets is named as such a word is, alike in both languages and engines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from search_documents import PAPERS, paper
from search_site import write_lunr_site, write_site

Ask = Callable[..., list[Any]]

TITLES = {"lookup": "Lookup and memory", "sound": "Sound", "empty": "A topic without papers"}
TOPICS = (
    "lookup",
    "sond",
    "soun",
    "sounds",
    "so",
    "empty",
    "Lookup-and-memroy",
    '"lookup and mem"',
)
MORE_TOPICS = (
    "Sound",
    '"LOOKUP  and memory"',
    "nope",
    '""',
    "x" * 300,
    "音",
    "<b>",
    "constructor",
    "__proto__",
)
SOURCES = ("arxiv", "arxvi", "ar", "crossref", '"arxiv"', "toString")
YEARS = ("2024", "1850", "2150..", "..1900", "1850..1860", "1900..2150", "2024..2023", "20")
FILTERS = [
    *(f"topic:{name}" for name in TOPICS + MORE_TOPICS),
    *(f"source:{name}" for name in SOURCES),
    *(f"year:{span}" for span in YEARS),
    "has:code",
    "code:yes",
]  # fmt: skip
#: What is near, by what was typed.
NEAREST = {
    "topic:sond": "topic:sound",
    "topic:soun": "topic:sound",
    "topic:sounds": "topic:sound",
    "topic:so": "topic:sound",
    "topic:lookup-and-memroy": "topic:lookup",
    "topic:lookup and mem": "topic:lookup",
    "source:arxvi": "source:arxiv",
    "source:ar": "source:arxiv",
}


@pytest.fixture(scope="module", params=[True, False], ids=["code", "without code"])
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same papers below `sharded` and `lunr`; in one case none of them has code."""
    folder = tmp_path_factory.mktemp("filters")
    papers = PAPERS if request.param else [paper("1", "A flamingo", topics=("sound", "lookup"))]
    write_site(folder / "sharded", papers, None, **TITLES)
    write_lunr_site(folder / "lunr", papers, **TITLES)
    return folder


@pytest.mark.parametrize("word", ["", "flamingo "])
def test_exactly_the_filters_that_leave_no_paper_are_named(
    indexes: Path, host: Ask, word: str
) -> None:
    python = RankedSearch(IndexReader.open(indexes / "sharded"))
    alone = [python.answer(one).total for one in FILTERS]
    answers = [python.answer(word + one) for one in FILTERS]
    named = {
        one: [part for part in answer.unknown_words if ":" in part]
        for one, answer in zip(FILTERS, answers, strict=True)
    }
    for one, total in zip(FILTERS, alone, strict=True):
        is_filter = one != "year:20"  # a word, as it is no year
        assert bool(named[one]) == (not total and is_filter), (one, total)
    nearest = {k: v for answer in answers for k, v in answer.nearest_filters.items()}
    assert nearest == NEAREST
    for engine in ("sharded", "lunr"):
        queries: list[tuple[str, dict[str, Any]]] = [(word + one, {}) for one in FILTERS]
        [scripts] = host(indexes / engine, {"do": "search", "queries": queries})
        for one, answer, script in zip(FILTERS, answers, scripts, strict=True):
            assert script["unknown"] == list(answer.unknown_words), (engine, one)
            near = {typed: meant for typed, meant in script["unmet"] if meant}
            assert near == dict(answer.nearest_filters), (engine, one)
