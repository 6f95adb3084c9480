"""Building: the same papers give the same files, with or without a cache, in any order."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.search.build import build_index, index_sizes
from paper_digest.search.document import Document, IndexReport
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.segment_writer import files_per_hash
from search_documents import BY_HAND, PAPERS, drawn, paper


def built(
    documents: list[Document], cache: Path | None = None
) -> tuple[dict[str, bytes], IndexReport]:
    files: dict[str, bytes] = {}
    report = build_index(documents, {"sound": "Sound"}, files.__setitem__, cache)
    return files, report


def test_order_does_not_matter() -> None:
    shuffled = list(PAPERS)
    Random(3).shuffle(shuffled)  # noqa: S311 - a repeatable draw, nothing secret
    assert built(PAPERS)[0] == built(shuffled)[0]


def test_every_name_but_the_root_holds_a_hash_of_the_contents() -> None:
    files, report = built(PAPERS)
    assert sorted(
        name for name in files if not re.fullmatch(r"[trpqbefd]\d+-[0-9a-f]{8,}\.bin", name)
    ) == ["root.bin"]
    assert report.file_count == len(files)
    assert report.total_bytes == sum(map(len, files.values()))
    assert report.documents == len(PAPERS)


def test_a_changed_paper_leaves_the_lines_of_far_older_ones_alone() -> None:
    documents = drawn(600)
    changed = [*documents[:-1], msgspec.structs.replace(documents[-1], title="Something new")]
    one = {name for name in built(documents)[0] if name[0] == "d"}
    two = {name for name in built(changed)[0] if name[0] == "d"}
    assert one != two
    assert len(one & two) > len(one) / 2


def test_unchanged_papers_come_from_the_cache(tmp_path: Path) -> None:
    cache = tmp_path / "below" / "counts.sqlite"
    assert built(PAPERS, cache)[1].reused_documents == 0
    files, report = built(PAPERS, cache)
    assert report.reused_documents == len(PAPERS)
    assert files == built(PAPERS)[0]


def test_a_cache_does_not_show(tmp_path: Path) -> None:
    cache = tmp_path / "counts.sqlite"
    built(PAPERS, cache)
    fewer = [msgspec.structs.replace(BY_HAND[0], text="Other words."), *PAPERS[2:200]]
    files, report = built(fewer, cache)
    assert report.reused_documents == len(fewer) - 1
    assert files == built(fewer)[0]
    assert (
        built(PAPERS, cache)[1].reused_documents == len(fewer) - 1
    )  # what was not asked for is forgotten


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "counts.sqlite"
    cache.write_bytes(content)
    assert built(BY_HAND, cache)[0] == built(BY_HAND)[0]
    assert built(BY_HAND, cache)[1].reused_documents == len(BY_HAND)


def test_no_papers_make_an_index_too() -> None:
    files, report = built([])
    assert "root.bin" in files
    assert (report.documents, report.terms, report.postings) == (0, 0, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=40), st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3)
        ),
        max_size=8,
    )
)
def test_any_text_can_be_indexed(texts: list[tuple[str, str, list[str]]]) -> None:
    documents = [
        paper(f"p{number}", title, text, authors=tuple(authors), bare_id=title)
        for number, (title, text, authors) in enumerate(texts)
    ]
    files, report = built(documents)
    assert report.documents == len(documents)
    assert files == built(documents[::-1])[0]


def test_pieces_grow_with_the_archive() -> None:
    sizes = [index_sizes(count) for count in (10, 10_000, 40_000, 100_000, 1_000_000)]
    assert sizes == sorted(sizes)


@given(st.integers(0, 400_000), st.integers(0, 400_000))
def test_the_hashes_of_rows_stay_few_however_large_an_archive_is(one: int, other: int) -> None:
    few, many = sorted((one, other))
    sizes = [files_per_hash(few), files_per_hash(many)]
    assert sizes == sorted(sizes)
    assert all(size & (size - 1) == 0 for size in sizes)
    assert -(-many // sizes[1]) <= 256


@pytest.mark.parametrize(("hyphened", "is_found"), [(1, False), (2, True)])
def test_a_word_is_cut_in_two_where_one_in_fifty_of_its_papers_has_the_hyphen(
    hyphened: int, *, is_found: bool
) -> None:
    spellings = ["kettle-lid"] * hyphened + ["kettlelid"] * (75 - hyphened)
    papers = [paper(f"2401.{n:05}", f"A {word}") for n, word in enumerate(spellings)]
    papers.append(paper("2402.00001", "Apart: a kettle lid"))
    files: dict[str, bytes] = {}
    build_index(papers, {}, files.__setitem__)
    read: list[str] = []

    def read_file(name: str) -> bytes:
        read.append(name)
        return files[name]

    hits = RankedSearch(IndexReader(read_file)).search("kettlelid", limit=100)
    assert ("2402.00001" in {hit.slug for hit in hits}) == is_found
    # Whoever looks for halves reads where words stand.
    assert any(name.startswith("p") for name in read) == is_found
    assert len(hits) == 75 + is_found
