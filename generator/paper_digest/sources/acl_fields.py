"""Texts of the ACL Anthology's elements, and where a paper of it stands: proceedings, or a journal's volume."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.work_types import WorkType
from paper_digest.sources.printed_reference import printed_reference
from paper_digest.text import fields

#: What stands behind a journal's name: ``Kite Studies, Volume 47, Issue 1 - March 2021``.
_VOLUME_IN_NAME = late_pattern(r",? (?:Volume|Vol\.|Issue|Number) \d.*\Z", re.IGNORECASE)


def inner_text(element: Element | None) -> str:
    """Return the text in an element; markup falls away, TeX gets its dollars back."""
    if element is None:
        return ""
    inner = (element.text or "") + "".join(
        inner_text(child) + (child.tail or "") for child in element
    )
    return f"${inner}$" if element.tag == "tex-math" and inner.strip() else inner


def first_field(volume: Element, element: Element, *names: str) -> str:
    """Return the first of some fields that a paper, or else its volume, gives."""
    for parent in (element, volume.find("meta")):
        for name in names:
            text = "" if parent is None else fields.one_line(inner_text(parent.find(name)))
            if text:
                return text
    return ""


def venue_name(volume: Element, element: Element) -> str:
    """Return the proceedings, or the journal without its volume and issue, which stand in fields of their own."""
    if not _is_journal(volume):
        return first_field(volume, element, "booktitle", "journal-title", "journal")
    name = first_field(volume, element, "journal-title", "journal", "booktitle")
    return _VOLUME_IN_NAME.sub("", name) or name


def journal_reference(volume: Element, element: Element, venue: str, year: str) -> str:
    """Build the reference; the volumes of proceedings are the Anthology's own and not printed."""
    pages = fields.one_line(inner_text(element.find("pages")))
    names = ("journal-volume", "journal-issue") if _is_journal(volume) else ()
    number, issue = (*(first_field(volume, element, name) for name in names), "", "")[:2]
    return printed_reference(venue, number, issue, pages, year)


def work_type(volume: Element) -> WorkType:
    """Return what the papers of a volume are, where it says what it is itself."""
    if _is_journal(volume):
        return "journal-article"
    return "conference-paper" if volume.get("type") == "proceedings" else ""


def _is_journal(volume: Element) -> bool:
    return volume.get("type") == "journal" or volume.find("meta/journal-volume") is not None
