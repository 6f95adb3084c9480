"""YAML that a person wrote: lines of values, duplicate keys, and documents made to do harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import ConfigError
from paper_digest.text.yaml_document import MAX_NESTING, parse_yaml

#: Ten names, each a list of ten of the one before: ten milliards of values.
ALIAS_BOMB = "a0: &a0 x\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 11)
)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a stands here and on line 1"),
        ("a:\n  b: 1\n  b: 1\n", 3, "b stands here and on line 2"),
        ("- {a: 1, a: 2}\n", 1, "a stands here and on line 1"),
        ("a: &x [*x]\n", 1, "stands inside itself"),
        ("a: " + "[" * 99 + "]" * 99, 1, "nested too deeply"),
        ("a: " + "[" * 100_000 + "]" * 100_000, 1, "nesting"),
        (ALIAS_BOMB, 1, "too many values"),
        ("a: 1\n b: 2\n", 2, "is not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "is not YAML"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(ConfigError) as fault:
        parse_yaml(text.encode(), "x.yml")
    assert what in fault.value.what
    assert fault.value.cure
    if what != "too many values":  # told where the sum is first too large
        assert fault.value.where == f"x.yml:{line}"


@pytest.mark.parametrize("data", [b"a: \0", b"a: 2025-02-31", b"? [a]\n: b"])
def test_what_no_value_can_be_is_told(data: bytes) -> None:
    with pytest.raises(ConfigError, match=r"x\.yml.*is not YAML"):
        parse_yaml(data, "x.yml")


@pytest.mark.parametrize("data", [b"a: 1\nb: \xfc", b"\xef\xbb\xbfa: 1\nb: \xfc", b"a: \n\xff"])
def test_what_is_not_utf_8_is_named_with_its_line(data: bytes) -> None:
    with pytest.raises(ConfigError, match=r"x\.yml:2: is not UTF-8; save it as UTF-8"):
        parse_yaml(data, "x.yml")


@pytest.mark.parametrize("before", ["", "\ufeff", "ü: ä\n", "# 😀\na: b\n"])
@pytest.mark.parametrize(
    ("text", "cure"), [("a: \x01", "take it out"), ("a: [b]\n\tc: d", "write spaces")]
)
def test_a_character_that_may_not_stand_there_has_its_line(
    before: str, text: str, cure: str
) -> None:
    line = (before + text).count("\n") + 1
    with pytest.raises(ConfigError) as fault:
        parse_yaml((before + text).encode(), "x.yml")
    assert (fault.value.where, fault.value.cure) == (f"x.yml:{line}", cure)


def test_a_value_is_found_by_its_path() -> None:
    document = parse_yaml("\ufeffa: 1\nb:\n  - c: 2\n    d: 3\n".encode(), "x.yml")
    assert document.value == {"a": 1, "b": [{"c": 2, "d": 3}]}
    paths = ((), ("a",), ("b",), ("b", 0), ("b", 0, "d"), ("b", 0, "gone"), ("gone",))
    assert [document.line(*path) for path in paths] == [1, 1, 2, 3, 4, 3, 1]
    assert document.child("b").place(0, "d") == "x.yml:4"


def test_nesting_has_room_for_what_people_write() -> None:
    depth = MAX_NESTING - 2
    assert parse_yaml(f"a: {'[' * depth}{']' * depth}".encode(), "x.yml").value


@given(st.binary(max_size=60) | st.text("ab:-[]{}&*,#!? \n'\"", max_size=40).map(str.encode))
def test_any_bytes_are_a_document_or_an_error(data: bytes) -> None:
    try:
        parse_yaml(data, "x.yml")
    except ConfigError as fault:
        assert fault.where.startswith("x.yml")  # noqa: PT017 - either way is right
