"""When it appeared: the ``date``, ``year``, ``month`` and ``day`` fields of a BibTeX entry as one date."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.sources.entry_location import quote_value
from paper_digest.text import fields
from paper_digest.text.dates import month_number, partial_date
from paper_digest.text.printed_dates import PrintedDate, parse_printed_date

_DAY_AND_MONTH = late_pattern(r"(?:(\d{1,2})[\s~.,]*)?([A-Za-z]{3,})\.?(?:[\s~,]*(\d{1,2}))?\Z")
_LATEX_TIE = late_pattern(r"(?<=\w)~(?=\w)")


def published_date(entry_fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the date at the precision that is known, and what is wrong with it, or "".

    ``date`` counts before ``year``. Where a field says a date that cannot be read, or one it calls
    uncertain, that is a problem: no entry is without a date in silence.
    """
    uncertain = ""
    for name in ("date", "year"):
        raw = _LATEX_TIE.sub(" ", entry_fields.get(name, "")).replace("{", "").replace("}", "")
        said = parse_printed_date(raw if "\\" not in raw else latex_to_text(raw))
        if not said.iso:
            continue
        iso = _with_month(said, entry_fields) if len(said.iso) == len("YYYY") else said.iso
        if said.doubtful:
            uncertain = (
                f"{name} {quote_value(entry_fields[name])} is uncertain; it was read as {iso}"
            )
        return iso, uncertain
    for name in ("date", "year", "month"):
        if name in entry_fields:
            return (
                "",
                f"{name} {quote_value(entry_fields[name])} says no year, so the paper has no date",
            )
    return "", ""


def _with_month(said: PrintedDate, entry_fields: Mapping[str, str]) -> str:
    """Add the month and the day of their own fields to a year."""
    month = fields.one_line(latex_to_text(entry_fields.get("month", "")))
    named = _DAY_AND_MONTH.match(month)
    if named and not (named[1] and named[3]):
        return partial_date(said.iso, named[2], named[1] or named[3] or entry_fields.get("day"))
    if month.isdigit():
        return partial_date(said.iso, month, entry_fields.get("day"))
    months = {m for m in map(month_number, re.findall(r"[A-Za-z]{3,}", month)) if m}
    return partial_date(said.iso, months.pop() if len(months) == 1 else None)
