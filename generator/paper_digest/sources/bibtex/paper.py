"""One BibTeX entry's fields as a paper: text without LaTeX, dates, venue, links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.ids import title_id
from paper_digest.model.paper import Author, Link, Paper, Sighting, StrictStruct
from paper_digest.sources.bibtex import ids as bibtex_ids
from paper_digest.sources.bibtex import names
from paper_digest.sources.bibtex.ids import IdFault, Ids
from paper_digest.sources.bibtex.names import NameFault
from paper_digest.sources.bibtex.text import plain
from paper_digest.sources.links import link
from paper_digest.text import fields

_PREPRINT = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T/].*)?\Z")
_DAY_AND_MONTH = re.compile(r"(?:(\d{1,2})[\s~.,]*)?([A-Za-z]{3,})\.?(?:[\s~,]*(\d{1,2}))?\Z")
_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]{2,})?\Z")


class Made(StrictStruct, frozen=True):
    """What came of an entry: a paper, or none; and what was wrong (what, cure)."""

    paper: Paper | None = None
    faults: tuple[tuple[str, str], ...] = ()


def paper(said: Mapping[str, str], where: str) -> Made:
    """Make a paper of an entry's fields (lower-case name -> value, macros replaced).

    An entry without a title, or with the ids of two papers, makes none. ``and others`` leaves
    its mark in ``comment``, because the list of authors is known to be cut short.
    """
    title = fields.one_line(plain(said.get("title", "")))
    if not title:
        return Made(faults=(("it has no title", "add one"),))
    try:
        ids = bibtex_ids.ids(said)
    except IdFault as fault:
        return Made(faults=((str(fault), "leave the right one alone"),))
    authors, cut, faults = _authors(said)
    published = _published(said)
    family = (authors[0].family or authors[0].name) if authors else ""
    made = Paper(
        id=ids.best or title_id(title, published[:4], family),
        title=title,
        authors=authors,
        published=published,
        categories=_categories(said, ids),
        keywords=_keywords(said),
        doi=ids.doi,
        journal_ref=_journal_ref(said),
        venue=_venue(said),
        comment=_comment(said, cut=cut),
        organisation=fields.one_line(plain(said.get("institution") or said.get("school") or "")),
        links=_links(said, ids),
        sightings=(Sighting(source="bibtex", page=_file(where)),),
        abstract=_abstract(said),
    )
    return Made(made, faults)


def _authors(
    said: Mapping[str, str],
) -> tuple[tuple[Author, ...], bool, tuple[tuple[str, str], ...]]:
    field = said.get("author", "")
    try:
        return (*names.authors(field, lambda name: fields.one_line(plain(name))), ())
    except NameFault as fault:
        return (), False, ((str(fault), "put “ and ” between the authors"),)


def _published(said: Mapping[str, str]) -> str:
    """Return the date, at the precision that is known: ``2021``, ``2021-03`` or ``2021-03-04``."""
    iso = _ISO.match(said.get("date", ""))
    if iso:
        return fields.partial_date(*iso.groups())
    year = said.get("year", "").strip("{}() ")
    month = plain(said.get("month", "")).strip()
    named = _DAY_AND_MONTH.match(month)
    if named and not (named[1] and named[3]):
        return fields.partial_date(year, named[2], named[1] or named[3] or said.get("day"))
    if month.isdigit():
        return fields.partial_date(year, month, said.get("day"))
    months = {m for m in map(fields.month_number, re.findall(r"[A-Za-z]{3,}", month)) if m}
    return fields.partial_date(year, months.pop() if len(months) == 1 else None)


def _categories(said: Mapping[str, str], ids: Ids) -> tuple[str, ...]:
    label = said.get("primaryclass") or said.get("eprintclass") or ""
    label = label.strip("{} ")
    return (label,) if ids.arxiv and _CATEGORY.match(label) else ()


def _keywords(said: Mapping[str, str]) -> tuple[str, ...]:
    found = re.split(r"[,;]", said.get("keywords") or said.get("keyword") or "")
    words = (fields.one_line(plain(word)) for word in found)
    return tuple(dict.fromkeys(word for word in words if word))


def _venue(said: Mapping[str, str]) -> str:
    """Return the journal's or the proceedings' name; a preprint server is no venue."""
    for name in ("journal", "journaltitle", "booktitle"):
        found = fields.one_line(plain(said.get(name, "")))
        if found and not _PREPRINT.search(found):
            return found
    return ""


def _journal_ref(said: Mapping[str, str]) -> str:
    """Build the reference: ``J. Made Up 12(3), 45-67, 2021``; nothing without a venue."""
    venue = _venue(said)
    if not venue:
        return ""
    volume = fields.one_line(plain(said.get("volume", "")))
    number = fields.one_line(plain(said.get("number", "")))
    numbered = volume + (f"({number})" if number and volume else "")
    pages = fields.one_line(plain(said.get("pages", ""))).replace("--", "\N{EN DASH}")
    where = f"{venue} {numbered}" if numbered else venue
    return ", ".join(part for part in (where, pages, _published(said)[:4]) if part)


def _comment(said: Mapping[str, str], *, cut: bool) -> str:
    note = fields.one_line(plain(bibtex_ids.bare(said.get("note", ""))))
    if fields.valid_url(note) or fields.parse_doi(note) or _PREPRINT.match(note):
        note = ""
    return "; ".join(part for part in (note, "and other authors" if cut else "") if part)


def _links(said: Mapping[str, str], ids: Ids) -> tuple[Link, ...]:
    found = [link(address) for address in bibtex_ids.addresses(said)]
    if ids.acl:
        found.append(Link("acl", f"https://aclanthology.org/{ids.acl}/"))
    if ids.openreview:
        found.append(Link("openreview", f"https://openreview.net/forum?id={ids.openreview}"))
    first: dict[tuple[str, str], Link] = {}
    for one in found:
        if one is not None:
            first.setdefault((one.kind, "" if one.kind in {"acl", "openreview"} else one.url), one)
    return tuple(first.values())


def _abstract(said: Mapping[str, str]) -> str:
    """Return the abstract; as in BibTeX a line break is a space, and a blank line a paragraph."""
    paragraphs = re.split(r"\n[ \t]*\n", said.get("abstract", ""))
    lines = (fields.one_line(plain(paragraph)) for paragraph in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _file(where: str) -> str:
    """Name a file without its folder, which is nobody's business; an address stays whole."""
    return where if fields.valid_url(where) else re.split(r"[/\\]", where)[-1]
