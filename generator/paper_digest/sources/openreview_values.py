"""The values in OpenReview's notes, whose forms differ between versions of its API and between venues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.json_values import as_list
from paper_digest.text import fields
from paper_digest.text.dates import iso_day

_COMMA = late_pattern(",")


def author_name(author: object) -> str:
    """Return an author's name: a text, or since 2025 the full name of a record that names institutions too."""
    return fields.one_line(author.get("fullname") if isinstance(author, dict) else author)


def listed(value: object, split: Callable[[str], list[str]] = _COMMA.split) -> list[object]:
    """Return a list; a venue's own form may have it as one text, between semicolons or else commas."""
    if not isinstance(value, str):
        return as_list(value)
    return [*(value.split(";") if ";" in value else split(value))]


def field_value(field: object) -> object:
    """Return a field's value: version 2 wraps it in an object, version 1 does not."""
    return field.get("value") if isinstance(field, dict) else field


def day_of_milliseconds(milliseconds: object) -> str:
    """Return the ISO day (UTC) of a time in milliseconds since 1970, or ``""``."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return ""
    try:
        return iso_day(datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat())
    except (OverflowError, ValueError, OSError):
        return ""
