"""Charts of papers over time."""

from __future__ import annotations

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.render.pages import charts


def drawn(counts: dict[str, int]) -> tuple[int, list[str]]:
    """Return how many bars a chart has, and what its caption says."""
    soup = BeautifulSoup(charts.bar_chart(counts, "papers").html, "html.parser")
    return len(soup.find_all("rect")), [part.get_text() for part in soup.find_all("span")]


def test_a_few_months_are_drawn_by_month() -> None:
    bars, caption = drawn({"2025-01": 2, "2025-03": 5})
    assert bars == 2
    assert caption == ["Jan 2025", "papers, at most 5 a month", "Mar 2025"]


def test_many_years_are_drawn_by_year() -> None:
    bars, caption = drawn({f"{year}-06": 4 for year in range(1993, 2027)})
    assert bars == 34
    assert caption == ["1993", "papers, at most 4 a year", "2026"]


def test_years_that_would_be_one_bar_are_drawn_by_month_and_the_rest_is_counted() -> None:
    bars, caption = drawn({"1993-01": 1, "2015-06": 2, "2025-10": 60, "2025-11": 90})
    assert bars == 2
    assert caption == ["Dec 2022", "papers, at most 90 a month; 3 earlier", "Nov 2025"]


def test_papers_known_to_the_year_alone_are_in_bars_of_years() -> None:
    """A year's bar and line of the table were less than its page lists."""
    counts = {f"{year}-06": 4 for year in range(1993, 2027)} | {"1991": 1, "2026": 9}
    bars, caption = drawn(counts)
    assert bars == 35
    assert caption == ["1991", "papers, at most 13 a year", "2026"]
    assert charts.counts_by_period(counts) == {
        str(year): 1 if year == 1991 else 4 * (year > 1992) + 9 * (year == 2026)
        for year in range(1991, 2027)
    }


def test_papers_without_a_month_are_counted_where_bars_are_months() -> None:
    counts = {"1990": 1, "1993-01": 1, "2015-06": 2, "2025-10": 60, "2025": 5, "2025-11": 90}
    _, caption = drawn(counts)
    text = "papers, at most 90 a month; 4 earlier; 5 without a month"
    assert caption == ["Dec 2022", text, "Nov 2025"]
    _, caption = drawn({"2025-01": 20, "2025": 3, "2025-03": 5})
    assert caption == ["Jan 2025", "papers, at most 20 a month; 3 without a month", "Mar 2025"]


def test_where_many_have_no_month_bars_are_years() -> None:
    assert drawn({"2021": 9, "2023": 4, "2023-05": 1}) == (
        2,
        ["2021", "papers, at most 9 a year", "2023"],
    )


@given(
    st.dictionaries(
        st.builds(
            lambda year, month: f"{year}-{month:02}" if month else f"{year}",
            st.integers(1990, 2030),
            st.integers(0, 12),
        ),
        st.integers(1, 50),
    )
)
def test_every_dated_paper_is_in_a_bar_or_counted_beside_them(counts: dict[str, int]) -> None:
    bars, older, without_month = charts._choose_bars(counts)
    assert sum(bars.values()) + older + without_month == sum(counts.values())
    assert min(older, without_month, *bars.values(), 0) == 0
    periods = charts.counts_by_period(counts)
    if any(len(when) == len("YYYY") for when in periods):
        assert sum(periods.values()) == sum(counts.values())


def test_one_month_is_no_chart() -> None:
    assert not charts.bar_chart({"2025-11": 90}, "papers").html
