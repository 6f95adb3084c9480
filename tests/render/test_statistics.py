"""Statistics count papers, and say of how many."""

from __future__ import annotations

import unicodedata

import pytest
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry, with_joined_organisations
from paper_digest.model.paper import Link, Paper
from paper_digest.render.pages import organisations, statistics

#: One name, its accents composed and not.
FORMS = [unicodedata.normalize(form, "Université de Zürich") for form in ("NFC", "NFD")]


def _catalog(*papers: Paper, **names: str) -> Catalog:
    entries = (catalog_entry(paper, ()) for paper in papers)
    return Catalog(with_joined_organisations(entries, names), ())


def _paper(number: int, organisation: str = "", *urls: str) -> Paper:
    links = tuple(Link("code", url) for url in urls)
    return Paper(
        id=f"arxiv:2603.{number:05}", published="2026-03-01", organisation=organisation, links=links
    )


def test_hosts_count_papers_not_links() -> None:
    urls = [f"https://code.example/{n}" for n in range(5)]
    catalog = _catalog(
        _paper(1, "", *urls),
        _paper(2, "", "https://www.code.example/6"),
        _paper(3, "", "https://other.example/7", "https://code.example/8"),
    )
    counts = {label.markdown: number for label, number in statistics._hosts(catalog)}
    assert counts == {"code.example": 3, "other.example": 1}


def test_the_page_says_which_date_it_counts_and_how_many_papers_name_an_organisation() -> None:
    page = statistics.make_page(_catalog(_paper(1, "Loom Lab"), _paper(2), _paper(3))).html()
    assert "1 of 3 papers names one." in page
    assert "the day on which a list first announced it" in page


def test_two_spellings_of_an_organisation_are_one() -> None:
    papers = (_paper(1, "LoomLab"), _paper(2, "Loom Laboratory"), _paper(3, "Loom"))
    catalog = _catalog(*papers, LoomLab="Loom Laboratory")
    assert organisations.organisations_by_size(catalog) == [("Loom Laboratory", 2), ("Loom", 1)]
    assert {e.organisation for e in catalog.entries} == {"Loom Laboratory", "Loom"}


def test_capitals_spaces_and_hyphens_make_no_other_organisation() -> None:
    spellings = ("loom lab", "Loom Lab", "Loom-Lab", "LoomLab", "Loom Lab", "Loom Labs")
    catalog = _catalog(*(_paper(n, name) for n, name in enumerate(spellings)))
    assert organisations.organisations_by_size(catalog) == [("Loom Lab", 5), ("Loom Labs", 1)]
    joined = _catalog(*(_paper(n, name) for n, name in enumerate(spellings)), LoomLab="The Loom")
    assert organisations.organisations_by_size(joined) == [
        ("Loom Lab", 4),
        ("Loom Labs", 1),
        ("The Loom", 1),
    ]


@pytest.mark.parametrize("printed", FORMS)
@pytest.mark.parametrize("spelling", FORMS)
def test_accents_are_the_same_however_they_are_stored(printed: str, spelling: str) -> None:
    of_forms = _catalog(_paper(1, printed), _paper(2, spelling))
    assert [count for _, count in organisations.organisations_by_size(of_forms)] == [2]
    joined = _catalog(_paper(1, printed), _paper(2, "Loom"), **{spelling: "Loom"})
    assert organisations.organisations_by_size(joined) == [("Loom", 2)]


def test_a_table_that_is_cut_says_so() -> None:
    catalog = _catalog(*(_paper(n, f"Lab {n}") for n in range(30)))
    page = statistics.make_page(catalog).html()
    assert "30 of 30 papers name one. The 20 with the most papers of 30." in page
    catalog = _catalog(*(_paper(n, f"Lab {n}") for n in range(20)))
    assert "with the most papers" not in statistics.make_page(catalog).html()
