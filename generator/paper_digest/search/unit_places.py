"""Where the units of a query stand in every paper."""

from __future__ import annotations

import numpy as np

from paper_digest.search.decoder import IntArray
from paper_digest.search.payload import turn


class UnitPlaces:
    """Where one unit stands in every paper.

    ``mask`` holds its positions modulo four as bits; ``run`` those to which an unbroken row of
    units leads.
    """

    def __init__(self, paper_count: int) -> None:
        self.is_found = np.zeros(paper_count, bool)
        self.mask = np.zeros(paper_count, np.uint8)
        self.run = np.zeros(paper_count, np.uint8)
        self.rarity = 0.0


def side_by_side(one: UnitPlaces, other: UnitPlaces) -> IntArray:
    """Return the papers in which two units are neighbours, in either order, as far as positions say."""
    neighbours = turn(one.mask, 1) & other.mask | turn(other.mask, 1) & one.mask
    return np.flatnonzero(neighbours).astype(np.int32)
