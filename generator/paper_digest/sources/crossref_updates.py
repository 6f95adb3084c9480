"""What publishers said of a work after it was out, as Crossref's records have it: retractions, corrections.

Form: ``updated-by`` in https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.paper import Notice
from paper_digest.sources.json_values import as_list, as_objects
from paper_digest.text import fields
from paper_digest.text.dates import partial_date

#: Updates that take a work back; a correction does not.
_WITHDRAWAL_TYPES = frozenset({"retraction", "withdrawal", "removal"})
#: The other updates that readers are told of, by the types that are deposited.
_NOTICE_TYPES = {
    "expression_of_concern": "expression of concern",
    "expression-of-concern": "expression of concern",
    "partial_retraction": "partial retraction",
    "correction": "correction",
    "corrigendum": "correction",
    "erratum": "correction",
}
#: Notices taken of one work.
_MAX_NOTICES = 20


def withdrawal_reason(work: Mapping[str, object]) -> str:
    """Return why a work was taken back, with the address of the notice; "" where it was not."""
    for update in as_objects(work.get("updated-by")):
        if str(update.get("type", "")).lower() in _WITHDRAWAL_TYPES:
            label = fields.one_line(update.get("label")) or fields.one_line(update.get("type"))
            notice = fields.parse_doi(update.get("DOI"))
            return f"{label}: https://doi.org/{notice}" if notice else label
    return ""


def notices(work: Mapping[str, object]) -> tuple[Notice, ...]:
    """Return each notice once, in order; of one that is stated twice the later day counts."""
    days: dict[tuple[str, str], str] = {}
    for update in as_objects(work.get("updated-by")):
        kind = _NOTICE_TYPES.get(str(update.get("type", "")).lower())
        doi = fields.parse_doi(update.get("DOI"))
        if kind:
            day = stated_date(update.get("updated"))
            day = day if len(day) == len("YYYY-MM-DD") else ""
            place = kind, f"https://doi.org/{doi}" if doi else ""
            days[place] = max(days.get(place, ""), day)
    stated = (Notice(kind, url, day) for (kind, url), day in sorted(days.items()))
    return tuple(stated)[:_MAX_NOTICES]


def stated_date(record: object) -> str:
    """Return a date of Crossref's, as far as it is known: ``2021-03``."""
    parts = (
        next(iter(as_list(record.get("date-parts"))), None) if isinstance(record, dict) else None
    )
    return partial_date(*(*parts, None, None, None)[:3]) if isinstance(parts, list) else ""
