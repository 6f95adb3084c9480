"""The README says enough of the files: a reader made from it alone finds what ours finds."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import paper_digest.search
import pytest
from paper_digest.search import build
from paper_digest.search.build import build_index
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.query_terms import QueryTerms
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.segment_writer import IndexSizes
from plain_index_reader import PlainIndex
from search_documents import PAPERS, drawn, paper
from search_site import write_two_segments

RANKING = json.loads(
    (Path(paper_digest.search.__file__).parent / "ranking.json").read_text(encoding="utf-8")
)
ALL = list({one.slug: one for one in [*PAPERS, *drawn(500)]}.values())
NEW = [
    paper("9101.00001", "A quixotic kettle of old", "quibbling", date="1991-01-03"),
    paper("2901.00001", "Zebrafish kettles", "patient", date="2029-01-03", authors=("Ng, A.", "B C D")),
]  # fmt: skip


@pytest.fixture(autouse=True)
def short_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut lists early, so that few papers make rests."""
    monkeypatch.setattr(build, "index_sizes", lambda _: IndexSizes(20, 5_000, 60, 20_000))


@cache
def one_segment() -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    build_index(ALL, {}, files.__setitem__)
    return files


@cache
def two_segments() -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    now: list[Document] = [one for number, one in enumerate(ALL) if number % 50]
    write_two_segments(ALL, [*now, *NEW], len(ALL) - 60, {}, files.__setitem__)
    return files


@pytest.mark.parametrize("make", [one_segment, two_segments])
def test_a_reader_made_from_the_readme_agrees(make: Callable[[], dict[str, bytes]]) -> None:
    files = make()
    plain, ours = PlainIndex(files.__getitem__), IndexReader(files.__getitem__)
    assert [tuple(plain.row(number)) for number in range(0, plain.count, 7)] == [
        ours.paper(number) for number in range(0, plain.count, 7)
    ]
    cut_lists = 0
    for number in range(0, ours.term_ranges.count, 3):
        terms, _, frequencies, *_ = ours.term_range(number)
        for term in (terms[0], terms[-1], terms[int(frequencies.argmax())]):
            asked = QueryTerms(ours)
            asked.ask([term])
            expected = asked.find(term)
            assert expected
            cut_lists += expected.rest is not None
            expected.add_rest(ours)
            frequency, postings = plain.postings(term)
            assert frequency == expected.frequency
            assert [one.paper for one in postings] == expected.documents.tolist()
            assert [one.payload for one in postings] == expected.payloads.tolist()
            keys = [one.paper << 16 | place for one in postings for place in one.authors]
            assert keys == expected.author_keys.tolist()
            placed = [one << 16 | place for one, own in plain.positions(term) for place in own]
            assert placed == expected.positions(ours).tolist()
    assert cut_lists


@pytest.mark.parametrize("make", [one_segment, two_segments])
@pytest.mark.parametrize("word", ["flamingo", "kettle", "zebrafish", "quixotic", "lovelace"])
def test_scores_follow_from_the_readme(make: Callable[[], dict[str, bytes]], word: str) -> None:
    files = make()
    plain = PlainIndex(files.__getitem__)
    answer = RankedSearch(IndexReader(files.__getitem__)).answer(
        f'"{word}"', 50, is_exhaustive=True
    )
    worth = plain.worth(word, RANKING)
    numbers = {plain.row(number)[0]: number for number in worth}
    rarity = plain.rarity(word)
    for hit in answer.hits:
        expected = worth[numbers[hit.slug]]
        in_title = expected + RANKING["bonus"]["allInTitle"] * rarity
        assert hit.score in (pytest.approx(expected, rel=1e-5), pytest.approx(in_title, rel=1e-5))
