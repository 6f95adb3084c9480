"""One BibTeX entry's fields as a paper: text without LaTeX, dates, venue, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.identity.features import OTHER_AUTHORS_NOTE
from paper_digest.model.ids import title_id
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Link, Paper, Sighting
from paper_digest.model.strict import StrictStruct
from paper_digest.model.work_types import PARTS, WorkType
from paper_digest.sources.bibtex import ids as bibtex_ids
from paper_digest.sources.bibtex import names
from paper_digest.sources.bibtex.dates import published_date
from paper_digest.sources.bibtex.ids import ConflictingIdsError, EntryIds
from paper_digest.sources.bibtex.names import AuthorList, AuthorNamesError
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.sources.bibtex.venues import join_subtitle, journal_reference, venue_name
from paper_digest.sources.citation_note import CitationNote, read_note
from paper_digest.sources.links import link_from_url
from paper_digest.sources.reference_fields import is_cut_by_indexers
from paper_digest.sources.stated_work_types import BIBTEX_TYPES, entry_work_type
from paper_digest.sources.titles import split_withdrawal
from paper_digest.text import fields

_STARTS_WITH_SERVER = late_pattern(r"(?:arxiv|corr)\b", re.IGNORECASE)
_TYPES_OF_PREPRINTS = frozenset({"misc", "online", "unpublished"})
_CATEGORY = late_pattern(r"[a-z-]+(?:\.[A-Za-z-]{2,})?\Z")


class EntryResult(StrictStruct, frozen=True):
    """What came of an entry: a paper, or none; and what was wrong (what, cure)."""

    paper: Paper | None = None
    problems: tuple[tuple[str, str], ...] = ()


def paper_from_fields(
    entry_fields: Mapping[str, str], where: str, key: str = "", entry_type: str = ""
) -> EntryResult:
    """Make a paper of an entry's fields (lower-case name -> value, macros replaced).

    An entry without a title, or with the ids of two papers, makes none. ``and others`` leaves
    its mark in ``comment``, because the list of authors is known to be cut short. ``key`` is the
    entry's citation key, ``entry_type`` what stands before it (``article``).
    """
    title = join_subtitle(entry_fields, "title", "subtitle")
    if not title:
        return EntryResult(problems=(("it has no title", "add one"),))
    try:
        ids = bibtex_ids.collect_ids(entry_fields)
    except ConflictingIdsError as fault:
        return EntryResult(problems=((str(fault), "leave the right one alone"),))
    listed, problems = _authors(entry_fields, key)
    authors = listed.authors
    published, date_problem = published_date(entry_fields)
    note, abstract = _note(entry_fields), _abstract(entry_fields)
    is_cut = listed.cut or note.is_cut
    # What publishes data is the archive that holds them, as in other formats.
    if entry_type.lower() == "dataset":
        entry_fields = {"eventtitle": entry_fields.get("publisher", ""), **entry_fields}
    venue, venue_field, venue_problem = venue_name(entry_fields)
    for what, cure in (
        (date_problem, "give the date as 2019-03-04, 2019-03 or 2019"),
        (venue_problem, "write the name out, or define it with @string"),
        *bibtex_ids.unread_ids(entry_fields, ids),
    ):
        problems += ((what, cure),) if what else ()
    if "\ufffd" in title or any("\ufffd" in author.name for author in authors):
        problems += (("its title or authors hold characters lost before (U+FFFD)", "mend them"),)
    work_type = entry_work_type(
        _stated_work_type(entry_fields, entry_type, venue_field),
        venue,
        entry_fields.get("institution", ""),
    )
    family = (authors[0].family or authors[0].name) if authors else ""
    built = Paper(
        id=ids.best or title_id(title, published[:4], family),
        title=title,
        authors=authors,
        author_count=None if authors else note.author_count,
        published=published,
        inferred=bool(published) and note.is_year_inferred,
        categories=_categories(entry_fields, ids),
        keywords=_keywords(entry_fields),
        doi=ids.doi,
        # A year that was worked out would be a printed one there.
        journal_ref=journal_reference(
            entry_fields, venue, "" if note.is_year_inferred else published[:4]
        )
        or note.reference,
        venue=venue,
        work_type=work_type,
        comment="; ".join(filter(None, (note.remark, OTHER_AUTHORS_NOTE if is_cut else ""))),
        withdrawn=note.withdrawn or split_withdrawal(title)[1],
        organisation=_organisation(entry_fields),
        links=_links(entry_fields, ids),
        sightings=(Sighting(source="bibtex", page=_file_name(where), entry=key),),
        abstract=abstract,
        truncated=is_cut_by_indexers(abstract),
    )
    return EntryResult(built, problems)


def _authors(
    entry_fields: Mapping[str, str], key: str
) -> tuple[AuthorList, tuple[tuple[str, str], ...]]:
    cure = "put “ and ” between the authors, or braces around a family name of several words"
    try:
        listed = names.parse_authors(
            entry_fields.get("author", ""),
            lambda name: fields.one_line(latex_to_text(name)),
            key,
            from_dblp="dblp"
            in entry_fields.get("bibsource", entry_fields.get("biburl", "")).lower(),
        )
    except AuthorNamesError as fault:
        return AuthorList(), ((str(fault), cure),)
    return listed, tuple(
        (f"author “{name[:60]}” was read as several names", cure) for name in listed.misread
    )


def _categories(entry_fields: Mapping[str, str], ids: EntryIds) -> tuple[str, ...]:
    label = entry_fields.get("primaryclass") or entry_fields.get("eprintclass") or ""
    label = label.strip("{} ")
    return (label,) if ids.arxiv and _CATEGORY.match(label) else ()


def _keywords(entry_fields: Mapping[str, str]) -> tuple[str, ...]:
    raw_keywords = re.split(
        r"[,;]", entry_fields.get("keywords") or entry_fields.get("keyword") or ""
    )
    words = (fields.one_line(latex_to_text(word)) for word in raw_keywords)
    return tuple(dict.fromkeys(word for word in words if word))


def _note(entry_fields: Mapping[str, str]) -> CitationNote:
    """Read the note; a remark that is an address or id of the paper and nothing else is none."""
    raw = bibtex_ids.plain_addresses(entry_fields.get("note", ""))
    note = read_note(fields.one_line(latex_to_text(raw)))
    is_id = (
        fields.valid_url(note.remark)
        or fields.parse_doi(note.remark)
        or _STARTS_WITH_SERVER.match(note.remark)
        or bibtex_ids.is_arxiv_remark(note.remark)
    )
    return note._replace(remark="") if is_id else note


def _stated_work_type(
    entry_fields: Mapping[str, str], entry_type: str, venue_field: str
) -> WorkType:
    """Return what the entry's type says; ``pubstate`` is biblatex's word for preprints, which have no type.

    INSPIRE has talks that were printed in a journal as ``@inproceedings`` with a ``journal``, and some of which
    nothing is known but the conference as ``@article`` with a ``booktitle``: neither says which of the two it is.
    """
    kind = entry_type.lower()
    state = entry_fields.get("pubstate", "").strip().lower()
    if kind in _TYPES_OF_PREPRINTS and state in {"prepublished", "preprint"}:
        return "preprint"
    stated = BIBTEX_TYPES.get(kind, "")
    in_journal = venue_field.startswith("journal")
    return "" if stated in PARTS and in_journal != (stated == "journal-article") else stated


def _organisation(entry_fields: Mapping[str, str]) -> str:
    """Return the school or institution; a preprint server is none."""
    raw = entry_fields.get("institution") or entry_fields.get("school") or ""
    name = fields.one_line(latex_to_text(raw))
    return "" if _STARTS_WITH_SERVER.match(name) else name


def _links(entry_fields: Mapping[str, str], ids: EntryIds) -> tuple[Link, ...]:
    links = [link_from_url(address) for address in bibtex_ids.entry_urls(entry_fields)]
    if ids.acl:
        links.append(Link("acl", f"https://aclanthology.org/{ids.acl}/"))
    if ids.openreview:
        links.append(Link("openreview", f"https://openreview.net/forum?id={ids.openreview}"))
    unique: dict[tuple[str, str], Link] = {}
    for one in links:
        if one is not None:
            unique.setdefault((one.kind, "" if one.kind in {"acl", "openreview"} else one.url), one)
    return tuple(unique.values())


def _abstract(entry_fields: Mapping[str, str]) -> str:
    """Return the abstract; as in BibTeX a line break is a space, and a blank line a paragraph."""
    paragraphs = re.split(r"\n[ \t]*\n", entry_fields.get("abstract", ""))
    lines = (fields.one_line(latex_to_text(paragraph)) for paragraph in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _file_name(where: str) -> str:
    """Name a file without its folder, which is nobody's business; an address stays whole."""
    return where if fields.valid_url(where) else re.split(r"[/\\]", where)[-1]
