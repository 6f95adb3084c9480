"""What kind of work a citation says it is: what a source states first, then what the venue's name says."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from paper_digest.identity.claims import attribute_fields
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author, Paper
from paper_digest.model.work_types import WORK_TYPES, WorkType
from paper_digest.render.citation import (
    biblatex_entry,
    bibtex_entry,
    csl_item,
    head_html,
    plain_citation,
    ris_record,
)
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.signposting import typed_links
from paper_digest.sources.registry import registry
from paper_digest.store.fixes import apply_fix
from stated_papers import ingest_stated

WORK = Paper(
    id="doi:10.5555/a.1",
    title="Kites",
    authors=(Author("Ada Lovelace", family="Lovelace"),),
    published="2021",
    doi="10.5555/a.1",
    organisation="University of Glue",
    abstract="Of kites and looms.",
)
#: Each kind with the name of what it stands in, its entry of BibTeX with the field that has the name (of the
#: school, of the institution), its types in RIS, CSL, at Zotero, and at schema.org.
FORMS: list[tuple[WorkType, str, str, str, str, str, str, str]] = [
    ("journal-article", "Glue", "article", "journal = {Glue}", "JOUR", "article-journal", "journalArticle", "ScholarlyArticle"),
    ("conference-paper", "Glue", "inproceedings", "booktitle = {Glue}", "CONF", "paper-conference", "conferencePaper", "ScholarlyArticle"),
    ("book-chapter", "Glue", "incollection", "booktitle = {Glue}", "CHAP", "chapter", "bookSection", "Chapter"),
    ("book", "", "book", "", "BOOK", "book", "book", "Book"),
    ("thesis", "", "phdthesis", "school = {University of Glue}", "THES", "thesis", "thesis", "Thesis"),
    ("report", "", "techreport", "institution = {University of Glue}", "RPRT", "report", "report", "Report"),
    ("preprint", "", "misc", "pubstate = {prepublished}", "RPRT", "article", "preprint", "ScholarlyArticle"),
    ("preprint", "Glue", "misc", "journaltitle = {Glue}", "RPRT", "article", "preprint", "ScholarlyArticle"),
    ("dataset", "", "dataset", "", "DATA", "dataset", "dataset", "Dataset"),
    ("dataset", "Glue", "dataset", "journaltitle = {Glue}", "DATA", "dataset", "dataset", "Dataset"),
    ("software", "", "software", "", "COMP", "software", "computerProgram", "SoftwareSourceCode"),
]  # fmt: skip
_ZOTERO_TAGS = {
    "citation_journal_title": "journalArticle",
    "citation_conference_title": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_dissertation_institution": "thesis",
    "citation_technical_report_institution": "report",
}


def of_kind(work_type: WorkType, venue: str = "") -> Paper:
    return msgspec.structs.replace(WORK, work_type=work_type, venue=venue)


def test_every_kind_has_its_forms() -> None:
    assert {kind for kind, *_ in FORMS} == set(WORK_TYPES)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form[0]} {form[1]}")
def test_each_format_has_the_entry_of_the_kind(
    form: tuple[WorkType, str, str, str, str, str, str, str],
) -> None:
    kind, venue, entry, field, ris, csl, zotero, schema = form
    paper = of_kind(kind, venue)
    bibtex = bibtex_entry(paper)
    assert bibtex.startswith(f"@{entry}{{")
    assert f"  {field},\n" in bibtex or not field
    assert f"TY  - {ris}\r\n" in ris_record(paper)
    assert csl_item(paper)["type"] == csl
    head = BeautifulSoup(head_html(paper, ""), "html.parser")
    tags = {str(tag["name"]): str(tag["content"]) for tag in head.find_all("meta", {"name": True})}
    types = {_ZOTERO_TAGS[name] for name in tags.keys() & _ZOTERO_TAGS.keys()}
    in_archive = kind in {"preprint", "dataset"}
    assert tags.get("citation_publisher", "") == (venue if in_archive else "")
    types |= {tags["dc.type"]} if "dc.type" in tags else set()
    assert types == {zotero}
    json_ld = json.loads(head.find("script", type="application/ld+json").string)  # type: ignore[union-attr,arg-type]
    assert json_ld["@type"] == schema
    assert ("name" in json_ld) == (kind in {"book", "dataset", "software"})
    assert json_ld.get("description", "") == (paper.abstract if kind == "dataset" else "")
    assert f"https://schema.org/{schema}" in {link.address for link in typed_links(paper)}


@pytest.mark.parametrize("kind", ["thesis", "report"])
def test_the_school_and_the_institution_stand_in_each_format(kind: WorkType) -> None:
    paper = of_kind(kind)
    tag = {"thesis": "dissertation", "report": "technical_report"}[kind]
    assert "PB  - University of Glue\r\n" in ris_record(paper)
    assert csl_item(paper)["publisher"] == "University of Glue"
    assert f'"citation_{tag}_institution" content="University of Glue"' in head_html(paper, "")
    assert f"{kind.capitalize()}, University of Glue, 2021." in plain_citation(paper)
    # Nobody said that it is a doctor's, or technical.
    assert f"  type = {{{kind.capitalize()}}},\n" in bibtex_entry(paper)


def test_nothing_is_made_up_where_no_school_is_known() -> None:
    paper = msgspec.structs.replace(of_kind("thesis"), organisation="")
    for text in (bibtex_entry(paper), ris_record(paper), head_html(paper, "")):
        assert not {"school", "institution"} & set(text.replace("_", " ").split())
    assert "publisher" not in csl_item(paper)


@pytest.mark.parametrize(
    ("paper", "kind"),
    [
        # Stated against the words of a name, and where these are silent.
        (of_kind("journal-article", "Transplantation of Looms Symposium Series"), "journal"),
        (of_kind("conference-paper", "Snowmass Summer Study"), "conference"),
        (of_kind("book-chapter", "The Journal of a Loom"), "chapter"),
        # A chapter of proceedings is a paper.
        (of_kind("book-chapter", "Computer Vision – ECCV 2018"), "conference"),  # noqa: RUF001 - as printed
        (of_kind("book-chapter", "Proceedings of Loom Days"), "conference"),
        # What stands in the proceedings of one meeting is no article.
        (of_kind("journal-article", "Proceedings of the 3rd Workshop on Looms"), "conference"),
        # A part needs the name of what it is part of, and what has yet to appear is none.
        (of_kind("journal-article"), "other"),
        (of_kind("journal-article", "Submitted to Loom Acta"), "other"),
        # What was printed is cited as printed, though somebody has it as something else.
        (of_kind("preprint", "Journal of Looms"), "journal"),
        (of_kind("report", "Journal of Looms"), "journal"),
        (of_kind("thesis", "Proceedings of Loom Days"), "conference"),
        # The archive that holds a preprint or data is no journal.
        (of_kind("preprint", "Research Square"), "preprint"),
        (of_kind("preprint", "bioRxiv"), "preprint"),
        (of_kind("dataset", "Zenodo"), "dataset"),
        # Stated by nobody: as the name says.
        (of_kind("", "Journal of Looms"), "journal"),
        (of_kind("", ""), "other"),
    ],
)  # fmt: skip
def test_what_is_stated_goes_before_the_words_of_a_name(paper: Paper, kind: str) -> None:
    assert citation_facts(paper).kind == kind


@pytest.mark.parametrize(
    ("work_type", "venue", "kind"),
    [
        ("report", "Journal of Looms", "report"),
        ("preprint", "Journal of Looms", "preprint"),
        ("book-chapter", "Proceedings of Loom Days", "chapter"),
        ("journal-article", "Proceedings of the 3rd Workshop on Looms", "journal"),
        ("journal-article", "", "other"),  # of no journal there is no entry
    ],
)
def test_a_persons_decision_stands(work_type: WorkType, venue: str, kind: str) -> None:
    paper = attribute_fields(of_kind("conference-paper", venue), "bibtex", "2026-01-01")
    decided = apply_fix(paper, {"work_type": work_type}, "2026-01-02", registry().ranking)
    facts = citation_facts(decided)
    assert facts.kind == kind
    assert facts.container == ("" if kind in {"report", "preprint"} else venue)


def test_a_reference_at_arxiv_says_that_a_preprint_was_printed() -> None:
    preprint = Paper(
        id="arxiv:2103.01234", title="Kites", work_type="preprint", published="2021-03-04"
    )
    assert citation_facts(preprint).kind == "preprint"
    printed = msgspec.structs.replace(preprint, journal_ref="Phys. Rev. D 76, 1 (2021)")
    assert citation_facts(printed).kind == "journal"
    with_doi = msgspec.structs.replace(preprint, doi="10.5555/a.1")
    assert citation_facts(with_doi).kind == "other"


def test_a_thesis_at_arxiv_has_its_doi_there() -> None:
    thesis = Paper(id="arxiv:2103.01234", title="Kites", work_type="thesis", published="2021-03-04")
    assert citation_facts(thesis).doi == "10.48550/arXiv.2103.01234"
    assert plain_citation(thesis).startswith("Kites. Thesis, arXiv:2103.01234, 2021.")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form[0]} {form[1]}")
def test_what_is_exported_is_of_the_same_kind_when_it_is_ingested(
    form: tuple[WorkType, str, str, str, str, str, str, str], tmp_path: Path
) -> None:
    paper = of_kind(form[0], form[1])
    files = {
        "bibtex": (bibtex_entry(paper), biblatex_entry(paper)),
        "ris": (ris_record(paper),),
        "csl": (json.dumps([csl_item(paper)]),),
    }
    for name, texts in files.items():
        for number, text in enumerate(texts):
            batch = registry().source(name).parse(text.encode(), Request("a"))
            root = tmp_path / f"{name}{number}"
            [back] = ingest_stated(root, [(name, one) for one in batch.papers])
            facts, facts_back = citation_facts(paper), citation_facts(back)
            assert back.work_type == paper.work_type
            assert (facts_back.kind, facts_back.container, facts_back.institution) == (
                facts.kind,
                facts.container,
                facts.institution,
            )
