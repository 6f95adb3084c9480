"""One paper's facts are the same in all forms that it is published in, each read by somebody else's parser."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import msgspec
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.model.topic import Topic
from paper_digest.render import citation, typeset
from paper_digest.render.exports import llms
from paper_digest.render.exports.atom import render_atom_entry
from paper_digest.render.exports.feed_items import feed_item, item_html
from paper_digest.render.pages.paper import make_page
from paper_digest.settings.config import Config
from paper_digest.sources.citation_note import read_note
from paper_digest.sources.registry import registry
from paper_strategies import days, records

CONFIG = Config(title="Looms", url="https://looms.example/")
RETRACTED = "Retraction: https://doi.org/10.1234/loom.9"
#: What records of real sources say in these fields, and what records() has not.
WHOLE = {
    "doi": st.sampled_from(["", "10.1234/loom.5"]),
    "journal_ref": st.sampled_from(["", "Loom Letters 12 (2019) 3-14", "KITES 7, 2031", "to appear"]),
    "venue": st.sampled_from(["", "Loom Letters", "KITES", "Journal of Looms", "bioRxiv", "ICLR 2024 poster"]),
    "licence": st.sampled_from(["", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"]),
    "withdrawn": st.sampled_from(["", "withdrawn", "retracted", RETRACTED, "It leaked."]),
    "keywords": st.sampled_from([(), ("looms",)]),
    "updated": st.just("") | days,
    "organisation": st.sampled_from(["", "University of Looms"]),
}  # fmt: skip


def whole_records() -> st.SearchStrategy[Paper]:
    """Records with any of their fields filled."""
    fields = st.fixed_dictionaries(WHOLE)
    return st.tuples(records(), fields).map(lambda two: msgspec.structs.replace(two[0], **two[1]))


class Forms:
    """A paper in the forms that a site publishes of it."""

    def __init__(self, paper: Paper) -> None:
        """Make them, and read them."""
        self.catalog = Catalog([catalog_entry(paper, ["looms"])], (Topic("looms", "Looms"),))
        page = make_page(paper, self.catalog, site_url=CONFIG.url)
        _, self.front = get_data(page.published_markdown())
        self.page = BeautifulSoup(page.html(), "html.parser")
        head = BeautifulSoup(citation.head_html(paper, CONFIG.url), "html.parser")
        self.tags = {
            str(tag.get(name)): str(tag["content"])
            for tag in head.find_all("meta")
            for name in ("name", "property")
            if tag.get(name)
        }
        script = head.find("script")
        assert script
        self.linked_data: dict[str, Any] = json.loads(str(script.string))
        self.csl = citation.csl_item(paper)
        [self.ris] = rispy.loads(citation.ris_record(paper))
        [entry] = parse_string(citation.bibtex_entry(paper)).entries
        self.bibtex = {field.key: field.value for field in entry.fields}
        self.item = feed_item(paper, ())
        self.atom = feedparser.parse(
            f'<feed xmlns="http://www.w3.org/2005/Atom">{render_atom_entry(self.item, CONFIG.url, CONFIG)}</feed>'
        ).entries[0]

    @property
    def issued(self) -> str:
        """The date in CSL-JSON, as an ISO date."""
        [parts] = self.csl.get("issued", {"date-parts": [[]]})["date-parts"]
        return "-".join(f"{part:02}" for part in parts)


@settings(max_examples=60)
@given(whole_records())
def test_every_form_says_the_same(paper: Paper) -> None:
    forms = Forms(paper)
    csl, tags, ld, ris = forms.csl, forms.tags, forms.linked_data, forms.ris
    issued = forms.issued
    assert tags.get("citation_publication_date", "").replace("/", "-") == issued
    assert ld.get("datePublished", "") == issued
    assert (ris.get("year", ""), forms.bibtex.get("year", "")) == (issued[:4], issued[:4])
    assert ris.get("date", "").replace("/", "-").rstrip("-") == issued
    assert tags.get("article:published_time", issued) == issued
    assert ld.get("dateModified", "9999")[: len(issued)] >= issued
    doi = csl.get("DOI", "")
    assert {
        tags.get("citation_doi", ""),
        ris.get("doi", ""),
        forms.bibtex.get("doi", ""),
        forms.front.get("doi", ""),
    } == {doi}
    arxiv_id = paper.bare_id if paper.id_kind == "arxiv" else ""
    assert tags.get("citation_arxiv_id", "") == forms.bibtex.get("eprint", "") == arxiv_id
    assert ris.get("accession_number", "").removeprefix("arXiv:") == arxiv_id
    stands_in = ld.get("isPartOf", ld.get("publisher", {})).get("name", "")
    if csl["type"] not in {"thesis", "report"} and csl.get("publisher") != "arXiv":
        assert csl.get("container-title", csl.get("publisher", "")) == stands_in
    assert ld.get("pagination", "") == csl.get("page", "")
    assert ris.get("volume", "") == forms.bibtex.get("volume", "") == csl.get("volume", "")
    title = typeset.plain_title(paper.title, paper.id)
    assert {tags["og:title"], ld["headline"], forms.front["title"]} == {title}
    assert forms.item.title.endswith(title)
    assert len(ld.get("author", [])) == len(csl.get("author", [])) == len(forms.item.author_names)


@settings(max_examples=40)
@given(whole_records())
def test_what_was_taken_back_is_so_in_every_form(paper: Paper) -> None:
    forms = Forms(paper)
    is_retracted = paper.withdrawn.lower().startswith("retract")
    status = "" if not paper.withdrawn else "Retracted" if is_retracted else "Withdrawn"
    note = forms.csl.get("note", "")
    assert forms.linked_data.get("creativeWorkStatus", "") == status
    assert note.startswith(status.removesuffix("ed")), note
    assert note in " ".join(forms.ris.get("notes", []))
    said = forms.page.select_one(".pd-banner") if status else None
    words = f"This paper has been {status.lower()}."
    assert not status or (said and said.get_text().startswith(words))
    assert (words in item_html(forms.item)) == bool(status)
    assert forms.item.title.startswith(f"[{status.lower()}]") or not status
    back = read_note(note).withdrawn
    assert back == paper.withdrawn


@pytest.mark.parametrize("withdrawn", ["withdrawn", "retracted", "Withdrawal", "Retraction"])
def test_a_word_for_it_is_no_reason(withdrawn: str) -> None:
    forms = Forms(Paper(id="arxiv:2511.00001", title="Looms", withdrawn=withdrawn))
    status = "retracted" if withdrawn.lower().startswith("r") else "withdrawn"
    said = forms.page.select_one(".pd-banner")
    assert said
    assert said.get_text().strip() == f"This paper has been {status}."
    assert f"<strong>This paper has been {status}.</strong></p>" in item_html(forms.item)
    assert forms.csl["note"] == status.capitalize()


def test_a_preprints_days_are_not_those_of_the_article() -> None:
    forms = Forms(
        Paper(
            id="arxiv:1104.00001",
            title="Looms",
            published="2011-04-01",
            updated="2011-04-05",
            journal_ref="Journal of Looms 12 (2013) 3-14",
        )
    )
    assert forms.issued == forms.linked_data["datePublished"] == "2013"
    assert "dateModified" not in forms.linked_data
    assert "article:published_time" not in forms.tags


def test_what_a_paper_stands_in_has_a_name_where_nobody_knows_its_kind() -> None:
    other = Forms(Paper(id="doi:10.1234/a", title="Looms", venue="KITES"))
    assert other.linked_data["isPartOf"] == {"@type": "CreativeWork", "name": "KITES"}
    held = Forms(Paper(id="doi:10.1234/b", title="Looms", venue="Zenodo", work_type="dataset"))
    assert held.linked_data["publisher"] == {"@type": "Organization", "name": "Zenodo"}


def test_a_chinese_name_is_written_in_its_own_order_in_the_line_to_cite() -> None:
    paper = Paper(id="arxiv:2511.00001", title="Looms", authors=(Author("王小明", family="王"),))
    assert citation.plain_citation(paper).startswith("王小明. Looms")


def test_a_paper_without_a_title_has_a_heading_for_programs() -> None:
    forms = Forms(Paper(id="arxiv:2511.00001", published="2025-11-01"))
    [group] = llms.topic_groups(forms.catalog, CONFIG)
    [(_, text)] = group.make()
    assert "## arXiv:2511.00001\n" in text.decode()


def test_a_licence_that_is_no_address_is_shown_whole() -> None:
    forms = Forms(Paper(id="arxiv:2511.00001", licence="Like CC BY (see https://loom.example/l)"))
    assert "Licence: Like CC BY (see https://loom.example/l)" in forms.page.get_text()


def test_a_retraction_of_the_anthology_stays_one_with_its_reason() -> None:
    xml = b"""<collection id="2024.loom"><volume id="1"><meta><booktitle>Looms</booktitle><year>2024</year></meta>
    <paper id="1"><title>Kites</title><author><first>A</first><last>Quill</last></author><retracted>The data were made up.</retracted></paper>
    </volume></collection>"""
    [paper] = registry().source("acl").parse(xml, Request("2024.loom")).papers
    assert paper.withdrawn == "Retraction: The data were made up."
    assert Forms(paper).linked_data["creativeWorkStatus"] == "Retracted"


def test_links_to_code_stand_in_page_markdown_and_feed() -> None:
    addresses = ["https://code.example/a", "https://code.example/b"]
    paper = Paper(id="arxiv:2511.00001", links=tuple(Link("code", one) for one in addresses))
    forms = Forms(paper)
    for one in addresses:
        assert forms.page.find("a", href=one)
        assert one in {link.href for link in forms.atom.links}
