"""A phrase that two papers share although no topic has it."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from paper_digest.builder.neighbouring_words import NeighbouringWords
from paper_digest.search.document import Document
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.reference_space import learn_space, unpack_space
from search_documents import drawn, paper

FILLER = drawn(60, seed=4)


def learned(documents: list[Document]) -> NeighbouringWords:
    index = build_forward_index(documents)
    visible = {one.slug: f"{one.title} | {one.text}" for one in documents}
    space = unpack_space(learn_space(index, ForwardIndex()))
    return NeighbouringWords(index, space, visible.__getitem__)


def shared(title: str, text: str, heavy: tuple[str, ...] = ("woolly", "flamingo")) -> str:
    """Return what a paper of a title and one of a text share."""
    pair = [paper("a", title, "Nothing else."), paper("b", "Another", text)]
    return learned([*pair, *FILLER]).rarest("a", "b", heavy)


def test_words_side_by_side_in_both_are_named_as_one_has_them() -> None:
    assert shared("On Woolly Flamingos", "A woolly flamingo sleeps.") == "Woolly Flamingos"
    assert shared("On woolly-flamingo", "A woolly flamingo sleeps.") == "woolly-flamingo"


@pytest.mark.parametrize("after", ["of lakes", "for all", ", asleep", "", "via ponds"])
def test_a_phrase_ends_where_its_noun_does(after: str) -> None:
    assert shared(f"The woolly flamingo {after}", "Here a woolly flamingo sat.")


@pytest.mark.parametrize("after", ["problem", "approach of lakes", "kettlehouse for all"])
def test_what_stands_before_another_noun_is_no_phrase(after: str) -> None:
    assert not shared(f"The woolly flamingo {after}", "Here a woolly flamingo sat.")


def test_words_apart_or_in_another_order_are_no_phrase() -> None:
    assert not shared("On woolly flamingos", "A flamingo that sat on woolly ground.")
    assert not shared("On woolly flamingos", "The flamingo, woolly.")


def test_a_phrase_holds_a_word_that_weighs_in_both() -> None:
    assert not shared("On woolly flamingos", "A woolly flamingo sleeps.", heavy=("sleep",))


def test_what_is_named_stands_in_both_and_order_does_not_matter() -> None:
    random = Random(3)  # noqa: S311 - made-up texts, the same each time
    rare = [
        f"{first}{second}"
        for first in ("quok", "wom", "num", "bil")
        for second in ("ka", "bat", "by", "fin", "lop")
    ]
    texts = {str(n): " ".join(random.choices([*rare, "of"], k=6)) for n in range(12)}
    phrases = learned([*(paper(slug, text) for slug, text in texts.items()), *drawn(80, seed=5)])
    count = 0
    for first, second in combinations(texts, 2):
        named = phrases.rarest(first, second, tuple(rare))
        count += bool(named)
        assert named == phrases.rarest(second, first, tuple(rare))
        assert not named or named in texts[first] or named in texts[second]
        assert {*named.split()} <= {*texts[first].split()} & {*texts[second].split()}
    assert count
