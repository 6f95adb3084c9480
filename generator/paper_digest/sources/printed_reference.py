"""A reference in this project's own form, of the parts that sources give: ``J. Made Up 12(3), 45-67, 2021``."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

#: The word before a number says what its field says already: ``Volume 12``, ``Issue 3``.
_NAMED = late_pattern(
    r"(?:volume|vol|issue|iss|number|no|nr)(?:\.\s*|\s+)(?=[\dIVXLC])", re.IGNORECASE
)
#: MEDLINE sets parts of volumes in brackets: ``12 ( Pt 1)``. Those of the reference are the issue's.
_SIGNS = late_pattern(r"[\s(),]+")


def printed_reference(
    venue: str, volume: str, issue: str, pages: str, year: str, series: str = ""
) -> str:
    """Build the reference; nothing without a venue. An issue, or a series, of no volume has no place in it.

    Proceedings that are a volume of a series are ``Kites 2021, LNCS vol. 123, 1-9, 2021``.
    """
    if not venue:
        return ""
    volume, issue = _number(volume), _number(issue)
    numbered = volume + (f"({issue})" if volume and issue else "")
    if series and volume:
        venue = f"{venue}, {series} vol."
    return ", ".join(part for part in (f"{venue} {numbered}".strip(), pages, year) if part)


def _number(text: str) -> str:
    named = _NAMED.match(text)
    return _SIGNS.sub(" ", text[named.end() :] if named else text).strip()
