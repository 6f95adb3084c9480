"""Elements of feeds as feeds have them: addresses in parts, others' elements of one name, XHTML, names with mail."""

from __future__ import annotations

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.sources import feed

WHERE = "https://example.org/feeds/new.xml"
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
    "xmlns:prism='http://prismstandard.org/namespaces/basic/2.0/'"
)
LONG = "Kites fly where the wind is. " * 10


def atom(inside: str, head: str = "", base: str = "", where: str = WHERE) -> Paper:
    data = f"<feed xmlns='http://www.w3.org/2005/Atom' {SPACES} {base}>{head}<entry>{inside}</entry></feed>"
    [paper] = feed.parse(data.encode(), Request(where)).papers
    return paper


def rss(inside: str, head: str = "", where: str = WHERE) -> Paper:
    data = f"<rss {SPACES}><channel>{head}<item>{inside}</item></channel></rss>"
    [paper] = feed.parse(data.encode(), Request(where)).papers
    return paper


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("/a/1.html", "https://example.org/a/1.html"),
        ("1.html", "https://example.org/feeds/1.html"),
        ("../1.html", "https://example.org/1.html"),
        ("?p=1", "https://example.org/feeds/new.xml?p=1"),
        ("#one", "https://example.org/feeds/new.xml#one"),
        ("//other.example.org/1", "https://other.example.org/1"),
        ("https://other.example.org/1", "https://other.example.org/1"),
    ],
)
def test_an_address_counts_from_the_feeds(written: str, whole: str) -> None:
    for paper in (
        atom(f"<title>A</title><link href='{written}'/>"),
        rss(f"<title>A</title><link>{written}</link>"),
    ):
        assert [link.url for link in paper.links] == [whole]


def test_what_a_feed_says_of_its_address_goes_before_where_it_came_from() -> None:
    link = "<title>A</title><link href='1.html'/>"
    base = "xml:base='https://j.example.org/a/'"
    assert atom(link, base=base).links[0].url == "https://j.example.org/a/1.html"
    inner = link.replace("<link", "<link xml:base='b/'")
    assert atom(inner, base=base).links[0].url == "https://j.example.org/a/b/1.html"
    heads = (
        "<link href='https://j.example.org/'/><link rel='self' href='https://j.example.org/f/x'/>"
    )
    assert atom(link, heads, where="new.xml").links[0].url == "https://j.example.org/f/1.html"
    item = "<title>A</title><link>/1.html</link>"
    head = "<link>https://j.example.org/papers/</link>"
    assert rss(item, head, where="new.xml").links[0].url == "https://j.example.org/1.html"


@pytest.mark.parametrize(
    "written", ["1.html", "", "mailto:a@example.org", "tag:x,2026:1", "http://[", "a b"]
)
def test_what_is_no_whole_address_is_none(written: str) -> None:
    """Of a saved file nobody knows where it came from."""
    assert atom(f"<title>A</title><link href='{written}'/>", where="new.xml").links == ()


def test_ids_are_not_taken_for_parts_of_addresses() -> None:
    assert rss("<title>A</title><link>10.1234/x</link><guid>one/2</guid>").id == "doi:10.1234/x"
    assert atom("<title>A</title><link href='arXiv:2602.01234'/>").id == "arxiv:2602.01234"
    assert rss("<title>A</title><guid>one/2</guid>").links == ()
    assert atom("<title>A</title><link href='/doi/10.1234/x'/>").id == "doi:10.1234/x"


@pytest.mark.parametrize("make", [atom, rss])
@pytest.mark.parametrize("is_first", [True, False])
def test_elements_of_other_vocabularies_are_not_the_entrys(make: object, *, is_first: bool) -> None:
    own = "<title>Kites</title>" + (
        "<author><name>Ada Quill</name></author>" if make is atom else "<author>Ada Quill</author>"
    )
    text = f"<summary>{LONG}</summary>" if make is atom else f"<description>{LONG}</description>"
    others = (
        "<media:title>A picture of a kite</media:title><itunes:author>The Kite Show</itunes:author>"
        f"<media:description>{'A kite in a picture. ' * 20}</media:description><media:content url='x.png'/>"
    )
    paper = make(others + own + text if is_first else own + text + others)  # type: ignore[operator]
    assert (paper.title, names(paper)) == ("Kites", ["Ada Quill"])
    assert paper.abstract == LONG.strip()


def test_an_element_of_another_vocabulary_is_read_where_the_feed_has_none() -> None:
    assert rss("<dc:title>Kites</dc:title>").title == "Kites"


XHTML = "<div xmlns='http://www.w3.org/1999/xhtml'>{}</div>"


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("Of <i>E. coli</i> at 10<sup>6</sup> K", "Of E. coli at 10$^6$ K"),
        ("CO<sub>2</sub> &amp; a &lt; b", "CO$_2$ & a < b"),
        ("The &lt;b&gt; tag", "The <b> tag"),
        ("One<br/>two", "One two"),
    ],
)
def test_a_title_in_xhtml_is_what_it_is_in_html(markup: str, title: str) -> None:
    inside = XHTML.format(markup)
    escaped = markup.replace("&", "&amp;").replace("<", "&lt;")
    assert atom(f"<title type='xhtml'>{inside}</title>").title == title
    assert atom(f"<title type='html'>{escaped}</title>").title == title


def test_paragraphs_in_xhtml_stay_apart() -> None:
    inside = XHTML.format(f"<p>{LONG}10<sup>6</sup>.</p><p>Second</p>")
    paper = atom(f"<title>A</title><content type='xhtml'>{inside}</content>")
    assert paper.abstract == f"{LONG}10$^6$.\n\nSecond"


def test_categories_hold_no_entities() -> None:
    paper = rss("<title>A</title><category><![CDATA[Kites &amp; Winds]]></category>")
    assert paper.keywords == ("Kites & Winds",)


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("ada@example.org (Ada Quill)", ["Ada Quill"]),
        ("Ada Quill &lt;ada@example.org&gt;", ["Ada Quill"]),
        ("Ada Quill (ada@example.org)", ["Ada Quill"]),
        ("Ada Quill ada@example.org", ["Ada Quill"]),
        ("a@example.org (Ada Quill), b@example.org (Bo Moan)", ["Ada Quill", "Bo Moan"]),
        (
            "Ada Quill &lt;a@example.org&gt;, Bo Moan &lt;b@example.org&gt;",
            ["Ada Quill", "Bo Moan"],
        ),
        ("Ada Quill, Bo Moan", ["Ada Quill", "Bo Moan"]),
        ("ada@example.org", []),
        ("&lt;ada@example.org&gt;", []),
    ],
)
def test_addresses_of_mail_are_no_part_of_names_and_hide_none(
    written: str, listed: list[str]
) -> None:
    for element in ("author", "dc:creator"):
        assert names(rss(f"<title>A</title><{element}>{written}</{element}>")) == listed


def test_a_name_in_atom_is_one_name_without_its_address() -> None:
    author = "<title>A</title><author><name>{}</name></author>"
    assert names(atom(author.format("Ada Quill (ada@example.org)"))) == ["Ada Quill"]
    assert names(atom(author.format("ada@example.org"))) == []


@pytest.mark.parametrize(
    ("pages", "reference"),
    [
        ("<prism:startingPage>45</prism:startingPage><prism:endingPage>50</prism:endingPage>", "45\u201350"),
        ("<prism:startingPage>e12</prism:startingPage>", "e12"),
        ("<prism:pageRange>45-50</prism:pageRange>", "45\u201350"),
    ],
)  # fmt: skip
def test_the_pages_of_a_journals_feed_are_read(pages: str, reference: str) -> None:
    place = "<prism:publicationName>Kites</prism:publicationName><prism:volume>12</prism:volume>"
    assert rss(f"<title>A</title>{place}{pages}").journal_ref == f"Kites 12, {reference}"
