"""Where papers lie on the map of the archive."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class MapPlaces(NamedTuple):
    """Papers, oldest first, and for each x and y, numbers of 16 bits; 0, 0 where nothing says where it lies."""

    slugs: Sequence[str] = ()
    packed: bytes = b""

    def placed(self) -> Iterator[tuple[str, int, int]]:
        """Yield slug, x and y of each paper that has a place."""
        for slug, (x, y) in zip(self.slugs, struct.iter_unpack("<HH", self.packed), strict=True):
            if x:
                yield slug, x, y
