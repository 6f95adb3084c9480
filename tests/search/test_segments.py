"""An index in two segments answers as one index of all its papers does, in Python and in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search import build
from paper_digest.search.base_segment import MIN_SEGMENTED_PAPERS, base_size
from paper_digest.search.build import build_index
from paper_digest.search.bundle import worker_scripts
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.search_answer import Order
from paper_digest.search.segment_writer import IndexSizes
from search_comparison import differing
from search_documents import PAPERS, WORDS, drawn, paper
from search_queries import drawn_queries
from search_site import write_two_segments

TITLES = {"lookup": "Lookup and memory", "sound": "Sound"}


def changed_and_grown(before: list[Document]) -> list[Document]:
    """Change every ninth paper, remove every eleventh, and add new and old ones."""
    after = []
    for number, one in enumerate(before):
        if number % 11 == 0:
            continue
        after.append(one if number % 9 else _corrected(one))
    after += [
        paper("9101.00001", "A quixotic kettle of old", "quibbling words", date="1991-01-03"),
        paper(
            "2901.00001", "Patient zebrafish and a low-rank kettle", "kettles", date="2029-01-03"
        ),
        paper(
            "2901.00002",
            "ångström 深層学習 \U0001d518nits",
            "深層",
            date="2029-01-04",
            topics=("sound",),
        ),
    ]
    return after


def _corrected(one: Document) -> Document:
    text = f"Corrected quibbling {one.text[: len(one.text) // 2]}"
    return msgspec.structs.replace(one, text=text, authors=("Zora Quill", *one.authors))


def index_of(documents: list[Document]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    build_index(documents, TITLES, files.__setitem__)
    return files


@pytest.fixture(scope="module", autouse=True)
def short_heads() -> Iterator[None]:
    """Cut lists early, so that few papers make rests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "index_sizes", lambda _: IndexSizes(20, 5_000, 80, 20_000))
        yield


@pytest.fixture(scope="module")
def papers() -> list[Document]:
    return list({one.slug: one for one in PAPERS + drawn(700)}.values())


@pytest.fixture(scope="module")
def after(papers: list[Document]) -> list[Document]:
    return changed_and_grown(papers)


@pytest.fixture(scope="module")
def files(papers: list[Document], after: list[Document]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    write_two_segments(papers, after, len(papers) - 90, TITLES, files.__setitem__)
    return files


def queries() -> list[str]:
    own = [
        "quibbling",
        "quixotic kettel",
        "zebrafish",
        "zebrafsih",
        'author:"Zora Quill"',
        'author:"Z. Quill" kettle',
        "topic:sound",
        "year:2029",
        "kettle 2029",
        "深層学習",
        "-kettle quibbling",
        "2901.00002",
        "2401.00002",
    ]
    return own + drawn_queries(Random(5), WORDS, 60)  # noqa: S311 - a repeatable draw


@pytest.mark.parametrize("order", ["relevance", "date"])
def test_two_segments_answer_as_one_index(
    files: dict[str, bytes], after: list[Document], order: Order
) -> None:
    one = RankedSearch(IndexReader(index_of(after).__getitem__))
    two = RankedSearch(IndexReader(files.__getitem__))
    for query in queries():
        one_answer = one.answer(query, 30, order=order, is_exhaustive=True)
        assert two.answer(query, 30, order=order, is_exhaustive=True) == one_answer, query


def test_the_browser_agrees(
    host: Callable[..., Any], files: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in (files | worker_scripts()).items():
        (tmp_path / name).write_bytes(content)
    for options in ({}, {"size": 50, "exactTotal": True}, {"order": "date", "size": 20}):
        assert differing(host, tmp_path, queries(), options) == []


def test_filters_count_the_same_papers(
    host: Callable[..., Any], files: dict[str, bytes], after: list[Document], tmp_path: Path
) -> None:
    counts = []
    for name, index in (("two", files), ("one", index_of(after))):
        (tmp_path / name).mkdir()
        for file, content in (index | worker_scripts()).items():
            (tmp_path / name / file).write_bytes(content)
        asked = [("kettle", {"countFacets": True}), ("quibbling", {"countFacets": True})]
        [answers] = host(tmp_path / name, {"do": "search", "queries": asked})
        counts.append([answer["counts"] for answer in answers])
    assert counts[0] == counts[1]


@given(st.integers(MIN_SEGMENTED_PAPERS, 2_000_000))
def test_a_base_holds_nearly_all_papers_and_is_seldom_made_anew(count: int) -> None:
    size = base_size(count)
    assert size <= count
    assert count - size < min(count / 32, 4_097)
    assert base_size(size) == size
    assert all(base_size(more) == size for more in range(size, count + 1, max(1, (count - size))))


def test_a_small_archive_has_one_segment() -> None:
    assert base_size(MIN_SEGMENTED_PAPERS - 1) == 0
