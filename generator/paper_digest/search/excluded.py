"""Finds the papers that a query leaves out, and those without a name that it asks for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from paper_digest.search.decoder import AUTHOR_BITS, ByteArray
from paper_digest.search.payload import POSITION_BITS, place_bits, turn
from paper_digest.search.postings_list import postings_list
from paper_digest.search.query import Unit
from paper_digest.search.unit_match import UnitMatch, common_keys

_BoolArray = npt.NDArray[np.bool_]


def has_excluded(groups: Sequence[Sequence[UnitMatch]], paper_count: int) -> _BoolArray:
    """Say of every paper whether it has all units of one of some groups, those of a phrase in a row."""
    is_out = np.zeros(paper_count, bool)
    for group in groups:
        if group and group[0].unit.is_author:
            is_out |= has_author(group, paper_count)
            continue
        ends = np.zeros(paper_count, np.uint8)  # positions at which such a row ends
        previous: Unit | None = None
        for match in group:
            positions = _positions(match, paper_count)
            if previous is None:
                ends = positions
            elif match.unit.follows:
                ends = turn(ends, match.unit.start - previous.end + 1) & positions
            else:
                ends = np.where(ends, positions, 0).astype(np.uint8)
            previous = match.unit
        is_out |= ends > 0
    return is_out


def has_author(name: Sequence[UnitMatch], paper_count: int) -> _BoolArray:
    """Say of every paper whether one of its authors has all units in the name."""
    is_author = np.zeros(paper_count, bool)
    is_author[common_keys(name) >> AUTHOR_BITS] = True
    return is_author


def _positions(match: UnitMatch, paper_count: int) -> ByteArray:
    """Return the positions (modulo four) of a unit in every paper; all of them for a name."""
    positions = np.zeros(paper_count, np.uint8)
    for option in match.options:
        listed = postings_list(option.parts)
        listed = listed.in_titles() if match.unit.is_title else listed
        bits = place_bits(listed.payloads)
        positions[listed.documents] |= np.where(bits, bits, POSITION_BITS).astype(np.uint8)
    return positions
