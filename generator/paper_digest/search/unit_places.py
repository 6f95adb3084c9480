"""Where the units of a query stand in every paper."""

from __future__ import annotations

import numpy as np


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
