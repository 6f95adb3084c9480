"""Remembers what was worked out of the paper asked for last: it is cited in six forms in a row."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from paper_digest.model.paper import Paper

Made = TypeVar("Made")


def latest(make: Callable[[Paper], Made]) -> Callable[[Paper], Made]:
    """Make anew only for another paper object than last time; a paper never changes."""
    held: list[tuple[Paper, Made]] = []

    @wraps(make)
    def remembered(paper: Paper) -> Made:
        if not held or held[0][0] is not paper:
            held[:] = [(paper, make(paper))]
        return held[0][1]

    return remembered
