"""Where papers lie on the map of the archive."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple


class MapPlaces(NamedTuple):
    """Papers, oldest first, and for each x and y, numbers of 16 bits; 0, 0 where nothing says where it lies."""

    slugs: Sequence[str] = ()
    packed: bytes = b""

    def placed(self) -> list[tuple[str, int, int]]:
        """Return slug, x and y of each paper that has a place."""
        places = struct.iter_unpack("<HH", self.packed)
        return [(slug, x, y) for slug, (x, y) in zip(self.slugs, places, strict=True) if x]
