"""Reads the numbers of a text: their values, units, and the words that say one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = re.compile(r"(?<![^\W_])(?<![^\W_][.,])\d+(?:[.,]\d+)*")
#: What makes a number part of a name: ``GPT-`` before it, ``SO(`` not.
_NAME_BEFORE = re.compile(r"[^\W\d_a-z][^\W_]*[-./]\Z")
_MAX_NAME_CHARACTERS = 40
_UNIT = re.compile(
    r"[\s-]?(%|per ?cent\b|percent\b|k\b|m\b|b\b|t\b|thousand\b|million\b|billion\b|trillion\b)",
    re.IGNORECASE,
)
_UNIT_NAMES = {"%": "%", "k": "thousand", "m": "million", "b": "billion", "t": "trillion"}

_NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        2,
    )
} | {
    word: str(10 * value)
    for value, word in enumerate(
        ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"], 3
    )
}
#: Words that say a number, and may stand for one another with what their text writes in digits.
_MULTIPLES = {
    "twice": "2",
    "double": "2",
    "doubles": "2",
    "doubled": "2",
    "triple": "3",
    "triples": "3",
    "tripled": "3",
    "half": "2",
    "halves": "2",
    "halved": "2",
    "dozen": "12",
    "dozens": "12",
    "thousand": "thousand",
    "thousands": "thousand",
    "million": "million",
    "millions": "million",
    "billion": "billion",
    "billions": "billion",
    "trillion": "trillion",
}
NUMBERS_BY_WORD = _NUMBER_WORDS | _MULTIPLES


class Number(NamedTuple):
    """A number as it is written, the values it may have, its unit or "", and where it ends."""

    written: str
    values: frozenset[str]
    unit: str
    start: int
    end: int


def read_numbers(text: str) -> Iterator[Number]:
    """Yield each number that is no part of a name: not of ``K5`` or ``GPT-4``, which are compared whole."""
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _MAX_NAME_CHARACTERS) : match.start()]
        if _NAME_BEFORE.search(before):
            continue
        unit = _UNIT.match(text, match.end())
        name = re.sub(r"\s", "", unit[1].lower()) if unit else ""
        name = "%" if name == "percent" else _UNIT_NAMES.get(name, name)
        written = match[0] + (unit[0] if unit else "")
        end = match.start() + len(written)
        yield Number(written, _values(match[0]), name, match.start(), end)


def _values(written: str) -> frozenset[str]:
    """Return what a number may mean: its commas and stops part thousands, or one begins a fraction."""
    values = set()
    head, *groups = re.split(r"[.,]", written)
    if groups and all(len(group) == 3 for group in groups):  # noqa: PLR2004 - thousands
        values.add(_canonical(head + "".join(groups), ""))
    if groups:
        values.add(_canonical(head + "".join(groups[:-1]), groups[-1]))
    return frozenset(values or {_canonical(head, "")})


def _canonical(whole: str, fraction: str) -> str:
    digits, fraction = str(int(whole)), fraction.rstrip("0")
    return digits + ("." + fraction if fraction else "")
