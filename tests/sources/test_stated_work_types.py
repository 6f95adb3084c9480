"""Each source says what kind of work a paper is in its own words; what is of no known kind says nothing."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.model.work_types import WORK_TYPES
from paper_digest.sources import acl, biorxiv, crossref, datacite, dblp, pubmed, zotero
from paper_digest.sources.registry import registry
from paper_digest.sources.stated_work_types import (
    BIBTEX_TYPES,
    CROSSREF_TYPES,
    CSL_TYPES,
    DATACITE_TYPES,
    DBLP_TYPES,
    RIS_TYPES,
    ZOTERO_TYPES,
)
from paths import DATA


def read(source: str, text: str) -> Paper:
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    return paper


def of_crossref(**work: object) -> Paper:
    record = {"DOI": "10.5555/a", "title": ["Kites"], **work}
    answer = {"message-type": "work", "message": record}
    [paper] = crossref.parse(json.dumps(answer).encode(), Request("a")).papers
    return paper


def test_every_word_of_a_format_is_one_of_the_list() -> None:
    tables = (BIBTEX_TYPES, CROSSREF_TYPES, CSL_TYPES, DATACITE_TYPES, DBLP_TYPES, RIS_TYPES)
    assert {kind for table in (*tables, ZOTERO_TYPES) for kind in table.values()} == set(WORK_TYPES)


def test_the_sources_that_state_a_kind() -> None:
    stating = {s.name for s in registry().by_name.values() if "work_type" in s.carries}
    assert stating == {
        "acl", "archive", "bibtex", "biorxiv", "crossref", "csl", "datacite", "dblp", "jsonl", "pubmed", "ris", "zotero"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        ({"type": "journal-article", "container-title": ["Annals of Looms"]}, "journal-article"),
        ({"type": "journal-article"}, ""),
        ({"type": "proceedings-article", "container-title": ["LOOMS"]}, "conference-paper"),
        ({"type": "book-chapter", "container-title": ["Looms"]}, "book-chapter"),
        ({"type": "book-chapter", "container-title": ["Looms"], "event": {"name": "LOOMS"}}, "conference-paper"),
        (
            {"type": "book-chapter", "container-title": ["Looms"], "assertion": [{"name": "conference_name", "value": "Loom Days"}]},
            "conference-paper",
        ),
        ({"type": "monograph"}, "book"),
        ({"type": "dissertation"}, "thesis"),
        ({"type": "posted-content"}, "preprint"),
        ({"type": "posted-content", "subtype": "preprint"}, "preprint"),
        ({"type": "posted-content", "subtype": "letter"}, ""),
        ({"type": "peer-review"}, ""),
        ({"type": ["book"]}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_crossref_has_a_type(work: dict[str, object], kind: str) -> None:
    assert of_crossref(**work).work_type == kind


@pytest.mark.parametrize("institution", [[{"name": "Loom School"}], {"name": "Loom School"}])
def test_crossref_has_the_school_of_a_thesis_and_none_of_an_article(institution: object) -> None:
    thesis = of_crossref(type="dissertation", institution=institution)
    assert thesis.organisation == "Loom School"
    assert of_crossref(type="posted-content", institution=institution).organisation == ""


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        ({"resourceTypeGeneral": "Dissertation"}, "thesis"),
        ({"resourceTypeGeneral": "Software", "resourceType": "Book"}, "software"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Doctoral Thesis"}, "thesis"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Technical report"}, "report"),
        ({"resourceTypeGeneral": "Text", "resourceType": "Poster"}, ""),
        ({"resourceTypeGeneral": "JournalArticle"}, ""),  # of no journal
        ({"resourceTypeGeneral": "Audiovisual"}, ""),
        ("Text", ""),
    ],
)
def test_datacite_has_a_general_type(types: object, kind: str) -> None:
    work = {"doi": "10.5281/a", "titles": [{"title": "Kites"}], "types": types}
    answer = {"data": {"attributes": work}}
    [paper] = datacite.parse(json.dumps(answer).encode(), Request("a")).papers
    assert paper.work_type == kind


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("@article{a, journal = {Annals of Looms}", "journal-article"),
        ("@Article{a, journal = {arXiv preprint arXiv:2103.01234}", ""),
        ("@article{a, journal = {bioRxiv}", ""),
        ("@article{a, eprint = {2103.01234}, archivePrefix = {arXiv}", ""),
        ("@article{a, journal = {Proceedings of the 3rd Workshop on Looms}", ""),
        ("@article{a, journal = {Proceedings of the Royal Society}", "journal-article"),
        # INSPIRE: a talk in a journal, and one of which nothing is known but the conference.
        ("@inproceedings{a, journal = {PoS}", ""),
        ("@article{a, booktitle = {Loom Days}", ""),
        ("@inproceedings{a, booktitle = {Loom Days}", "conference-paper"),
        ("@inproceedings{a, journal = {CoRR}, booktitle = {Loom Days}", "conference-paper"),
        ("@incollection{a, booktitle = {Looms}", "book-chapter"),
        ("@inbook{a", ""),
        ("@mastersthesis{a, school = {Loom School}", "thesis"),
        ("@techreport{a, institution = {Loom Office}", "report"),
        ("@techreport{a, institution = {arXiv}, eprint = {2103.01234}, archivePrefix = {arXiv}", ""),
        ("@misc{a, pubstate = {prepublished}", "preprint"),
        ("@article{a, journal = {Annals of Looms}, pubstate = {prepublished}", "journal-article"),
        ("@software{a", "software"),
        ("@misc{a", ""),
        ("@unpublished{a", ""),
    ],
)  # fmt: skip
def test_bibtex_has_types_of_entries(entry: str, kind: str) -> None:
    assert read("bibtex", f"{entry}, title = {{Kites}}}}").work_type == kind


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("TY  - JOUR\nJO  - Annals of Looms", "journal-article"),
        ("TY  - JOUR\nJO  - arXiv", ""),
        ("TY  - JOUR", ""),
        ("TY  - CPAPER\nT2  - Loom Days", "conference-paper"),
        ("TY  - CHAP\nT2  - Looms", "book-chapter"),
        ("TY  - THES\nPB  - Loom School", "thesis"),
        ("TY  - RPRT\nPB  - Loom Office", "report"),
        ("TY  - RPRT\nPB  - arXiv\nAN  - arXiv:2103.01234", ""),
        ("TY  - RPRT\nM3  - Preprint", "preprint"),
        ("TY  - DATA", "dataset"),
        ("TY  - GEN", ""),
        ("TY  - HEAR", ""),
    ],
)
def test_ris_has_types(lines: str, kind: str) -> None:
    assert read("ris", f"{lines}\nTI  - Kites\nER  - \n").work_type == kind


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ({"type": "article-journal", "container-title": "Annals of Looms"}, "journal-article"),
        ({"type": "journal-article", "container-title": ["Annals of Looms"]}, "journal-article"),
        ({"type": "article-journal", "container-title": "bioRxiv"}, ""),
        ({"type": "paper-conference", "event-title": "Loom Days"}, "conference-paper"),
        ({"type": "paper-conference"}, ""),
        ({"type": "thesis"}, "thesis"),
        ({"type": "article"}, ""),
        ({"type": "article", "genre": "Preprint"}, "preprint"),
        ({"type": "dissertation"}, "thesis"),
        ({"type": "posted-content"}, "preprint"),
        ({"type": "posted-content", "subtype": "dissertation"}, "thesis"),
        ({"type": "posted-content", "subtype": "letter"}, ""),
        ({"type": "webpage"}, ""),
    ],
)
def test_csl_has_types(item: dict[str, object], kind: str) -> None:
    assert read("csl", json.dumps([{"id": "a", "title": "Kites", **item}])).work_type == kind


@pytest.mark.parametrize(
    ("values", "kind", "venue"),
    [
        ({"itemType": "journalArticle", "publicationTitle": "Annals of Looms"}, "journal-article", "Annals of Looms"),
        ({"itemType": "journalArticle", "publicationTitle": "arXiv:2103.01234 [cs]"}, "", ""),
        ({"itemType": "preprint", "repository": "arXiv"}, "preprint", ""),
        ({"itemType": "preprint", "repository": "bioRxiv"}, "preprint", "bioRxiv"),
        ({"itemType": "thesis", "university": "Loom School"}, "thesis", ""),
        ({"itemType": "report", "institution": "arXiv"}, "", ""),
        ({"itemType": "dataset", "repository": "Zenodo"}, "dataset", "Zenodo"),
        ({"itemType": "presentation", "meetingName": "Loom Days"}, "", "Loom Days"),
    ],
)  # fmt: skip
def test_zotero_has_types_of_items(values: dict[str, str], kind: str, venue: str) -> None:
    answer = [{"key": "A", "data": {"title": "Kites", **values}}]
    [paper] = zotero.parse(json.dumps(answer).encode(), Request("a")).papers
    assert (paper.work_type, paper.venue) == (kind, venue)


@pytest.mark.parametrize(
    ("role", "wrote"),
    [("author", True), ("programmer", True), ("presenter", True), ("editor", False), ("contributor", False)],
)  # fmt: skip
def test_zotero_has_who_wrote_a_program(role: str, wrote: bool) -> None:  # noqa: FBT001 - a case
    creator = {"creatorType": role, "firstName": "Ada", "lastName": "Lund"}
    values = {"title": "Kites", "itemType": "computerProgram", "creators": [creator]}
    data = json.dumps([{"key": "A", "data": values}]).encode()
    [paper] = zotero.parse(data, Request("a")).papers
    assert [author.name for author in paper.authors] == (["Ada Lund"] if wrote else [])


@pytest.mark.parametrize("order", [1, -1])
def test_zotero_has_who_wrote_a_chapter_before_who_wrote_its_book(order: int) -> None:
    """The book's author was cited as an author of the chapter."""
    names = {"author": "Ada", "bookAuthor": "Bo", "editor": "Cy"}
    creators = [{"creatorType": r, "firstName": n, "lastName": "Lund"} for r, n in names.items()]
    for held, authors in ((creators[::order], ["Ada Lund"]), (creators[1:], ["Bo Lund"])):
        values = {"title": "Kites", "itemType": "bookSection", "creators": held}
        data = json.dumps([{"key": "A", "data": values}]).encode()
        [paper] = zotero.parse(data, Request("a")).papers
        assert [author.name for author in paper.authors] == authors


@pytest.mark.parametrize(
    ("kind", "key", "venue", "said"),
    [
        ("Journal Articles", "journals/looms/Lund21", "Annals of Looms", "journal-article"),
        ("Conference and Workshop Papers", "conf/looms/Lund21", "LOOMS", "conference-paper"),
        ("Parts in Books or Collections", "books/sp/21/Lund21", "Looms", "book-chapter"),
        ("Books and Theses", "phd/de/Lund21", "", "thesis"),
        ("Books and Theses", "books/sp/Lund21", "", "book"),
        ("Books and Theses", "series/looms/Lund21", "", ""),
        ("Informal and Other Publications", "journals/corr/abs-2103-01234", "CoRR", ""),
        ("Informal and Other Publications", "tr/glue/Lund21", "GLUE TR", ""),
    ],
)
def test_dblp_has_kinds_of_publications(kind: str, key: str, venue: str, said: str) -> None:
    info = {"title": "Kites.", "type": kind, "key": key, "venue": venue}
    hits = {"@total": "1", "hit": [{"info": info}]}
    [paper] = dblp.parse(json.dumps({"result": {"hits": hits}}).encode(), Request("a")).papers
    assert paper.work_type == said


@pytest.mark.parametrize(
    ("lines", "kind", "venue"),
    [
        ("PT  - Journal Article\nJT  - Annals of looms", "journal-article", "Annals of looms"),
        # NLM calls all that it lists articles.
        ("PT  - Journal Article\nJT  - Annual Loom Conference", "", "Annual Loom Conference"),
        ("PT  - Journal Article\nPT  - Preprint\nJT  - bioRxiv", "preprint", ""),
        ("PT  - Review\nPT  - Book Chapter\nBTI - Looms", "book-chapter", "Looms"),
        ("PT  - Letter\nJT  - Annals of looms", "", "Annals of looms"),
    ],
)
def test_pubmed_has_types_of_publications(lines: str, kind: str, venue: str) -> None:
    text = f"PMID- 1\nTI  - Kites.\n{lines}\n"
    [paper] = pubmed.parse(text.encode(), Request("a")).papers
    assert (paper.work_type, paper.venue) == (kind, venue)


@pytest.mark.parametrize(
    ("attribute", "kind"),
    [('type="journal"', "journal-article"), ('type="proceedings"', "conference-paper"), ("", "")],
)
def test_the_anthology_has_types_of_volumes(attribute: str, kind: str) -> None:
    volume = f'<volume id="1" {attribute}><meta><booktitle>Loom Days</booktitle></meta>'
    paper = '<paper id="1"><title>Kites</title></paper></volume>'
    text = f'<collection id="2024.madeup">{volume}{paper}</collection>'
    [one] = acl.parse(text.encode(), Request("a")).papers
    assert one.work_type == kind


def test_biorxiv_holds_preprints() -> None:
    batch = biorxiv.parse((DATA / "biorxiv" / "details.json").read_bytes(), Request("a"))
    assert {paper.work_type for paper in batch.papers} == {"preprint"}
