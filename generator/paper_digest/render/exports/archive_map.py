"""The files from which a browser draws the map: its points, its topics, and which papers they are.

``points.bin`` has four columns of as many numbers of 16 bits, the low byte first, as there are papers on
the map: x, y, topic (its place in ``topics.json``; 65,535 for none) and year (0 for none). A paper's
slug stands in a part of ``PAPERS_PER_PART``, asked for when its point is chosen.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator

import msgspec

from paper_digest.catalog.archive_map import ArchiveMap, MapPoints, make_map
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render.generated_paths import MAP_FOLDER

PAPERS_PER_PART = 1_000


class DrawnTopic(msgspec.Struct):
    """A topic as it is drawn; ``parent`` is the place of the one above it, -1 for none.

    ``named``: its name stands at its middle.
    """

    title: str
    parent: int
    x: int
    y: int
    named: bool


def map_groups(catalog: Catalog) -> Iterator[OutputGroup[SiteFile]]:
    """Yield the files of the map, if there is one."""
    drawn = make_map(catalog)
    if not drawn:
        return
    yield _file_group("points.bin", pack_points(drawn.points))
    yield _file_group("topics.json", _topics(drawn))
    slugs = drawn.points.slugs
    for part, low in enumerate(range(0, len(slugs), PAPERS_PER_PART)):
        yield _file_group(
            f"papers-{part}.json", msgspec.json.encode(slugs[low : low + PAPERS_PER_PART])
        )


def pack_points(points: MapPoints) -> bytes:
    """Pack the columns as the script of the page reads them."""
    return b"".join(
        _little_endian(column).tobytes()
        for column in (points.x, points.y, points.topics, points.years)
    )


def _topics(drawn: ArchiveMap) -> bytes:
    return msgspec.json.encode(
        {
            "part": PAPERS_PER_PART,
            "topics": [
                DrawnTopic(one.topic.title, one.parent, one.x, one.y, one.has_area)
                for one in drawn.topics
            ],
        }
    )


def _little_endian(column: array[int]) -> array[int]:
    if sys.byteorder == "little":
        return column
    swapped = array("H", column)
    swapped.byteswap()
    return swapped


def _file_group(name: str, data: bytes) -> OutputGroup[SiteFile]:
    path = f"{MAP_FOLDER}/{name}"
    return OutputGroup(path.rpartition(".")[0], hash_bytes(data), lambda: ((path, data),))
