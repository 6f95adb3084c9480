"""Dates: from what sources print to ISO 8601, and from ISO 8601 to what people read, in their language."""

from __future__ import annotations

import re
from datetime import date

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.fields import valid_count
from paper_digest.text.language.active import is_english
from paper_digest.text.language.formats import (
    format_local_date,
    local_month_name,
    local_week,
    local_weekday_name,
)

#: The first scientific journals are of 1665: no paper is older.
EARLIEST_DATE = date(1665, 1, 1)

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
#: ``Jan`` to ``Dec``: the same three letters in English text, in arXiv's lists and in BibTeX.
MONTH_ABBREVIATIONS = tuple(name[:3] for name in MONTH_NAMES)
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_RFC822_DAY = late_pattern(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})(?=\s|\Z)")
_ISO_DAY = late_pattern(r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?\s*\Z", re.DOTALL)


def iso_day(text: object, *, today: date | None = None) -> str:
    """Return the ISO date at the start of an ISO date or timestamp, or ``""``.

    Nothing is guessed: any other form, a day no calendar has, one before 1665, or, where
    ``today`` is given, one more than a day after it (time zones), is unknown.
    """
    match = _ISO_DAY.match(text) if isinstance(text, str) else None
    if not match:
        return ""
    try:
        parsed = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return ""
    if parsed < EARLIEST_DATE or (today is not None and (parsed - today).days > 1):
        return ""
    return parsed.isoformat()


def iso_day_from_rfc822(text: object) -> str:
    """Return the ISO date of an RFC 822 date such as ``Fri, 12 Jul 2024 00:00:00 -0400``, or ``""``.

    The day is the one written, whatever the zone; the weekday and the time may be missing.
    """
    match = _RFC822_DAY.match(text.strip()) if isinstance(text, str) else None
    return iso_day(partial_date(match[3], match[2], match[1])) if match else ""


def partial_date(year: object, month: object = None, day: object = None) -> str:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: as much of a date as its parts say.

    Parts are numbers or strings (``2021``, ``"3"``, ``"March"``, ``"mar."``). A part that no
    calendar has is unknown, and so is every finer one; a year before 1665 makes all unknown.
    ISO 8601 calls the shorter forms reduced precision.
    """
    y, m, d = _parse_number(year), month_number(month), _parse_number(day)
    if y is None or not EARLIEST_DATE.year <= y <= date.max.year:
        return ""
    if m is None:
        return f"{y:04d}"
    try:
        return date(y, m, d or 0).isoformat()
    except ValueError:
        return f"{y:04d}-{m:02d}"


def month_number(text: object) -> int | None:
    """Return 1 to 12 for a month's number, English name or abbreviation, else ``None``."""
    number = _parse_number(text)
    if number is not None:
        return number if 1 <= number <= len(MONTH_NAMES) else None
    word = text.strip().rstrip(".").lower() if isinstance(text, str) else ""
    if len(word) < len("may"):
        return None
    return next((n for n, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(word)), None)


def format_date(iso: str) -> str:
    """Write an ISO date (a day, a month or a year) in short: ``20 Nov 2025``."""
    return (
        _format_date(iso, MONTH_ABBREVIATIONS) if is_english() else format_local_date(iso, "short")
    )


def format_long_date(iso: str) -> str:
    """Write an ISO day, week, month or year in full: ``20 November 2025``, ``Week 47 of 2025``."""
    if "-W" in iso:
        return local_week(iso[:4], int(iso[6:]))
    return _format_date(iso, MONTH_NAMES) if is_english() else format_local_date(iso, "long")


def format_heading(iso: str) -> str:
    """Write an ISO day, week, month or year in full, a day with its weekday in front."""
    if len(iso) != len("YYYY-MM-DD"):
        return format_long_date(iso)
    if not is_english():
        return format_local_date(iso, "heading")
    return f"{weekday_name(date.fromisoformat(iso))}, {format_long_date(iso)}"


def weekday_name(day: date) -> str:
    """Name a day's weekday."""
    weekday = day.weekday()
    return WEEKDAY_NAMES[weekday] if is_english() else local_weekday_name(weekday)


def month_name(month: int) -> str:
    """Name a month, 1 to 12, by itself."""
    return MONTH_NAMES[month - 1] if is_english() else local_month_name(month)


def month_abbreviation(month: int) -> str:
    """Name a month, 1 to 12, in short: ``Nov``."""
    return (
        MONTH_ABBREVIATIONS[month - 1] if is_english() else local_month_name(month, "abbreviated")
    )


def weekday_abbreviation(weekday: int) -> str:
    """Name a day of the week, 0 for Monday, in short: ``Mon``."""
    if is_english():
        return WEEKDAY_NAMES[weekday][: len("Mon")]
    return local_weekday_name(weekday, "abbreviated")


def _format_date(iso: str, month_names: tuple[str, ...]) -> str:
    year, *rest = iso.split("-")
    words = [year]
    if rest:
        words.insert(0, month_names[int(rest[0]) - 1])
    if len(rest) > 1:
        words.insert(0, str(int(rest[1])))
    return " ".join(words)


def _parse_number(text: object) -> int | None:
    if isinstance(text, str) and text.strip().isascii() and text.strip().isdigit():
        return int(text) if len(text.strip()) <= len("2021") else None
    return valid_count(text)
