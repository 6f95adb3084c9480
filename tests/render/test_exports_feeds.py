"""Feeds: valid, stable, and saying what the record says."""

from __future__ import annotations

import json
import posixpath
import re

import feedparser
import jsonschema
import msgspec
import pytest
from defusedxml.ElementTree import fromstring
from feed_rules import ATOM, JSON_FEED, check_atom
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Digest, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.render.exports import all_files, feeds
from paper_digest.render.exports.record_reader import InMemoryRecords
from paper_digest.settings.config import Config
from paper_strategies import lines, records


def made(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config, stem: str = "feeds/all"
) -> tuple[bytes, bytes]:
    wanted = feeds.archive_feeds(catalog, config)
    [feed] = [f for f in wanted if f.stem == stem]
    records = InMemoryRecords({p.slug: p for p in papers}, {})
    (_, atom), (_, in_json) = feeds.feed_files(
        feed, feeds.feed_entry_maker(catalog, records, config), config, "9999"
    )
    return atom, in_json


def test_the_archives_feed(papers: tuple[Paper, ...], catalog: Catalog, config: Config) -> None:
    atom, _ = made(papers, catalog, config)
    check_atom(atom)
    read = feedparser.parse(atom)
    assert not read.bozo
    assert read.feed.title == "Loom digest"
    assert read.feed.id == "https://looms.example/digest/feeds/all.atom"
    assert read.feed.updated == "2025-11-09T00:00:00Z"
    assert [e.id for e in read.entries] == [
        "https://looms.example/digest/papers/2511.00001/",
        "https://looms.example/digest/papers/2510.00002/",
        f"https://looms.example/digest/papers/{papers[2].slug}/",
    ]
    first, second, third = read.entries
    assert first.title == "Weaving O(n²) patterns & <more>"
    assert [a.name for a in first.authors] == ["Ada Lovelace", "Jan van der Berg Jr."]
    assert (first.published, first.updated) == ("2025-11-01T00:00:00Z", "2025-11-09T00:00:00Z")
    assert [t.term for t in first.tags] == ["Jacquard heads", "cs.DS", "cs.CL"]
    assert {x.href for x in first.links if x.rel == "related"} >= {
        "https://arxiv.org/pdf/2511.00001",
        "https://code.example/loom",
    }
    assert first.summary == "Cards can tell a loom what to do."
    assert "1 &lt; 2 &amp; 3 &gt; 2" in first.content[0].value
    assert second.title.startswith("[withdrawn] ")
    assert "A thread was lost" in second.content[0].value
    assert "<script" not in second.content[0].value
    assert "published" not in third, "no day is known, so none is claimed"


def test_a_topics_feed_has_its_subtopics_papers(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    atom, in_json = made(papers, catalog, config, "feeds/topics/looms")
    read = feedparser.parse(atom)
    assert read.feed.link == "https://looms.example/digest/topics/looms/"
    assert len(read.entries) == len(json.loads(in_json)["items"]) == 3


def every_file(papers: tuple[Paper, ...], catalog: Catalog, config: Config) -> dict[str, bytes]:
    records = InMemoryRecords({p.slug: p for p in papers}, {p.slug: p.slug for p in papers})
    groups = all_files.file_groups(catalog, records, config)
    return {path: data for group in groups for path, data in group.make()}


@settings(max_examples=20)
@given(st.lists(records(), max_size=3, unique_by=lambda paper: paper.slug))
def test_no_feed_is_empty_or_dated_1970(papers: list[Paper]) -> None:
    config = Config(title="Loom digest", url="https://looms.example/digest/")
    topics = (Topic("looms", "Looms", was=("wheels",)), Topic("empty", "Empty"))
    catalog = Catalog([catalog_entry(p, ("looms",)) for p in papers], topics)
    files = every_file(tuple(papers), catalog, config)
    atoms = {path: data for path, data in files.items() if path.endswith(".atom")}
    assert {"feeds/all.atom", "feeds/topics/wheels.atom"} <= set(atoms)
    assert "feeds/topics/empty.atom" not in atoms
    for path, atom in atoms.items():
        check_atom(atom)
        assert not feedparser.parse(atom).bozo
        assert feedparser.parse(atom).entries
        assert b"1970-01-01" not in atom or any(p.published.startswith("1970") for p in papers)
        in_json = json.loads(files[path.replace(".atom", ".json")])
        jsonschema.validate(in_json, JSON_FEED)
        assert in_json["items"]


def test_papers_of_a_day_stand_in_the_order_of_their_ids_whatever_their_upvotes(
    config: Config,
) -> None:
    def order(upvotes: list[int]) -> tuple[str, ...]:
        papers = [
            Paper(
                id=f"arxiv:2501.{n:05}",
                published="2025-01-02" if n < 40 else "2025-01-01",
                sightings=(Sighting("huggingface", "p", upvotes=votes),),
            )
            for n, votes in enumerate(upvotes)
        ]
        catalog = Catalog([catalog_entry(p, ("looms",)) for p in papers], (Topic("looms", "L"),))
        return feeds.archive_feeds(catalog, config)[1].slugs

    expected = tuple(f"2501.{n:05}" for n in range(39, 39 - feeds.MAX_LIST_FEED_PAPERS, -1))
    assert order(list(range(50))) == order(list(range(50, 0, -1))) == expected


def test_a_feed_names_its_style_sheet_by_a_relative_address(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    files = every_file(papers, catalog, config)
    for path, data in files.items():
        if path.endswith(".atom"):
            [href] = re.findall(rb'<\?xml-stylesheet type="text/css" href="([^"]+)"\?>', data)
            assert posixpath.normpath(posixpath.join(path, "..", href.decode())) in files


def test_the_json_feed(papers: tuple[Paper, ...], catalog: Catalog, config: Config) -> None:
    _, in_json = made(papers, catalog, config)
    feed = json.loads(in_json)
    jsonschema.validate(feed, JSON_FEED)
    assert feed["feed_url"] == "https://looms.example/digest/feeds/all.json"
    assert feed["home_page_url"] == "https://looms.example/digest/"
    assert feed["items"][0]["external_url"] == "https://arxiv.org/abs/2511.00001"
    assert feed["items"][0]["tags"] == ["Jacquard heads", "cs.DS", "cs.CL"]
    assert "date_published" not in feed["items"][2]


@pytest.mark.parametrize("url", ["https://looms.example/digest/", ""])
def test_an_id_survives_a_change_of_title(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config, url: str
) -> None:
    config = msgspec.structs.replace(config, url=url)
    renamed = tuple(msgspec.structs.replace(p, title="Other", abstract="Other") for p in papers)
    before, after = (
        [e.id for e in feedparser.parse(made(some, catalog, config)[0]).entries]
        for some in (papers, renamed)
    )
    assert before == after


def test_without_an_address_links_are_relative_and_ids_are_urns(
    papers: tuple[Paper, ...], catalog: Catalog, config: Config
) -> None:
    atom, in_json = made(
        papers, catalog, msgspec.structs.replace(config, url=""), "feeds/topics/looms"
    )
    check_atom(atom)
    [link] = [
        x.get("href")
        for x in fromstring(atom).findall(f"{ATOM}entry/{ATOM}link")
        if x.get("rel") == "alternate"
    ][:1]
    assert link == "../../papers/2511.00001/"
    feed = json.loads(in_json)
    jsonschema.validate(feed, JSON_FEED)
    assert feed["items"][0]["id"].startswith("urn:uuid:")


def test_a_feed_holds_the_newest_dated_papers_only(config: Config) -> None:
    papers = [
        Paper(id=f"arxiv:2501.{n:05}", published=f"2025-01-{n % 28 + 1:02}") for n in range(120)
    ]
    catalog = Catalog(
        [catalog_entry(p, ()) for p in [*papers, Paper(id="title:0123456789abcdef")]], ()
    )
    [feed] = feeds.archive_feeds(catalog, config)
    assert len(feed.slugs) == feeds.MAX_ARCHIVE_FEED_PAPERS
    newest = sorted(((p.published, p.slug) for p in papers), reverse=True)
    assert feed.slugs == tuple(slug for _, slug in newest[: feeds.MAX_ARCHIVE_FEED_PAPERS])
    few = Catalog([catalog_entry(Paper(id="title:0123456789abcdef"), ())], ())
    assert feeds.archive_feeds(few, config)[0].slugs == ()


def test_a_collaboration_is_counted_not_listed(config: Config) -> None:
    paper = Paper(
        id="arxiv:2501.00001",
        published="2025-01-01",
        authors=tuple(Author(f"A. Weaver{n}") for n in range(3000)),
    )
    atom, _ = made((paper,), Catalog([catalog_entry(paper, ())], ()), config)
    assert len(atom) < 10_000
    assert b"3,000 authors" in atom


@given(records(), lines.filter(bool), st.sampled_from(["", "https://looms.example/"]))
def test_any_paper_makes_a_valid_feed(paper: Paper, title: str, url: str) -> None:
    config = Config(title=f"x{title}", url=url)
    paper = msgspec.structs.replace(paper, published=paper.published or "2025")
    catalog = Catalog([catalog_entry(paper, ())], ())
    atom, in_json = made((paper,), catalog, config)
    check_atom(atom)
    assert not feedparser.parse(atom).bozo
    jsonschema.validate(json.loads(in_json), JSON_FEED)


def test_text_that_no_xml_can_hold_is_left_out(config: Config) -> None:
    paper = Paper(
        id="arxiv:2501.00001",
        title="a\ufffeb\x0cc",
        published="2025-01-01",
        digest=Digest("d\uffffe", by="\x1b"),
    )
    atom, _ = made((paper,), Catalog([catalog_entry(paper, ())], ()), config)
    read = feedparser.parse(atom)
    assert not read.bozo
    assert read.entries[0].title == "ab c"
    assert read.entries[0].summary == "de"


def test_a_feed_says_which_language_another_script_is(config: Config) -> None:
    paper = Paper(
        id="arxiv:2601.00001", title="אריגה בנול", published="2026-01-02", abstract="שיטה של אריגה."
    )
    atom, in_json = made((paper,), Catalog([catalog_entry(paper, [])], ()), config)
    check_atom(atom)
    assert '<title xml:lang="he">' in atom.decode()
    [item] = json.loads(in_json)["items"]
    assert item["language"] == "he"
    assert item["content_html"].startswith('<p dir="auto" lang="he">')


@given(st.lists(records(), min_size=1, max_size=4, unique_by=lambda paper: paper.id))
@settings(max_examples=30)
def test_a_short_feed_is_valid_and_says_each_summary_once(some: list[Paper]) -> None:
    entries = [catalog_entry(paper, ()) for paper in some]
    catalog, config = Catalog(entries, ()), Config(title="Looms", url="https://looms.example/")
    feed = feeds.make_feed("feeds/authors/a", "A", "authors/a.md", entries, is_short=True)
    if not feed.slugs:
        return
    make_entry = feeds.feed_entry_maker(
        catalog, InMemoryRecords({p.slug: p for p in some}, {}), config
    )
    [(path, atom)] = feeds.feed_files(feed, make_entry, config, "9999")
    assert path == "feeds/authors/a.atom"
    check_atom(atom)
    for entry in fromstring(atom).iter(f"{ATOM}entry"):
        assert (entry.find(f"{ATOM}summary") is None) != (entry.find(f"{ATOM}content") is None)
        assert entry.find(f"{ATOM}category") is None
        assert [link.get("rel") for link in entry.iter(f"{ATOM}link")] == ["alternate"]
