"""The phrase that says what two papers have in common."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.builder.shared_phrases import SharedPhrases, count_phrases

PAPERS = st.lists(
    st.sets(st.sampled_from(["kettle", "green tea", "lid", "LLM"])).map("|".join),
    min_size=2,
    max_size=40,
)


def test_the_rarest_shared_phrase_is_named() -> None:
    phrases = {"a": "kettle|green tea", "b": "green tea|kettle", "c": "kettle", "d": ""}
    shared = SharedPhrases(phrases, count_phrases(phrases.values()))
    assert shared.rarest("a", "b") == "green tea"
    assert shared.rarest("a", "c") == "kettle"
    assert shared.rarest("a", "d") == ""


def test_a_phrase_of_many_papers_says_nothing() -> None:
    phrases = {str(n): "kettle" for n in range(21)}
    assert SharedPhrases(phrases, count_phrases(phrases.values())).rarest("0", "1") == ""


@given(PAPERS)
def test_what_is_named_both_hold_and_order_does_not_matter(papers: list[str]) -> None:
    phrases = {str(n): text for n, text in enumerate(papers)}
    shared = SharedPhrases(phrases, count_phrases(papers[: len(papers) // 2]))
    for first, second in combinations(phrases, 2):
        named = shared.rarest(first, second)
        assert named == shared.rarest(second, first)
        assert not named or {named} <= {*phrases[first].split("|")} & {*phrases[second].split("|")}
