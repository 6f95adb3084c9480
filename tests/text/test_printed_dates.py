"""Dates of reference files: as much as they say, never more, and doubt is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.dates import MONTH_NAMES
from paper_digest.text.printed_dates import PrintedDate, parse_printed_date

DAYS = st.dates(date(1665, 1, 1), date(2099, 12, 31))
DAY_FORMS = [
    "{y}-{m:02d}-{d:02d}", "{y}-{m:02d}-{d:02d}T10:20:30Z", "{y}/{m:02d}/{d:02d}", "{y}-{m}-{d}",
    "{y}{m:02d}{d:02d}", "{d}.{m}.{y}", "{d} {month} {y}", "{d}. {month} {y}", "{month} {d}, {y}",
    "{month} {d}th, {y}", "{abbr}. {d}, {y}", "{y} {month} {d}", "{d} {abbr} {y}",
    "{y}-{m:02d}-{d:02d}/{y}-12-31", "({d} {month} {y})",
]  # fmt: skip
MONTH_FORMS = [
    "{y}-{m:02d}", "{month} {y}", "{abbr} {y}", "{abbr}. {y}", "{y}, {month}", "{y}-{m:02d}-XX",
    "{y}-{m:02d}/..", "{month}, {y}",
]  # fmt: skip
YEAR_FORMS = [
    "{y}", "{y}a", "{y}b", "({y})", "[{y}]", "\N{COPYRIGHT SIGN}{y}", "c{y}", "{y}--{next}", "{y}-{next}",
    "{y}\N{EN DASH}{next}", "{y}/{next}", "{y}/{short:02d}", "{y}-{short:02d}", "Spring {y}", "{y}-XX", "{y}-21",
    "in press {y}", "{y} (to appear)", "{y}/", "{y}/..", "{y}-XX-XX", "{m} of {y}", "March or May {y}",
]  # fmt: skip
DOUBTFUL_FORMS = [
    "{y}?",
    "{y}~",
    "{y}%",
    "c. {y}",
    "ca. {y}",
    "circa {y}",
    "[{y}?]",
    "about {y}",
    "/{y}",
    "../{y}",
]


def fill(form: str, day: date) -> str:
    """Write a day in a form."""
    name = MONTH_NAMES[day.month - 1]
    return form.format(
        y=day.year, m=day.month, d=day.day, month=name, abbr=name[:3], next=day.year + 1, short=(day.year + 1) % 100
    )  # fmt: skip


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_days(day: date, form: str) -> None:
    assert parse_printed_date(fill(form, day)) == PrintedDate(day.isoformat())


@given(DAYS, st.sampled_from(MONTH_FORMS))
def test_months(day: date, form: str) -> None:
    assert parse_printed_date(fill(form, day)) == PrintedDate(day.isoformat()[:7])


@given(DAYS, st.sampled_from(YEAR_FORMS))
def test_years(day: date, form: str) -> None:
    assert parse_printed_date(fill(form, day)) == PrintedDate(f"{day.year}")


@given(DAYS, st.sampled_from(DOUBTFUL_FORMS))
def test_doubt_is_said(day: date, form: str) -> None:
    assert parse_printed_date(fill(form, day)) == PrintedDate(f"{day.year}", doubtful=True)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31/12/2019", "2019-12-31"),
        ("12/31/2019", "2019-12-31"),
        ("04/03/2019", "2019"),
        ("2019/03", "2019-03"),
        ("2011/12", "2011"),
        ("4--6 March 2019", "2019-03-04"),
        ("28 Feb--2 Mar 2019", "2019"),
        ("2019-02-30", "2019-02"),
        ("\uff12\uff10\uff11\uff19", "2019"),
    ],
)
def test_what_could_be_two_days_is_neither(text: str, iso: str) -> None:
    assert parse_printed_date(text) == PrintedDate(iso)


@pytest.mark.parametrize(
    "text", ["", "n.d.", "to appear", "201X", "0001", "1664", "199?", "20191", "x" * 999]
)
def test_what_says_no_year_is_no_date(text: str) -> None:
    assert parse_printed_date(text).iso == ""


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    iso = parse_printed_date(text).iso
    assert iso == "" or "1600" <= iso[:4] <= "9999"
