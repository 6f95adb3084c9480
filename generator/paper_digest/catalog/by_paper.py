"""What curators wrote, grouped by the papers it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def group_by_paper(
    items: Iterable[T], papers_of: Callable[[T], Iterable[str]]
) -> dict[str, tuple[T, ...]]:
    """Return for the slug of each paper the items about it, in their order.

    Args:
        items: meetings, lists or picks.
        papers_of: the slugs of the papers that one is about.
    """
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        for slug in papers_of(item):
            groups[slug].append(item)
    return {slug: tuple(group) for slug, group in groups.items()}
