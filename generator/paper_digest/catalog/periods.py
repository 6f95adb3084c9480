"""Weeks and months of the calendar, those without papers among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from paper_digest.catalog.entry import CatalogEntry

_WEEK = timedelta(7)


def with_empty_periods(
    periods: Mapping[str, Sequence[CatalogEntry]],
) -> dict[str, Sequence[CatalogEntry]]:
    """Add the months or weeks between the first and the last that have no papers; newest first.

    Twelve months before one are then a year, whatever the archive lacks of it.
    """
    return {name: periods.get(name, ()) for name in reversed([*_in_a_row(periods)])}


def count_by_month(entries: Iterable[CatalogEntry]) -> dict[str, int]:
    """Count entries by month, oldest first, and those of which only the year is known by year.

    Such a year (``YYYY``) stands before its months; entries without a date are left out.
    """
    counts = Counter([e.filing_date[: len("YYYY-MM")] for e in entries])
    return {when: counts[when] for when in sorted(counts) if when}


def is_month(when: str) -> bool:
    """Tell whether a period is a month, and not a year."""
    return len(when) == len("YYYY-MM")


def iso_week(day: str) -> str:
    """Name the ISO week of a day: ``2025-11-20`` -> ``2025-W47``."""
    year, number, _ = date.fromisoformat(day).isocalendar()
    return f"{year:04}-W{number:02}"


def _in_a_row(names: Iterable[str]) -> Iterator[str]:
    first, last = min(names, default=""), max(names, default="")
    name = first
    while name and name <= last:
        yield name
        name = _next_week(name) if "W" in name else _next_month(name)


def _next_month(name: str) -> str:
    number = int(name[:4]) * 12 + int(name[5:])  # months count from 1: that is the next one
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _next_week(name: str) -> str:
    monday = date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
    return iso_week((monday + _WEEK).isoformat())
