"""Hashes of dates say of which days, weeks, months and years a paper changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paper_digest.catalog.by_date import PapersByDate
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry, catalog_entry
from paper_digest.catalog.periods import iso_week
from paper_digest.model.paper import Paper

DATES = st.sampled_from(
    [
        "",
        "2024",
        "2024-12",
        "2024-12-29",
        "2024-12-30",
        "2025",
        "2025-01",
        "2025-01-01",
        "2025-01-02",
    ]
)


def _entries(dates: list[str]) -> list[CatalogEntry]:
    return [
        catalog_entry(Paper(id=f"arxiv:2501.{n:05}", title="Kettles", published=date), ())
        for n, date in enumerate(dates)
    ]


def _periods(date: str) -> set[str]:
    """Name the pages of dates that list a paper."""
    parts = {date[:4], date[:7], date} if date else set()
    return parts | {iso_week(date)} if len(date) == len("YYYY-MM-DD") else parts


@given(st.lists(DATES, min_size=1, max_size=12), st.data())
def test_a_changed_paper_changes_the_hashes_of_its_periods_alone(
    dates: list[str], data: st.DataObject
) -> None:
    entries = _entries(dates)
    before = Catalog(entries, ()).date_hashes
    catalog = Catalog(entries, ())
    assert before.keys() == {
        *catalog.by_year, *catalog.by_month, *catalog.by_week, *catalog.by_day
    }  # fmt: skip
    number = data.draw(st.integers(0, len(entries) - 1))
    entries[number] = replace(entries[number], title="Teapots")
    after = Catalog(entries, ()).date_hashes
    assert {period for period in before if before[period] != after[period]} == _periods(
        dates[number]
    )


@given(st.lists(DATES, max_size=8), DATES)
def test_a_new_paper_changes_the_hashes_of_its_periods_alone(dates: list[str], date: str) -> None:
    before, after = (Catalog(_entries(some), ()).date_hashes for some in (dates, [*dates, date]))
    assert {period for period in after if before.get(period) != after[period]} == _periods(date)


def _present_day(*papers: tuple[str, str]) -> str:
    """Return the present day of an archive of papers, each with its date and the day on which it came."""
    entries = [
        replace(entry, arrived=arrived)
        for entry, (_, arrived) in zip(_entries([day for day, _ in papers]), papers, strict=True)
    ]
    return PapersByDate(entries).present_day


def test_a_date_months_ahead_is_not_the_present_day() -> None:
    """An issue of next March made coming meetings held ones, and took the pick of the week from home."""
    today = ("2026-11-28", "2026-11-30")
    for ahead in ("2027-03-06", "2027-03", "2027", "2026-12-24"):
        assert _present_day(today, (ahead, "2026-11-30"), ("", "2026-11-30")) == "2026-11-28"
    # arXiv announces on Monday what it was asked for on Friday.
    assert _present_day(today, ("2026-12-02", "2026-11-28")) == "2026-12-02"
    # Nobody knows when these came.
    assert _present_day(("2026-11-28", ""), ("2027-03-06", "")) == "2027-03-06"
    assert _present_day(("2026-11-28", "soon"), ("2026", "soon")) == "2026-11-28"
    assert _present_day(("2026", "2026-11-30")) == ""
    assert _present_day() == ""
