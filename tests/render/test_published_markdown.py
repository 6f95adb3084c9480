"""The Markdown published beside a page: what the page says of the paper, in plain Markdown."""

from __future__ import annotations

import re

import markdown
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.render.pages import paper as papers
from paper_digest.render.pages import redirect
from paper_digest.render.pages.page import Page
from paper_digest.render.pages.report_links import ReportPlace
from paper_digest.render.typeset import plain_title
from paper_digest.store.notes import Note
from paper_strategies import records

TOPICS = (Topic("looms", "Looms & weaving"),)


def made_page(paper: Paper, *notes: Note) -> Page:
    catalog = Catalog([catalog_entry(paper, ["looms"])], TOPICS)
    return papers.make_page(paper, catalog, ReportPlace("https://git.example/looms"), notes)


def visible_words(html: Tag) -> list[str]:
    for formula in html.find_all("math"):  # plain Markdown has its TeX
        formula.decompose()
    return html.get_text(" ").split()


@given(records())
def test_plain_markdown_of_it_reads_as_the_page_does(paper: Paper) -> None:
    page = made_page(paper)
    body, front = get_data(page.published_markdown())
    assert not front.keys() & {"kind", "description", "head", "hide", "search"}
    assert front["title"] == plain_title(paper.title, paper.id)
    plain = BeautifulSoup(markdown.markdown(body), "html.parser")
    [shown] = BeautifulSoup(page.html(), "html.parser").select(".pd-body")
    for other in shown.select(".pd-related, summary"):
        other.decompose()
    if "$" not in body:
        assert visible_words(plain) == visible_words(shown)
    assert not plain.find_all(["div", "details", "time"])
    assert not re.search(r"^ *\{: | \{: [#.]", body, re.MULTILINE)


@given(st.integers(1, 60))
def test_no_author_is_left_out(count: int) -> None:
    paper = Paper(id="arxiv:2511.00001", author_count=count)
    assert f"{count} author" in made_page(paper).published_markdown()


def test_a_note_is_published_as_it_was_written() -> None:
    text = '<div class="pd-related" markdown>\nMine\n</div>\n{: .x }\n\n[all](../topics/index.md#looms)'
    page = made_page(Paper(id="arxiv:2511.00001"), Note("notes/2511.00001.md", text))
    published = page.published_markdown()
    assert text.replace("topics/index.md#", "topics/#") in published
    assert "[Looms &amp; weaving](../topics/looms/)" in published


def test_a_former_address_has_markdown_that_leads_to_the_papers() -> None:
    paper = Paper(id="arxiv:2511.00001", title="Looms", aliases=("title:0123456789abcdef",))
    entry = catalog_entry(paper, [])
    [page] = redirect.redirect_pages(entry, (paper.id, *paper.aliases))
    assert "[Looms](2511.00001.md)" in page.published_markdown()
