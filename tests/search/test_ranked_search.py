"""The ranking: what it promises, and that Python and the browser's engine give the same answers."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import DigestError
from paper_digest.search.bundle import ROOT_FILE
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paths import DATA
from search_comparison import as_script_vector, as_vector, differing, is_same
from search_documents import PAPERS, WORDS, drawn
from search_queries import drawn_queries
from search_site import write_site

VECTORS = json.loads((DATA / "ranking_vectors.json").read_text(encoding="utf-8"))
#: Enough papers for lists that are cut, so that heads and rests are read.
LONG_LISTS = PAPERS + drawn(3_500)


@pytest.fixture(scope="module")
def search(site: Path) -> RankedSearch:
    return RankedSearch(IndexReader.open(site))


@pytest.fixture(scope="module")
def long_lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long_lists")
    write_site(folder, LONG_LISTS, lookup="Lookup and memory", sound="Sound")
    return folder


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["query"] for vector in VECTORS])
def test_vectors(search: RankedSearch, vector: dict[str, Any]) -> None:
    expected = {name: value for name, value in vector.items() if name != "query"}
    found = as_vector(search.answer(vector["query"]))
    assert is_same(found, expected), (found, expected)


def test_javascript_agrees_on_the_vectors(host: Callable[..., Any], site: Path) -> None:
    queries: list[tuple[str, dict[str, Any]]] = [(vector["query"], {}) for vector in VECTORS]
    [answers] = host(site, {"do": "search", "queries": queries})
    wrong = [
        (vector, as_script_vector(answer))
        for vector, answer in zip(VECTORS, answers, strict=True)
        if not is_same(vector, {"query": vector["query"], **as_script_vector(answer)})
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"size": 50, "exactTotal": True},
        {"from": 10, "exactTotal": True},
        {"order": "date", "size": 20},
    ],
    ids=["box", "page", "second page", "by date"],
)
def test_javascript_agrees_on_drawn_queries(
    host: Callable[..., Any], long_lists: Path, options: dict[str, Any]
) -> None:
    queries = drawn_queries(Random(11), WORDS, 150)  # noqa: S311 - a repeatable draw
    assert differing(host, long_lists, queries, options) == []


def test_javascript_agrees_on_real_papers(
    host: Callable[..., Any], corpus: Path, tmp_path: Path
) -> None:
    documents = list(islice(_real_documents(corpus / "arxiv_40k.jsonl.gz"), 4_000))
    write_site(tmp_path, documents)
    words = sorted({word for one in documents[::40] for word in re.findall(r"\w+", one.title)})
    queries = [one.title for one in documents[::40]]
    queries += drawn_queries(Random(12), words, 200)  # noqa: S311 - a repeatable draw
    assert differing(host, tmp_path, queries, {}) == []


def _real_documents(path: Path) -> Iterator[Document]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield Document(
                slug=record["id"].replace("/", "-"),
                bare_id=record["id"],
                title=" ".join(record["title"].split()),
                text=record["abstract"],
                authors=tuple(record["authors"]),
                date=record["published"][:10],
                topics=(),
                has_code=False,
                sources=("arxiv",),
            )


def test_an_answer_does_not_depend_on_what_was_asked_before(long_lists: Path) -> None:
    queries = drawn_queries(Random(13), WORDS, 60)  # noqa: S311 - a repeatable draw
    one = RankedSearch(IndexReader.open(long_lists))
    for query in queries:
        one.answer(query, is_exhaustive=True)
    fresh = [RankedSearch(IndexReader.open(long_lists)).answer(query) for query in queries[:20]]
    assert [one.answer(query) for query in queries[:20]] == fresh


def test_a_word_left_out_is_in_no_hit(long_lists: Path) -> None:
    search = RankedSearch(IndexReader.open(long_lists))
    answer = search.answer("river -stable", limit=len(LONG_LISTS), is_exhaustive=True)
    text = {one.slug: f"{one.title} {one.text} {one.authors}".lower() for one in LONG_LISTS}
    assert answer.hits
    assert [hit.slug for hit in answer.hits if "stable" in text[hit.slug]] == []


def test_a_name_left_out_is_no_word_of_the_text(search: RankedSearch) -> None:
    answer = search.answer("engine -author:engine", limit=len(PAPERS), is_exhaustive=True)
    names = {one.slug: " ".join(one.authors).lower() for one in PAPERS}
    text = {one.slug: f"{one.title} {one.text}".lower().split() for one in PAPERS}
    wanted = {slug for slug in names if "engine" in text[slug] and "engine" not in names[slug]}
    assert {hit.slug for hit in answer.hits} >= wanted
    assert [hit.slug for hit in answer.hits if "engine" in names[hit.slug]] == []


def test_better_scores_come_first_and_limits_hold(search: RankedSearch) -> None:
    hits = search.search("river stable violet", limit=7)
    assert len(hits) == 7
    longer = search.search("river stable violet", limit=30)
    assert {hit.slug for hit in hits} == {hit.slug for hit in longer[:7]}
    assert all(hit.score > 0 for hit in longer)


@given(st.text(max_size=80))
def test_any_query_is_answered(search: RankedSearch, query: str) -> None:
    answer = search.answer(query, limit=3)
    assert len(answer.hits) <= 3
    assert answer.total >= (0 if answer.is_partial else len(answer.hits))


def test_a_very_long_query_is_cut(search: RankedSearch) -> None:
    query = "river stable " + "violet " * 100_000
    assert search.answer(query).hits == search.answer(query[:2_000]).hits


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match=r"root\.bin: is missing"):
        IndexReader.open(tmp_path)
    (tmp_path / ROOT_FILE).write_bytes(b"not deflated")
    with pytest.raises(DigestError, match=r"root\.bin: cannot be read"):
        IndexReader.open(tmp_path)
