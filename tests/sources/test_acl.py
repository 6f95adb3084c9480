"""The ACL Anthology's XML: papers, what was taken back, and what cannot be read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Link, Version
from paper_digest.sources import acl
from paths import DATA

FIXTURES = DATA / "acl"
SITE = "https://aclanthology.org"


@pytest.fixture(scope="module")
def made_up() -> Batch:
    return acl.parse((FIXTURES / "X24.xml").read_bytes(), Request("X24.xml"))


def test_a_paper_is_read_whole(made_up: Batch) -> None:
    paper = made_up.papers[0]
    assert paper.id == "doi:10.18653/v1/2024.madeup-long.1"
    assert paper.title == "Kites of order $O(n^2)$ & paper moons"
    assert paper.authors == (
        Author(
            "Zoë de Quill",
            family="de Quill",
            orcid="0000-0002-1825-0097",
            affiliation="University of Nowhere",
        ),
        Author("Plato"),
    )
    assert paper.abstract == "Kites with $k$ tails; see https://example.org."
    assert paper.published == "2024-08"
    assert paper.venue == "Proceedings of the Made-Up Meeting"
    assert paper.journal_ref == "Proceedings of the Made-Up Meeting, 1–9, 2024"  # noqa: RUF001 - an en dash is meant
    assert paper.versions == (Version(1), Version(2, "2024-09-30"))
    assert paper.updated == "2024-09-30"
    assert paper.links == (
        Link("acl", f"{SITE}/2024.madeup-long.1/"),
        Link("pdf", f"{SITE}/2024.madeup-long.1.pdf"),
        Link("video", f"{SITE}/2024.madeup-long.1.mp4"),
        Link("code", "https://github.com/quill/kites"),
        Link("other", f"{SITE}/2024.madeup-long.1e1.pdf", title="Erratum 1"),
    )
    assert [(s.source, s.page) for s in paper.sightings] == [("acl", "2024.madeup-long")]


def test_what_was_taken_back_says_why(made_up: Batch) -> None:
    retracted, removed = made_up.papers[1:3]
    assert retracted.id == "acl:2024.madeup-long.2"
    assert retracted.withdrawn == "Retraction: The data were made up."
    assert removed.withdrawn == "removed"
    assert [link.kind for link in removed.links] == ["acl"]


def test_a_journal_paper_may_lie_elsewhere_and_have_its_own_day(made_up: Batch) -> None:
    paper = made_up.papers[-1]
    assert paper.published == "2023-03-12"
    assert paper.venue == "Journal of Made-Up Studies"
    assert Link("pdf", "https://papers.example.org/elsewhere.pdf") in paper.links


def test_what_cannot_be_read_is_named_and_front_matter_is_not(made_up: Batch) -> None:
    assert [p.what for p in made_up.problems] == [
        "paper 2024.madeup-long.4: it has no title",
        "paper 2024.madeup-long.five: its id is none of the Anthology's",
        (
            "paper 2024.madeup-long.1: doi:10.18653/v1/2024.madeup-long.1 stood in this file "
            "already; both were merged"
        ),
    ]
    assert len(made_up.papers) == 5


@pytest.mark.parametrize(
    ("collection", "volume", "number", "bare"),
    [
        ("P18", "1", "1", "P18-1001"),
        ("W19", "5", "7", "W19-0507"),
        ("W19", "87", "12", "W19-8712"),
        ("D19", "1", "600", "D19-1600"),
        ("D19", "55", "3", "D19-5503"),
        ("C69", "1", "2", "C69-0102"),
        ("2020.acl", "main", "12", "2020.acl-main.12"),
    ],
)
def test_ids_are_put_together_by_the_rules_of_their_time(
    collection: str, volume: str, number: str, bare: str
) -> None:
    xml = (
        f'<collection id="{collection}"><volume id="{volume}"><paper id="{number}">'
        "<title>T</title></paper></volume></collection>"
    )
    assert acl.parse(xml.encode(), Request("x.xml")).papers[0].id == f"acl:{bare}"


@pytest.mark.parametrize(
    ("month", "published"),
    [
        ("July", "2018-07"),
        ("July 15", "2018-07-15"),
        ("15 July", "2018-07-15"),
        ("15--20 July", "2018-07"),
        ("July--August", "2018"),
        ("", "2018"),
    ],
)
def test_a_date_is_as_exact_as_the_volume(month: str, published: str) -> None:
    xml = (
        f'<collection id="P18"><volume id="1"><meta><month>{month}</month><year>2018</year></meta>'
        '<paper id="1"><title>T</title></paper></volume></collection>'
    )
    assert acl.parse(xml.encode(), Request("x.xml")).papers[0].published == published


BOMB = b"""<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<collection id="P18"><volume id="1"><paper id="1"><title>&b;</title></paper></volume></collection>"""


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html><body>Sign in</body></html>", id="web page"),
        pytest.param(b"<feed/>", id="another format"),
        pytest.param(b"<collection><volume/></collection>", id="no id"),
        pytest.param(b'<collection id="P18"></collection>', id="no papers"),
        pytest.param(b'<collection id="P18"><volume id="1"><pap', id="cut"),
        pytest.param(BOMB, id="entities"),
        pytest.param(b"\x1f\x8b\x08", id="packed"),
    ],
)
def test_what_is_no_collection_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="ACL Anthology collection") as caught:
        acl.parse(data, Request("P18.xml"))
    assert caught.value.cure


def test_collections_are_named_in_the_options() -> None:
    day = date(2026, 1, 1)
    requests = acl.SOURCE.requests({"collections": ["P18", "2024.acl"]}, day, day)
    assert [r.url.rpartition("/")[2] for r in requests] == ["P18.xml", "2024.acl.xml"]
    with pytest.raises(ConfigError, match="no collection"):
        acl.SOURCE.requests({"collections": ["../../etc"]}, day, day)
    with pytest.raises(ConfigError, match="unknown option"):
        acl.SOURCE.requests({"collections": ["P18"], "year": 2018}, day, day)


def test_every_real_paper_is_read(corpus: Path) -> None:
    data = (corpus / "acl_xml" / "P18.xml").read_bytes()
    batch = acl.parse(data, Request("P18.xml"))
    assert batch.problems == ()
    assert len(batch.papers) == len(re.findall(rb"<paper id=", data)) == 435
    ids = {link.url.split("/")[-2] for p in batch.papers for link in p.links if link.kind == "acl"}
    urls = set(re.findall(r"(?<=<url>)P18-\d{4}(?=</url>)", data.decode()))
    assert ids == {url for url in urls if not url.endswith("000")}
    assert all(p.published == "2018-07" and p.abstract and p.authors for p in batch.papers)


@pytest.mark.parametrize("depth", [61, 1_000, 20_000])
def test_a_title_nested_too_deeply_loses_itself_only(depth: int) -> None:
    deep = "<b>" * depth + "Boats" + "</b>" * depth
    papers = "".join(
        f'<paper id="{number}"><title>{title}</title></paper>'
        for number, title in enumerate((deep, "Harbours"), 1)
    )
    data = f'<collection id="2021.acl"><volume id="long">{papers}</volume></collection>'
    batch = acl.SOURCE.parse(data.encode(), Request("2021.acl.xml"))
    assert [paper.title for paper in batch.papers] == ["Harbours"]
    assert "nested more than 60 deep" in str(batch.problems[0])


@pytest.mark.parametrize(
    ("meta", "venue", "reference"),
    [
        (
            "<booktitle>Kite Studies, Volume 9</booktitle><journal-volume>9</journal-volume>",
            "Kite Studies",
            "Kite Studies 9, 1-16, 2021",
        ),
        (
            (
                "<booktitle>Kite Studies, Volume 47, Issue 1 - March 2021</booktitle>"
                "<journal-volume>47</journal-volume><journal-issue>1</journal-issue>"
            ),
            "Kite Studies",
            "Kite Studies 47(1), 1-16, 2021",
        ),
        (
            (
                "<booktitle>Volume 3</booktitle><journal-title>Kites</journal-title>"
                "<journal-volume>3</journal-volume><journal-issue>2-3</journal-issue>"
            ),
            "Kites",
            "Kites 3(2-3), 1-16, 2021",
        ),
        ("<booktitle>Volume 3</booktitle>", "Volume 3", "Volume 3, 1-16, 2021"),
        ("<journal-volume>9</journal-volume>", "", ""),
    ],
)
def test_a_journals_volume_and_issue_are_no_part_of_its_name(
    meta: str, venue: str, reference: str
) -> None:
    data = (
        f'<collection id="2021.kites"><volume id="1" type="journal"><meta>{meta}<year>2021</year></meta>'
        '<paper id="1"><title>Looms</title><pages>1-16</pages></paper></volume></collection>'
    )
    [paper] = acl.parse(data.encode(), Request("2021.kites.xml")).papers
    assert (paper.venue, paper.journal_ref) == (venue, reference)


def test_the_volume_in_a_name_of_proceedings_stays() -> None:
    name = "Proceedings of the Meeting (Volume 1: Long Papers)"
    data = (
        f'<collection id="2021.kites"><volume id="1"><meta><booktitle>{name}</booktitle>'
        '<volume>1</volume></meta><paper id="1"><title>Looms</title></paper></volume></collection>'
    )
    [paper] = acl.parse(data.encode(), Request("2021.kites.xml")).papers
    assert (paper.venue, paper.journal_ref) == (name, name)


def _paper(inside: str) -> Batch:
    data = (
        '<collection id="2021.kites"><volume id="1"><meta><booktitle>Kites</booktitle></meta>'
        f'<paper id="1"><title>Looms</title>{inside}</paper></volume></collection>'
    )
    return acl.parse(data.encode(), Request("2021.kites.xml"))


@pytest.mark.parametrize(
    ("inside", "author"),
    [
        ("Zoë Quill", Author("Zoë Quill")),
        (
            " Zoë Quill\n <affiliation>Nowhere</affiliation>",
            Author("Zoë Quill", affiliation="Nowhere"),
        ),
        ("<last>Plato</last>", Author("Plato")),
        ("<first>Zoë</first><last>Quill</last>", Author("Zoë Quill", family="Quill")),
    ],
)
def test_a_name_without_its_parts_is_a_name(inside: str, author: Author) -> None:
    [paper] = _paper(f"<author>{inside}</author>").papers
    assert paper.authors == (author,)


@pytest.mark.parametrize("doi", ["11.1234/abc", "10.18653", "to appear"])
def test_a_doi_that_is_none_is_a_problem_and_the_paper_is_read(doi: str) -> None:
    batch = _paper(f"<doi>{doi}</doi>")
    assert [paper.id for paper in batch.papers] == ["acl:2021.kites-1.1"]
    [problem] = batch.problems
    assert problem.what == f"paper 2021.kites-1.1: its DOI “{doi}” is none; it was left out"
    assert _paper("<doi> </doi>").problems == ()
    assert _paper("<doi>https://doi.org/10.1234/abc</doi>").problems == ()
