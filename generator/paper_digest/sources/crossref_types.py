"""What kind of work a record of Crossref says it is of, and who published it where that is no journal."""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.work_types import WorkType
from paper_digest.sources.json_values import as_list, as_objects
from paper_digest.sources.stated_work_types import CROSSREF_TYPES, entry_work_type
from paper_digest.text import fields

#: What a server of preprints says of what it holds, where that is no preprint; it has others, too.
_SUBTYPES: Mapping[str, WorkType] = {
    "": "preprint",
    "preprint": "preprint",
    "dissertation": "thesis",
    "report": "report",
}


def stated_work_type(work: Mapping[str, object], venue: str) -> WorkType:
    """Return what a record says its work is.

    Publishers whose proceedings are books have registered their papers as chapters, and name the conference.
    """
    kind = str(work.get("type"))
    stated = CROSSREF_TYPES.get(kind, "")
    if kind == "posted-content":
        stated = posted_work_type(work)
    if stated == "book-chapter" and _names_conference(work):
        stated = "conference-paper"
    return entry_work_type(stated, venue)


def posted_work_type(work: Mapping[str, object]) -> WorkType:
    """Return what ``posted-content`` is, by its subtype."""
    return _SUBTYPES.get(fields.one_line(work.get("subtype")), "")


def institution(work: Mapping[str, object], work_type: WorkType) -> str:
    """Return the school of a thesis, or the institution of a report."""
    if work_type not in {"thesis", "report"}:
        return ""
    names = (fields.one_line(place.get("name")) for place in as_objects(_institutions(work)))
    return next(filter(None, names), "")


def _institutions(work: Mapping[str, object]) -> list[object]:
    """Return a list, which was one object in earlier years."""
    stated = work.get("institution")
    return [stated] if isinstance(stated, dict) else as_list(stated)


def _names_conference(work: Mapping[str, object]) -> bool:
    said = (note.get("name") for note in as_objects(work.get("assertion")))
    return isinstance(work.get("event"), dict) or "conference_name" in said
