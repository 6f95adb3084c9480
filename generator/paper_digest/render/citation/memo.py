"""A cache of one paper: its citation facts are used for six formats in a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from paper_digest.model.paper import Paper

Derived = TypeVar("Derived")


def memoize_last(compute: Callable[[Paper], Derived]) -> Callable[[Paper], Derived]:
    """Return a function that computes again only for another ``Paper`` object than last time."""
    last: list[tuple[Paper, Derived]] = []

    @wraps(compute)
    def memoized(paper: Paper) -> Derived:
        if not last or last[0][0] is not paper:
            last[:] = [(paper, compute(paper))]
        return last[0][1]

    return memoized
