"""A statement read again: what it says now takes the place of what it said before."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from paper_digest.identity.claim_cells import (
    POORER_QUALITY,
    Cell,
    CellKey,
    ClaimedValue,
    decode_value,
    encode_value,
    merge_cells,
    supersede_cell,
)
from paper_digest.identity.claims import apply_claims, claims_table, unclaimed_part
from paper_digest.identity.paper_checks import is_day
from paper_digest.identity.source_ranking import EDITOR, SourceRanking
from paper_digest.model.paper import Claim, Paper


def date_of_statement(paper: Paper, dated_by: Sequence[str], otherwise: str) -> str:
    """Return the first whole day among the fields ``dated_by``, else ``otherwise``."""
    days = (str(getattr(paper, field)) for field in dated_by)
    return next((day for day in days if day and is_day(day)), otherwise)


def give_way(
    stored: Paper, incoming: Paper, ranking: SourceRanking, dated_by: Sequence[str] = ()
) -> Paper:
    """Return a stored record that the incoming statement can be merged into.

    ``incoming`` has one statement. Where the source's readings have no date of their own, the later
    reading of one day is the newer: the stored values of that day that it does not repeat are
    superseded, unless that day has heard of the incoming values already. Where they have one (``dated_by``), what was stored under the day of reading is put
    under its own day first. A statement stored before entries had names gets that of the incoming.
    """
    claim = max(incoming.claims, key=lambda c: c.at)
    stored = _name_entry(stored, claim)
    if all((c.source, c.entry) != (claim.source, claim.entry) for c in stored.claims):
        return stored
    cells, new_cells = claims_table(stored), claims_table(incoming)
    changed: dict[CellKey, Cell] = {}
    own = {key: cell for key, cell in cells.items() if key[1:] == (claim.source, claim.entry)}
    if dated_by:
        changed = _put_under_own_day(own, dated_by)
    else:
        for key, cell in own.items():
            current, new = cell[0], new_cells.get(key)
            if key[0] == "announced" or current.superseded or current.at != claim.at:
                continue
            if new is None:
                shown_with = (ranking.with_withdrawals.get(claim.source, ""), *key[1:])
                taken_back = key[0] == "withdrawn" and shown_with in new_cells
                replaced = taken_back or claim.source in ranking.whole
            else:
                poorer = new[0].quality <= POORER_QUALITY < current.quality
                heard = any((v.at, v.value) == (claim.at, new[0].value) for v in cell)
                replaced = not (heard or poorer)
            if replaced:
                changed[key] = supersede_cell(cell)
    return (
        apply_claims({**cells, **changed}, unclaimed_part(stored), ranking) if changed else stored
    )


def keep_edits(stored: Paper, incoming: Paper, at: str, ranking: SourceRanking) -> Paper:
    """Return a record that a person edited, its edits claimed by the editor where a source would undo them.

    An edit is seen where a statement that is read again gives a field another value than the record
    says it gave. What the person wrote is believed over every source from then on.

    Args:
        stored: the edited record.
        incoming: what is read, with its claims.
        at: the day on which the edit was met (ISO date).
        ranking: whom to believe.
    """
    cells, new_cells = claims_table(stored), claims_table(incoming)
    by_hand: dict[CellKey, Cell] = {}
    for key, cell in cells.items():
        field, source, _ = key
        new, shown = new_cells.get(key), getattr(stored, field)
        is_shown = not cell[0].superseded and encode_value(shown) == cell[0].value
        if source == EDITOR or new is None or not is_shown or new[0].value == cell[0].value:
            continue
        by_hand[field, EDITOR, ""] = (ClaimedValue(cell[0].quality, at, cell[0].value),)
        by_hand[key] = new
    return (
        apply_claims({**cells, **by_hand}, unclaimed_part(stored), ranking) if by_hand else stored
    )


def _put_under_own_day(own: dict[CellKey, Cell], dated_by: Sequence[str]) -> dict[CellKey, Cell]:
    by_field = {key[0]: cell[0] for key, cell in own.items()}
    own_days: dict[str, str] = {}
    for field in dated_by:
        if dating := by_field.get(field):
            day = str(decode_value(dating.value))
            if day and is_day(day):
                own_days.setdefault(dating.at, min(day, dating.at))
    return {
        key: merge_cells(
            key[0], (msgspec.structs.replace(v, at=own_days.get(v.at, v.at)) for v in cell)
        )
        for key, cell in own.items()
        if any(v.at in own_days for v in cell)
    }


def _name_entry(stored: Paper, claim: Claim) -> Paper:
    """Give the one nameless statement of a source the name of the entry it is read from again.

    What names no title is no reading of that entry but another statement: a notice, a place of printing.
    """
    if "title" not in claim.agrees:
        return stored
    listed = [s for s in stored.sightings if s.source == claim.source]
    if not claim.entry or len(listed) != 1 or listed[0].entry not in {"", claim.entry}:
        return stored
    if any(c.source == claim.source and c.entry for c in stored.claims):
        return stored
    return msgspec.structs.replace(
        stored,
        claims=tuple(
            msgspec.structs.replace(c, entry=claim.entry) if c.source == claim.source else c
            for c in stored.claims
        ),
        sightings=tuple(
            msgspec.structs.replace(s, entry=claim.entry) if s is listed[0] else s
            for s in stored.sightings
        ),
    )
