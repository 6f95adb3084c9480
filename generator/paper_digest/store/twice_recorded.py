"""Finds papers that two records hold, as where a person brings back a record that was united with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from shlex import quote

from paper_digest.model.errors import Problem
from paper_digest.store.files import Store


def twice_recorded(store: Store, ids_of_papers: Iterable[tuple[str, ...]]) -> Iterator[Problem]:
    """Yield a problem for each id that two papers have, now or before: the site shows one paper twice.

    Args:
        store: where their records are.
        ids_of_papers: of each paper its id, then those it had before.
    """
    papers = list(ids_of_papers)
    counts = Counter(chain.from_iterable(papers))
    shared = {one for one, number in counts.items() if number > 1}
    holders: dict[str, list[str]] = {one: [] for one in counts if one in shared}
    for paper_ids in papers if shared else ():
        for one in shared.intersection(paper_ids):
            holders[one].append(paper_ids[0])
    named = set[frozenset[str]]()
    for id_, holding in holders.items():
        # The record that has the id now is the one that was brought back.
        for pair in combinations(sorted(holding, key=lambda paper: (paper == id_, paper)), 2):
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
