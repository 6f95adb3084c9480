"""The index of authors: where its letters stand."""

from __future__ import annotations

import re
import unicodedata

import pytest
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Paper
from paper_digest.render.pages import authors
from paper_digest.render.pages.page import Page


def test_names_that_begin_with_no_letter_come_behind_all_letters() -> None:
    names = ("Ada Zenker", "Team 3", "Béla Próba", "Émile Øster", "Li 王")
    paper = Paper(id="arxiv:2511.01230", title="Boats", authors=tuple(map(Author, names)))
    catalog = Catalog([catalog_entry(paper, ())], (), author_pages=1)
    made = [page for group in authors.page_groups(catalog, 10) for page in group.make()]
    [index] = [page for page in made if isinstance(page, Page) and page.path == "authors/index.md"]
    assert re.findall(r"a-z/(\w+)", index.markdown()) == ["o", "p", "z", "other"]


def _catalog(*names: str, author_names: dict[str, str] | None = None) -> Catalog:
    papers = (
        Paper(id=f"arxiv:2511.0123{n}", title="Boats", authors=(Author(name),))
        for n, name in enumerate(names)
    )
    entries = [catalog_entry(paper, ()) for paper in papers]
    return Catalog(entries, (), author_pages=1, author_names=author_names)


@pytest.mark.parametrize("name", ["Ana Muñoz", "Zoë Ångström", "Nguyễn Văn An", "김민수"])
def test_both_ways_to_write_an_accent_are_one_person(name: str) -> None:
    composed, apart = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    catalog = _catalog(composed, apart)
    assert [(n, len(e)) for n, e in catalog.by_author.items()] == [(composed, 2)]
    links = [authors.author_link(n, catalog).html for n in (composed, apart)]
    paths = {re.findall('href="([^"]+)"', link)[0] for link in links}
    assert len(paths) == 1


def test_another_spelling_joins_a_page_only_when_told_to() -> None:
    names = ("Ana Muñoz", "Ana Munoz")
    assert len(_catalog(*names).by_author) == 2
    joined = _catalog(*names, author_names={"Ana Munoz": unicodedata.normalize("NFD", "Ana Muñoz")})
    assert [(n, len(e)) for n, e in joined.by_author.items()] == [("Ana Muñoz", 2)]
