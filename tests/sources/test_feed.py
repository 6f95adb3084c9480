"""Any RSS or Atom feed: which papers its entries are, and what of its texts is an abstract."""

from __future__ import annotations

import pytest
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.sources import feed
from paths import DATA

WHERE = "https://example.org/feed"


def sample(name: str) -> Batch:
    return feed.parse((DATA / "feed" / name).read_bytes(), Request(WHERE, as_of="2026-03-02"))


def entry(inside: str) -> Paper:
    data = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inside}</entry></feed>"
    [paper] = feed.parse(data.encode(), Request(WHERE)).papers
    return paper


def test_a_journals_feed_gives_the_doi_and_the_place() -> None:
    [paper] = sample("journal.rdf").papers
    assert (paper.id, paper.title) == ("doi:10.1234/kites.2026.7", "Kites of order n")
    assert paper.journal_ref == "Journal of Made-Up Studies 12(3), 2026"
    assert [author.name for author in paper.authors] == ["Zoë de Quill", "Bo Moan"]
    assert paper.abstract == "", "a line about the journal is no abstract"


def test_an_atom_feed_gives_the_id_behind_its_link() -> None:
    [paper] = sample("lab.atom").papers
    assert (paper.id, paper.published) == ("arxiv:2602.01234", "2026-02-27")
    assert paper.sightings == (
        Sighting("feed", WHERE, seen="2026-02-27", entry="tag:lab.example.org,2026:1"),
    )
    assert paper.keywords == ("lanterns",)
    assert paper.abstract.startswith("We let lanterns go")
    assert paper.abstract.endswith("\n\nWe do not know why.")
    assert not paper.truncated


def test_an_entry_without_any_id_is_known_by_its_title() -> None:
    batch = sample("blog.rss")
    [paper] = batch.papers
    assert paper.id_kind == "title"
    assert paper.authors == (Author("Ada Lamp"),)
    assert paper.truncated, "its text ends in three dots"
    [problem] = batch.problems
    assert problem.what.endswith("it has no title")


def test_the_same_entry_in_another_order_is_the_same_paper() -> None:
    one = entry("<title>A</title><id>x</id><link href='https://doi.org/10.1234/x'/>")
    other = entry("<link href='https://doi.org/10.1234/x'/><id>x</id><title>A</title>")
    assert one == other


@pytest.mark.parametrize(
    ("place", "paper_id"),
    [
        ("<id>doi:10.1234/X</id>", "doi:10.1234/x"),
        ("<link href='https://www.nature.com/articles/s41586-026-00001-1'/>", "doi:10.1038/s41586-026-00001-1"),
        ("<link href='http://biorxiv.org/content/early/2026/02/27/2026.02.25.123456v1?rss=1'/>", "doi:10.1101/2026.02.25.123456"),
        ("<id>oai:arXiv.org:2602.01234v1</id>", "arxiv:2602.01234"),
        ("<link href='https://aclanthology.org/P18-1001/'/>", "acl:P18-1001"),
        ("<link href='https://openreview.net/forum?id=aBcD_eF-12'/>", "openreview:aBcD_eF-12"),
    ],
)  # fmt: skip
def test_ids_are_found_wherever_feeds_have_them(place: str, paper_id: str) -> None:
    assert entry(f"<title>A</title>{place}").id == paper_id


def test_an_entry_with_two_dois_is_a_problem_and_no_paper() -> None:
    two = "<id>doi:10.1234/x</id><link href='https://doi.org/10.1234/y'/>"
    data = f"<feed><entry><title>A</title>{two}</entry></feed>".encode()
    batch = feed.parse(data, Request(WHERE))
    assert not batch.papers
    assert "10.1234/y" in batch.problems[0].what


def test_names_between_commas_are_a_list_where_each_is_whole() -> None:
    creator = "<creator xmlns='http://purl.org/dc/elements/1.1/'>{}</creator>"
    listed = entry("<title>A</title>" + creator.format("Zoë de Quill, Bo Moan"))
    assert [author.name for author in listed.authors] == ["Zoë de Quill", "Bo Moan"]
    single = entry("<title>A</title>" + creator.format("Quill, Zoë"))
    assert len(single.authors) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Ada Quill, Bo Moan, and Kit Lark",
        "Ada Quill, Bo Moan, & Kit Lark",
        "Ada Quill, Bo Moan and Kit Lark",
        "Ada Quill, Bo Moan, And Kit Lark",
    ],
)
def test_the_word_before_the_last_name_is_part_of_no_name(line: str) -> None:
    line = line.replace("&", "&amp;")
    paper = entry(
        f"<title>A</title><creator xmlns='http://purl.org/dc/elements/1.1/'>{line}</creator>"
    )
    assert [author.name for author in paper.authors] == ["Ada Quill", "Bo Moan", "Kit Lark"]


@pytest.mark.parametrize("elements", ["ac", "ca"])
@pytest.mark.parametrize("longer", ["author", "creator"])
def test_authors_who_stand_in_both_elements_are_listed_once(elements: str, longer: str) -> None:
    names = {"author": ["Zoë Quill"], "creator": ["Quill, Zoë"]}
    names[longer].append("Bo Moan")
    inside = "".join(
        f"<author><name>{name}</name></author>" if kind == "a" else f"<x:creator>{name}</x:creator>"
        for kind in elements
        for name in names["author" if kind == "a" else "creator"]
    )
    inside = inside.replace("<x:creator>", "<x:creator xmlns:x='http://purl.org/dc/elements/1.1/'>")
    authors = [author.name for author in entry(f"<title>A</title>{inside}").authors]
    assert authors == names[longer]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2020", "2020"),
        ("2020-05", "2020-05"),
        ("2020-05-06", "2020-05-06"),
        ("2020-05-06T23:30:00-05:00", "2020-05-06"),
        ("Wed, 06 May 2020 10:00:00 GMT", "2020-05-06"),
        ("Wed, 6 May 2020 22:00:00 EST", "2020-05-06"),
        ("06 May 2020 10:00 GMT", "2020-05-06"),
        ("Wed, 06 May 2020", "2020-05-06"),
        ("2020-13", ""),
        ("31 Feb 2020", ""),
        ("06 Mai 2020", ""),
    ],
)
def test_dates_are_read_as_exactly_as_feeds_write_them(written: str, iso: str) -> None:
    data = (
        f"<rss><channel><item><title>A</title><pubDate>{written}</pubDate></item></channel></rss>"
    )
    batch = feed.parse(data.encode(), Request(WHERE, as_of="2026-03-02"))
    assert batch.papers[0].published == iso
    assert bool(batch.problems) == (not iso)


def test_a_date_in_the_future_is_a_problem() -> None:
    data = b"<feed><entry><title>A</title><published>2031-01-01</published></entry></feed>"
    batch = feed.parse(data, Request(WHERE, as_of="2026-03-02"))
    assert batch.papers[0].published == ""
    assert "2031-01-01" in batch.problems[0].what


def test_other_xml_is_no_feed() -> None:
    with pytest.raises(SourceError, match="root html"):
        feed.parse(b"<x:html xmlns:x='http://www.w3.org/1999/xhtml'/>", Request(WHERE))


@pytest.mark.parametrize(
    "cover", ["March 2026", "Spring", "2026-04", "2027", "2026-12-01", "2026-13"]
)
@pytest.mark.parametrize("own", ["<dc:date>2026-02-20</dc:date>", "<dc:date>2026-02</dc:date>"])
def test_a_cover_date_that_cannot_be_gives_way_to_the_entrys_own(cover: str, own: str) -> None:
    """The issue is printed later, or its date is in words; the entry says when the article came out."""
    spaces = "xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    data = (
        f"<rss {spaces}><channel><item><title>A</title>"
        f"<prism:coverDate>{cover}</prism:coverDate>{own}</item></channel></rss>"
    )
    batch = feed.parse(data.encode(), Request(WHERE, as_of="2026-03-02"))
    assert batch.papers[0].published == own.removeprefix("<dc:date>").removesuffix("</dc:date>")
    assert batch.problems == ()
    alone = feed.parse(data.replace(own, "").encode(), Request(WHERE, as_of="2026-03-02"))
    assert alone.papers[0].published == ""
    assert cover in alone.problems[0].what
