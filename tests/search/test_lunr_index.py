"""``search: lunr``: the index that lunr.py makes, asked by the worker through lunr.js."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lunr.index import Index
from paper_digest.search.bundle import LUNR_INDEX_FILE
from paper_digest.search.lunr_index import lunr_index
from paper_digest.search.tokenizer import FILLERS, index_words, tokens
from search_documents import PAPERS, drawn, paper
from search_queries import FIRST
from search_site import write_lunr_site

Ask = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def search(host: Ask, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("lunr")
    write_lunr_site(folder, PAPERS, lookup="Lookup and memory", sound="Sound")

    def ask(*queries: str | tuple[str, dict[str, bool]]) -> list[Any]:
        pairs = [query if isinstance(query, tuple) else (query, {}) for query in queries]
        return host(folder, {"do": "search", "queries": pairs})[0]  # type: ignore[no-any-return]

    return ask


def test_what_the_archives_own_search_finds_first_is_found(search: Ask) -> None:
    """Ids, accents, Chinese, exact titles, typing errors, filters: each within the first three."""
    answers = search(*(query for query, _ in FIRST))
    lacking = [
        (query, wanted, answer["slugs"][:3])
        for (query, wanted), answer in zip(FIRST, answers, strict=True)
        if wanted not in answer["slugs"][:3]
    ]
    assert lacking == []


def test_lunr_py_gives_the_same_papers(host: Ask, tmp_path: Path) -> None:
    documents = drawn(80, seed=3)
    write_lunr_site(tmp_path, documents)
    oracle = Index.load(msgspec.json.decode((tmp_path / LUNR_INDEX_FILE).read_bytes())["index"])
    ordered = sorted(documents, key=lambda one: (one.date, one.slug))
    queries = [" ".join(one.title.split()[:2]) for one in documents]
    queries = [query for query in queries if FILLERS.isdisjoint(query.split())]
    [answers] = host(
        tmp_path, {"do": "search", "queries": [(f"{query} ", {"size": 80}) for query in queries]}
    )
    for query, answer in zip(queries, answers, strict=True):
        words = [word.text for token in tokens(query) for word in index_words(token)[1]]
        expected = {
            ordered[int(match["ref"])].slug
            for match in oracle.search(" ".join(f"+{word}" for word in words))
        }
        assert set(answer["slugs"][: answer["total"]]) == expected, query


def test_filters_phrases_and_what_is_left_out(search: Ask) -> None:
    answers = search(
        'author:"Émile Dupont"',
        "author:kovář",
        '"red engine of memory"',
        '"engine red"',
        "memory -flamingo -ember",
        "topic:sound",
        "year:2025",
        "code:yes",
        ("tunes", {"countFacets": True}),
    )
    slugs = [answer["slugs"] for answer in answers]
    assert slugs[0] == slugs[1] == ["2401.00006"]
    assert slugs[2] == ["2401.00008"]
    assert slugs[3] == []
    assert "2401.00008" not in slugs[4]
    assert "2401.00009" in slugs[4]
    assert slugs[5] == ["2401.00006"]
    assert slugs[6] == slugs[7] == ["2503.02130"]
    assert {one["name"]: one["count"] for one in answers[8]["counts"]["topics"]}["sound"] == 1


def test_an_archive_without_papers_and_words_beyond_the_first_plane(
    host: Ask, tmp_path: Path
) -> None:
    """lunr.js takes words in the order of UTF-16, in which such letters stand before others."""
    write_lunr_site(tmp_path / "none", [])
    [answers] = host(tmp_path / "none", {"do": "search", "queries": [("anything", {})]})
    assert answers[0]["total"] == 0
    letters = paper("2401.1", "\U00020000\U00020001 \uff5e \ufb01 \uff8a \U0001d400x")
    write_lunr_site(
        tmp_path / "letters", [letters, paper("2401.2", "\uff71\uff72 \U0001d4cdyz \uff21")]
    )
    [answers] = host(
        tmp_path / "letters", {"do": "search", "queries": [("\U00020000\U00020001", {})]}
    )
    assert answers[0]["slugs"] == ["2401.1"]


def test_the_same_documents_give_the_same_bytes() -> None:
    assert lunr_index(PAPERS, {}, {}) == lunr_index(reversed(PAPERS), {}, {})
