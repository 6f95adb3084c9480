"""Takes compounds apart: what is asked for in place of a query that no paper meets whole."""

from __future__ import annotations

from paper_digest.search.query import Unit


def split_compounds(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Take every compound apart: its words may then stand anywhere in a paper."""
    return tuple(part for unit in units for part in _parts(unit))


def _parts(unit: Unit) -> list[Unit]:
    if len(unit.words) == 1:
        return [unit]
    last = len(unit.words) - 1
    return [
        Unit(
            (word,),
            unit.raw if place == last else word,
            unit.start + place,
            unit.start + place + 1,
            is_title=unit.is_title,
            is_prefix=place == last and unit.is_prefix,
        )
        for place, word in enumerate(unit.words)
    ]
