"""What can stand for a unit of a query, and which authors a name of several units means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from paper_digest.search.decoder import KeyArray
from paper_digest.search.postings_list import author_keys, author_keys_at
from paper_digest.search.query import Unit
from paper_digest.search.query_terms import Postings


class Option(NamedTuple):
    """Terms that must follow each other in a paper, and what they count beside the typed word.

    ``completes_word``: they only begin with what was typed, which is a word itself.
    """

    parts: tuple[Postings, ...]
    weight: float
    completes_word: bool = False


class UnitMatch:
    """A unit of a query with all that can stand for it.

    Attributes:
        unit: what was typed.
        options: its posting lists.
        corrections: the words tried because the archive lacks this one; None if it was not at fault.
        common_spelling: a far commoner word one edit away that is looked for too, or "".
        is_optional: it orders the papers that have the other words; scoring sets it.
    """

    def __init__(self, unit: Unit) -> None:
        """Start with no option."""
        self.unit = unit
        self.options: list[Option] = []
        self.corrections: tuple[str, ...] | None = None
        self.common_spelling = ""
        self.is_optional = unit.is_hint

    @property
    def meant(self) -> str:
        """The word that is shown as what was meant, or ""."""
        return self.common_spelling or next(iter(self.corrections or ()), "")

    def add(
        self, parts: Sequence[Postings | None], weight: float, *, completes_word: bool = False
    ) -> None:
        """Add an option, unless a part of it is in no paper or the same terms are there already."""
        present = tuple(part for part in parts if part)
        terms = [part.term for part in present]
        if len(present) == len(parts) and all(
            terms != [part.term for part in option.parts] for option in self.options
        ):
            self.options.append(Option(present, weight, completes_word))


def is_unknown(match: UnitMatch) -> bool:
    """Say whether no paper has a word, nor one that could be meant, so that it leaves out no paper."""
    unit = match.unit
    return not (match.options or unit.is_quoted or unit.is_literal) and len(unit.words) == 1


def is_required(match: UnitMatch) -> bool:
    """Say whether a paper must have the unit to have all that was asked for."""
    return not match.is_optional and not is_unknown(match)


def names_in(matches: Sequence[UnitMatch]) -> list[list[UnitMatch]]:
    """Return the units of each name that was asked for."""
    names: list[list[UnitMatch]] = []
    for match in matches:
        if match.unit.is_author and match.unit.follows and names:
            names[-1].append(match)
        elif match.unit.is_author:
            names.append([match])
    return names


def named_by(match: UnitMatch) -> KeyArray:
    """Return the keys of the authors whose names have a unit, ascending."""
    lists = [author_keys(option.parts) for option in match.options if len(option.parts) == 1]
    return np.unique(np.concatenate(lists)) if lists else np.zeros(0, np.int64)


def common_keys(name: Sequence[UnitMatch]) -> KeyArray:
    """Return the keys of the authors whose names have all units."""
    common: KeyArray | None = None
    for match in name:
        keys = np.zeros(0, np.int64)
        for option in match.options:
            keys = np.union1d(keys, author_keys(option.parts))
        common = keys if common is None else np.intersect1d(common, keys, assume_unique=True)
    return np.zeros(0, np.int64) if common is None else common


def exact_keys(name: Sequence[UnitMatch]) -> KeyArray:
    """Return the keys of the authors whose names are the units, in that order, and no other word.

    Words are compared by the first option alone, places by two bits: a longer name may pass for exact.
    """
    word_count = words_after = sum(len(match.unit.words) for match in name)
    common: KeyArray | None = None
    for match in name:
        parts = match.options[0].parts if match.options else ()
        if len(parts) != len(match.unit.words):
            return np.zeros(0, np.int64)
        for part in parts:
            words_after -= 1
            keys = author_keys_at(part, words_after, word_count)
            common = keys if common is None else np.intersect1d(common, keys, assume_unique=True)
    return np.zeros(0, np.int64) if common is None else common
