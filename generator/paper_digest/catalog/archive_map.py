"""The map of the archive: where each paper lies, and where each topic has most of its papers."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from paper_digest.catalog.catalog import Catalog
from paper_digest.model.topic import Topic
from paper_digest.search.reference_set import MIN_PLANE_PAPERS

if TYPE_CHECKING:
    from paper_digest.catalog.topic_areas import TopicArea

#: Length of a side, in the numbers of ``MapPoints``.
MAP_SIZE = 65_536
#: Topic of a paper in none.
NO_TOPIC = 65_535
#: Topics named as the nearest to another.
NEAREST_TOPICS = 3


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


class ArchiveMap(NamedTuple):
    """The papers and the topics, these in the order of the taxonomy."""

    points: MapPoints
    topics: tuple[MapTopic, ...]


@lru_cache(maxsize=1)  # for the page and its files
def make_map(catalog: Catalog) -> ArchiveMap | None:
    """Make the map; none where fewer than ``MIN_PLANE_PAPERS`` papers have a place."""
    slugs, xs, ys = catalog.map_places.placed()
    if len(slugs) < MIN_PLANE_PAPERS:
        return None
    entries = [catalog.by_slug[slug] for slug in slugs]
    first_topics = [e.topics[0] if e.topics else "" for e in entries]
    dates = [e.filing_date for e in entries]
    paper_counts = Counter(first_topics)
    for name, count in list(paper_counts.items()):
        if name and (parent := catalog.topics[name].parent):
            paper_counts[parent] += count
    topics = [topic for topic in catalog.topics.values() if topic.name in paper_counts]
    numbers = {topic.name: number for number, topic in enumerate(topics)}
    year_of = {date: int(date[: len("YYYY")] or 0) for date in {*dates}}  # papers have few dates
    points = MapPoints(
        slugs,
        xs,
        ys,
        array("H", map((numbers | {"": NO_TOPIC}).__getitem__, first_topics)),
        array("H", map(year_of.__getitem__, dates)),
    )
    areas = _areas(topics, points)
    shown = (
        MapTopic(
            topic,
            numbers.get(topic.parent, -1),
            paper_counts[topic.name],
            *areas[number],
            tuple(topics[other].name for other in _nearest(number, topics, areas)),
        )
        for number, topic in enumerate(topics)
    )
    return ArchiveMap(points, tuple(shown))


def _areas(topics: Sequence[Topic], points: MapPoints) -> dict[int, TopicArea]:
    """Return the area of each of the topics with papers by its number.

    Of a subtopic's neighbours, the papers of which only the field is known count as one topic.
    """
    # numpy takes a tenth of a second to load, and most builds need none of it.
    import numpy as np

    from paper_digest.catalog.topic_areas import topic_areas

    numbers = {topic.name: number for number, topic in enumerate(topics)}
    field_of = np.array([numbers.get(t.parent, n) for n, t in enumerate(topics)], np.int64)
    subtopics = np.array(points.topics, np.int64)
    has_topic = subtopics != NO_TOPIC
    places_of_topics = np.array((points.x, points.y), np.int64).T[has_topic]
    subtopics = subtopics[has_topic]
    return topic_areas(places_of_topics, subtopics) | topic_areas(
        places_of_topics, field_of[subtopics]
    )


def _nearest(number: int, topics: Sequence[Topic], areas: Mapping[int, TopicArea]) -> list[int]:
    here, topic = areas[number], topics[number]
    others = [
        other
        for other, one in enumerate(topics)
        if here.has_area
        and areas[other].has_area
        and one.name not in {topic.name, topic.parent}
        and one.parent != topic.name
    ]
    others.sort(key=lambda other: (math.dist(here[:2], areas[other][:2]), topics[other].name))
    return others[:NEAREST_TOPICS]
