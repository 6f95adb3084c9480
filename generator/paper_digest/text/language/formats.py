"""Dates, numbers and lists as the active language writes them, by Unicode's locale data (Babel)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from paper_digest.text.language.active import active_language, gettext, is_english, pgettext

#: Dates of rows are written once a day and paper.
_MAX_DATES = 50_000


def format_number(n: int) -> str:
    """Write a whole number with the language's separators: ``12,345``."""
    if is_english():
        return f"{n:,}"
    from babel.numbers import format_decimal

    return format_decimal(n, locale=active_language())


def format_decimal(value: float) -> str:
    """Write a number with one digit behind the point, as the language has it: ``1,234.5``."""
    if is_english():
        return f"{value:.1f}"
    from babel.numbers import format_decimal as format_babel_decimal

    return format_babel_decimal(value, format="#,##0.0", locale=active_language())


def list_separator() -> str:
    """Return what stands between the names or words of a list that is no sentence: ``A, B, C``; ``A، B، C``."""
    return gettext(", ")


def format_list(items: Sequence[str]) -> str:
    """Write a list as a sentence has it: ``A, B and C``."""
    return list_pattern(len(items)).format(*items)


def list_pattern(length: int) -> str:
    """Return the pattern of such a list: ``{0}, {1} and {2}``; for pieces that are no plain text."""
    places = [f"{{{number}}}" for number in range(length)]
    if is_english() or length < len("AB"):
        return " and ".join([", ".join(places[:-1]), places[-1]] if places[1:] else places)
    from babel.lists import format_list as format_babel_list

    return format_babel_list(places, locale=active_language())


def format_local_date(iso: str, width: Literal["short", "long", "heading"]) -> str:
    """Write an ISO day, month or year in a language that is not English.

    Args:
        iso: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        width: with the month in short, in full, or in full with the weekday.
    """
    return _format_date(iso, width, active_language())


def local_week(year: str, week: int) -> str:
    """Name an ISO week in the active language: ``Week 47 of 2025``."""
    return pgettext("date", "Week {week} of {year}", week=week, year=year)


def local_month_name(month: int, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """Name a month by itself, in a language that is not English."""
    from babel.dates import get_month_names

    names = get_month_names(width, context="stand-alone", locale=active_language())
    return str(names[month])


def local_weekday_name(weekday: int, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """Name a day of the week (0 for Monday) by itself, in a language that is not English."""
    from babel.dates import get_day_names

    names = get_day_names(width, context="stand-alone", locale=active_language())
    return str(names[weekday])


@lru_cache(_MAX_DATES)
def _format_date(iso: str, width: Literal["short", "long", "heading"], code: str) -> str:
    from babel.dates import format_date, format_skeleton

    parts = [int(part) for part in iso.split("-")]
    day = date(*([*parts, 1, 1])[:3])
    if len(parts) == len("YM"):
        return format_skeleton("yMMM" if width == "short" else "yMMMM", day, locale=code)
    if len(parts) == 1:
        return format_skeleton("y", day, locale=code)
    if width == "short":  # the medium form of some languages is all figures
        return format_skeleton("yMMMd", day, locale=code)
    return format_date(day, "long" if width == "long" else "full", locale=code)
