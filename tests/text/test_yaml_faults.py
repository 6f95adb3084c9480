"""A date that is none, and a name that YAML takes for something else, are named with their line, wherever they stand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError
from paper_digest.text.yaml_document import convert_document, parse_yaml


class Group(msgspec.Struct, forbid_unknown_fields=True):
    """Settings of each kind in which a name or a value may stand."""

    title: str = ""
    names: dict[str, str] = {}
    group: Group | None = None
    entries: tuple[Group, ...] = ()


#: Lines before the fault, from the start of a document to a group within a list.
PLACES = {
    "top": ["title: a"],
    "mapping": ["title: a", "names:", "  a: b"],
    "group": ["group:", "  title: a"],
    "entry": ["entries:", "- title: a", "  group:", "    title: b"],
}
NAMES = ["2024", "1.5", "no", "On", "null", "~", "2026-03-05", "2503.02130", "0x1F"]
VALUES = ["2026-02-30", "2026-13-01", "2026-03-05 25:00:00", "0000-01-01"]


def fault_of(text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        convert_document(parse_yaml(text.encode(), "a.yml"), Group, "correct it")
    return caught.value


def lines_with(place: str, line: str, blank: int) -> tuple[str, int]:
    """Return a document that ends in a line at a place, below blank lines, and the number of that line."""
    before = [*PLACES[place], *[""] * blank]
    indent = len(before[len(PLACES[place]) - 1]) - len(before[len(PLACES[place]) - 1].lstrip())
    return "\n".join([*before, " " * indent + line, ""]), len(before) + 1


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(NAMES), st.integers(0, 3))
def test_a_name_that_is_no_text_is_named_with_its_line(place: str, name: str, blank: int) -> None:
    text, line = lines_with(place, f"{name}: x", blank)
    fault = fault_of(text)
    assert fault.where == f"a.yml:{line}"
    assert fault.what.endswith(f"has the name {name}, which is no text")
    assert fault.cure == "put it in quotes"


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(VALUES), st.integers(0, 3))
def test_a_date_that_is_none_is_named_with_its_line(place: str, value: str, blank: int) -> None:
    text, line = lines_with(place, f"x: [a, {value}]", blank)
    fault = fault_of(text)
    assert fault.where == f"a.yml:{line}"
    assert fault.what == "is not YAML: it has a date or a time that there is not"


def test_a_value_of_another_kind_is_no_fault_of_its_name() -> None:
    given: Any = {"names:\n  a: 5\n": "names[...] is a whole number", "title: 5\n": "title is a"}
    for text, what in given.items():
        assert fault_of(text).what.startswith(what)
