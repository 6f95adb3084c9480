"""The index of authors: where its letters stand."""

from __future__ import annotations

import re

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
