"""One author in all forms in which arXiv gives papers out: the same name, and the same affiliation."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.paper import Author
from paper_digest.sources.registry import registry

OAI = (
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header>'
    "<identifier>oai:arXiv.org:2103.01234</identifier><datestamp>2021-05-07</datestamp></header>"
    "<metadata>{}</metadata></record></ListRecords></OAI-PMH>"
)
ARXIV = (
    '<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2103.01234</id><created>2021-03-02</created><authors><author>'
    "<keyname>{}</keyname><forenames>{}</forenames>{}</author></authors><title>Kites</title>"
    "<categories>cs.LG</categories><abstract>Fly.</abstract></arXiv>"
)
RAW = (
    '<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2103.01234</id><version version="v1">'
    "<date>Tue, 2 Mar 2021 18:59:59 GMT</date></version><title>Kites</title><authors>{}</authors>"
    "<categories>cs.LG</categories><abstract>Fly.</abstract></arXivRaw>"
)


def records(given: str, family: str, place: str) -> dict[str, str]:
    """Return, by form, the record of a paper by one person; ``given`` as arXiv's parts of names have it."""
    line = f"{given.replace(' -', '-')} {family}" + (f" ({place})" if place else "")
    affiliation = f"<affiliation>{place}</affiliation>" if place else ""
    work = {"id": "2103.01234", "title": "Kites", "authors": line, "abstract": "Fly."}
    work |= {"categories": "cs.LG", "update_date": "2021-05-07"}
    versions = [{"version": "v1", "created": "Tue, 2 Mar 2021 18:59:59 GMT"}]
    parsed = [family, given, "", place] if place else [family, given, ""]
    return {
        "arXiv": OAI.format(ARXIV.format(family, given, affiliation)),
        "arXivRaw": OAI.format(RAW.format(line)),
        "bulk": json.dumps({**work, "versions": versions, "authors_parsed": [parsed]}),
    }


@pytest.mark.parametrize("form", ["arXiv", "arXivRaw", "bulk"])
@pytest.mark.parametrize("place", ["", "Kite University, Glue Town"])
@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("J. -P.", "J.-P."),
        ("J. -P. A. -M.", "J.-P. A.-M."),
        ("É. -M.", "É.-M."),
        ("Jean-Paul", "Jean-Paul"),
        ("Ada", "Ada"),
    ],
)
def test_an_author_is_the_same_in_every_form(
    form: str, place: str, given: str, printed: str
) -> None:
    text = records(given, "Quill", place)[form]
    [paper] = registry().source("arxiv").parse(text.encode(), Request("a")).papers
    [author] = paper.authors
    assert (author.name, author.affiliation) == (f"{printed} Quill", place)


def test_a_label_of_bulk_metadata_is_no_affiliation() -> None:
    for place in ("1", "(1)", "1 and 2"):
        text = records("Ada", "Quill", place)["bulk"]
        [paper] = registry().source("arxiv").parse(text.encode(), Request("a")).papers
        assert paper.authors == (Author("Ada Quill", family="Quill"),)
