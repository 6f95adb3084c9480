"""Sentences with a number in them are true of an archive of no paper, of one and of two."""

from __future__ import annotations

import re

import pytest
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Digest, Link, Paper, Sighting
from paper_digest.render.pages import (
    agents,
    authors,
    dates,
    home,
    organisations,
    statistics,
    trending,
)
from paper_digest.render.pages.page import Page
from paper_digest.settings.config import Config

#: A noun in the plural, or a verb, behind one; and a list cut to all it has.
ONE_OF_MANY = re.compile(
    r"(?<![\d.,-])1 (?:[a-z]+ )?(?:papers|author names|names\.|organisations|topics|upvotes|were|are|have)\b"
    r"|\b1 of \d+ papers (?:are|were|have|name)\b|[Ff]irst (\d+) of \1 |newest [01] "
)


def paper(number: int, looks: int) -> Paper:
    days = ("2025-03-10", "2025-03-12")[:looks]
    return Paper(
        id=f"arxiv:2503.{number:05}",
        title="A loom",
        authors=(Author("Ada Weaver"),),
        published="2025-03-10",
        organisation="Loom Lab",
        digest=Digest("It weaves.", by="A. Reader"),
        links=(Link("code", "https://code.example/loom"),),
        sightings=(
            Sighting(
                "huggingface",
                "2025-03-10",
                seen="2025-03-10",
                upvotes=4,
                as_of=days[-1],
                earlier=tuple((day, 2) for day in days[:-1]),
            ),
        ),
    )


def catalog(*looks: int, author_pages: int = 2) -> Catalog:
    """Make an archive of papers that were looked at so many times each."""
    entries = [catalog_entry(paper(number, times), ()) for number, times in enumerate(looks)]
    return Catalog(entries, (), author_pages=author_pages)


def index_pages(made: Catalog) -> dict[str, str]:
    """Return the text of each page that counts all papers, by its path."""
    groups = (
        *authors.page_groups(made, 10),
        *organisations.page_groups(made, 10),
        next(iter(dates.page_groups(made, 10))),
    )
    pages = [page for group in groups for page in group.make() if isinstance(page, Page)]
    pages += [
        statistics.make_page(made),
        trending.make_page(made),
        home.make_page(made, "Looms", "An archive"),
    ]
    return {page.path: _text(page.html()) for page in pages}


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("looks", [(), (1,), (2,), (1, 1), (2, 1), (2, 2), (2, 1, 1), (1,) * 22])
@pytest.mark.parametrize("author_pages", [0, 1, 2, 3])
def test_no_sentence_has_many_of_one_and_no_list_is_cut_to_all(
    looks: tuple[int, ...], author_pages: int
) -> None:
    pages = index_pages(catalog(*looks, author_pages=author_pages))
    assert {
        path: ONE_OF_MANY.findall(text) for path, text in pages.items() if ONE_OF_MANY.search(text)
    } == {}


def test_papers_that_were_all_counted_twice_leave_no_others() -> None:
    assert "any other" not in index_pages(catalog(2, 2))["trending.md"]
    mixed = index_pages(catalog(2, 1))["trending.md"]
    assert "1 of 2 papers was counted on more than one day; any other stands" in mixed


def test_an_index_without_authors_has_no_heading_above_nothing() -> None:
    none = index_pages(catalog(1, author_pages=2))["authors/index.md"]
    assert none.endswith("No author of this archive has a page.")
    assert "Most papers" not in none
    assert "share a page" not in none
    one = index_pages(catalog(1, 1))["authors/index.md"]
    assert "Names on at least 2 papers have a page: 1 name. The search" in one
    every = index_pages(catalog(1, author_pages=1))["authors/index.md"]
    assert "1 author name" in every
    assert "all others" not in every


def test_programs_are_shown_one_paper(config: Config) -> None:
    assert "1 research paper as static files." in agents._text(catalog(1), config)
    assert "2 research papers as static files." in agents._text(catalog(1, 1), config)


def test_an_empty_archive_has_no_page_that_is_a_heading_or_a_table_of_nothing() -> None:
    pages = index_pages(catalog())
    assert pages["dates/index.md"] == "Dates 0 papers"
    assert pages["statistics.md"] == "Statistics 0 papers"


@pytest.mark.parametrize("pins", [1, 2])
def test_home_has_no_latest_papers_where_all_are_pinned(pins: int) -> None:
    made = catalog(1, 1)
    for entry in made.entries[:pins]:
        made.pinned = (*made.pinned, entry)
    shown = index_pages(made)["index.md"]
    assert ("Latest" in shown) == (pins == 1)
    assert "newest 0" not in shown


@pytest.mark.parametrize("years", range(8))
def test_the_table_of_years_says_which_it_has_where_it_has_not_all(years: int) -> None:
    papers = [
        Paper(id=f"arxiv:2603.{n:05}", published=f"{2000 + 3 * n}-03-01") for n in range(years)
    ]
    undated = Paper(id="arxiv:2603.09999", title="A loom")
    entries = [catalog_entry(one, ()) for one in (*papers, undated)]
    made = Catalog(entries, ())
    summary = re.findall(r"<summary>(.*?)</summary>", statistics.make_page(made).html())
    said = [line for line in summary if "topic and year" in line]
    newest = f": {2000 + 3 * (years - 5)} to {2000 + 3 * (years - 1)}" if years > 5 else ""
    assert said == ([f"Papers by topic and year{newest}"] if years else [])
