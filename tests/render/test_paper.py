"""A paper's page holds what its record says, whatever that looks like."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Link, Paper, Sighting
from paper_digest.model.work_types import PARTS, WORK_TYPES, WorkType
from paper_digest.render.citation.facts import citation_facts
from paper_digest.render.pages.dates import page_groups
from paper_digest.render.pages.paper import make_page
from paper_digest.render.pages.report_links import ReportPlace

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


def _page(paper: Paper) -> str:
    return make_page(paper, Catalog([catalog_entry(paper, ())], ())).html()


@given(st.integers(7, 30), st.integers(1, 12))
def test_arxiv_sets_as_html_what_came_since_december_2023(year: int, month: int) -> None:
    bare = f"{year:02}{month:02}.00001"
    html = _page(Paper(id=f"arxiv:{bare}", title="Looms"))
    assert (f"https://arxiv.org/html/{bare}" in html) == ((year, month) >= (23, 12))
    assert "arxiv.org/html" not in _page(Paper(id="arxiv:hep-th/9901001", title="Looms"))


def test_a_paper_without_a_way_to_its_text_is_looked_for_and_no_other() -> None:
    lost = Paper(id="title:0123456789abcdef", title="Looms & <threads>")
    assert "scholar.google.com/scholar?q=Looms+%26+%3Cthreads%3E" in _page(lost)
    assert "searchtype=title" in _page(replace(lost, links=(Link("code", "https://x.example/a"),)))
    for found in (
        replace(lost, links=(Link("pdf", "https://x.example/a.pdf"),)),
        replace(lost, doi="10.1234/looms"),
        replace(lost, id="arxiv:2501.00001"),
    ):
        assert "scholar.google" not in _page(found)


@pytest.mark.parametrize("work_type", WORK_TYPES)
def test_what_is_no_paper_says_what_it_is_as_its_citation_does(work_type: WorkType) -> None:
    work = Paper(
        id="doi:10.1234/looms",
        title="Looms",
        published="2025-01-02",
        work_type=work_type,
        venue="Handbook of Looms" if work_type in PARTS else "",
    )
    line = BeautifulSoup(_page(work), "html.parser").select_one(".pd-meta")
    assert line
    kind = citation_facts(work).kind
    first = kind.capitalize() if kind != "chapter" else "Book chapter"
    is_paper = kind in {"journal", "conference", "preprint", "other"}
    assert line.text.split(" · ")[0] == ("Published 2 Jan 2025" if is_paper else first)


def test_who_brought_a_paper_to_a_list_is_named() -> None:
    seen = Sighting("huggingface", "2025-11-03", seen="2025-11-03", submitted_by="Ada <b>L</b>")
    html = _page(Paper(id="arxiv:2501.00001", title="Looms", sightings=(seen,)))
    assert "Brought to Hugging Face by Ada &lt;b&gt;L&lt;/b&gt;<" in html


def test_a_reason_of_withdrawal_is_said_once() -> None:
    reason = "A thread was lost in section 3"
    html = _page(Paper(id="arxiv:2501.00001", title="Looms", withdrawn=reason, comment=reason))
    assert html.partition('class="pd-cite')[0].count(reason) == 1


def test_what_is_wrong_is_reported_with_the_form_filled_in_or_by_mail() -> None:
    paper = Paper(id="arxiv:2501.00001", title="Looms & <threads>")
    catalog = Catalog([catalog_entry(paper, ())], ())

    def links(place: ReportPlace) -> dict[str, str]:
        page = BeautifulSoup(make_page(paper, catalog, place).html(), "html.parser")
        return {
            a.get_text(): str(a["href"])
            for a in page.find_all("a")
            if a.get_text().startswith(("Fix", "Correct"))
        }

    assert links(ReportPlace()) == {}
    new = "https://git.example/a/b/issues/new?template="
    assert links(ReportPlace("https://git.example/a/b/")) == {
        "Fix this record": f"{new}fix-record.yml&title=Fix+the+record+of+arxiv%3A2501.00001"
        "&paper=arxiv%3A2501.00001",
        "Correct a name": f"{new}author-name.yml&title=Correct+a+name+on+arxiv%3A2501.00001"
        "&papers=arxiv%3A2501.00001",
    }
    cloned = (ReportPlace(f"https://git.example/a/b{end}") for end in ("", ".git", ".git/"))
    assert all(links(place) == links(ReportPlace("https://git.example/a/b/")) for place in cloned)
    page, mail = "https://a.example/errors", "curators_1@a.example"
    assert links(ReportPlace("https://git.example/a/b", page)) == {"Fix this record": page}
    subject = "Fix%20the%20record%20of%20arxiv%3A2501.00001"
    assert links(ReportPlace("", mail)) == {"Fix this record": f"mailto:{mail}?subject={subject}"}
