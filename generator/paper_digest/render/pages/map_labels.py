"""Places the names of topics on the map so that none covers another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LINE_HEIGHT = 1.25  # of the size of the letters
_LETTER_WIDTH = 0.6  # of the size of the letters, of a wide alphabetic letter
_WIDE = frozenset("WF")  # East Asian width: as wide as high


class Label(NamedTuple):
    """A name and its middle; ``size`` is that of its letters, in the unit of the middle."""

    name: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        """About the width of the name, rather too much than too little."""
        ems = sum(
            1 if unicodedata.east_asian_width(c) in _WIDE else _LETTER_WIDTH for c in self.name
        )
        return ems * self.size

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.size * _LINE_HEIGHT

    def overlaps(self, other: Label) -> bool:
        """Tell whether two names cover the same place."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


def place_labels(labels: Iterable[Label], side: float) -> tuple[Label, ...]:
    """Return those that fit, the first ones first; each moves a line up or down if that is free.

    ``side`` is that of the map: a name that would stand over its edge is moved inside.
    """
    placed: list[Label] = []
    for label in labels:
        for candidate in _near_places(label, side):
            if not any(candidate.overlaps(other) for other in placed):
                placed.append(candidate)
                break
    return tuple(placed)


def _near_places(label: Label, side: float) -> Iterator[Label]:
    margin = min(label.width, side) / 2
    x = min(max(label.x, margin), side - margin)
    for lines in (0, 1, -1):
        y = label.y + lines * label.height
        if label.height / 2 <= y <= side - label.height / 2:
            yield label._replace(x=x, y=y)
