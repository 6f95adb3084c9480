"""Which names have a page of their own: those on enough papers, as many as an archive has room for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

#: So many names have room in any archive, and in a large one a name for so many papers: the page
#: of a name repeats papers that other lists show too.
ROOM, PAPERS_PER_NAME = 1000, 50

Item = TypeVar("Item")


def on(found: Mapping[str, list[Item]], least: int) -> dict[str, tuple[Item, ...]]:
    """Take the names on at least so many papers; ``found`` are the papers of each name."""
    return {name: tuple(own) for name, own in found.items() if len(own) >= least}


def frequent(
    found: Mapping[str, list[Item]], papers: int, least: int
) -> dict[str, tuple[Item, ...]]:
    """Take the names on at least so many papers, or on more if an archive of ``papers`` lacks room.

    Names on equally many papers are treated alike, so fewer may be taken than there is room for.
    """
    room = max(ROOM, papers // PAPERS_PER_NAME)
    sizes = sorted(map(len, found.values()), reverse=True)
    return on(found, max(least, sizes[room] + 1) if len(sizes) > room else least)
