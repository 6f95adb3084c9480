"""One BibTeX entry's fields as a paper: text without LaTeX, dates, venue, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.ids import title_id
from paper_digest.model.paper import Author, Link, Paper, Sighting, StrictStruct
from paper_digest.sources.bibtex import ids as bibtex_ids
from paper_digest.sources.bibtex import names
from paper_digest.sources.bibtex.ids import ConflictingIdsError, EntryIds
from paper_digest.sources.bibtex.names import AuthorNamesError
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.sources.links import link_from_url
from paper_digest.text import fields

_PREPRINT_SERVER = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T/].*)?\Z")
_DAY_AND_MONTH = re.compile(r"(?:(\d{1,2})[\s~.,]*)?([A-Za-z]{3,})\.?(?:[\s~,]*(\d{1,2}))?\Z")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?\Z")


class EntryResult(StrictStruct, frozen=True):
    """What came of an entry: a paper, or none; and what was wrong (what, cure)."""

    paper: Paper | None = None
    problems: tuple[tuple[str, str], ...] = ()


def paper_from_fields(fields: Mapping[str, str], where: str) -> EntryResult:
    """Make a paper of an entry's fields (lower-case name -> value, macros replaced).

    An entry without a title, or with the ids of two papers, makes none. ``and others`` leaves
    its mark in ``comment``, because the list of authors is known to be cut short.
    """
    title = fields.one_line(latex_to_text(fields.get("title", "")))
    if not title:
        return EntryResult(problems=(("it has no title", "add one"),))
    try:
        ids = bibtex_ids.collect_ids(fields)
    except ConflictingIdsError as fault:
        return EntryResult(problems=((str(fault), "leave the right one alone"),))
    authors, cut, faults = _authors(fields)
    published = _published_date(fields)
    family = (authors[0].family or authors[0].name) if authors else ""
    built = Paper(
        id=ids.best or title_id(title, published[:4], family),
        title=title,
        authors=authors,
        published=published,
        categories=_categories(fields, ids),
        keywords=_keywords(fields),
        doi=ids.doi,
        journal_ref=_journal_ref(fields),
        venue=_venue(fields),
        comment=_comment(fields, authors_cut=cut),
        organisation=fields.one_line(
            latex_to_text(fields.get("institution") or fields.get("school") or "")
        ),
        links=_links(fields, ids),
        sightings=(Sighting(source="bibtex", page=_file_name(where)),),
        abstract=_abstract(fields),
    )
    return EntryResult(built, faults)


def _authors(
    fields: Mapping[str, str],
) -> tuple[tuple[Author, ...], bool, tuple[tuple[str, str], ...]]:
    field = fields.get("author", "")
    try:
        return (*names.parse_authors(field, lambda name: fields.one_line(latex_to_text(name))), ())
    except AuthorNamesError as fault:
        return (), False, ((str(fault), "put “ and ” between the authors"),)


def _published_date(fields: Mapping[str, str]) -> str:
    """Return the date, at the precision that is known: ``2021``, ``2021-03`` or ``2021-03-04``."""
    iso = _ISO_DATE.match(fields.get("date", ""))
    if iso:
        return fields.partial_date(*iso.groups())
    year = fields.get("year", "").strip("{}() ")
    month = latex_to_text(fields.get("month", "")).strip()
    named = _DAY_AND_MONTH.match(month)
    if named and not (named[1] and named[3]):
        return fields.partial_date(year, named[2], named[1] or named[3] or fields.get("day"))
    if month.isdigit():
        return fields.partial_date(year, month, fields.get("day"))
    months = {m for m in map(fields.month_number, re.findall(r"[A-Za-z]{3,}", month)) if m}
    return fields.partial_date(year, months.pop() if len(months) == 1 else None)


def _categories(fields: Mapping[str, str], ids: EntryIds) -> tuple[str, ...]:
    label = fields.get("primaryclass") or fields.get("eprintclass") or ""
    label = label.strip("{} ")
    return (label,) if ids.arxiv and _CATEGORY.match(label) else ()


def _keywords(fields: Mapping[str, str]) -> tuple[str, ...]:
    raw_keywords = re.split(r"[,;]", fields.get("keywords") or fields.get("keyword") or "")
    words = (fields.one_line(latex_to_text(word)) for word in raw_keywords)
    return tuple(dict.fromkeys(word for word in words if word))


def _venue(fields: Mapping[str, str]) -> str:
    """Return the journal's or the proceedings' name; a preprint server is no venue."""
    for name in ("journal", "journaltitle", "booktitle"):
        venue = fields.one_line(latex_to_text(fields.get(name, "")))
        if venue and not _PREPRINT_SERVER.search(venue):
            return venue
    return ""


def _journal_ref(fields: Mapping[str, str]) -> str:
    """Build the reference: ``J. Made Up 12(3), 45-67, 2021``; nothing without a venue."""
    venue = _venue(fields)
    if not venue:
        return ""
    volume = fields.one_line(latex_to_text(fields.get("volume", "")))
    number = fields.one_line(latex_to_text(fields.get("number", "")))
    numbered = volume + (f"({number})" if number and volume else "")
    pages = fields.one_line(latex_to_text(fields.get("pages", ""))).replace("--", "\N{EN DASH}")
    where = f"{venue} {numbered}" if numbered else venue
    return ", ".join(part for part in (where, pages, _published_date(fields)[:4]) if part)


def _comment(fields: Mapping[str, str], *, authors_cut: bool) -> str:
    note = fields.one_line(latex_to_text(bibtex_ids.unescape(fields.get("note", ""))))
    if fields.valid_url(note) or fields.parse_doi(note) or _PREPRINT_SERVER.match(note):
        note = ""
    return "; ".join(part for part in (note, "and other authors" if authors_cut else "") if part)


def _links(fields: Mapping[str, str], ids: EntryIds) -> tuple[Link, ...]:
    links = [link_from_url(address) for address in bibtex_ids.entry_urls(fields)]
    if ids.acl:
        links.append(Link("acl", f"https://aclanthology.org/{ids.acl}/"))
    if ids.openreview:
        links.append(Link("openreview", f"https://openreview.net/forum?id={ids.openreview}"))
    unique: dict[tuple[str, str], Link] = {}
    for one in links:
        if one is not None:
            unique.setdefault((one.kind, "" if one.kind in {"acl", "openreview"} else one.url), one)
    return tuple(unique.values())


def _abstract(fields: Mapping[str, str]) -> str:
    """Return the abstract; as in BibTeX a line break is a space, and a blank line a paragraph."""
    paragraphs = re.split(r"\n[ \t]*\n", fields.get("abstract", ""))
    lines = (fields.one_line(latex_to_text(paragraph)) for paragraph in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _file_name(where: str) -> str:
    """Name a file without its folder, which is nobody's business; an address stays whole."""
    return where if fields.valid_url(where) else re.split(r"[/\\]", where)[-1]
