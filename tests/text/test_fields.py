"""Ids and dates from outside that are known in part or in many forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.text import fields


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
    assert fields.partial_date(*parts) == day


@settings(deadline=None)
@given(st.dates(min_value=fields.EARLIEST_DATE))
def test_every_day_of_the_calendar_is_one(day: object) -> None:
    parts = str(day).split("-")
    assert fields.partial_date(*parts) == str(day)
    assert fields.partial_date(*parts[:2]) == str(day)[:7]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("P18-1001", "P18-1001"),
        ("p18-1001", "P18-1001"),
        ("https://aclanthology.org/2020.acl-main.12/", "2020.acl-main.12"),
        ("https://www.aclweb.org/anthology/P/P18/P18-1001.pdf", "P18-1001"),
        ("https://aclanthology.org/P18-1001v2.pdf", "P18-1001"),
        ("10.18653/v1/2020.ACL-main.1", "2020.acl-main.1"),
        ("https://doi.org/10.3115/v1/p14-1001", "P14-1001"),
        ("P18-1", ""),
        ("2020.acl-main", ""),
        ("https://aclanthology.org/people/a/", ""),
        ("https://example.org/P18-1001", ""),
        (None, ""),
    ],
)
def test_acl_ids_are_known_in_all_their_forms(text: object, bare: str) -> None:
    assert fields.parse_acl_id(text) == bare


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("https://openreview.net/forum?id=aB_1-c", "aB_1-c"),
        ("https://openreview.net/forum?noteId=x&id=aB_1-c#top", "aB_1-c"),
        ("https://openreview.net/pdf?id=aB_1-c", "aB_1-c"),
        ("https://openreview.net/group?id=Made.up", ""),
        ("https://openreview.net/forum?id=", ""),
        ("aB_1-c", ""),
        (7, ""),
    ],
)
def test_openreview_ids_are_taken_from_addresses(text: object, bare: str) -> None:
    assert fields.parse_openreview_id(text) == bare
