"""What others said is short and printable, and no secret is repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import Problem
from paper_digest.model.quoting import (
    MAX_LINE_CHARACTERS,
    MAX_QUOTED_CHARACTERS,
    public_line,
    quote_outside,
    without_secrets,
)


@given(st.text(), st.integers(1, 400))
def test_a_quotation_is_short_and_printable(text: str, times: int) -> None:
    quoted = quote_outside(text * times)
    assert len(quoted) <= MAX_QUOTED_CHARACTERS
    assert quoted.isprintable()


@given(st.text(), st.integers(1, 3000))
def test_a_line_of_the_diary_ends(text: str, times: int) -> None:
    line = public_line(text * times)
    assert len(line) <= MAX_LINE_CHARACTERS
    assert line.isprintable()


@given(st.lists(st.from_regex(r"\A[ -~]{1,40}\Z"), max_size=10))
def test_short_words_of_the_diary_stay(words: list[str]) -> None:
    line = " ".join(" ".join(words).split())
    assert public_line(line) == without_secrets(line)


@pytest.mark.parametrize(
    "address",
    [
        "https://me:hunter2@host.example/a",
        "http://hunter2@host.example",
        "https://host.example/?api_key=hunter2&a=b",
        "https://host.example/?a=b&token=hunter2",
        "https://host.example/?access_token=hunter2#a",
        "https://me:hun%3Ater2hunter2@[::1]:80/",
    ],
)
@pytest.mark.parametrize("before", ["", "led to ", "(“"])
def test_no_secret_of_an_address_is_repeated(before: str, address: str) -> None:
    for said in (
        public_line(before + address),
        quote_outside(before + address),
        str(Problem(before + address, "is silent", cure=f"see {address}")),
    ):
        assert "ter2" not in said
        assert "host.example" in said or "[::1]" in said


def test_an_address_without_secrets_stays() -> None:
    address = "https://host.example/@me/a?query=boats&page=2#key"
    assert without_secrets(address) == address
