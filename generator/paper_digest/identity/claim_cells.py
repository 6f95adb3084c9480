"""The cells of a table of claims: the values one statement gave one field, and how cells unite.

A *statement* is a source and its entry. A cell holds the values that the statement gave its field,
the one it gives now before those it gave earlier. Its order is total, so merging cells is a union
cut to a length, and order-free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from paper_digest.identity.source_ranking import SourceRanking

#: Below every quality that a complete value has: of a shortened abstract, an inferred date.
POORER_QUALITY = -100

#: Of kinds of work: a preprint that was printed is one no less, so whoever names the print says more; and for
#: papers in proceedings registries have often no other word than for chapters.
_WORK_TYPE_QUALITIES = {"preprint": -2, "book-chapter": -1}

#: The value a statement gives a field, and as many that it gave before.
MAX_VALUES = 6


class ClaimedValue(msgspec.Struct, frozen=True):
    """A value: how good it is, its ISO date or "", JSON text, and whether it is stated no more."""

    quality: int
    at: str
    value: str
    superseded: bool = False


#: Best first, never empty.
Cell = tuple[ClaimedValue, ...]
#: Field, source, entry.
CellKey = tuple[str, str, str]
ClaimsTable = Mapping[CellKey, Cell]


def merge_cells(field: str, values: Iterable[ClaimedValue]) -> Cell:
    """Order the values of one cell and drop what is doubled or too much.

    A complete value comes before a shortened one, then the later before the earlier; of one day the
    one that is still stated, the better, the greater text. Of announcements the first day counts.
    """

    def order(v: ClaimedValue) -> tuple[bool, str, bool, int, str, str]:
        if field == "announced":
            return (not v.superseded, "", True, v.quality, v.value, v.at)
        return (v.quality > POORER_QUALITY, v.at, not v.superseded, v.quality, v.value, v.at)

    head, *others = sorted(values, key=order, reverse=True)
    if field == "announced":
        return (head,)
    earlier = {
        v.value: msgspec.structs.replace(v, superseded=True)
        for v in reversed(others)
        if v.value != head.value
    }
    return (head, *sorted(earlier.values(), key=order, reverse=True)[: MAX_VALUES - 1])


def merge_claims(one: ClaimsTable, two: ClaimsTable, ranking: SourceRanking) -> dict[CellKey, Cell]:
    """Unite two tables.

    What the older reading of a statement by one of the ``whole`` sources of ``ranking`` has and the newer
    has not was removed; a withdrawal also by a source that would have said so again.
    """
    cells = dict(one)
    for key, cell in two.items():
        cells[key] = merge_cells(key[0], (*cells.get(key, ()), *cell))
    days, other_days = _statement_days(one), _statement_days(two)
    for key, cell in cells.items():
        statement = key[1:]
        day, other_day = days.get(statement), other_days.get(statement)
        if key[1] not in ranking.whole or day is None or other_day is None or day == other_day:
            continue
        newer = one if day > other_day else two
        if key not in newer or newer[key][0].superseded:
            cells[key] = supersede_cell(cell)
    cells.update(_taken_back(cells, ranking))
    return cells


def _taken_back(cells: ClaimsTable, ranking: SourceRanking) -> dict[CellKey, Cell]:
    """Return the withdrawals that a newer reading of their statement does not repeat, and the comments that said so."""
    changed: dict[CellKey, Cell] = {}
    for (field, source, entry), cell in cells.items():
        if field != "withdrawn":
            continue
        shown_with = cells.get((ranking.with_withdrawals.get(source, ""), source, entry))
        if shown_with is None or shown_with[0].at <= cell[0].at:
            continue
        changed[field, source, entry] = supersede_cell(cell)
        said_in = "comment", source, entry
        comment = cells.get(said_in)
        if comment and comment[0].value == cell[0].value:
            changed[said_in] = supersede_cell(comment)
    return changed


def supersede_cell(cell: Cell) -> Cell:
    """Return a cell whose statement gives the field no value any more."""
    return tuple(msgspec.structs.replace(v, superseded=True) for v in cell)


def decode_value(value: str) -> Any:  # noqa: ANN401 - the JSON value of any field
    """Turn the value of a cell back into plain JSON data."""
    return msgspec.json.decode(value)


def value_quality(field: str, value: Any, *, poorer: bool) -> int:  # noqa: ANN401 - of any field
    """Return how good a value of a field is: what is complete, exact or a person's is the better."""
    if field == "announced":  # the first day any list carried it
        return -int(value.replace("-", ""))
    quality = POORER_QUALITY if poorer else 0
    if field == "published":  # a day says more than a month, a month more than a year
        quality += len(value) - len("YYYY-MM-DD")
    elif field == "work_type":
        quality = _WORK_TYPE_QUALITIES.get(value, 0)
    elif field == "digest" and decode_value(encode_value(value)).get("model"):
        quality = -1  # a person's is the better one
    return quality


def encode_value(value: object) -> str:
    """Return the JSON text of a value, the same for equal values."""
    return msgspec.json.encode(value, order="sorted").decode()


def _statement_days(cells: ClaimsTable) -> dict[tuple[str, ...], str]:
    """Return the latest day of each statement."""
    days: dict[tuple[str, ...], str] = {}
    for key, cell in cells.items():
        if not cell[0].superseded:
            days[key[1:]] = max(days.get(key[1:], ""), cell[0].at)
    return days
