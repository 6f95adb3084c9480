"""What a search returns: papers, and what became of the words that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Order = Literal["relevance", "date"]


class Hit(NamedTuple):
    """A paper that was found.

    Attributes:
        slug: names its page, ``papers/<slug>/``.
        title: plain Unicode.
        authors: the first author, with "et al." if there are more.
        date: ISO date or "".
        score: what it was ranked by; 0 where the order is by date or the query is an id.
        volume: the volume whose site it is in; "" where one index alone was asked (``volume_search.py``).
    """

    slug: str
    title: str
    authors: str
    date: str
    score: float
    volume: str = ""


class AskedWords(NamedTuple):
    """What became of a unit of the query.

    Attributes:
        words: what was typed.
        is_found: papers have it, or what was looked for instead.
        is_guess: none has it as it was typed.
    """

    words: tuple[str, ...]
    is_found: bool
    is_guess: bool


class SearchAnswer(NamedTuple):
    """What was found for a query.

    Attributes:
        hits: the papers asked for.
        total: how many papers have everything that was asked for.
        may_have_more: whether there may be more than ``total``, for not all of every list was read.
        is_partial: whether no paper has everything, so that the hits have some of it.
        corrections: pairs of a word that was typed and one that was looked for instead or as well.
        unknown_words: what was typed that no paper has, nor anything like it: words, then filters.
        unmet_filters: these filters, each with the one that may have been meant, or "".
        is_loose: no paper had everything as it was asked for, so that words were taken in a looser sense.
        asked: what became of each unit.
    """

    hits: list[Hit]
    total: int
    may_have_more: bool = False
    is_partial: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    unknown_words: tuple[str, ...] = ()
    unmet_filters: Mapping[str, str] = MappingProxyType({})
    is_loose: bool = False
    asked: tuple[AskedWords, ...] = ()

    @property
    def nearest_filters(self) -> dict[str, str]:
        """Of filters that no paper meets the one that may have been meant, where there is one."""
        return {typed: meant for typed, meant in self.unmet_filters.items() if meant}
