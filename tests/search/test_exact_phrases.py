"""Phrases of a query stand in a text where their words do, in a row and in any spelling of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search.document import Document
from paper_digest.search.exact_phrases import (
    has_quoted_phrases,
    quoted_phrases,
    without_excluded_phrases,
)

WORDS = st.lists(st.sampled_from(["kettle", "spout", "of", "tea"]), max_size=12)
PHRASES = st.lists(st.sampled_from(["kettle", "spout", "of", "tea"]), min_size=2, max_size=3)


def has(
    query: str, text: str = "", title: str = "", corrections: dict[str, str] | None = None
) -> bool:
    """Tell whether a paper with this text and title, by Ada Lovelace, has the phrases of a query."""
    document = Document(
        "a", "a", title, text, ("Ada Lovelace",), "", (), has_code=False, sources=()
    )
    return has_quoted_phrases(document, quoted_phrases(query), corrections or {})


@given(WORDS, WORDS, PHRASES)
def test_a_phrase_stands_where_its_words_do_in_a_row(
    title: list[str], text: list[str], phrase: list[str]
) -> None:
    def in_a_row(words: list[str]) -> bool:
        return any(words[at : at + len(phrase)] == phrase for at in range(len(words)))

    asked = '"' + " ".join(phrase) + '"'
    is_there = in_a_row(title) or in_a_row(text)
    assert has(asked, ", ".join(text), " ".join(title)) == is_there
    assert has("cups -" + asked, " ".join(text), " ".join(title)) == (not is_there)
    assert has("title:" + asked, " ".join(text), " ".join(title)) == in_a_row(title)


@pytest.mark.parametrize(
    ("query", "text", "is_there"),
    [
        ('"knowledge loom"', "knowledge one two three four looms", False),
        ('"knowledge loom"', "Knowledge looms", True),
        ('"low rank"', "a low-rank one, a lowrank one", True),
        ('"low-rank"', "low rank", True),
        ('"low-rank"', "low in rank", False),
        ('"loom 2.5"', "Loom2.5", True),
        ('"tea optimisation"', "tea optimization", True),
        ('"colour of tea"', "the color of tea", True),
        ('"Ada Lovelace"', "tea", True),
        ('"Lovelace tea"', "tea", False),
        ('author:"Ada Byron" topic:"two words" kettle "tea"', "nothing of these", True),
    ],
)
def test_spellings_and_names(query: str, text: str, is_there: object) -> None:
    assert has(query, text) is is_there


def test_a_word_that_was_looked_for_in_place_of_another_counts_for_it() -> None:
    assert has('"protien folding"', "protein folding", corrections={"protien": "protein"})
    assert not has('"protien folding"', "protein folding")


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ('tea -"low rank" year:2024', "tea year:2024"),
        ('tea -"rank" -cups "low rank"', 'tea -"rank" -cups "low rank"'),
        ('-title:"low rank" tea -author:"Ada Lovelace"', ' tea -author:"Ada Lovelace"'),
    ],
)
def test_only_phrases_to_leave_out_are_taken_out_of_a_query(query: str, left: str) -> None:
    assert without_excluded_phrases(query) == left
