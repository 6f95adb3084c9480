"""The map of the archive: where each paper lies, and where each topic has most of its papers."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.model.topic import Topic
from paper_digest.search.reference_set import MIN_PLANE_PAPERS

#: Length of a side, in the numbers of ``MapPoints``.
MAP_SIZE = 65_536
#: Topic of a paper in none.
NO_TOPIC = 65_535
#: Topics named as the nearest to another.
NEAREST_TOPICS = 3

#: Papers of a topic around the middle of its area, without which it has none.
MIN_PAPERS_OF_AN_AREA = 5

# A topic's area is looked for in a grid of 32 by 32 cells. A cell is one number, column by column, with room
# for a cell on either side of each column.
_CELL_BITS, _ROWS = 11, 34
_AROUND = tuple(column * _ROWS + row for column in (-1, 0, 1) for row in (-1, 0, 1))


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
        x: the middle of its area, or, where it has none, of where most of them lie; ``y`` as well.
        has_area: whether it has a place where its papers outnumber those of every other topic of its
            level; a name anywhere else would stand on the papers of another.
        nearest: names of the topics whose areas are nearest, the nearest first; its own parent and
            subtopics are not among them. Nothing for a topic without an area.
    """

    topic: Topic
    parent: int
    paper_count: int
    x: int
    y: int
    has_area: bool
    nearest: tuple[str, ...]


class _Middle(NamedTuple):
    x: int
    y: int
    has_area: bool


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
    fields: dict[str, list[tuple[int, int]]] = defaultdict(list)
    subtopics: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for entry, (_, x, y) in zip(entries, placed, strict=True):
        if entry.topics:
            first = catalog.topics[entry.topics[0]]
            fields[first.parent or first.name].append((x, y))
            subtopics[first.name].append((x, y))
    # Of a subtopic's neighbours, the papers of which only the field is known count as one topic.
    members = subtopics | fields
    middles = _middles(subtopics) | _middles(fields)
    topics = [topic for topic in catalog.topics.values() if topic.name in members]
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


def _middles(members: Mapping[str, Sequence[tuple[int, int]]]) -> dict[str, _Middle]:
    """Return the middle of each topic's area, or of its fullest place; ``members`` are of one level."""
    cells = {name: [_cell(x, y) for x, y in places] for name, places in members.items()}
    counts = {name: _counts_around(its) for name, its in cells.items()}
    most, second = dict[int, int](), dict[int, int]()
    for its in counts.values():
        for cell, number in its.items():
            if number > most.get(cell, 0):
                most[cell], second[cell] = number, most.get(cell, 0)
            elif number > second[cell]:
                second[cell] = number
    middles = {}
    for name, its in counts.items():
        led = {
            cell: number
            for cell, number in its.items()
            if number >= MIN_PAPERS_OF_AN_AREA and number == most[cell] > second[cell]
        }
        middle = _middle(led or its, cells[name], members[name])
        middles[name] = _Middle(*middle, has_area=bool(led))
    return middles


def _cell(x: int, y: int) -> int:
    return ((x >> _CELL_BITS) + 1) * _ROWS + (y >> _CELL_BITS) + 1


def _counts_around(cells: Iterable[int]) -> Mapping[int, int]:
    """Count the places in the three by three cells around each cell, given the cell of each place."""
    counts: dict[int, int] = defaultdict(int)
    for cell, number in Counter(cells).items():
        for step in _AROUND:
            counts[cell + step] += number
    return counts


def _middle(
    counts: Mapping[int, int], cells: Sequence[int], places: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Return the middle of the places in the fullest three by three cells; of equals, of the first.

    ``cells`` has the cell of each place.
    """
    fullest = min(counts, key=lambda cell: (-counts[cell], cell))
    around = {fullest + step for step in _AROUND}
    near = [place for place, cell in zip(places, cells, strict=True) if cell in around]
    return sum(x for x, _ in near) // len(near), sum(y for _, y in near) // len(near)


def _nearest(
    topic: Topic, topics: Sequence[Topic], middles: Mapping[str, _Middle]
) -> tuple[str, ...]:
    here = middles[topic.name]
    others = [
        other.name
        for other in topics
        if here.has_area
        and middles[other.name].has_area
        and other.name not in {topic.name, topic.parent}
        and other.parent != topic.name
    ]
    others.sort(key=lambda name: (math.dist(here[:2], middles[name][:2]), name))
    return tuple(others[:NEAREST_TOPICS])
