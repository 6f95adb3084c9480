"""The map of the archive: where each paper lies, and where each topic has most of its papers."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.model.topic import Topic
from paper_digest.search.reference_set import MIN_PLANE_PAPERS

#: Length of a side, in the numbers of ``MapPoints``.
MAP_SIZE = 65_536
#: Topic of a paper in none.
NO_TOPIC = 65_535
#: Topics named as the nearest to another.
NEAREST_TOPICS = 3

_CELL = MAP_SIZE // 32  # of the grid in which a topic's densest place is looked for


class MapPoints(NamedTuple):
    """The papers, oldest first, a column for each of what is drawn.

    Attributes:
        slugs: the papers.
        x: from the left; numbers of 16 bits, as all of these.
        y: from above.
        topics: the place among ``ArchiveMap.topics`` of the first topic of each; ``NO_TOPIC`` for none.
        years: the year it is filed under; 0 where none is known.
    """

    slugs: tuple[str, ...]
    x: array[int]
    y: array[int]
    topics: array[int]
    years: array[int]


class MapTopic(NamedTuple):
    """A topic of the map.

    Attributes:
        topic: the topic.
        parent: the place of its parent among the topics; -1 for none.
        paper_count: papers on the map of which it, or a subtopic of it, is the first topic.
        x: the middle of where most of them lie, and ``y`` as well.
        nearest: names of the topics whose middles are nearest, the nearest first; its own parent and
            subtopics are not among them.
    """

    topic: Topic
    parent: int
    paper_count: int
    x: int
    y: int
    nearest: tuple[str, ...]


class ArchiveMap(NamedTuple):
    """The papers and the topics, these in the order of the taxonomy."""

    points: MapPoints
    topics: tuple[MapTopic, ...]


@lru_cache(maxsize=1)  # for the page and its files
def make_map(catalog: Catalog) -> ArchiveMap | None:
    """Make the map; none where fewer than ``MIN_PLANE_PAPERS`` papers have a place."""
    placed = [one for one in catalog.map_places.placed() if one[0] in catalog.by_slug]
    if len(placed) < MIN_PLANE_PAPERS:
        return None
    entries = [catalog.by_slug[slug] for slug, _, _ in placed]
    members: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for entry, (_, x, y) in zip(entries, placed, strict=True):
        for name in _with_parent(entry, catalog.topics):
            members[name].append((x, y))
    topics = [topic for topic in catalog.topics.values() if topic.name in members]
    middles = {topic.name: _densest_place(members[topic.name]) for topic in topics}
    numbers = {topic.name: number for number, topic in enumerate(topics)}
    points = MapPoints(
        tuple(slug for slug, _, _ in placed),
        array("H", (x for _, x, _ in placed)),
        array("H", (y for _, _, y in placed)),
        array("H", (numbers[e.topics[0]] if e.topics else NO_TOPIC for e in entries)),
        array("H", (int(e.filing_date[:4] or 0) for e in entries)),
    )
    shown = (
        MapTopic(
            topic,
            numbers.get(topic.parent, -1),
            len(members[topic.name]),
            *middles[topic.name],
            _nearest(topic, topics, middles),
        )
        for topic in topics
    )
    return ArchiveMap(points, tuple(shown))


def _with_parent(entry: CatalogEntry, topics: Mapping[str, Topic]) -> Iterator[str]:
    """Name the first topic of a paper and the one above it."""
    if entry.topics:
        first = topics[entry.topics[0]]
        yield first.name
        if first.parent:
            yield first.parent


def _densest_place(places: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the middle of the places in the fullest three by three cells; of equals, of the first."""
    cells: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for x, y in places:
        cells[x // _CELL, y // _CELL].append((x, y))
    counts: Counter[tuple[int, int]] = Counter()
    for (column, row), here in cells.items():
        for around in _around(column, row):
            counts[around] += len(here)
    densest = min(cells, key=lambda cell: (-counts[cell], cell))
    near = [place for cell in _around(*densest) for place in cells.get(cell, ())]
    return sum(x for x, _ in near) // len(near), sum(y for _, y in near) // len(near)


def _around(column: int, row: int) -> Iterator[tuple[int, int]]:
    return ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1))


def _nearest(
    topic: Topic, topics: Sequence[Topic], middles: Mapping[str, tuple[int, int]]
) -> tuple[str, ...]:
    here = middles[topic.name]
    others = [
        other.name
        for other in topics
        if other.name not in {topic.name, topic.parent} and other.parent != topic.name
    ]
    others.sort(key=lambda name: (math.dist(here, middles[name]), name))
    return tuple(others[:NEAREST_TOPICS])
