"""DOIs of whole books on their chapters, in files of reference managers; ``bibtex/shared_dois.py`` is the same for BibTeX."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from paper_digest.model.errors import Problem
from paper_digest.model.ids import title_key
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.reference_fields import ReferenceEntry
from paper_digest.text import fields

Located = tuple[ReferenceEntry, EntryLocation]


def drop_book_dois(entries: Iterable[Located], problems: list[Problem]) -> list[Located]:
    """Take the DOI from chapters that share it with their book or with chapters of other titles.

    Args:
        entries: all entries of a file.
        problems: one is added for each DOI.
    """
    entries = list(entries)
    places: dict[str, list[int]] = {}
    for index, (entry, _) in enumerate(entries):
        if doi := _doi(entry):
            places.setdefault(doi, []).append(index)
    for doi, indices in places.items():
        chapters = [i for i in indices if entries[i][0].is_part]
        titles = {title_key(entries[i][0].title) for i in chapters}
        has_book = any(entries[i][0].is_book for i in indices)
        if not chapters or not (has_book or len(titles) > 1):
            continue
        for i in chapters:
            entry, location = entries[i]
            entries[i] = (_without_doi(entry, doi), location)
        what = f"doi:{doi} is that of a book: {len(chapters)} chapters bear it; each is known without it"
        location = entries[chapters[0]][1]
        problems.append(location.problem(what, "give each chapter its own DOI"))
    return entries


def _doi(entry: ReferenceEntry) -> str:
    candidates = (entry.doi, *entry.urls)
    return next((doi for text in candidates if (doi := fields.parse_doi(text))), "")


def _without_doi(entry: ReferenceEntry, doi: str) -> ReferenceEntry:
    urls = tuple(url for url in entry.urls if fields.parse_doi(url) != doi)
    remarks = tuple("" if doi in text.lower() else text for text in entry.id_remarks)
    return msgspec.structs.replace(entry, doi="", urls=urls, id_remarks=remarks)
