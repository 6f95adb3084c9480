"""One BibTeX entry's fields as a paper: text without LaTeX, dates, venue, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.ids import title_id
from paper_digest.model.paper import Link, Paper, Sighting
from paper_digest.model.strict import StrictStruct
from paper_digest.sources.bibtex import ids as bibtex_ids
from paper_digest.sources.bibtex import names
from paper_digest.sources.bibtex.ids import ConflictingIdsError, EntryIds
from paper_digest.sources.bibtex.names import AuthorList, AuthorNamesError
from paper_digest.sources.bibtex.text import latex_to_text
from paper_digest.sources.links import link_from_url
from paper_digest.text import fields
from paper_digest.text.dates import month_number, partial_date

_PREPRINT_SERVER = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T/].*)?\Z")
_DAY_AND_MONTH = re.compile(r"(?:(\d{1,2})[\s~.,]*)?([A-Za-z]{3,})\.?(?:[\s~,]*(\d{1,2}))?\Z")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?\Z")


class EntryResult(StrictStruct, frozen=True):
    """What came of an entry: a paper, or none; and what was wrong (what, cure)."""

    paper: Paper | None = None
    problems: tuple[tuple[str, str], ...] = ()


def paper_from_fields(entry_fields: Mapping[str, str], where: str, key: str = "") -> EntryResult:
    """Make a paper of an entry's fields (lower-case name -> value, macros replaced).

    An entry without a title, or with the ids of two papers, makes none. ``and others`` leaves
    its mark in ``comment``, because the list of authors is known to be cut short. ``key`` is the
    entry's citation key.
    """
    title = fields.one_line(latex_to_text(entry_fields.get("title", "")))
    if not title:
        return EntryResult(problems=(("it has no title", "add one"),))
    try:
        ids = bibtex_ids.collect_ids(entry_fields)
    except ConflictingIdsError as fault:
        return EntryResult(problems=((str(fault), "leave the right one alone"),))
    listed, faults = _authors(entry_fields, key)
    authors = listed.authors
    published = _published_date(entry_fields)
    family = (authors[0].family or authors[0].name) if authors else ""
    built = Paper(
        id=ids.best or title_id(title, published[:4], family),
        title=title,
        authors=authors,
        published=published,
        categories=_categories(entry_fields, ids),
        keywords=_keywords(entry_fields),
        doi=ids.doi,
        journal_ref=_journal_ref(entry_fields),
        venue=_venue(entry_fields),
        comment=_comment(entry_fields, authors_cut=listed.cut),
        organisation=fields.one_line(
            latex_to_text(entry_fields.get("institution") or entry_fields.get("school") or "")
        ),
        links=_links(entry_fields, ids),
        sightings=(Sighting(source="bibtex", page=_file_name(where), entry=key),),
        abstract=_abstract(entry_fields),
    )
    return EntryResult(built, faults)


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
        (f"author “{name[:60]}” was read as several names, at its commas", cure)
        for name in listed.misread
    )


def _published_date(entry_fields: Mapping[str, str]) -> str:
    """Return the date, at the precision that is known: ``2021``, ``2021-03`` or ``2021-03-04``."""
    iso = _ISO_DATE.match(entry_fields.get("date", ""))
    if iso:
        return partial_date(*iso.groups())
    year = entry_fields.get("year", "").strip("{}() ")
    month = latex_to_text(entry_fields.get("month", "")).strip()
    named = _DAY_AND_MONTH.match(month)
    if named and not (named[1] and named[3]):
        return partial_date(year, named[2], named[1] or named[3] or entry_fields.get("day"))
    if month.isdigit():
        return partial_date(year, month, entry_fields.get("day"))
    months = {m for m in map(month_number, re.findall(r"[A-Za-z]{3,}", month)) if m}
    return partial_date(year, months.pop() if len(months) == 1 else None)


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


def _venue(entry_fields: Mapping[str, str]) -> str:
    """Return the journal's or the proceedings' name; a preprint server is no venue."""
    for name in ("journal", "journaltitle", "booktitle"):
        venue = fields.one_line(latex_to_text(entry_fields.get(name, "")))
        if venue and not _PREPRINT_SERVER.search(venue):
            return venue
    return ""


def _journal_ref(entry_fields: Mapping[str, str]) -> str:
    """Build the reference: ``J. Made Up 12(3), 45-67, 2021``; nothing without a venue."""
    venue = _venue(entry_fields)
    if not venue:
        return ""
    volume = fields.one_line(latex_to_text(entry_fields.get("volume", "")))
    number = fields.one_line(latex_to_text(entry_fields.get("number", "")))
    numbered = volume + (f"({number})" if number and volume else "")
    pages = fields.one_line(latex_to_text(entry_fields.get("pages", ""))).replace(
        "--", "\N{EN DASH}"
    )
    where = f"{venue} {numbered}" if numbered else venue
    return ", ".join(part for part in (where, pages, _published_date(entry_fields)[:4]) if part)


def _comment(entry_fields: Mapping[str, str], *, authors_cut: bool) -> str:
    note = fields.one_line(latex_to_text(bibtex_ids.unescape(entry_fields.get("note", ""))))
    if fields.valid_url(note) or fields.parse_doi(note) or _PREPRINT_SERVER.match(note):
        note = ""
    return "; ".join(part for part in (note, "and other authors" if authors_cut else "") if part)


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
