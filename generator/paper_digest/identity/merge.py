"""Merges two records of one paper: nothing is lost, and the order they came in has no effect.

Claimed fields are merged as a table (``claims.py``), the newer statement of a source before its
older ones; sightings, links, versions and aliases are unions with a key. ``merge_papers`` is
idempotent, and given the dates of the statements commutative and associative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec

from paper_digest.identity.claim_cells import merge_claims
from paper_digest.identity.claims import apply_claims, claims_table
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.model import sightings
from paper_digest.model.paper import Link, Notice, Paper, Version

T = TypeVar("T")

#: Which kind of id a paper keeps when two are united, best first.
ID_KINDS = ("arxiv", "acl", "doi", "openreview", "title")


def best_id(ids: Iterable[str]) -> str:
    """Return the id that a paper is held under which has these."""
    return min(ids, key=lambda i: (ID_KINDS.index(i.partition(":")[0]), i))


def merge_papers(old: Paper, new: Paper, ranking: SourceRanking) -> Paper:
    """Merge two records of one paper; returns ``old`` itself where ``new`` adds nothing to it."""
    if old == new:
        return old
    merged_id = best_id((old.id, new.id))
    # An id that one of them has as its own is theirs, though the other had lost it to a third.
    disputed = {*old.disputed_ids, *new.disputed_ids} - {old.id, new.id}
    aliases = {*old.aliases, *new.aliases, old.id, new.id} - {merged_id} - disputed
    merged = apply_claims(
        merge_claims(claims_table(old), claims_table(new), ranking),
        Paper(
            id=merged_id,
            aliases=tuple(sorted(aliases)),
            disputed_ids=tuple(sorted(disputed)),
            same_as=tuple(sorted({*old.same_as, *new.same_as})),
            notices=_merge_by_key(
                old.notices, new.notices, lambda n: (n.kind, n.url), _later_notice
            ),
            versions=_merge_by_key(old.versions, new.versions, lambda v: v.number, _later_version),
            links=_merge_by_key(
                old.links, new.links, lambda link: (link.kind, link.url), _newer_link
            ),
            sightings=_merge_by_key(
                old.sightings,
                new.sightings,
                lambda s: (s.source, s.page, s.entry),
                sightings.merge_sightings,
            ),
        ),
        ranking,
    )
    return old if merged == old else merged


def _merge_by_key(
    one: Iterable[T], two: Iterable[T], key: Callable[[T], Any], merge_items: Callable[[T, T], T]
) -> tuple[T, ...]:
    by_key: dict[Any, T] = {}
    for item in (*one, *two):
        k = key(item)
        by_key[k] = merge_items(by_key[k], item) if k in by_key else item
    return tuple(by_key[k] for k in sorted(by_key))


def _later_version(one: Version, two: Version) -> Version:
    return max(one, two, key=lambda v: v.date)


def _later_notice(one: Notice, two: Notice) -> Notice:
    return max(one, two, key=lambda n: n.date)


def _newer_link(one: Link, two: Link) -> Link:
    """Take the later count of stars, and a title if either has one."""
    fresh = max(one, two, key=lambda link: (link.as_of, sightings.count_or_minus_one(link.stars)))
    return msgspec.structs.replace(fresh, title=max(one.title, two.title))
