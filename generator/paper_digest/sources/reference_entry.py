"""One entry of a reference manager's export, in whichever format, as a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.model.errors import Problem
from paper_digest.model.ids import title_id
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Link, Paper, Sighting
from paper_digest.sources.bibtex.ids import ConflictingIdsError, EntryIds, collect_ids, unread_ids
from paper_digest.sources.citation_note import read_note
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.links import link_from_url
from paper_digest.sources.printed_reference import printed_reference
from paper_digest.sources.reference_books import drop_book_dois
from paper_digest.sources.reference_fields import ReferenceEntry, is_cut_by_indexers
from paper_digest.sources.reference_names import split_names
from paper_digest.sources.stated_work_types import entry_work_type
from paper_digest.sources.titles import split_withdrawal
from paper_digest.text import fields
from paper_digest.text.markup import strip_html, strip_paragraphs

#: Fields these formats can carry.
CARRIES = frozenset(
    {
        "title",
        "authors",
        "author_count",
        "abstract",
        "published",
        "keywords",
        "doi",
        "journal_ref",
        "venue",
        "work_type",
        "organisation",
        "withdrawn",
        "comment",
    }
)

#: What the rules for BibTeX call the fields in ``ReferenceEntry.id_remarks``, in their order.
REMARK_PLACES = (
    "number",
    "note",
    "annote",
    "addendum",
    "howpublished",
    "publisher",
    "extra",
    "annotation",
)

_PREPRINT_SERVER = late_pattern(r"\b(?:arxiv|corr)\b", re.IGNORECASE)


def papers_from_entries(
    entries: Iterable[tuple[ReferenceEntry, EntryLocation]], source: str, problems: list[Problem]
) -> tuple[Paper, ...]:
    """Make papers of all entries of a file; what is wrong with them is added to ``problems``.

    An entry without a title, or with the ids of two papers, makes none.
    """
    papers = (
        _paper_from_entry(entry, location, source, problems)
        for entry, location in drop_book_dois(entries, problems)
    )
    return tuple(filter(None, papers))


def _paper_from_entry(
    entry: ReferenceEntry, location: EntryLocation, source: str, problems: list[Problem]
) -> Paper | None:
    title = fields.one_line(strip_html(entry.title))
    if not title:
        problems.append(location.problem("it has no title", "add one"))
        return None
    try:
        ids = _entry_ids(entry)
    except ConflictingIdsError as fault:
        problems.append(location.problem(str(fault), "leave the right one alone"))
        return None
    listed, unread = split_names(entry.authors, entry.key, one_in_each=entry.one_author_each)
    authors = listed.authors
    faults = [f"author “{name[:60]}” was read as several names" for name in listed.misread]
    faults += [f"author “{unread[:60]}” is one name or several"] if unread else []
    problems += (location.problem(what, "give each author a field of its own") for what in faults)
    if entry.date_problem:
        cure = "give the date as 2019-03-04, 2019-03 or 2019"
        problems.append(location.problem(entry.date_problem, cure))
    problems += (location.problem(*fault) for fault in unread_ids({"doi": entry.doi}, ids))
    family = (authors[0].family or authors[0].name) if authors else ""
    venue = fields.one_line(strip_html(entry.container))
    venue = "" if _PREPRINT_SERVER.search(venue) else venue
    note = read_note(entry.remark)
    is_inferred = entry.inferred or note.is_year_inferred
    abstract = fields.clean_block(strip_paragraphs(entry.abstract))
    return Paper(
        id=ids.best or title_id(title, entry.published[:4], family),
        title=title,
        authors=authors,
        author_count=None if authors else note.author_count,
        published=entry.published,
        inferred=bool(entry.published) and is_inferred,
        keywords=tuple(dict.fromkeys(filter(None, map(fields.one_line, entry.keywords)))),
        doi=ids.doi,
        journal_ref=_journal_ref(entry, venue, has_year=not is_inferred) or note.reference,
        venue=venue,
        work_type=entry_work_type(entry.work_type, venue, entry.organisation),
        organisation="" if _PREPRINT_SERVER.search(entry.organisation) else entry.organisation,
        comment=OTHER_AUTHORS_NOTE if listed.cut or note.is_cut else "",
        withdrawn=entry.withdrawn or note.withdrawn or split_withdrawal(title)[1],
        notices=entry.notices,
        links=tuple(_unique_links(entry.urls)),
        sightings=(Sighting(source, file_name(location.where), entry=entry.key),),
        abstract=abstract,
        truncated=is_cut_by_indexers(abstract),
    )


def file_name(where: str) -> str:
    """Name a file without its folder, which is nobody's business; an address stays whole."""
    return where if fields.valid_url(where) else re.split(r"[/\\]", where)[-1]


def _entry_ids(entry: ReferenceEntry) -> EntryIds:
    """Collect the ids where these formats have them: the rules are those for BibTeX.

    Raises:
        ConflictingIdsError: the entry names two papers.
    """
    places = {"doi": entry.doi, "journal": entry.container}
    remarks = filter(None, entry.id_remarks)
    places |= dict(zip(REMARK_PLACES, remarks, strict=False))
    places |= {"volume": entry.volume, "eid": entry.pages}
    urls = [url for url in entry.urls if fields.valid_url(url)]
    places |= dict(zip(("url", "pdf", "ee", "link"), urls, strict=False))
    return collect_ids(places)


def _journal_ref(entry: ReferenceEntry, venue: str, *, has_year: bool) -> str:
    """Build the reference: ``J. Made Up 12(3), 45-67, 2021`` with an en dash; nothing without a venue.

    A year that was worked out would be a printed one there (``has_year``).
    """
    pages = re.sub(r"(?:(?<!\s)\s+)?-+\s*", "\N{EN DASH}", entry.pages)
    year = (entry.printed or entry.published)[:4] if has_year else ""
    series = fields.one_line(strip_html(entry.series)) if entry.is_part else ""
    return printed_reference(venue, entry.volume, entry.issue, pages, year, series)


def _unique_links(urls: Iterable[str]) -> Iterable[Link]:
    links = filter(None, map(link_from_url, urls))
    return {(link.kind, link.url): link for link in links}.values()
