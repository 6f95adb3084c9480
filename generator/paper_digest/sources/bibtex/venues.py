"""Where it appeared: the journal or the proceedings of a BibTeX entry, and its place in them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.bibtex.journal_macros import JOURNAL_MACROS
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.sources.entry_location import quote_value
from paper_digest.sources.printed_reference import printed_reference
from paper_digest.text import fields

_PREPRINT_SERVER = late_pattern(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
#: Fields that name a venue, the better first, each with the one that holds its subtitle.
_VENUE_FIELDS = {
    "journal": "journalsubtitle",
    "journaltitle": "journalsubtitle",
    "booktitle": "booksubtitle",
    "eventtitle": "",
}
_JOURNAL_MACRO = late_pattern(r"\\([A-Za-z]+)(?![A-Za-z])(?:\{\})?")
_COMMAND = late_pattern(r"\\[A-Za-z]+")
_FORMULA = late_pattern(r"\$[^$]*\$")
#: Where publishers put an article's number, which stands in place of pages: biblatex and REVTeX, ACM, MDPI, Scopus.
_ARTICLE_NUMBER_FIELDS = ("eid", "articleno", "article-number", "art_number")
_ARXIV_TAG = late_pattern(r"arxiv\b", re.IGNORECASE)


def join_subtitle(entry_fields: Mapping[str, str], name: str, subtitle_name: str) -> str:
    """Return a title with its subtitle, as Crossref's are joined: ``Parcels: A History``."""
    title = _text(entry_fields, name)
    subtitle = _text(entry_fields, subtitle_name)
    if not title or not subtitle or title.lower().endswith(subtitle.lower()):
        return title
    return f"{title.rstrip(' :')}: {subtitle}"


def venue_name(entry_fields: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the journal's or the proceedings' name, the field that has it, and what is wrong, or "".

    A preprint server is no venue, and neither is a command that no table knows.
    """
    problem = ""
    for name, subtitle_name in _VENUE_FIELDS.items():
        raw = _JOURNAL_MACRO.sub(
            lambda match: JOURNAL_MACROS.get(match[1].lower(), match[0]), entry_fields.get(name, "")
        )
        venue = join_subtitle({**entry_fields, name: raw}, name, subtitle_name)
        if _COMMAND.search(_FORMULA.sub("", venue)):
            value = quote_value(entry_fields[name])
            problem = problem or f"{name} {value} is a command nobody defined, so no venue is known"
        elif venue and not _PREPRINT_SERVER.search(venue):
            return venue, name, problem
    return "", "", problem


def journal_reference(entry_fields: Mapping[str, str], venue: str, year: str) -> str:
    """Build the reference: ``J. Made Up 12(3), 45-67, 2021``; nothing without a venue."""
    volume = _text(entry_fields, "volume")
    number = _first_text(entry_fields, "number", "issue")  # APS, biblatex: ``issue = {Spring}``
    pages = _first_text(entry_fields, "pages", *_ARTICLE_NUMBER_FIELDS)
    pages = "" if _ARXIV_TAG.match(pages) else pages.replace("--", "\N{EN DASH}")
    # Of a journal it is a part of its volumes' numbering: ``series = {2}``.
    in_journal = entry_fields.get("journal") or entry_fields.get("journaltitle")
    series = "" if in_journal else _text(entry_fields, "series")
    return printed_reference(venue, volume, number, pages, year, series)


def _first_text(entry_fields: Mapping[str, str], *names: str) -> str:
    return next(filter(None, (_text(entry_fields, name) for name in names)), "")


def _text(entry_fields: Mapping[str, str], name: str) -> str:
    return fields.one_line(latex_to_text(entry_fields.get(name, "")))
