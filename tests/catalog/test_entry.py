"""A blurb ends where a line may end."""

# ruff: noqa: RUF001 - the commas of Chinese

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.entry import shorten_text


@pytest.mark.parametrize(
    ("text", "size", "short"),
    [
        ("Looms weave cloth", 12, "Looms weave …"),
        ("Looms $a b$ weave", 10, "Looms …"),
        ("基于 Loom 的织机研究。", 12, "基于 Loom 的织机研 …"),
        ("织机研究。新", 4, "织机研 …"),
        ("베틀의 연구", 5, "베틀의 …"),
    ],
)
def test_a_text_is_shortened_where_a_line_may_end(text: str, size: int, short: str) -> None:
    assert shorten_text(text, size) == short


@given(st.text("织机研究 。，", max_size=60), st.integers(2, 40))
def test_a_text_without_spaces_is_not_lost(text: str, size: int) -> None:
    line = " ".join(text.split())
    short = shorten_text(text, size)
    assert short == line or (short.endswith(" …") and line.startswith(short[:-2]))
