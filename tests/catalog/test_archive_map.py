"""The map: which papers and topics are on it, and where a topic's name stands."""

from __future__ import annotations

import struct

from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.catalog.archive_map import (
    MAP_SIZE,
    NO_TOPIC,
    ArchiveMap,
    make_map,
)
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.map_places import MapPlaces
from paper_digest.catalog.topic_areas import MIN_PAPERS_OF_AN_AREA
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.search.reference_set import MIN_PLANE_PAPERS

TOPICS = (
    Topic("looms", "Looms"),
    Topic("jacquard", "Jacquard", parent="looms"),
    Topic("dyes", "Dyes"),
    Topic("empty", "Empty"),
)
PLACES = st.lists(
    st.tuples(
        st.integers(1, MAP_SIZE - 1),
        st.integers(1, MAP_SIZE - 1),
        st.sampled_from([(), ("looms",), ("jacquard", "dyes"), ("dyes",)]),
        st.sampled_from(["", "1999", "2024-03", "2025-11-20"]),
    ),
    min_size=MIN_PLANE_PAPERS,
    max_size=MIN_PLANE_PAPERS + 20,
)
Placed = list[tuple[int, int, tuple[str, ...], str]]


def catalog_of(placed: Placed) -> Catalog:
    """Return a catalog of papers with a place, topics and a date each."""
    papers = [
        (Paper(id=f"arxiv:2511.{n:05}", title=f"Loom {n}", published=date), topics)
        for n, (_, _, topics, date) in enumerate(placed)
    ]
    catalog = Catalog([catalog_entry(paper, topics) for paper, topics in papers], TOPICS)
    packed = b"".join(struct.pack("<HH", x, y) for x, y, _, _ in placed)
    catalog.map_places = MapPlaces(tuple(paper.slug for paper, _ in papers), packed)
    return catalog


def drawn(placed: Placed) -> ArchiveMap:
    """Return the map of such papers."""
    made = make_map(catalog_of(placed))
    assert made
    return made


@settings(max_examples=15)
@given(PLACES)
def test_every_paper_has_its_place_first_topic_and_year(placed: Placed) -> None:
    points, topics = drawn(placed)
    assert list(zip(points.x, points.y, strict=True)) == [(x, y) for x, y, _, _ in placed]
    assert [
        "" if number == NO_TOPIC else topics[number].topic.name for number in points.topics
    ] == [topics[0] if topics else "" for _, _, topics, _ in placed]
    assert list(points.years) == [int(date[:4] or 0) for _, _, _, date in placed]


@settings(max_examples=15)
@given(PLACES)
def test_a_topics_name_stands_among_its_papers(placed: Placed) -> None:
    for one in drawn(placed).topics:
        below = {one.topic.name, *(t.name for t in TOPICS if t.parent == one.topic.name)}
        own = [(x, y) for x, y, topics, _ in placed if topics[:1] and topics[0] in below]
        assert len(own) == one.paper_count
        assert min(x for x, _ in own) <= one.x <= max(x for x, _ in own)
        assert min(y for _, y in own) <= one.y <= max(y for _, y in own)


@settings(max_examples=15)
@given(PLACES)
def test_the_nearest_topics_are_others_neither_above_nor_below(placed: Placed) -> None:
    by_name = {topic.name: topic for topic in TOPICS}
    for one in drawn(placed).topics:
        for name in one.nearest:
            assert name not in {one.topic.name, one.topic.parent, "empty"}
            assert by_name[name].parent != one.topic.name


def test_too_few_papers_and_papers_without_a_place_make_no_map() -> None:
    few: Placed = [(5, 5, (), "2024")] * (MIN_PLANE_PAPERS - 1)
    assert make_map(catalog_of(few)) is None
    assert make_map(catalog_of([*few, (0, 0, (), "2024")])) is None
    assert len(drawn([*few, (7, 7, (), "2024"), (0, 0, (), "")]).points.slugs) == MIN_PLANE_PAPERS


@settings(max_examples=15)
@given(st.integers(5, 30), st.integers(0, 25), st.integers(0, 9))
def test_a_topic_has_an_area_where_its_papers_are_the_most(
    looms: int, among: int, own: int
) -> None:
    """Dyes lie among the looms, and by themselves: their area is never on more papers of looms."""
    here, there, far = (9_000, 9_000), (50_000, 50_000), (20_000, 60_000)
    placed: Placed = [
        *[(*here, ("looms",), "2024")] * looms,
        *[(*here, ("dyes",), "2024")] * among,
        *[(*there, ("dyes",), "2024")] * own,
        *[(*far, (), "2024")] * MIN_PLANE_PAPERS,
    ]
    topics = {one.topic.name: one for one in drawn(placed).topics}
    areas = {name: (one.x, one.y) for name, one in topics.items() if one.has_area}
    assert areas.get("looms") == (here if looms > among else None)
    if among > looms and among >= own:
        assert areas["dyes"] == here
    elif own >= MIN_PAPERS_OF_AN_AREA:
        assert areas["dyes"] == (there if own > among or among <= looms else here)
    else:
        assert "dyes" not in areas or among > looms
    for one in topics.values():
        assert one.nearest == tuple(sorted(areas.keys() - {one.topic.name}))[: 2 * one.has_area]
