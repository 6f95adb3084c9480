"""An article that has a number and no pages: every format says so in a field of its own, and all are read."""

from __future__ import annotations

import json

import pytest
from paper_digest.model.batch import Request
from paper_digest.render.citation.facts import citation_facts
from paper_digest.sources.registry import registry

RIS = "TY  - JOUR\nTI  - Kites\nT2  - Kite Studies\nVL  - 12\nIS  - 3\nPY  - 2021\n"
PUBMED = "PMID- 7\nTI  - Kites.\nJT  - Kite Studies\nVI  - 12\nIP  - 3\nDP  - 2021\n"
CSL = {
    "type": "article-journal",
    "title": "Kites",
    "container-title": "Kite Studies",
    "volume": 12,
    "issue": "3",
    "issued": {"raw": "2021"},
}
CROSSREF = {
    "DOI": "10.5555/kites.7",
    "title": ["Kites"],
    "container-title": ["Kite Studies"],
    "volume": "12",
    "issue": "3",
    "published": {"date-parts": [[2021]]},
}


def bibtex(fields: str) -> str:
    return f"@article{{k, title={{Kites}}, journal={{Kite Studies}}, year=2021, {fields}}}"


def places(source: str, text: str) -> tuple[str, str, str, str]:
    [paper] = registry().source(source).parse(text.encode(), Request("a")).papers
    facts = citation_facts(paper)
    return facts.container, facts.volume, facts.issue, facts.pages


@pytest.mark.parametrize("number", ["17", "e0123456", "061102", "btaa123", "2021GL095123"])
def test_the_number_is_where_pages_would_be_in_every_format(number: str) -> None:
    texts = {
        "ris": f"{RIS}C7  - {number}\nER  - \n",
        "pubmed": f"{PUBMED}LID - {number} [pii]\nLID - 10.5555/kites.7 [doi]\n",
        "csl": json.dumps([{**CSL, "article-number": number}]),
        "crossref": json.dumps({
            "message-type": "work",
            "message": {**CROSSREF, "article-number": number},
        }),
    }  # fmt: skip
    for source, text in texts.items():
        assert places(source, text) == ("Kite Studies", "12", "3", number), source
    for name in ("eid", "articleno", "ARTICLE-NUMBER", "art_number"):
        text = bibtex(f"volume=12, number=3, {name}={{{number}}}, numpages=14")
        assert places("bibtex", text) == ("Kite Studies", "12", "3", number), name


def test_pages_go_before_an_articles_number() -> None:
    assert places("ris", f"{RIS}SP  - 1\nEP  - 9\nC7  - 17\nER  - \n")[3] == "1-9"
    assert places("pubmed", f"{PUBMED}PG  - 1-9\nLID - 17 [pii]\n")[3] == "1-9"
    assert places("csl", json.dumps([{**CSL, "page": "1-9", "article-number": "17"}]))[3] == "1-9"
    assert places("bibtex", bibtex("volume=12, pages={1--9}, articleno=17"))[3] == "1-9"


@pytest.mark.parametrize(
    "other",
    ["S0140-6736(20)30183-5", "S0140673620301835", "Kites", "2103.01234", "a note of mine", "1/2"],
)
def test_what_is_no_number_of_an_article_is_no_page(other: str) -> None:
    assert places("ris", f"{RIS}C7  - {other}\nER  - \n")[3] == ""
    assert places("pubmed", f"{PUBMED}LID - {other} [pii]\n")[3] == ""


def test_an_article_of_no_volume_yet_has_no_place_in_pubmed() -> None:
    text = PUBMED.replace("VI  - 12\nIP  - 3\n", "")
    assert places("pubmed", f"{text}LID - btaa123 [pii]\n")[3] == ""


def test_an_issue_is_read_under_either_name() -> None:
    """APS calls it so, biblatex where it has a name; the number counts where both are there."""
    assert places("bibtex", bibtex("volume=12, issue=6, pages=061102"))[2] == "6"
    assert places("bibtex", bibtex("volume=12, issue={Spring}, pages={1--9}"))[2] == "Spring"
    assert places("bibtex", bibtex("volume=12, number=3, issue={Spring}, pages={1--9}"))[2] == "3"
