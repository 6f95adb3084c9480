"""Bodies that sign: what a source calls a body is one name in every format, and is read back as one."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author, Paper
from paper_digest.render.citation.bibtex import bibtex_entry
from paper_digest.render.citation.csl import csl_item
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.citation.head_tags import head_html
from paper_digest.render.citation.ris import ris_record
from paper_digest.render.citation.schema_org import scholarly_article
from paper_digest.sources.registry import registry
from paper_digest.text.names import body, is_body, last_family_name

BODIES = [
    "World Health Organization",
    "European Space Agency",
    "Google DeepMind",
    "Kite Lab of Glue Town",
    "Barnes and Noble, Inc.",
    "Kite Team and Sons",
    "Kite Collaboration",
    "KITE 2019 Diseases and Injuries Collaborators",
    "CERN",
]
JOINED_BODIES = ["Kite Trial & Boat Trial Investigators", "Parcel Glue & String Corp"]
#: In what no word shows that a body signed: a manager's field of this kind may hold a list.
SILENT_BODIES = ["Heart Rhythm and Boat Health Experts", "Kites Fly, Boats Sail, Trains Run"]


def records(name: str) -> dict[str, str]:
    """Return, by source, a record that a body of this name signed."""
    work = {"DOI": "10.5555/x", "title": ["Kites"], "author": [{"name": name}]}
    creator = {"name": name, "nameType": "Organizational"}
    attributes = {"doi": "10.5555/x", "titles": [{"title": "Kites"}], "creators": [creator]}
    item = {"id": "a", "type": "article", "title": "Kites", "author": [{"literal": name}]}
    return {
        "crossref": json.dumps({"message-type": "work", "message": work}),
        "datacite": json.dumps({"data": {"attributes": attributes}}),
        "pubmed": f"PMID- 7\nTI  - Kites.\nCN  - {name}\n",
        "csl": json.dumps([item]),
        "bibtex": f"@article{{a, title={{Kites}}, author={{{{{name}}}}}}}",
    }


def read(source: str, text: str) -> Paper:
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    return paper


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("source", ["crossref", "datacite", "pubmed", "csl", "bibtex"])
def test_a_body_is_one_name_in_every_format(source: str, name: str) -> None:
    paper = read(source, records(name)[source])
    assert [author.name for author in paper.authors] == [name]
    assert csl_item(paper)["author"] == [{"literal": name}]
    entry = bibtex_entry(paper)
    assert f"author = {{{{{name}}}}}" in entry
    assert read("bibtex", entry).authors == paper.authors
    assert read("csl", json.dumps([csl_item(paper)])).authors == paper.authors
    assert read("ris", ris_record(paper)).authors == paper.authors
    # A comma behind the name says that it has no given name.
    cited = f"{name}," if " " in name else name
    assert f'<meta name="citation_author" content="{cited}">' in head_html(paper, "")


@pytest.mark.parametrize("name", [*BODIES, *JOINED_BODIES, *SILENT_BODIES])
def test_a_name_is_no_list_where_each_author_has_a_field_of_its_own(name: str) -> None:
    info = {"key": "journals/k/1", "title": "Kites.", "authors": {"author": [{"text": name}]}}
    answer = {"result": {"hits": {"@total": "1", "hit": [{"info": info}]}}}
    for source, text in (("pubmed", records(name)["pubmed"]), ("dblp", json.dumps(answer))):
        assert [author.name for author in read(source, text).authors] == [name], source


@pytest.mark.parametrize("name", [*BODIES, *JOINED_BODIES])
def test_what_names_a_body_is_no_list_in_a_field_that_may_hold_one(name: str) -> None:
    item = {"itemType": "journalArticle", "title": "Kites", "creators": [{"creatorType": "author", "name": name}]}  # fmt: skip
    zotero = json.dumps([{"key": "A", "data": item}])
    record = f"TY  - JOUR\nTI  - Kites\nAU  - {name}\nER  - \n"
    for source, text in (("zotero", zotero), ("ris", record), ("csl", records(name)["csl"])):
        assert [author.name for author in read(source, text).authors] == [name], source


def test_others_are_no_author_where_each_has_a_field_of_its_own() -> None:
    """MEDLINE named ten authors once, and said so of the others."""
    paper = read("pubmed", "PMID- 7\nTI  - Kites.\nFAU - Lund, Ada\nFAU - et al.\n")
    assert [author.name for author in paper.authors] == ["Ada Lund"]
    assert paper.comment == "and other authors"


def test_search_engines_are_told_that_a_body_is_no_person() -> None:
    paper = read("crossref", records("World Health Organization")["crossref"])
    article = scholarly_article(paper, citation_facts(paper), "Kites", paper.authors, "")
    assert article["author"] == [{"@type": "Organization", "name": "World Health Organization"}]


def test_a_body_is_compared_as_it_is_where_no_source_calls_it_one() -> None:
    assert last_family_name(body("World Health Organization")) == "Organization"
    assert not is_body(Author("Ada Lund", family="Lund"))
    assert not is_body(Author("Plato"))
    # What the rules leave whole needs no word of the source, and old records stay as they are.
    assert body("Kite Collaboration") == Author("Kite Collaboration")
    assert body("CERN") == Author("CERN")
