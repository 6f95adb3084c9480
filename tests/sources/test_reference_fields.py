"""Dates of reference managers' exports: as exact as they are said, and nothing undated in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.sources.reference_fields import read_date


@pytest.mark.parametrize(
    ("texts", "iso", "problem"),
    [
        (["2019a"], "2019", ""),
        (["2018--2019"], "2018", ""),
        (["4 March 2019", "2019"], "2019-03-04", ""),
        (["2018-12-31", "2019"], "2019", ""),
        (["", "2019?"], "2019", "uncertain"),
        (["2019~"], "2019", "uncertain"),
        (["in press"], "", "no year"),
        (["", "19"], "", "no year"),
        (["", ""], "", ""),
        ([], "", ""),
    ],
)
def test_a_date_is_as_exact_as_it_is_said(texts: list[str], iso: str, problem: str) -> None:
    read, what = read_date(texts)
    assert read == iso
    assert (problem in what) if problem else not what


@given(st.lists(st.text(max_size=30), max_size=3))
def test_nothing_is_undated_in_silence(texts: list[str]) -> None:
    iso, what = read_date(texts)
    assert iso or what or not any(text.strip() for text in texts)
