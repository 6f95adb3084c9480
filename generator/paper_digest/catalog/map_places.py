"""Where papers lie on the map of the archive."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple


class MapPlaces(NamedTuple):
    """Papers, oldest first, and for each x and y, numbers of 16 bits; 0, 0 where nothing says where it lies."""

    slugs: Sequence[str] = ()
    packed: bytes = b""

    def placed(self) -> tuple[tuple[str, ...], array[int], array[int]]:
        """Return the papers that have a place, and x and y of each."""
        numbers = array("H", self.packed)
        if sys.byteorder == "big":
            numbers.byteswap()
        x, y = numbers[::2], numbers[1::2]
        if 0 not in x:  # nearly always
            return tuple(self.slugs), x, y
        y = array("H", compress(y, x))
        return tuple(compress(self.slugs, x)), array("H", filter(None, x)), y
