"""The dates of a work in Crossref: first out, and printed."""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.sources.json_values import as_list
from paper_digest.text.dates import partial_date


def stated_date(record: object) -> str:
    """Return a date of Crossref's, as far as it is known: ``2021-03``."""
    parts = (
        next(iter(as_list(record.get("date-parts"))), None) if isinstance(record, dict) else None
    )
    return partial_date(*(*parts, None, None, None)[:3]) if isinstance(parts, list) else ""


def published_date(work: Mapping[str, object]) -> str:
    """Return the first date of publication, as far as it is known: ``2021-03``."""
    for name in ("published", "issued", "published-online", "published-print"):
        if iso_date := stated_date(work.get(name)):
            return iso_date
    return ""


def printed_date(work: Mapping[str, object]) -> str:
    """Return the date of the issue that volume and pages are of, often a year after the first; "" where none was printed."""
    issue = work.get("journal-issue")
    in_print = issue.get("published-print") if isinstance(issue, dict) else None
    return stated_date(work.get("published-print")) or stated_date(in_print)
