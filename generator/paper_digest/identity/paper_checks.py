"""Refuses papers that types allow and nothing can use: a claim no field can hold, a count below zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from paper_digest.identity.claims import FIELD_TYPES, POORER_PREFIX
from paper_digest.model.paper import CLAIMED_FIELDS, Paper
from paper_digest.text.dates import iso_day, partial_date
from paper_digest.text.fields import valid_count
from paper_digest.text.type_faults import type_fault


def is_partial_date(text: str) -> bool:
    """Tell whether ``text`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, of a calendar's."""
    return partial_date(*text.split("-")[:3]) == text


def is_day(text: str) -> bool:
    """Tell whether ``text`` is ``YYYY-MM-DD``, of a calendar's."""
    return iso_day(text) == text


#: What the dates among a paper's fields must be, where they are not "".
DATE_CHECKS: dict[str, Callable[[str], bool]] = {
    "published": is_partial_date,
    "updated": is_day,
    "announced": is_day,
}

#: Fields of a claim: those a paper has, and those that say a value is a poorer one.
_TYPES: dict[str, Any] = {
    **{field: FIELD_TYPES[field] for field in CLAIMED_FIELDS},
    "truncated": bool,
    "inferred": bool,
}


def check_claims(paper: Paper) -> None:
    """Check the value of each field in which a claim differs, or differed, from what is believed.

    Raises:
        ValueError: naming the source, the field and the value.
    """
    for claim in paper.claims:
        earlier = (
            (field.removeprefix(POORER_PREFIX), v)
            for field, values in claim.superseded.items()
            for v in values
        )
        for field, value in (*claim.differs.items(), *earlier):
            if fault := _fault(field, value):
                raise ValueError(f"claim of {claim.source!r}: {field}: {fault}")


def check_counts(paper: Paper) -> None:
    """Check that each count of a paper is one: from 0, and less than 10^9.

    Raises:
        ValueError: naming the number.
    """
    counts = [paper.author_count, *(link.stars for link in paper.links)]
    counts += [version.number for version in paper.versions]
    for sighting in paper.sightings:
        counts += [sighting.upvotes, sighting.comments, *(n for _, n in sighting.earlier)]
    for count in counts:
        if count is not None and valid_count(count) is None:
            raise ValueError(f"{count} is no count")


def _fault(field: str, value: object) -> str:
    if field not in _TYPES:
        return "there is no such field"
    if not value:  # an empty value claims nothing
        return ""
    try:
        msgspec.convert(value, _TYPES[field])
    except msgspec.ValidationError as error:
        return type_fault(str(error).partition(" - at `")[0])
    if field == "author_count" and valid_count(value) is None:
        return f"{value!r} is no count"
    if field in DATE_CHECKS and not DATE_CHECKS[field](str(value)):
        return f"{value!r} is no date"
    return ""
