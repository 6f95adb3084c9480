"""Whether two abstracts begin alike, though one was cut, retyped or lost its TeX."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Literal

#: How two abstracts compare; "unknown" where one is missing or too short, or it is hard to tell.
AbstractsAgree = Literal["alike", "not alike", "unknown"]

#: Characters of an abstract that are compared.
OPENING_CHARACTERS = 700
#: Plain words an opening needs to be compared, and so many of them are.
_MIN_WORDS, _MAX_WORDS = 10, 50
#: Words shorter than this, and words with signs in them, are left out: TeX is lost in these.
_MIN_LETTERS = 4
#: Shared words, as a part of the shorter opening, from which two are alike; and below which not.
_ALIKE, _NOT_ALIKE = 0.7, 0.35
#: So many first plain words that are the same make two openings alike which share half of their words.
#: Alone they prove nothing: thousands begin with what large language models have demonstrated.
_SAME_START, _HALF = 8, 0.5


@lru_cache(maxsize=4096)
def opening_words(abstract: str) -> tuple[str, ...]:
    """List the first plain words of an abstract, in their order, case folded."""
    return tuple(islice(plain_words(abstract), _MAX_WORDS))


def plain_words(abstract: str) -> Iterator[str]:
    """Yield the plain words of an abstract's opening one by one, case folded."""
    for word in abstract[:OPENING_CHARACTERS].casefold().split():
        bare = word.strip(".,;:()[]\"'")
        if len(bare) >= _MIN_LETTERS and bare.isalpha():
            yield bare


def compare_abstracts(one: str, two: str) -> AbstractsAgree:
    """Compare how two abstracts begin."""
    first, second = opening_words(one), opening_words(two)
    if min(len(first), len(second)) < _MIN_WORDS:
        return "unknown"
    length = min(len(first), len(second))
    share = len({*first[:length]} & {*second[:length]}) / len({*first[:length]})
    same_start = first[:_SAME_START] == second[:_SAME_START]
    if share >= (_HALF if same_start else _ALIKE):
        return "alike"
    return "not alike" if share < _NOT_ALIKE else "unknown"
