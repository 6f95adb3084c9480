"""A paper's page holds what its record says, whatever that looks like."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Paper, Sighting
from paper_digest.render.pages.dates import page_groups
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


def test_a_date_without_its_year_is_shown_as_it_was_printed_and_listed_as_undated() -> None:
    paper = Paper(
        id="title:0123456789abcdef",
        title="Boats",
        sightings=(Sighting("text", "huggingface:1", seen_as="Aug 6", published_as="Mar 11"),),
    )
    catalog = Catalog([catalog_entry(paper, ())], ())
    html = make_page(paper, catalog).html()
    assert "Published “Mar 11”, year unknown" in html
    assert "of “Aug 6”, year unknown" in html
    assert "<time" not in html
    [undated] = [g for g in page_groups(catalog, 50) if g.name == "dates/undated"]
    assert "“Mar 11”, year unknown" in next(iter(undated.make())).html()
    page_alone = replace(paper, sightings=(Sighting("text", "huggingface:1", seen_as="Aug 6"),))
    assert catalog_entry(page_alone, ()).printed_date == "Aug 6"
    dated = replace(paper, published="2024-03-11")
    assert catalog_entry(dated, ()).printed_date == ""
    assert "year unknown" not in make_page(dated, catalog).html().partition("Sources of")[0]
