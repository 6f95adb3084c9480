"""The order of names that a reader looks through: as people number and spell, not as characters are coded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from paper_digest.text.fold import fold_text

_DIGITS = re.compile(r"(\d+)")

#: Text and number by turns, text first: two keys compare like with like. A number is its length and its digits.
NameOrder = tuple[tuple[str | tuple[int, str], ...], str]


@lru_cache(maxsize=4096)  # co-authors are sorted on each other's pages
def name_order(name: str) -> NameOrder:
    """Return what a name is sorted by: its letters without case and accents, its numbers by what they count.

    ``List 2`` stands before ``List 10``, ``École`` between ``Echo`` and ``Ecology``. Names that differ in
    nothing else stand in the order of their characters, so that there is one order.
    """
    pieces = _DIGITS.split(fold_text(name))
    return tuple(_number(p) if place % 2 else p for place, p in enumerate(pieces)), name


def _number(digits: str) -> tuple[int, str]:
    """Compare without reading it as a number, which Python refuses for thousands of digits."""
    plain = "".join(str(unicodedata.decimal(digit)) for digit in digits).lstrip("0")
    return len(plain), plain
