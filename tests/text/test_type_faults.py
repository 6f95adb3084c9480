"""What is wrong with a value is said in a person's words, whatever type was wanted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.type_faults import type_fault, unknown_key, wants_quotes


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    count: Annotated[int, msgspec.Meta(ge=1, le=9)] = 1
    share: float | None = None
    on: bool = False
    period: Literal["day", "week"] = "day"
    words: list[str] = []
    day: date | None = None
    inner: dict[str, int] = {}


def _said(value: object) -> str:
    try:
        msgspec.convert(value, _Wanted)
    except msgspec.ValidationError as error:
        return str(error).partition(" - at `")[0]
    return ""


_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates(),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*_Wanted.__struct_fields__, "other"]), _VALUES))
def test_no_words_of_the_library_are_left(value: dict[str, Any]) -> None:
    if said := _said(value):
        fault = type_fault(said)
        assert not {"Expected", "Object", "field", "Invalid", "enum"} & set(fault.split())
        assert fault.split()[0] in {"is", "should", "lacks", "has", "cannot"}


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({}, "lacks name:"),
        ({"name": 1}, "is a whole number and should be a text"),
        ({"name": "", "count": 0}, "should be a whole number >= 1"),
        ({"name": "", "period": "month"}, "cannot be 'month'"),
        ({"name": "", "words": "a"}, "is a text and should be a list"),
        ({"name": "", "other": 1}, "has an unknown key other"),
    ],
)
def test_a_fault_goes_on_from_the_values_name(value: object, fault: str) -> None:
    assert type_fault(_said(value)) == fault


def test_what_to_do_is_known() -> None:
    assert unknown_key(_said({"name": "", "other": 1})) == "other"
    assert unknown_key(_said({})) == ""
    assert wants_quotes(_said({"name": date(2025, 1, 1)}))
    assert not wants_quotes(_said({"name": []}))
