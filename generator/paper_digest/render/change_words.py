"""A change of a record in words: which field, what it was and is, and who said so."""

from __future__ import annotations

from paper_digest.identity.source_ranking import EDITOR
from paper_digest.sources.registry import registry
from paper_digest.store.changes import Change

FIELD_LABELS = {
    "title": "Title",
    "authors": "Authors",
    "abstract": "Abstract",
    "published": "Date",
    "doi": "DOI",
    "venue": "Venue",
    "journal_ref": "Journal reference",
    "licence": "Licence",
    "withdrawn": "Withdrawn",
    "notices": "Notice",
    "version": "Version",
}


def change_words(change: Change) -> str:
    """Say on one line what a field is now and what it was before, in the words of its sources."""
    label = FIELD_LABELS[change.field]
    if not change.after:
        return f"{label}: none any more; before: {change.before}"
    return f"{label}: {change.after}" + (f"; before: {change.before}" if change.before else "")


def changed_by(change: Change) -> str:
    """Name who stated it: a source's title, or a person."""
    source = registry().by_name.get(change.by)
    return source.title if source else "an editor" if change.by == EDITOR else change.by
