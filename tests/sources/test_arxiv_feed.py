"""Announcement feeds: what is news, what is not, and names with raw TeX."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Version
from paper_digest.sources import arxiv
from paper_digest.sources.arxiv import names as arxiv_names
from paths import DATA

FIXTURES = DATA / "arxiv"
RSS = (FIXTURES / "feed.rss").read_bytes()


def read(data: bytes = RSS, note: str = "") -> Batch:
    return arxiv.parse(data, Request("https://rss.arxiv.org/rss/cs.RO", note))


def test_only_new_and_cross_listed_papers_are_news() -> None:
    batch = read()
    assert batch.problems == ()
    assert {paper.bare_id: paper.announced for paper in batch.papers} == {
        "2511.10001": "2025-11-21",
        "2511.10002": "2025-11-21",
        "2401.00020": "",
        "math/0601001": "",
    }
    assert [paper.sightings[0].seen for paper in batch.papers] == ["2025-11-21"] * 2 + [""] * 2


def test_a_replacement_says_what_the_new_version_is() -> None:
    replaced = read().papers[2]
    assert replaced.versions == (Version(4),)
    assert (replaced.doi, replaced.journal_ref) == ("10.1000/boats.20", "J. Boats 1 (2024)")
    assert (replaced.published, replaced.updated) == ("", "")  # a feed does not say


def test_formulas_between_angle_brackets_stay_whole() -> None:
    new = read().papers[0]
    assert new.title == "New boats with $a < b$ sails"
    assert new.abstract == "We fold boats when $x<y$, and $y>z$.\n  A second paragraph."
    assert new.categories == ("cs.RO", "cs.AI")
    assert new.licence == "http://creativecommons.org/licenses/by/4.0/"


def test_names_are_split_and_their_accents_resolved() -> None:
    names = ("André Example", "Walter Ørn Jr.", "Solo", "Ngô Próba")
    assert read().papers[0].authors == tuple(Author(name) for name in names)


def test_rss_and_atom_say_the_same() -> None:
    (atom,) = arxiv.parse((FIXTURES / "feed.atom").read_bytes(), Request("x")).papers
    rss = read().papers[0]
    assert atom.sightings[0].page == "cs.RO"
    for field in ("id", "title", "authors", "abstract", "announced", "categories", "licence"):
        assert getattr(atom, field) == getattr(rss, field)


def test_a_weekend_is_no_fault() -> None:
    assert read((FIXTURES / "weekend.rss").read_bytes()) == Batch()


def test_the_announce_type_is_found_in_the_text_too() -> None:
    bare = RSS.replace(b"<arxiv:announce_type>replace</arxiv:announce_type>", b"")
    assert read(bare).papers[2].announced == ""


def test_an_unknown_announce_type_is_no_news_and_a_problem() -> None:
    batch = read(RSS.replace(b"type>new<", b"type>revived<"))
    assert batch.papers[0].announced == ""
    assert "revived" in batch.problems[0].what


def test_a_day_in_the_future_is_left_out_with_a_problem() -> None:
    batch = read(RSS.replace(b"<pubDate>Fri, 21 Nov 2025", b"<pubDate>Sat, 21 Nov 2099"))
    assert [paper.announced for paper in batch.papers] == [""] * 4
    assert len(batch.problems) == 2


def test_a_feed_cut_off_is_refused_whole() -> None:
    with pytest.raises(SourceError, match="ends in the middle"):
        read(RSS[:-400])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("A. One, B. Two and C. Three", ["A. One", "B. Two", "C. Three"]),
        ("A. One, B. Two, and C. Three", ["A. One", "B. Two", "C. Three"]),
        ("A. One (1 and 2), B. Two (2) ((1) X, Y (2) Z)", ["A. One", "B. Two"]),
        ("The BOAT Collaboration: A. One, B. Two", ["The BOAT Collaboration", "A. One", "B. Two"]),
        ("Boat Works: A. One, B. Two", ["Boat Works", "A. One", "B. Two"]),
        ("Anders Andersson", ["Anders Andersson"]),
        ("A. One, Jr., B. Two III", ["A. One Jr.", "B. Two III"]),
        ("A. One :) , B. Two", ["A. One :)", "B. Two"]),
        ("", []),
    ],
)
def test_author_lines(line: str, names: list[str]) -> None:
    assert [author.name for author in arxiv_names.split_authors(line)] == names


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("A. One (Nook U.), B. Two", [("A. One", "Nook U."), ("B. Two", "")]),
        (
            "A. One (Nook, Dept. of Kites and Moons (East)), B. Two (1), C. Three (Nook) (Pier)",
            [("A. One", "Nook, Dept. of Kites and Moons (East)"), ("B. Two", ""), ("C. Three", "Nook; Pier")],
        ),
        ("A. One (a), B. Two (b) ((a) Nook U., (b) Pier U.)", [("A. One", ""), ("B. Two", "")]),
        ("Wei (Wayne) Ek, A. One, Jr. (Nook)", [("Wei (Wayne) Ek", ""), ("A. One Jr.", "Nook")]),
    ],
)  # fmt: skip
def test_a_place_in_brackets_is_the_affiliation(line: str, authors: list[tuple[str, str]]) -> None:
    assert [(a.name, a.affiliation) for a in arxiv_names.split_authors(line)] == authors
    # A list whose names were cut apart at every comma says the same.
    cut = arxiv_names.join_author_list(line.split(", "))
    assert [(a.name, a.affiliation) for a in cut] == authors


def test_real_feeds_are_read(corpus: Path) -> None:
    counts = {}
    for path in sorted((corpus / "arxiv_rss").iterdir()):
        batch = arxiv.parse(path.read_bytes(), Request(str(path)))
        assert batch.problems == ()
        assert all(p.title and p.abstract and p.authors and p.categories for p in batch.papers)
        assert not any("\\" in author.name for p in batch.papers for author in p.authors)
        counts[path.name] = len(batch.papers)
    assert counts == {"atom_example.xml": 7, "cs_cl.xml": 3}
