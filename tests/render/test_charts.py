"""Charts of papers over time."""

from __future__ import annotations

from bs4 import BeautifulSoup
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


def test_one_month_is_no_chart() -> None:
    assert not charts.bar_chart({"2025-11": 90}, "papers").html
