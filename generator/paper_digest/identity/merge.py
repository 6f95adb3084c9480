"""Merges two records of one paper: nothing is lost, and the order they came in has no effect.

A paper's claimed fields form a table of *claims*, one cell for each field and source. Merging
takes the better claim of each cell and then, per field, the best cell; both are maxima of a total
order, so ``merge_papers`` is idempotent, commutative and associative. Sightings, links, versions and
aliases are unions with a key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from paper_digest.identity.id_month import (
    DATES_REFUTED,
    date_of_id,
    has_month_of_id,
    is_refuted,
    refutes_date,
)
from paper_digest.identity.source_ranking import EDITOR, SourceRanking
from paper_digest.model import sightings
from paper_digest.model.paper import CLAIMED_FIELDS, Author, Claim, Digest, Link, Paper, Version

T = TypeVar("T")

#: Which kind of id a paper keeps when two are united, best first.
ID_KINDS = ("arxiv", "acl", "doi", "openreview", "title")

#: A field, and the flag of a paper that says its value is a poorer one.
_POORER_FLAGS = {"abstract": "truncated", "published": "inferred"}

#: Below every quality that a value without the flag has.
POORER_QUALITY = -100


class ClaimedValue(msgspec.Struct, frozen=True, order=True):
    """One cell of the table: how good the value is, its ISO date or "", and the value as JSON text."""

    quality: int
    at: str
    value: str


def attribute_fields(paper: Paper, source: str, at: str) -> Paper:
    """Claim every field that ``paper`` fills for ``source``, at the ISO date ``at`` or ""."""
    fields = tuple(f for f in CLAIMED_FIELDS if getattr(paper, f))
    paper = msgspec.structs.replace(paper, claims=(Claim(source, at, fields),))
    cells = claims_table(paper)
    if not any(is_refuted(paper.id, field, source, cells) for field in DATES_REFUTED):
        return paper
    base = msgspec.structs.replace(paper, inferred=False)
    return apply_claims(cells, base, SourceRanking({}, {}))


def merge_papers(old: Paper, new: Paper, ranking: SourceRanking) -> Paper:
    """Merge two records of one paper; returns ``old`` itself where ``new`` adds nothing to it."""
    if old == new:
        return old
    merged_id = min(old.id, new.id, key=lambda i: (ID_KINDS.index(i.partition(":")[0]), i))
    disputed = {*old.disputed_ids, *new.disputed_ids}
    aliases = {*old.aliases, *new.aliases, old.id, new.id} - {merged_id} - disputed
    merged = apply_claims(
        merge_claims(claims_table(old), claims_table(new)),
        Paper(
            id=merged_id,
            aliases=tuple(sorted(aliases)),
            disputed_ids=tuple(sorted(disputed - {merged_id})),
            same_as=tuple(sorted({*old.same_as, *new.same_as})),
            versions=_merge_by_key(old.versions, new.versions, lambda v: v.number, _later_version),
            links=_merge_by_key(
                old.links, new.links, lambda link: (link.kind, link.url), _newer_link
            ),
            sightings=_merge_by_key(
                old.sightings,
                new.sightings,
                lambda s: (s.source, s.page),
                sightings.merge_sightings,
            ),
        ),
        ranking,
    )
    return old if merged == old or _differ_in_dates_only(old, merged) else merged


def claims_table(paper: Paper) -> dict[tuple[str, str], ClaimedValue]:
    """Spread a paper's claims into cells ``(field, source) -> ClaimedValue``.

    A field nobody claims (written into the store by hand, say) is claimed by ``""``, which loses
    to every named source.
    """
    cells: dict[tuple[str, str], ClaimedValue] = {}
    current_values = {f: v for f in CLAIMED_FIELDS if (v := getattr(paper, f))}
    claimed: set[str] = set()
    for claim in paper.claims:
        for field in claim.agrees:
            if field in current_values:
                poorer = field in _POORER_FLAGS and getattr(paper, _POORER_FLAGS[field])
                _put_better(
                    cells,
                    (field, claim.source),
                    _claimed_value(field, current_values[field], claim.at, poorer=poorer),
                )
                claimed.add(field)
        for field, value in claim.differs.items():
            if field == "announced" and refutes_date(paper.id, field, value, claim.source, ()):
                continue  # or it would hide a later day of the same source, which may be right
            if field in CLAIMED_FIELDS and value:
                poorer = bool(claim.differs.get(_POORER_FLAGS.get(field, "")))
                _put_better(
                    cells,
                    (field, claim.source),
                    _claimed_value(field, value, claim.at, poorer=poorer),
                )
    if "published" not in claimed and has_month_of_id(paper):
        current_values.pop("published", None)
    for field in current_values.keys() - claimed:
        poorer = field in _POORER_FLAGS and getattr(paper, _POORER_FLAGS[field])
        cells[field, ""] = _claimed_value(field, current_values[field], "", poorer=poorer)
    return cells


def merge_claims(
    one: Mapping[tuple[str, str], ClaimedValue], two: Mapping[tuple[str, str], ClaimedValue]
) -> dict[tuple[str, str], ClaimedValue]:
    """Take the greater of each cell: the better value, else the later, else the greater text."""
    cells = dict(one)
    for key, claim in two.items():
        _put_better(cells, key, claim)
    return cells


def ranked_claims(
    field: str,
    cells: Mapping[tuple[str, str], ClaimedValue],
    ranking: SourceRanking,
    paper_id: str = "",
) -> list[tuple[str, ClaimedValue]]:
    """List the sources' values of a field, the believed one first: a person's, then the best.

    Dates that ``paper_id`` refutes come last.
    """
    claims = [(source, s) for (f, source), s in cells.items() if f == field]

    def rank(pair: tuple[str, ClaimedValue]) -> tuple[bool, bool, int, int, str]:
        source, s = pair
        refuted = is_refuted(paper_id, field, source, cells)
        return (source != EDITOR, refuted, -s.quality, ranking.rank(field, source), source)

    return sorted(claims, key=rank)


def apply_claims(
    cells: Mapping[tuple[str, str], ClaimedValue], base: Paper, ranking: SourceRanking
) -> Paper:
    """Return ``base`` with each claimed field's believed value, and the whole table as its claims."""
    fields: dict[str, Any] = {}
    agrees: dict[tuple[str, str], list[str]] = {}
    differs: dict[tuple[str, str], dict[str, Any]] = {}
    for field in CLAIMED_FIELDS:
        ranked = ranked_claims(field, cells, ranking, base.id)
        if not ranked:
            continue
        believed = ranked[0][1]
        if is_refuted(base.id, field, ranked[0][0], cells):
            believed = ClaimedValue(0, "", _json(date_of_id(field, base.id)))
        fields[field] = msgspec.convert(decode_value(believed.value), FIELD_TYPES[field])
        if field in _POORER_FLAGS and believed.quality <= POORER_QUALITY:
            fields[_POORER_FLAGS[field]] = True
        for source, claim in ranked:
            key = (source, claim.at)
            if (claim.value, claim.quality) == (believed.value, believed.quality):
                agrees.setdefault(key, []).append(field)
            else:
                differs.setdefault(key, {})[field] = decode_value(claim.value)
                if field in _POORER_FLAGS and claim.quality <= POORER_QUALITY:
                    differs[key][_POORER_FLAGS[field]] = True
    claims = tuple(
        Claim(source, at, tuple(agrees.get((source, at), ())), differs.get((source, at), {}))
        for source, at in sorted({*agrees, *differs})
        if source or differs.get((source, at))
    )
    return msgspec.structs.replace(base, **fields, claims=claims)


def decode_value(value: str) -> Any:  # noqa: ANN401 - the JSON value of any field
    """Turn the value of a cell back into plain JSON data."""
    return msgspec.json.decode(value)


def _claimed_value(field: str, value: Any, at: str, *, poorer: bool = False) -> ClaimedValue:  # noqa: ANN401
    quality = POORER_QUALITY if poorer else 0
    if field == "announced":  # the first day any list carried it
        quality = -int(value.replace("-", ""))
    elif field == "published":  # a day says more than a month, a month more than a year
        quality += len(value) - len("YYYY-MM-DD")
    elif field == "digest" and decode_value(_json(value)).get("model"):
        quality = -1  # a person's is the better one
    return ClaimedValue(quality, at, _json(value))


def _json(value: object) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _put_better(
    cells: dict[tuple[str, str], ClaimedValue], key: tuple[str, str], claim: ClaimedValue
) -> None:
    if key not in cells or cells[key] < claim:
        cells[key] = claim


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


def _newer_link(one: Link, two: Link) -> Link:
    """Take the later count of stars, and a title if either has one."""
    fresh = max(one, two, key=lambda link: (link.as_of, sightings.count_or_minus_one(link.stars)))
    return msgspec.structs.replace(fresh, title=max(one.title, two.title))


def _differ_in_dates_only(old: Paper, merged: Paper) -> bool:
    """Tell whether the sources only repeated what they stated before."""
    if msgspec.structs.replace(merged, claims=()) != msgspec.structs.replace(old, claims=()):
        return False
    before, after = claims_table(old), claims_table(merged)
    return before.keys() == after.keys() and all(
        (before[k].quality, before[k].value) == (after[k].quality, after[k].value) for k in before
    )


#: The type of each claimed field where it has a value.
FIELD_TYPES: dict[str, Any] = {
    field.name: field.type
    for field in msgspec.structs.fields(Paper)
    if field.name in CLAIMED_FIELDS
} | {"digest": Digest, "authors": tuple[Author, ...]}
