"""How two abstracts compare: cut, retyped, or of two papers that begin with the same phrase."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.identity.abstracts import compare_abstracts

PHRASE = (
    "Small paper kites have demonstrated remarkable capabilities across various northern tasks "
)
WORDS = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9),
    min_size=40,
    max_size=60,
    unique=True,
)


@given(WORDS, st.integers(14, 40))
def test_a_cut_abstract_is_like_the_whole(words: list[str], kept: int) -> None:
    whole = " ".join(words)
    assert compare_abstracts(whole, " ".join(words[:kept])) == "alike"


@given(WORDS)
def test_a_phrase_that_many_begin_with_makes_no_two_alike(one: list[str]) -> None:
    two = [f"{word}other" for word in one]
    assert compare_abstracts(PHRASE + " ".join(one), PHRASE + " ".join(two)) != "alike"


@given(WORDS)
def test_an_abstract_that_was_revised_at_its_end_is_the_same(words: list[str]) -> None:
    revised = words[:24] + [f"{word}x" for word in words[24:]]
    assert compare_abstracts(" ".join(words), " ".join(revised)) != "not alike"
