"""What sources state of a paper as a table, one cell for each field and statement, and back."""

from __future__ import annotations

from typing import Any

import msgspec

from paper_digest.identity.claim_cells import (
    POORER_QUALITY,
    Cell,
    CellKey,
    ClaimedValue,
    ClaimsTable,
    decode_value,
    encode_value,
    merge_cells,
    value_quality,
)
from paper_digest.identity.claim_ranking import is_refuted, ranked_cells
from paper_digest.identity.id_month import date_of_id, has_month_of_id, refutes_date
from paper_digest.identity.source_ranking import EDITOR, SourceRanking
from paper_digest.model.paper import CLAIMED_FIELDS, Author, Claim, Digest, Paper

#: A field, and the flag of a paper that says its value is a poorer one.
_POORER_FLAGS = {"abstract": "truncated", "published": "inferred"}

#: In ``Claim.superseded``, before the name of a field: its values there were poorer ones.
POORER_PREFIX = "poorer "

#: The type of each claimed field where it has a value.
FIELD_TYPES: dict[str, Any] = {
    field.name: field.type
    for field in msgspec.structs.fields(Paper)
    if field.name in CLAIMED_FIELDS
} | {"digest": Digest, "authors": tuple[Author, ...]}


def attribute_fields(paper: Paper, source: str, at: str) -> Paper:
    """Claim every field that ``paper`` fills for ``source``, at the ISO date ``at`` or "".

    The entry is that of the paper's sighting by that source.
    """
    fields = tuple(f for f in CLAIMED_FIELDS if getattr(paper, f))
    entry = max((s.entry for s in paper.sightings if s.source == source), default="")
    paper = msgspec.structs.replace(paper, claims=(Claim(source, at, fields, entry=entry),))
    cells = claims_table(paper)
    if not any(is_refuted(paper.id, key, cell, cells) for key, cell in cells.items()):
        return paper
    base = msgspec.structs.replace(paper, inferred=False)
    return apply_claims(cells, base, SourceRanking({}, {}))


def stated_value(paper: Paper, claim: Claim, field: str) -> Any:  # noqa: ANN401 - the value of any field
    """Return what a claim of a record states of a field, in its stored form; ``None`` where that is nothing."""
    return getattr(paper, field) if field in claim.agrees else claim.differs.get(field)


def is_decided(paper: Paper, field: str) -> bool:
    """Tell whether a person has decided a field of a record, whatever sources say."""
    return any(claim.source == EDITOR and field in claim.agrees for claim in paper.claims)


def claims_table(paper: Paper) -> dict[CellKey, Cell]:  # noqa: C901 - one loop for each part of a claim
    """Spread a paper's claims into cells.

    A field nobody claims (written into the store by hand, say) is claimed by ``""``, which loses
    to every named source.
    """
    cells: dict[CellKey, Cell] = {}
    current_values = {f: v for f in CLAIMED_FIELDS if (v := getattr(paper, f))}
    claimed: set[str] = set()

    def is_poorer(field: str) -> bool:
        return field in _POORER_FLAGS and bool(getattr(paper, _POORER_FLAGS[field]))

    def put(field: str, claim: Claim, value: Any, *, poorer: bool, superseded: bool) -> None:  # noqa: ANN401 - any JSON
        key = (field, claim.source, claim.entry)
        quality = value_quality(field, value, poorer=poorer)
        item = ClaimedValue(quality, claim.at, encode_value(value), superseded)
        cells[key] = merge_cells(field, (*cells.get(key, ()), item))

    for claim in paper.claims:
        for field in claim.agrees:
            if field in current_values:
                value = current_values[field]
                put(field, claim, value, poorer=is_poorer(field), superseded=False)
                claimed.add(field)
        for field, value in claim.differs.items():
            if field == "announced" and refutes_date(paper.id, field, value, claim.source, ()):
                continue  # or it would hide a later day of the same source, which may be right
            if field in CLAIMED_FIELDS and value:
                poorer = bool(claim.differs.get(_POORER_FLAGS.get(field, "")))
                put(field, claim, value, poorer=poorer, superseded=False)
        for name, values in claim.superseded.items():
            field = name.removeprefix(POORER_PREFIX)
            for value in filter(None, values if field in CLAIMED_FIELDS else ()):
                put(field, claim, value, poorer=name != field, superseded=True)
    if "published" not in claimed and has_month_of_id(paper):
        current_values.pop("published", None)
    for field in current_values.keys() - claimed:
        put(field, Claim(""), current_values[field], poorer=is_poorer(field), superseded=False)
    return cells


def apply_claims(cells: ClaimsTable, base: Paper, ranking: SourceRanking) -> Paper:
    """Return ``base`` with each claimed field's believed value, and the whole table as its claims."""
    fields: dict[str, Any] = {}
    agrees: dict[tuple[str, str, str], list[str]] = {}
    differs: dict[tuple[str, str, str], dict[str, Any]] = {}
    superseded: dict[tuple[str, str, str], dict[str, list[Any]]] = {}
    for field in CLAIMED_FIELDS:
        ranked = ranked_cells(field, cells, ranking, base.id)
        first = next((pair for pair in ranked if _may_be_believed(field, pair[1], base)), None)
        believed = first[1][0] if first else None
        if first and is_refuted(base.id, (field, *first[0]), first[1], cells):
            believed = ClaimedValue(0, "", encode_value(date_of_id(field, base.id)))
        if believed:
            fields[field] = msgspec.convert(decode_value(believed.value), FIELD_TYPES[field])
            if field in _POORER_FLAGS and believed.quality <= POORER_QUALITY:
                fields[_POORER_FLAGS[field]] = True
        for (source, entry), cell in ranked:
            for claim in cell:
                key = (source, claim.at, entry)
                if claim.superseded:
                    poorer = field in _POORER_FLAGS and claim.quality <= POORER_QUALITY
                    name = POORER_PREFIX + field if poorer else field
                    earlier = superseded.setdefault(key, {}).setdefault(name, [])
                    earlier.append(decode_value(claim.value))
                elif believed and (claim.value, claim.quality) == (
                    believed.value,
                    believed.quality,
                ):
                    agrees.setdefault(key, []).append(field)
                else:
                    differs.setdefault(key, {})[field] = decode_value(claim.value)
                    if field in _POORER_FLAGS and claim.quality <= POORER_QUALITY:
                        differs[key][_POORER_FLAGS[field]] = True
    claims = tuple(
        Claim(
            key[0],
            key[1],
            tuple(agrees.get(key, ())),
            differs.get(key, {}),
            key[2],
            superseded.get(key, {}),
        )
        for key in sorted({*agrees, *differs, *superseded})
        if key[0] or key in differs or key in superseded
    )
    return msgspec.structs.replace(base, **fields, claims=claims)


def _may_be_believed(field: str, cell: Cell, paper: Paper) -> bool:
    """Tell whether a cell is still stated, and no DOI that belongs to another paper."""
    lost = field == "doi" and f"doi:{decode_value(cell[0].value)}".lower() in paper.disputed_ids
    return not (cell[0].superseded or lost)


def unclaimed_part(paper: Paper) -> Paper:
    """Return what of a record is no claim of a source."""
    return Paper(
        id=paper.id,
        aliases=paper.aliases,
        disputed_ids=paper.disputed_ids,
        same_as=paper.same_as,
        notices=paper.notices,
        versions=paper.versions,
        links=paper.links,
        sightings=paper.sightings,
    )
