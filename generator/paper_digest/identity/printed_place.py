"""Whether two records name printed places (venue, volume, pages) that cannot be one."""

from __future__ import annotations

import re
import unicodedata

from paper_digest.model.late_pattern import late_pattern

_YEAR = late_pattern(r"\b(?:1[89]|20)\d\d\b")
_PAGES = late_pattern(r"\b(\d{1,5})\s*(?:-{1,3}|\N{EN DASH})\s*(\d{1,5})\b")
_WORD = late_pattern(r"[^\W\d_]+")
#: Words that name no venue.
_EMPTY_WORDS = frozenset(
    [
        "a",
        "acm",
        "an",
        "and",
        "annual",
        "conference",
        "conf",
        "ieee",
        "in",
        "inc",
        "int",
        "intl",
        "international",
        "j",
        "journal",
        "lecture",
        "meeting",
        "notes",
        "of",
        "on",
        "papers",
        "proc",
        "proceedings",
        "proceeding",
        "series",
        "symposium",
        "the",
        "to",
        "trans",
        "transactions",
        "volume",
        "vol",
        "workshop",
        "der",
        "die",
        "fur",
        "und",
        "les",
        "des",
    ]
)
_MIN_ABBREVIATION = 2


def places_differ(one: tuple[str, str], two: tuple[str, str]) -> bool:
    """Tell whether two records were printed in two places.

    Args:
        one: venue and journal reference of a record, as given; ``two`` likewise.
        two: see ``one``.

    Returns:
        True where both name a place and it differs in the venue's words, in the years they name,
        or in the pages; False where one of them names none or they may be one.
    """
    first, second = " ".join(filter(None, one)), " ".join(filter(None, two))
    if not first or not second:
        return False
    years_one, years_two = {*_YEAR.findall(first)}, {*_YEAR.findall(second)}
    if years_one and years_two and not years_one & years_two:
        return True
    pages_one, pages_two = _pages(first), _pages(second)
    if pages_one and pages_two and not pages_one & pages_two:
        return True
    volume_one, volume_two = _volume(one[1]), _volume(two[1])
    if volume_one and volume_two and volume_one != volume_two:
        return True
    return not _venues_agree(one[0] or one[1], two[0] or two[1])


def _pages(text: str) -> set[str]:
    return {first for first, _ in _PAGES.findall(_YEAR.sub(" ", text))}


def _volume(journal_ref: str) -> str:
    """Return the first number of a journal reference that is no year and no page."""
    text = _YEAR.sub(" ", _PAGES.sub(" ", journal_ref))
    match = re.search(r"\b\d+\b", text)
    return match[0] if match else ""


def _venues_agree(one: str, two: str) -> bool:
    first, second = _venue_words(one), _venue_words(two)
    if not first or not second:
        return True
    if _initials(first) in second or _initials(second) in first:
        return True
    short, long = sorted((first, second), key=len)
    return all(any(_abbreviates(word, other) for other in long) for word in short)


def _venue_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text)
    folded = "".join(c for c in folded if not unicodedata.combining(c)).casefold()
    return [word for word in _WORD.findall(folded) if word not in _EMPTY_WORDS]


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _abbreviates(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and len(short) >= _MIN_ABBREVIATION
