"""Dates are read as exactly as their parts say, and written so that they can be read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.text.dates import (
    EARLIEST_DATE,
    MONTH_ABBREVIATIONS,
    MONTH_NAMES,
    format_date,
    format_heading,
    format_long_date,
    partial_date,
)


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        ((2021, 3, 4), "2021-03-04"),
        (("2021", "Mar.", "4"), "2021-03-04"),
        (("2021", "september"), "2021-09"),
        ((2021,), "2021"),
        ((2021, None, 4), "2021"),
        ((2021, 2, 30), "2021-02"),
        ((2021, 13, 1), "2021"),
        ((2021, "ma"), "2021"),
        ((2021, "marching"), "2021"),
        ((1664,), ""),
        ((20211,), ""),
        (("21",), ""),
        ((True,), ""),
        ((2021.0,), ""),
        ((None, 3, 4), ""),
        (("²⁰²¹",), ""),
    ],
)
def test_a_date_is_as_exact_as_its_parts(parts: tuple[object, ...], day: str) -> None:
    assert partial_date(*parts) == day


@settings(deadline=None)
@given(st.dates(min_value=EARLIEST_DATE))
def test_every_day_of_the_calendar_is_one(day: object) -> None:
    parts = str(day).split("-")
    assert partial_date(*parts) == str(day)
    assert partial_date(*parts[:2]) == str(day)[:7]


@settings(deadline=None)
@given(st.dates(min_value=EARLIEST_DATE), st.integers(1, 3))
def test_a_date_written_for_people_can_be_read_again(day: date, part_count: int) -> None:
    iso = "-".join(day.isoformat().split("-")[:part_count])
    for words in (format_date(iso), format_long_date(iso)):
        assert partial_date(*words.split()[::-1]) == iso
    heading = format_heading(iso)
    assert heading.endswith(format_long_date(iso))
    if iso == day.isoformat():
        assert heading.startswith(day.strftime("%A, "))


def test_months_and_weeks_have_the_words_of_the_calendar() -> None:
    first_days = [date(2025, month, 1) for month in range(1, 13)]
    assert list(MONTH_NAMES) == [f"{day:%B}" for day in first_days]
    assert list(MONTH_ABBREVIATIONS) == [f"{day:%b}" for day in first_days]
    assert format_heading("2025-W07") == format_long_date("2025-W07") == "Week 7 of 2025"
