"""Pairs of topics that papers have together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.risers import Riser


def topic_pairs(catalog: Catalog, entry: CatalogEntry) -> Iterator[str]:
    """Name the pairs of topics whose pages both list a paper, but for a topic with one above it."""
    for one, other in combinations(sorted(catalog.topics_of(entry)), 2):
        if one != catalog.topics[other].parent and other != catalog.topics[one].parent:
            yield f"{one} {other}"


def finest_pairs(pairs: Sequence[Riser], catalog: Catalog) -> list[Riser]:
    """Leave out a pair that says the same as one of subtopics, of as many papers."""

    def lists(name: str, of: str) -> bool:
        return name in {of, catalog.topics[of].parent}

    def covers(pair: Riser, finer: Riser) -> bool:
        one, other = pair.name.split()
        first, second = finer.name.split()
        return (lists(one, first) and lists(other, second)) or (
            lists(one, second) and lists(other, first)
        )

    return [
        pair
        for pair in pairs
        if not any(
            finer.name != pair.name
            and finer.paper_count == pair.paper_count
            and covers(pair, finer)
            for finer in pairs
        )
    ]
