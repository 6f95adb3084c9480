"""Where each topic's area on the map lies: where its papers outnumber those of every other topic."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

#: Papers of a topic around the middle of its area, without which it has none.
MIN_PAPERS_OF_AN_AREA = 5

# An area is looked for in a grid of 32 by 32 cells, with room for a cell on either side.
_CELL_BITS, _CELLS = 11, 34
_STEPS = tuple((column, row) for column in (-1, 0, 1) for row in (-1, 0, 1))

IntArray = npt.NDArray[np.int64]


class TopicArea(NamedTuple):
    """The middle of a topic's area, or, where it has none, of where most of its papers lie."""

    x: int
    y: int
    has_area: bool


def topic_areas(places: IntArray, numbers: IntArray) -> dict[int, TopicArea]:
    """Find the areas of topics of one level; equals are decided for the place farthest left, then above.

    Args:
        places: x and y of each paper, a row each; numbers of 16 bits.
        numbers: the number of each paper's topic.

    Returns:
        The area of each topic that has papers, by its number.
    """
    cells = (places >> _CELL_BITS) + 1
    counts = np.zeros((int(numbers.max(initial=-1)) + 1, _CELLS, _CELLS), np.int64)
    np.add.at(counts, (numbers, cells[:, 0], cells[:, 1]), 1)
    # The cells at the margins are empty, so that nothing comes round.
    around = np.sum([np.roll(counts, step, (1, 2)) for step in _STEPS], axis=0)
    most = around.max(axis=0, initial=0)
    leads = (around == most) & ((around == most).sum(axis=0) == 1)
    leads &= around >= MIN_PAPERS_OF_AN_AREA
    areas: dict[int, TopicArea] = {}
    for number in np.unique(numbers).tolist():
        has_area = bool(leads[number].any())
        its = np.where(leads[number], around[number], 0) if has_area else around[number]
        middle = np.divmod(its.argmax(), _CELLS)
        own = np.flatnonzero(numbers == number)
        near = places[own[(abs(cells[own] - middle) <= 1).all(axis=1)]]
        x, y = (near.sum(axis=0) // len(near)).tolist()
        areas[number] = TopicArea(x, y, has_area)
    return areas
