"""Typed links of papers: read from the page's head and from the linkset as a program would, they agree."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec
from bs4 import BeautifulSoup
from hypothesis import given
from paper_digest.model.paper import Author, Paper
from paper_digest.render.citation.facts import MAX_AUTHORS_CITED
from paper_digest.render.citation.signposting import link_elements, linkset
from paper_strategies import records

SITE = "https://looms.example/"
PAGE = SITE + "papers/2511.00001/"
FULL = Paper(
    id="arxiv:2511.00001",
    title="Weaving",
    authors=(Author("Ada Lovelace", orcid="0000-0002-1825-0097"), Author("No Number")),
    licence="https://creativecommons.org/licenses/by/4.0/",
)

Links = dict[str, list[tuple[str, str]]]


def _in_head(paper: Paper) -> Links:
    found: Links = defaultdict(list)
    for element in BeautifulSoup("".join(link_elements(paper)), "html.parser").find_all("link"):
        address = str(element["href"]).replace("../../", SITE).replace("../", f"{SITE}papers/")
        for relation in {*element["rel"]} - {"alternate"}:
            found[relation].append((address, str(element.get("type", ""))))
    return found


def _contexts(paper: Paper) -> list[dict[str, Any]]:
    made = linkset(paper, PAGE, lambda path: SITE + path)
    decoded: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(made))
    return list(decoded["linkset"])


def _of_page(paper: Paper) -> Links:
    page = next(one for one in _contexts(paper) if one["anchor"] == PAGE)
    return {
        relation: [(link["href"], link.get("type", "")) for link in links]
        for relation, links in page.items()
        if relation != "anchor"
    }


def test_a_full_record_has_all_relations_of_level_1() -> None:
    links = _in_head(FULL)
    assert links["cite-as"] == [("https://doi.org/10.48550/arXiv.2511.00001", "")]
    assert links["author"] == [("https://orcid.org/0000-0002-1825-0097", "")]
    assert links["license"] == [(FULL.licence, "")]
    assert links["item"] == [("https://arxiv.org/pdf/2511.00001", "application/pdf")]
    assert (f"{SITE}papers/2511.00001.bib", "application/x-bibtex") in links["describedby"]
    assert ("https://schema.org/ScholarlyArticle", "") in links["type"]
    assert links["linkset"] == [
        (f"{SITE}papers/2511.00001.linkset.json", "application/linkset+json")
    ]


def test_what_is_linked_leads_back() -> None:
    back = {
        one["anchor"]: relation
        for one in _contexts(FULL)
        for relation, links in one.items()
        if relation != "anchor" and links == [{"href": PAGE}]
    }
    links = _of_page(FULL)
    assert back == {
        **{address: "describes" for address, _ in links["describedby"]},
        **{address: "collection" for address, _ in links["item"]},
    }


@given(records())
def test_head_and_linkset_say_the_same_of_any_record(paper: Paper) -> None:
    head = _in_head(paper)
    head.pop("linkset")
    assert head == _of_page(paper)
    assert len(head["cite-as"]) <= 1
    assert len(head["author"]) <= MAX_AUTHORS_CITED
