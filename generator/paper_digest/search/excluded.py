"""Finds the papers that a query leaves out, and those without a name that it asks for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from paper_digest.search.decoder import NUMBER_BITS
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.option_list import papers_with_option
from paper_digest.search.phrase_rows import papers_with_row
from paper_digest.search.unit_match import UnitMatch, common_keys

_BoolArray = npt.NDArray[np.bool_]


def has_excluded(
    groups: Sequence[Sequence[UnitMatch]], paper_count: int, index: IndexReader
) -> _BoolArray:
    """Say of every paper whether it has all units of one of some groups, those of a phrase in a row."""
    is_out = np.zeros(paper_count, bool)
    for group in groups:
        if group and group[0].unit.is_author:
            is_out |= has_author(group, paper_count)
        elif len(group) > 1 and group[-1].unit.follows:
            is_out[papers_with_row(group, index)] = True
        elif group:
            is_out |= np.logical_and.reduce([_has_unit(one, paper_count, index) for one in group])
    return is_out


def has_author(name: Sequence[UnitMatch], paper_count: int) -> _BoolArray:
    """Say of every paper whether one of its authors has all units in the name."""
    is_author = np.zeros(paper_count, bool)
    is_author[common_keys(name) >> NUMBER_BITS] = True
    return is_author


def _has_unit(match: UnitMatch, paper_count: int, index: IndexReader) -> _BoolArray:
    has_unit = np.zeros(paper_count, bool)
    for option in match.options:
        has_unit[papers_with_option(match.unit, option, index).documents] = True
    return has_unit
