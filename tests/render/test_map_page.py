"""The page of the map and its files: names that cover none, columns that say what the map has."""

from __future__ import annotations

import re
import struct
from array import array

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.archive_map import MapPoints
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.map_places import MapPlaces
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.render.exports.archive_map import PAPERS_PER_PART, map_groups, pack_points
from paper_digest.render.pages.archive_map import make_page
from paper_digest.render.pages.map_labels import Label, place_labels

SIDE = 1_000
LABELS = st.lists(
    st.builds(
        Label,
        st.text(st.sampled_from("aW -字"), min_size=1, max_size=30),
        st.floats(0, SIDE),
        st.floats(0, SIDE),
        st.sampled_from([22.0, 34.0]),
    ),
    max_size=25,
)
NUMBERS = st.integers(0, 65_535)


@given(LABELS)
def test_no_name_covers_another_or_leaves_the_map(labels: list[Label]) -> None:
    placed = place_labels(labels, SIDE)
    for number, one in enumerate(placed):
        assert not any(one.overlaps(other) for other in placed[:number])
        assert one.height / 2 <= one.y <= SIDE - one.height / 2
        if one.width <= SIDE:
            assert one.width / 2 <= one.x <= SIDE - one.width / 2


@given(LABELS)
def test_the_first_name_always_stands_and_names_keep_their_order(labels: list[Label]) -> None:
    names = [one.name for one in labels]
    placed = [one.name for one in place_labels(labels, SIDE)]
    assert placed[:1] == names[:1]
    rest = iter(names)
    assert all(name in rest for name in placed)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS)))
def test_points_are_read_as_they_were_packed(rows: list[tuple[int, int, int, int]]) -> None:
    columns = [array("H", column) for column in zip(*rows, strict=True)] or [array("H")] * 4
    slugs = tuple(str(number) for number in range(len(rows)))
    data = pack_points(MapPoints(slugs, *columns))
    numbers = struct.unpack(f"<{4 * len(rows)}H", data)
    assert len(data) == 8 * len(rows)
    assert [numbers[n :: len(rows)] for n in range(len(rows))] == rows


def _catalog(count: int) -> Catalog:
    papers = [
        Paper(id=f"arxiv:2511.{n:05}", title=f"Loom {n}", published=f"{2000 + n % 25}")
        for n in range(count)
    ]
    topics = (Topic("looms", "Looms & <cloth>"), Topic("dyes", "Dyes", parent="looms"))
    entries = [catalog_entry(p, ("looms", "dyes")[n % 2 :][:1]) for n, p in enumerate(papers)]
    catalog = Catalog(entries, topics)
    packed = b"".join(struct.pack("<HH", 1 + 7 * n % 60_000, 1 + 11 * n) for n in range(count))
    catalog.map_places = MapPlaces(tuple(p.slug for p in papers), packed)
    return catalog


def test_each_point_leads_to_its_paper() -> None:
    catalog = _catalog(PAPERS_PER_PART + 5)
    files = dict(file for group in map_groups(catalog) for file in group.make())
    parts = [files[f"assets/map/papers-{n}.json"] for n in range(2)]
    slugs = [slug for part in parts for slug in msgspec.json.decode(part)]
    assert slugs == list(catalog.map_places.slugs)
    assert len(files["assets/map/points.bin"]) == 8 * len(slugs)


def test_the_page_says_in_a_table_what_the_drawing_shows() -> None:
    html = make_page(_catalog(60)).html()
    assert "Looms &amp; &lt;cloth&gt;</text>" in html
    rows = re.findall("<tr>(.*?)</tr>", html.replace("\n", ""))
    assert [re.sub("<[^>]+>", "|", row).strip("|") for row in rows[1:]] == [
        "Looms &amp; &lt;cloth&gt;|||||2000 to 2024||60",
        "Looms &amp; &lt;cloth&gt;: |Dyes|||||2000 to 2024||30",
    ]


def test_few_papers_have_no_map_and_the_page_says_why() -> None:
    page = make_page(_catalog(20))
    assert "There is no map yet" in page.html()
    assert page.meta["kind"] == "index"
    assert [*map_groups(_catalog(20))] == []
