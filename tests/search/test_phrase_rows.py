"""A phrase in quotation marks finds the papers in which it stands, and no other, in Python and in the browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search import build
from paper_digest.search.build import build_index
from paper_digest.search.bundle import worker_scripts
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.segment_writer import IndexSizes
from search_comparison import differing
from search_documents import paper
from search_site import write_two_segments

#: So few words that most papers have most of them, mostly apart. No two in a row make a third.
WORDS = ("kettle", "spout", "low", "rank", "low-rank", "lowrank", "brew", "urn-lid-tap")
FILLED = (*WORDS, "of", "a")


@pytest.fixture(autouse=True)
def short_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut lists early, so that few papers make rests."""
    monkeypatch.setattr(build, "index_sizes", lambda _: IndexSizes(20, 700, 40, 300))


def drawn_papers(count: int, seed: int) -> list[Document]:
    """Draw papers of few words; every fifth has an author of two of them."""
    draw = Random(seed)  # noqa: S311 - a repeatable draw
    return [
        paper(
            f"2401.{number:05}",
            " ".join(draw.choices(WORDS, k=draw.randint(1, 5))),
            " ".join(draw.choices(FILLED, k=draw.randint(0, 14))),
            authors=("Spout Brew",) if number % 5 == 0 else ("Ada B",),
            date=f"{2000 + number % 20}-01-03",
        )
        for number in range(count)
    ]


def words_of(text: str) -> list[str]:
    """Return the words of a text in a row, those of a compound one by one."""
    return text.replace("-", " ").split()


def stands_in(phrase: str, text: str) -> bool:
    """Say whether a phrase stands in a text, wherever spaces and hyphens do."""
    words, wanted = words_of(text), "".join(words_of(phrase))
    rows = (
        words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1)
    )
    return any("".join(row) == wanted for row in rows)


def holders(phrase: str, papers: list[Document]) -> set[str]:
    """Return the papers with a phrase in title or text, or an author of that name."""
    names = {*words_of(phrase)} <= {"spout", "brew"}
    return {
        one.slug
        for one in papers
        if stands_in(phrase, one.title)
        or stands_in(phrase, one.text)
        or (names and one.authors == ("Spout Brew",))
    }


def answered(search: RankedSearch, query: str) -> set[str]:
    """Return the slugs of all papers that a query finds."""
    answer = search.answer(query, 10_000, is_exhaustive=True)
    assert answer.total == len(answer.hits)
    return {hit.slug for hit in answer.hits}


BEFORE = drawn_papers(400, 1)
AFTER = [*BEFORE[7:100], *drawn_papers(430, 2)[100:130], *BEFORE[130:], *drawn_papers(430, 3)[400:]]
PHRASES = [" ".join(words) for count in (2, 3) for words in product(WORDS, repeat=count)][::3]


def written(folder: Path, *, segments: int) -> RankedSearch:
    """Write an index of ``AFTER`` with its scripts, in one segment or two."""
    files: dict[str, bytes] = {}
    if segments == 1:
        build_index(AFTER, {}, files.__setitem__)
    else:
        write_two_segments(BEFORE, AFTER, 380, {}, files.__setitem__)
    for name, content in (files | worker_scripts()).items():
        (folder / name).write_bytes(content)
    return RankedSearch(IndexReader(files.__getitem__))


@pytest.mark.parametrize("segments", [1, 2])
def test_every_phrase_finds_the_papers_that_have_it(tmp_path: Path, segments: int) -> None:
    search = written(tmp_path, segments=segments)
    found = 0
    for phrase in PHRASES:
        expected = holders(phrase, AFTER)
        assert answered(search, f'"{phrase}"') == expected, phrase
        found += bool(expected)
    assert found > len(PHRASES) / 2


def test_phrases_to_leave_out_and_those_of_titles(tmp_path: Path) -> None:
    search = written(tmp_path, segments=2)
    with_kettle = holders("kettle", AFTER)
    for phrase in PHRASES[::4]:
        assert answered(search, f'kettle -"{phrase}"') == with_kettle - holders(phrase, AFTER), (
            phrase
        )
        in_title = {one.slug for one in AFTER if stands_in(phrase, one.title)}
        assert answered(search, f'title:"{phrase}"') == in_title, phrase


@pytest.mark.parametrize("segments", [1, 2])
def test_the_browser_agrees(host: Callable[..., Any], tmp_path: Path, segments: int) -> None:
    written(tmp_path, segments=segments)
    queries = [f'"{phrase}"' for phrase in PHRASES[::2]]
    queries += [f'kettle -"{phrase}"' for phrase in PHRASES[::5]]
    queries += [f'title:"{phrase}" brew' for phrase in PHRASES[::5]]
    queries += [f"{one} NEAR {two}" for one, two in product(WORDS, repeat=2)]
    for options in ({"size": 300, "exactTotal": True}, {}):
        assert differing(host, tmp_path, queries, options) == []


def test_neighbours_get_more_where_they_are_asked_for(tmp_path: Path) -> None:
    search = written(tmp_path, segments=2)
    for one, two in (("kettle", "spout"), ("low", "kettle"), ("brew", "lowrank")):
        rows = (f"{one} {two}", f"{two} {one}")
        near = {
            p.slug
            for p in AFTER
            for row in rows
            if stands_in(row, p.title) or stands_in(row, p.text)
        }
        plain = {hit.slug: hit.score for hit in search.search(f"{one} {two} ", 10_000)}
        asked = {hit.slug: hit.score for hit in search.search(f"{one} NEAR {two} ", 10_000)}
        assert {slug for slug, score in asked.items() if score > plain[slug] * 1.001} == near


@given(
    st.lists(st.sampled_from(FILLED), max_size=300), st.lists(st.sampled_from(WORDS), max_size=90)
)
def test_long_titles_and_texts(text: list[str], title: list[str]) -> None:
    one = paper("2401.00001", " ".join(title), " ".join(text))
    others = [paper(f"2401.0000{n}", word, word, authors=()) for n, word in enumerate(WORDS, 2)]
    files: dict[str, bytes] = {}
    build_index([one, *others], {}, files.__setitem__)
    search = RankedSearch(IndexReader(files.__getitem__))
    for phrase in ("kettle spout", "brew kettle brew", "low rank spout", "urn-lid-tap kettle"):
        assert answered(search, f'"{phrase}"') == holders(phrase, [one]), phrase


@pytest.mark.parametrize(
    ("query", "text", "is_there"),
    [
        ('"knowledge loom"', "knowledge one two three four looms", False),
        ('"knowledge loom"', "Knowledge looms", True),
        ('"knowledge loom"', "A loom of knowledge", False),
        ('"low-rank"', "low in rank", False),
        ('"loom 2.5"', "Loom2.5", True),
        ('"tea optimisation"', "tea optimization", True),
        ('"colour of tea"', "the color of tea", True),
        ('"colour of tea"', "colour tea", False),
        ('"Lovelace tea"', "tea", False),
        ('"Ada Lovelace"', "tea", True),
        ('"Ada Byron"', "tea", False),
        ("深層学習", "深層学習", True),
        ('"深層学習"', "深層と学習", False),
    ],
)
def test_spellings_names_and_stop_words(query: str, text: str, is_there: object) -> None:
    one = paper("2401.00001", "Untitled", text, authors=("Ada Lovelace", "Bo Byron"))
    other = "knowledge looms low-rank lowrank loom2.5 tea optimization colour of teas byron lovelace 深層学習"
    files: dict[str, bytes] = {}
    build_index([one, paper("2401.00002", "Other", other, authors=())], {}, files.__setitem__)
    found = answered(RankedSearch(IndexReader(files.__getitem__)), query)
    assert ("2401.00001" in found) is is_there
