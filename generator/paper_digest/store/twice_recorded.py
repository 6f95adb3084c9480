"""Finds papers that two records hold, as where a person brings back a record that was united with another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from shlex import quote

from paper_digest.model.errors import Problem
from paper_digest.store.files import Store


def twice_recorded(store: Store, ids_of_papers: Iterable[tuple[str, ...]]) -> Iterator[Problem]:
    """Yield a problem for each id that two papers have, now or before: the site shows one paper twice.

    Args:
        store: where their records are.
        ids_of_papers: of each paper its id, then those it had before.
    """
    holders: dict[str, list[str]] = {}
    for paper_ids in ids_of_papers:
        for one in paper_ids:
            holders.setdefault(one, []).append(paper_ids[0])
    named = set[frozenset[str]]()
    for id_, papers in holders.items():
        # The record that has the id now is the one that was brought back.
        for pair in combinations(sorted(papers, key=lambda paper: (paper == id_, paper)), 2):
            if frozenset(pair) not in named:
                named.add(frozenset(pair))
                yield _problem(store, id_, *pair)


def _problem(store: Store, id_: str, first: str, other: str) -> Problem:
    former = "" if id_ == other else f" by its former id {id_}"
    return Problem(
        str(store.path(other)),
        f"{other} is one paper with {first}{former}, and both have a record",
        cure=f"run: digest same {quote(first)} {quote(other)}, or digest unmerge {quote(first)} {quote(id_)}",
    )
