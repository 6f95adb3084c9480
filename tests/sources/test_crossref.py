"""Crossref: one work by its DOI."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.sources import crossref
from paths import DATA

FIXTURES = DATA / "crossref"


def work(**fields: object) -> Paper:
    """Return the paper of a record with the given fields."""
    message = {"DOI": "10.1234/x", "title": ["A Title"], **fields}
    return crossref.parse(answer(message), Request("x")).papers[0]


def answer(message: object) -> bytes:
    """Wrap a record as the API does."""
    return json.dumps({"status": "ok", "message-type": "work", "message": message}).encode()


def test_a_record_is_read_whole() -> None:
    batch = crossref.parse((FIXTURES / "article.json").read_bytes(), Request("x"))
    assert batch.problems == ()
    (paper,) = batch.papers
    assert paper.id == "doi:10.1234/kites.2021.7"
    assert paper.doi == "10.1234/kites.2021.7"
    assert paper.title == "Kites of order n$^2$ & paper moons: A study"
    assert paper.authors == (
        Author(
            "Zoë de Quill",
            family="de Quill",
            orcid="0000-0002-1825-0097",
            affiliation="University of Nowhere; Lamp Institute",
        ),
        Author("Jan Moan Jr.", family="Moan"),
        Author("Lantern Collaboration"),
    )
    assert paper.abstract == "We fly kites at 0 < v < 9 with $x_1$ tails.\n\nThen we stop."
    assert paper.published == "2021-03"
    assert paper.venue == "Journal of Made-Up Studies"
    assert paper.journal_ref == "Journal of Made-Up Studies 12(3), 45-67, 2021"
    assert paper.keywords == ("Kites", "Moons")
    assert paper.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert paper.withdrawn == "Retraction: https://doi.org/10.1234/kites.2022.1"
    assert paper.links == (
        Link("publisher", "https://papers.example.org/kites"),
        Link("pdf", "https://papers.example.org/kites.pdf"),
    )
    assert [(s.source, s.page) for s in paper.sightings] == [("crossref", "10.1234/kites.2021.7")]


@pytest.mark.parametrize(
    ("parts", "published"),
    [
        ([[2021, 3, 4]], "2021-03-04"),
        ([[2021, 3]], "2021-03"),
        ([[2021]], "2021"),
        ([[2021, 2, 30]], "2021-02"),
        ([[None]], ""),
        ([["2021", "3"]], "2021-03"),
        ([[1]], ""),
        ([], ""),
        ("2021", ""),
    ],
)
def test_a_date_is_as_exact_as_the_record(parts: object, published: str) -> None:
    assert work(issued={"date-parts": parts}).published == published


def test_a_correction_takes_nothing_back() -> None:
    assert work(**{"updated-by": [{"type": "correction", "label": "Correction"}]}).withdrawn == ""


def test_a_title_says_that_a_work_was_taken_back_unless_it_was_reinstated() -> None:
    titled = {"title": ["RETRACTED: Kites"]}
    assert (work(**titled).title, work(**titled).withdrawn) == ("Kites", "Retraction")
    assert work(**titled, **{"updated-by": [{"type": "correction"}]}).withdrawn == "Retraction"
    assert work(**titled, **{"updated-by": [{"type": "reinstatement"}]}).withdrawn == ""


@pytest.mark.parametrize("in_print", ["published-print", "journal-issue"])
def test_a_volume_is_of_its_own_year(in_print: str) -> None:
    first, later = {"date-parts": [[2020, 11, 15]]}, {"date-parts": [[2021, 3]]}
    printed = {in_print: {"published-print": later} if in_print == "journal-issue" else later}
    paper = work(**{"published": first, "container-title": ["Kites"], "volume": "12"}, **printed)
    assert (paper.published, paper.journal_ref) == ("2020-11-15", "Kites 12, 2021")


def test_links_for_machines_are_left_out() -> None:
    machine = {"content-type": "application/pdf", "intended-application": "text-mining"}
    assert work(link=[{"URL": "https://api.example.org/1", **machine}]).links == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
FIELDS = sorted(json.loads((FIXTURES / "article.json").read_text())["message"])


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_record_makes_it_stumble(message: dict[str, Any]) -> None:
    message = {"DOI": "10.1234/x", "title": ["A Title"]} | message
    try:
        batch = crossref.parse(answer(message), Request("x"))
    except SourceError:
        return  # a record without DOI or title, which is refused
    assert batch.papers[0].title


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Resource not found.",
        b"<html><body>Down</body></html>",
        b'{"status": "ok", "message-type": "work", "message"',
        b'{"status": "ok", "message-type": "work-list", "message": {"items": []}}',
        b"[]",
        answer({"DOI": "10.1234/x", "title": []}),
        answer({"title": ["A Title"]}),
        answer(None),
    ],
)
def test_what_is_no_record_of_a_work_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        crossref.parse(data, Request("https://api.crossref.org/works/10.1234%2Fx"))
    assert "api.crossref.org" in caught.value.where
    assert caught.value.cure


def test_works_are_asked_for_by_doi() -> None:
    day = date(2026, 1, 1)
    requests = crossref.SOURCE.requests(
        {"dois": ["https://doi.org/10.1234/A/b%23c", "10.1234/d"]}, day, day
    )
    assert [r.url for r in requests] == [
        "https://api.crossref.org/works/10.1234%2Fa%2Fb%23c",
        "https://api.crossref.org/works/10.1234%2Fd",
    ]
    with pytest.raises(ConfigError, match="no DOI"):
        crossref.SOURCE.requests({"dois": ["kites"]}, day, day)


def test_relations_name_the_preprint_and_other_versions() -> None:
    paper = work(
        relation={
            "has-preprint": [
                {"id-type": "doi", "id": "10.1101/2020.02.02.123456", "asserted-by": "subject"},
                {"id-type": "doi", "id": "10.48550/arXiv.2503.02130"},
                {"id-type": "arxiv", "id": "2503.02131v2"},
            ],
            "is-version-of": [{"id-type": "doi", "id": "https://doi.org/10.5281/ZENODO.7"}],
            "is-supplemented-by": [{"id-type": "doi", "id": "10.5281/zenodo.8"}],
            "has-review": [{"id-type": "doi", "id": "10.1234/review"}],
            "is-same-as": [{"id-type": "doi", "id": "10.1234/X"}, {"id-type": "issn", "id": "1"}],
        }
    )
    assert paper.same_as == (
        "arxiv:2503.02130",
        "arxiv:2503.02131",
        "doi:10.1101/2020.02.02.123456",
        "doi:10.5281/zenodo.7",
    )


@pytest.mark.parametrize(
    "relation", [None, [], "x", {"has-preprint": {"id": "10.1/x"}}, {"has-preprint": [7, {}]}]
)
def test_relations_of_another_form_state_nothing(relation: object) -> None:
    assert work(relation=relation).same_as == ()


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        ("Kites", "A study", "Kites: A study"),
        ("Kites: A study", "A Study", "Kites: A study"),
        ("Whose kites?", "A study", "Whose kites? A study"),
    ],
)
def test_a_subtitle_is_written_once(title: str, subtitle: str, whole: str) -> None:
    assert work(title=[title], subtitle=[subtitle]).title == whole


def test_a_chapter_is_in_its_book_and_not_in_the_series() -> None:
    names = {"container-title": ["Lecture Notes in Kites", "Kites 2021"]}
    assert work(type="book-chapter", **names).venue == "Kites 2021"
    assert work(type="journal-article", **names).venue == "Lecture Notes in Kites"


def test_terms_for_mining_texts_are_no_licence() -> None:
    mining = {"URL": "https://example.org/tdm", "content-version": "tdm"}
    accepted = {"URL": "https://example.org/am", "content-version": "am"}
    printed = {"URL": "https://example.org/vor", "content-version": "vor"}
    assert work(license=[mining, accepted, printed]).licence == printed["URL"]
    assert work(license=[mining, accepted]).licence == accepted["URL"]
    assert work(license=[mining]).licence == ""
