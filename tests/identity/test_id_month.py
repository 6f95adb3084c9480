"""A date that an arXiv id refutes is not believed, whoever states it and in whatever order."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paper_digest.identity import merge
from paper_digest.identity.claims import attribute_fields, claims_table
from paper_digest.identity.id_month import MONTH_GRACE, arxiv_id_month
from paper_digest.model.paper import Paper, Sighting
from paper_digest.sources.registry import registry

merge_papers = partial(merge.merge_papers, ranking=registry().ranking)
ID = "arxiv:2411.18966"
MONTH = "2024-11"


@pytest.mark.parametrize(
    ("paper_id", "month"),
    [
        (ID, MONTH),
        ("arxiv:0704.0001", "2007-04"),
        ("arxiv:hep-th/9108001", "1991-08"),
        ("arxiv:math/0309001", "2003-09"),
        ("doi:10.1/2411.18966", ""),
        ("title:0123456789abcdef", ""),
    ],
)
def test_an_id_says_its_month(paper_id: str, month: str) -> None:
    assert arxiv_id_month(paper_id) == month


def test_a_later_date_of_a_list_loses_to_the_id() -> None:
    listed = attribute_fields(
        Paper(id=ID, title="Boats", published="2026-05-04"), "huggingface", ""
    )
    assert listed.published == MONTH
    assert listed.claims[0].differs == {"published": "2026-05-04"}
    arxiv = attribute_fields(Paper(id=ID, title="Boats", published="2024-11-28"), "arxiv", "")
    for one, two in permutations((listed, arxiv)):
        assert merge_papers(one, two).published == "2024-11-28"


def test_a_title_that_gets_its_id_loses_the_date_that_it_refutes() -> None:
    page = attribute_fields(
        Paper(id="title:0123456789abcdef", title="Boats", published="2023-08-06", inferred=True),
        "text",
        "",
    )
    assert page.published == "2023-08-06"
    merged = merge_papers(page, attribute_fields(Paper(id=ID, title="Boats"), "acl", ""))
    assert (merged.published, merged.inferred) == (MONTH, False)
    assert ("published", "text", "") in claims_table(merged)


def test_the_year_of_a_print_is_not_refuted() -> None:
    printed = Paper(id=ID, title="Boats", published="2026", venue="Journal of Boats")
    assert attribute_fields(printed, "bibtex", "").published == "2026"
    fixed = Paper(id=ID, title="Boats", published="2026-05-04")
    assert attribute_fields(fixed, "editor", "").published == "2026-05-04"


def test_an_announcement_before_the_month_of_the_id_is_not_believed() -> None:
    listed = Paper(id=ID, title="Boats", announced="2024-05-01")
    early = attribute_fields(listed, "huggingface", "")
    assert early.announced == ""
    assert early.claims[0].differs == {"announced": "2024-05-01"}
    late = attribute_fields(replace(listed, announced="2026-05-01"), "huggingface", "")
    assert late.announced == "2026-05-01"


stated = st.builds(
    lambda source, day, length, venue: attribute_fields(
        Paper(
            id=ID,
            title="Boats",
            published=day.isoformat()[:length],
            announced=day.isoformat(),
            venue=venue,
            sightings=(Sighting(source, day.isoformat()),),
        ),
        source,
        day.isoformat(),
    ),
    st.sampled_from(["huggingface", "text", "bibtex", "crossref", "openreview", "arxiv"]),
    st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "Journal of Boats"]),
)


@given(st.lists(stated, min_size=3, max_size=3))
def test_the_order_has_no_effect_and_no_statement_is_lost(papers: list[Paper]) -> None:
    results = [merge_papers(merge_papers(x, y), z) for x, y, z in permutations(papers)]
    assert len({(r.published, r.announced) for r in results}) == 1
    [one, *_] = results
    assert merge_papers(one, papers[0]) is one
    cells = claims_table(one)
    for paper in papers:
        stated_cells = claims_table(paper).keys()
        assert {key for key in stated_cells if key[0] != "announced"} <= cells.keys()


@given(st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_a_day_of_the_month_itself_is_believed(day: date) -> None:
    listed = Paper(id=ID, title="Boats", published=day.isoformat())
    first, last = date(2024, 11, 1), date(2024, 11, 30)
    is_possible = first - MONTH_GRACE <= day <= last + MONTH_GRACE
    believed = attribute_fields(listed, "huggingface", "").published
    assert believed == (day.isoformat() if is_possible else MONTH)
    assert timedelta(days=3) <= MONTH_GRACE
