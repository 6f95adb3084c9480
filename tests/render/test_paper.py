"""A paper's page holds what its record says, whatever that looks like."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Paper
from paper_digest.render.pages.paper import make_page

WORDS = st.lists(st.sampled_from(("twelve", "pages", "and", "looms")), min_size=1).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(("\n\n", "\n \n", "\n\n\n")))
def test_a_comment_keeps_its_paragraphs(paragraphs: list[str], gap: str) -> None:
    paper = Paper(id="arxiv:2501.00001", title="Looms", comment=gap.join(paragraphs))
    html = make_page(paper, Catalog([catalog_entry(paper, ())], ())).html()
    first, *others = (f"{words}</p>" for words in paragraphs)
    expected = [f'<p class="pd-comment">{p}' for p in (f"Comment: {first}", *others)]
    start = html.index(expected[0])
    assert html[start:].startswith("\n".join(expected))
