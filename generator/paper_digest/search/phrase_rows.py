"""Finds the papers in which the units of a phrase stand in a row, by the positions of their words.

The byte of a posting gives positions modulo four: enough to rank by, but one paper in four that has
two words anywhere would pass for one that has them in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from paper_digest.search.decoder import NUMBER_BITS, IntArray, KeyArray
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.query_terms import Postings
from paper_digest.search.ranking import RANKING
from paper_digest.search.unit_match import Option, UnitMatch, common_keys

_TEXT_START = RANKING.payload.text_start
_POSITION_MASK = (1 << NUMBER_BITS) - 1
_NO_KEYS: KeyArray = np.zeros(0, np.int64)


def rows_in(matches: Sequence[UnitMatch]) -> list[list[UnitMatch]]:
    """Return the units of each phrase in quotation marks that is looked for in titles and texts."""
    rows: list[list[UnitMatch]] = []
    for match in matches:
        if match.unit.follows and rows:
            rows[-1].append(match)
        else:
            rows.append([match])
    return [row for row in rows if len(row) > 1 and not row[0].unit.is_author]


def papers_with_row(row: Sequence[UnitMatch], index: IndexReader) -> IntArray:
    """Return the papers in which some units stand in a row, or whose author's name has all of them.

    Args:
        row: the units in the order of their words.
        index: where positions are read; of long lists what was read of them counts.
    """
    gaps = [two.unit.start - one.unit.end for one, two in pairwise(row)]
    ends = _row_ends(row, gaps, index)
    if row[0].unit.is_title:
        return _papers(_in_titles(ends))
    return _papers(np.concatenate((ends, common_keys(row))))


def papers_with_terms(terms: Sequence[Postings], index: IndexReader, *, is_title: bool) -> IntArray:
    """Return the papers in which some terms stand in a row, in the title if ``is_title``; of long lists as above."""
    ends = _ends(terms, None, index)
    return _papers(_in_titles(ends) if is_title else ends)


def papers_side_by_side(one: UnitMatch, two: UnitMatch, index: IndexReader) -> IntArray:
    """Return the papers in which two units stand side by side, in either order."""
    orders = ((one, two), (two, one))
    return _papers(np.concatenate([_row_ends(row, [0], index) for row in orders]))


def _row_ends(row: Sequence[UnitMatch], gaps: Sequence[int], index: IndexReader) -> KeyArray:
    """Return the keys of the positions after each place where units stand in a row, so many words between them."""
    reached: list[list[KeyArray]] = [[_NO_KEYS] for _ in range(len(row) + 1)]  # where a unit begins
    for place, match in enumerate(row):
        begins = np.unique(np.concatenate(reached[place])) if place else None
        for option in match.options:
            if place and _is_of_both(option, row[place - 1]):
                continue
            after = place + 1
            ends = _ends(option.parts, begins, index)
            if after < len(row) and _is_of_both(option, row[after]):
                ends = np.setdiff1d(
                    ends, _joints(_words(match, option), _words(row[after], option), index)
                )
                after += 1
            elif len(option.parts) == 1:
                for first, second, *_ in _compounds(match):
                    ends = np.setdiff1d(ends, _joints([first], [second], index))
            gap = gaps[after - 1] if after < len(row) else 0
            reached[after].append(ends + gap)
    return np.concatenate(reached[-1])


def _in_titles(ends: KeyArray) -> KeyArray:
    """Return the ends of the rows that stand in a title, but for what is after the text's first position."""
    in_titles: KeyArray = ends[ends & _POSITION_MASK <= _TEXT_START]
    return in_titles


def _papers(keys: KeyArray) -> IntArray:
    papers: IntArray = np.unique(keys >> NUMBER_BITS).astype(np.int32)
    return papers


def _is_of_both(option: Option, neighbour: UnitMatch) -> bool:
    """Say whether an option stands for two units, which a paper writes as one word."""
    return any(option.parts is other.parts for other in neighbour.options)


def _compounds(match: UnitMatch) -> list[tuple[Postings, ...]]:
    return [option.parts for option in match.options if len(option.parts) > 1]


def _words(match: UnitMatch, of_both: Option) -> list[Postings]:
    options = (one for one in match.options if one.parts is not of_both.parts)
    return [option.parts[0] for option in options if len(option.parts) == 1]


def _joints(
    firsts: Sequence[Postings], seconds: Sequence[Postings], index: IndexReader
) -> KeyArray:
    """Return where the second word of a compound stands right after the first.

    A compound is listed where it begins, as a word that is written as one is; but its parts are found by
    themselves, and end where it does.
    """
    begins, follows = (
        np.unique(np.concatenate([_NO_KEYS, *(word.positions(index) for word in words)]))
        for words in (firsts, seconds)
    )
    return np.intersect1d(begins + 1, follows, assume_unique=True)


def _ends(parts: Sequence[Postings], begins: KeyArray | None, index: IndexReader) -> KeyArray:
    """Return the keys of the positions after those where some terms stand in a row.

    ``begins`` are the keys where they may begin; None if anywhere.
    """
    ends = parts[0].positions(index)
    if begins is not None:
        ends = np.intersect1d(ends, begins, assume_unique=True)
    ends = ends + 1
    for part in parts[1:]:
        ends = np.intersect1d(ends, part.positions(index), assume_unique=True) + 1
    return ends
