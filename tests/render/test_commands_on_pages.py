"""A command in a text of ours is code on a page: no reader sees the backticks of a terminal."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.model.errors import Problem
from paper_digest.render import span
from paper_digest.render.pages import authors, home, organisations, statistics, status, trending
from paper_digest.render.pages.page import Page
from paper_digest.render.sentence import with_commands
from paper_digest.store.runs.health import SourceHealth
from paper_digest.store.runs.log import Run
from paper_digest.text.language import LANGUAGES, language

EXTENSIONS = ["fenced_code", "attr_list", "md_in_html", "paper_digest.site.markdown_math"]
CURE = "free some space (`digest clean` deletes what builds made), then run `mkdocs build --strict`"
WORDS = st.lists(
    st.sampled_from(
        ["`digest ingest`", "`mkdocs build --strict`", "`", "`x`", "`digest <b>`", "<b>", "a", "*"]
    ),
    min_size=1,
).map(" ".join)


def _pages_of_no_paper() -> list[Page]:
    empty = Catalog([], ())
    groups = (*authors.page_groups(empty, 10), *organisations.page_groups(empty, 10))
    started = "2026-01-09T12:00:00+00:00"
    run = Run(
        "arxiv", "{}", started, "2026-01-08", "2026-01-09", ok=False, problems=1, said=(CURE,)
    )
    state = SourceHealth("arxiv", "{}", "failed", f"It failed: {CURE}", run)
    return [
        home.make_page(empty, "Looms", "An archive"),
        statistics.make_page(empty),
        trending.make_page(empty),
        status.make_page([state], [Problem("archive", "has no space", cure=CURE)]),
        *(page for group in groups for page in group.make() if isinstance(page, Page)),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_page_of_an_empty_archive_shows_a_backtick(code: str) -> None:
    with language(code):
        pages = {page.path: page.html() for page in _pages_of_no_paper()}
    assert [path for path, html in pages.items() if "`" in html] == []
    assert "<code>digest ingest</code>" in pages["index.md"]
    assert pages["status.md"].count("<code>digest clean</code>") == len(
        ("explanation", "run", "fault")
    )


@given(WORDS)
def test_a_text_with_commands_converts_to_its_html(words: str) -> None:
    made = span.paragraph(with_commands(words))
    assert markdown.markdown(made.markdown, extensions=EXTENSIONS) == made.html
    assert made.html.count("<code>") == words.count("`digest i") + words.count("`mkdocs")
    assert "<b>" not in made.html
