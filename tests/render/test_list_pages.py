"""Long lists lead to each of their pages; long indexes lead to their letters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Link, Paper
from paper_digest.render.pages import organisations, paper_lists, statistics


def _archive(count: int) -> Catalog:
    papers = [
        Paper(
            id=f"arxiv:{2001 + n // 3:04}.{n:05}",
            title=f"Loom {n}",
            published=f"{2000 + n // 4}-01-01",
        )
        for n in range(count)
    ]
    return Catalog([catalog_entry(p, ()) for p in papers], ())


@given(st.integers(1, 60))
def test_the_first_page_names_every_older_page_with_its_years(count: int) -> None:
    catalog = _archive(count)
    pages = paper_lists.list_pages(
        "topics/x.md", {"title": "X"}, paper_lists.Frame(()), catalog.entries, catalog, 10
    )
    first, *older = (page.html() for page in pages)
    named = dict(re.findall(r"Page (\d+)</a> ([\d to]+)</(?:p|li)>", first))
    assert len(named) == len(older)
    for page, html in zip(pages[1:], older, strict=True):
        number = re.findall(r"page-(\d+)", page.path)[0]
        years = sorted(set(re.findall(r'datetime="(\d{4})', html)))
        assert named[number] == " to ".join(dict.fromkeys((years[0], years[-1])))
        assert 'aria-label="Pages of this list"' in html


def test_a_long_index_of_organisations_has_letters_and_every_name() -> None:
    names = [f"{letter}{n} Weavers" for letter in "aBÉé9風" for n in range(15)]
    papers = [
        Paper(id=f"arxiv:2501.{n:05}", title="Loom", published="2025-01-01", organisation=name)
        for n, name in enumerate(names)
    ]
    catalog = Catalog([catalog_entry(p, ()) for p in papers], ())
    index = next(iter(next(iter(organisations.page_groups(catalog, 50))).make())).html()
    if len(catalog.by_organisation) <= organisations.MAX_UNSORTED:
        return
    for anchor in ("letter-a", "letter-b", "letter-e", "other"):
        assert f'href="#{anchor}"' in index
        assert f'id="{anchor}"' in index
    for name in names:
        assert name in index


def test_a_host_has_no_more_papers_than_have_code() -> None:
    links = (Link("code", "https://code.example/a"), Link("code", "https://www.code.example/b"))
    papers = [
        Paper(id=f"arxiv:2501.{n:05}", title="Loom", published="2025-01-01", links=links)
        for n in range(3)
    ]
    catalog = Catalog([catalog_entry(p, ()) for p in papers], ())
    assert [number for _, number in statistics._hosts(catalog)] == [3]
