"""DOIs of whole books on their chapters: a manager copies them, and they name none of the chapters."""

from __future__ import annotations

from collections.abc import Mapping

from bibtexparser.model import Entry

from paper_digest.model.errors import Problem
from paper_digest.model.ids import title_key
from paper_digest.sources.bibtex.ids import ConflictingIdsError, collect_ids
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.sources.entry_location import EntryLocation

#: Entry types that hold papers and are none themselves.
CONTAINER_TYPES = frozenset({
    "proceedings", "mvproceedings", "collection", "mvcollection", "xdata", "set", "control",
})  # fmt: skip
_BOOK_TYPES = CONTAINER_TYPES | {"book", "mvbook", "reference", "mvreference"}
_PART_TYPES = frozenset({
    "incollection", "inbook", "inproceedings", "conference", "inreference", "suppbook", "bookinbook",
    "suppcollection",
})  # fmt: skip


def drop_book_dois(entries: list[tuple[Entry, Mapping[str, str]]], where: str) -> list[Problem]:
    """Take the DOI from chapters that share it with their book or with chapters of other titles.

    Args:
        entries: all entries of a file with their fields; those of such chapters are replaced.
        where: the file, for problems.

    Returns:
        One problem for each DOI.
    """
    places: dict[str, list[int]] = {}
    for index, (_, entry_fields) in enumerate(entries):
        if doi := _doi(entry_fields):
            places.setdefault(doi, []).append(index)
    problems = []
    for doi, indices in places.items():
        parts = [i for i in indices if entries[i][0].entry_type.lower() in _PART_TYPES]
        if not parts or not _names_a_book(entries, indices, parts):
            continue
        for index in parts:
            entry, entry_fields = entries[index]
            entries[index] = (entry, _without_doi(entry_fields, doi))
        line = (entries[parts[0]][0].start_line or 0) + 1
        what = (
            f"doi:{doi} is that of a book: {len(parts)} chapters bear it; each is known without it"
        )
        problems.append(
            EntryLocation(where, line=line).problem(what, "give each chapter its own DOI")
        )
    return problems


def _names_a_book(
    entries: list[tuple[Entry, Mapping[str, str]]], indices: list[int], parts: list[int]
) -> bool:
    titles = {title_key(latex_to_text(entries[i][1].get("title", ""))) for i in parts}
    types = {entries[i][0].entry_type.lower() for i in indices}
    return len(titles) > 1 or bool(types & _BOOK_TYPES)


def _doi(entry_fields: Mapping[str, str]) -> str:
    try:
        return collect_ids(entry_fields).doi
    except ConflictingIdsError:
        return ""


def _without_doi(entry_fields: Mapping[str, str], doi: str) -> dict[str, str]:
    """Return the fields without those that name the DOI; a long remark that does stays."""
    return {
        name: text
        for name, text in entry_fields.items()
        if name != "doi" and collect_ids({name: text}).doi != doi
    }
