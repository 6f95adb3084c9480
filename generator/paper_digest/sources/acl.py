"""The ACL Anthology's own XML: one collection (``P18``, ``2024.acl``) a file.

Form: https://github.com/acl-org/acl-anthology (``data/xml/schema.rnc``); ids:
https://aclanthology.org/info/ids/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Link, Paper, Sighting, Version
from paper_digest.sources.acl_fields import (
    first_field,
    inner_text,
    journal_reference,
    venue_name,
    work_type,
)
from paper_digest.sources.decode import MAX_XML_DEPTH, is_nested_too_deeply, read_xml
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.links import link_from_url
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.text import fields
from paper_digest.text.dates import iso_day, month_number, partial_date
from paper_digest.text.name_suffix import author_of_parts

_EXPECTED = "expected the XML of an ACL Anthology collection"
_CURE = "tell the Anthology of it, or write an override"

SITE = "https://aclanthology.org"
_COLLECTION = late_pattern(r"(?:[A-Z]\d{2}|\d{4}\.[a-z0-9_]+)\Z")

#: Elements that take a paper back, and what is said where they give no reason.
_WITHDRAWAL_TAGS = {"retracted": "retracted", "removed": "removed", "withdrawn": "withdrawn"}


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses of the ``collections`` named, in the Anthology's repository.

    Raises:
        ConfigError: a value is no collection's id.
    """
    for name in query.values("collections"):
        if not _COLLECTION.match(name):
            raise ConfigError(
                config_place("acl"),
                f"“{name}” is no collection of the Anthology",
                "write P18 or 2024.acl, as in the addresses of its papers",
            )
        yield Request(f"{query.base_url}/{name}.xml")


def parse(data: bytes, request: Request) -> Batch:
    """Read one collection; front matter is left out, because it is no paper.

    Raises:
        SourceError: this is no XML, or not that of a collection.
    """
    root, problems = read_xml(data, request.url, _EXPECTED)
    if root.tag != "collection" or not root.get("id"):
        raise SourceError(request.url, f"holds <{root.tag}>; {_EXPECTED}", "check the address")
    all_problems = list(problems)
    papers = []
    ids_so_far = set()
    for bare, volume, element in _papers_with_ids(root):
        location = EntryLocation(request.url, f"paper {bare}")
        if fields.parse_acl_id(bare) != bare:
            all_problems.append(location.problem("its id is none of the Anthology's", _CURE))
            continue
        if is_nested_too_deeply(element):
            what = f"its elements are nested more than {MAX_XML_DEPTH} deep, so it was left out"
            all_problems.append(location.problem(what, _CURE))
            continue
        paper = _paper(bare, volume, element)
        if paper is None:
            all_problems.append(location.problem("it has no title", _CURE))
            continue
        doi = inner_text(element.find("doi")).strip()
        if doi and not paper.doi:
            what = f"its DOI {quote_value(doi)} is none; it was left out"
            all_problems.append(location.problem(what, _CURE))
        if paper.id in ids_so_far:
            what = f"{paper.id} stood in this file already; both were merged"
            all_problems.append(location.problem(what, _CURE))
        ids_so_far.add(paper.id)
        papers.append(paper)
    if not papers:
        raise SourceError(request.url, f"holds no paper; {_EXPECTED}", "check the address")
    return Batch(tuple(papers), tuple(all_problems))


def _papers_with_ids(root: Element) -> Iterator[tuple[str, Element, Element]]:
    """Yield each paper with its Anthology id and its volume."""
    collection = root.get("id", "")
    for volume in root.iterfind("volume"):
        for paper in volume.iterfind("paper"):
            number = paper.get("id", "")
            if number.strip("0"):
                yield _anthology_id(collection, volume.get("id", ""), number), volume, paper


def _anthology_id(collection: str, volume: str, number: str) -> str:
    """Put an id together: ``2024.acl-long.12``; before 2020 four digits, as ``P18-1001``."""
    if not re.match(r"[A-Z]\d{2}\Z", collection):
        return f"{collection}-{volume}.{number}"
    # Workshops, those of EMNLP 2019 among them, give two of the four digits to the volume.
    is_emnlp_workshop = collection == "D19" and volume.isdigit() and int(volume) >= 5  # noqa: PLR2004 - from volume 5 on
    two_digit_volume = collection[0] == "W" or collection == "C69" or is_emnlp_workshop
    return (
        f"{collection}-{volume:0>2}{number:0>2}"
        if two_digit_volume
        else f"{collection}-{volume}{number:0>3}"
    )


def _paper(bare: str, volume: Element, element: Element) -> Paper | None:
    title = fields.one_line(inner_text(element.find("title")))
    if not title:
        return None
    doi = fields.parse_doi(inner_text(element.find("doi")))
    published = _published_date(volume, element)
    venue = venue_name(volume, element)
    versions = tuple(_versions(element))
    return Paper(
        id=f"doi:{doi}" if doi else f"acl:{bare}",
        title=title,
        authors=tuple(a for a in map(_author, element.iterfind("author")) if a.name),
        published=published,
        updated=max((v.date for v in versions), default=""),
        versions=versions,
        doi=doi,
        journal_ref=journal_reference(volume, element, venue, published[:4]),
        venue=venue,
        work_type=work_type(volume),
        withdrawn=_withdrawal_reason(element),
        links=tuple(dict.fromkeys(_links(bare, element))),
        sightings=(Sighting(source="acl", page=bare.rpartition(".")[0] or bare[:-3], entry=bare),),
        abstract=fields.clean_block(inner_text(element.find("abstract"))),
    )


def _author(element: Element) -> Author:
    given = fields.one_line(inner_text(element.find("first")))
    family = fields.one_line(inner_text(element.find("last")))
    if not (given or family):  # a name without its parts
        given = fields.one_line(element.text)
    return msgspec.structs.replace(
        author_of_parts(given, family),
        orcid=fields.parse_orcid(element.get("orcid")),
        affiliation=fields.one_line(inner_text(element.find("affiliation"))),
    )


def _published_date(volume: Element, element: Element) -> str:
    """Return ``2018-07``, or ``2018`` where the month is no single one (``July-August``)."""
    month = first_field(volume, element, "month")
    day_first = re.match(r"(\d{1,2})\s+([A-Za-z]+)\Z", month)
    day_last = re.match(r"([A-Za-z]+)\s+(\d{1,2})\Z", month)
    year = first_field(volume, element, "year")
    if day_first:
        return partial_date(year, day_first[2], day_first[1])
    if day_last:
        return partial_date(year, day_last[1], day_last[2])
    months = {m for m in map(month_number, re.findall(r"[A-Za-z]{3,}", month)) if m}
    return partial_date(year, months.pop() if len(months) == 1 else None)


def _versions(element: Element) -> Iterator[Version]:
    for revision in element.iterfind("revision"):
        number = revision.get("id", "")
        if re.match(r"[1-9]\d{0,2}\Z", number):
            yield Version(int(number), iso_day(revision.get("date")))


def _withdrawal_reason(element: Element) -> str:
    for tag, without_reason in _WITHDRAWAL_TAGS.items():
        notice = element.find(tag)
        if notice is not None:
            reason = fields.one_line(inner_text(notice))
            # The element alone says that the paper was retracted; a reason may not.
            is_silent = tag == "retracted" and not reason.casefold().startswith("retract")
            return f"Retraction: {reason}" if reason and is_silent else reason or without_reason
    return ""


def _links(bare: str, element: Element) -> Iterator[Link]:
    yield Link("acl", f"{SITE}/{bare}/")
    target = inner_text(element.find("url")).strip()
    if target and element.find("removed") is None:
        yield Link("pdf", fields.valid_url(target) or f"{SITE}/{bare}.pdf")
    for video in element.iterfind("video"):
        if address := _absolute_url(video.get("href", "")):
            yield Link("video", address)
    code = element.find("pwccode")
    if code is not None and (code_link := link_from_url(code.get("url", ""))):
        yield Link("code", code_link.url)
    for erratum in element.iterfind("erratum"):
        if address := _absolute_url(f"{inner_text(erratum).strip()}.pdf"):
            yield Link("other", address, title=f"Erratum {erratum.get('id', '')}".strip())


def _absolute_url(target: str) -> str:
    """Return a whole address for one that may be a file name of the Anthology's."""
    whole = target.startswith(("http://", "https://"))
    return fields.valid_url(target if whole else f"{SITE}/{target}") if target.strip(".") else ""


SOURCE = Source(
    name="acl",
    title="ACL Anthology",
    files_help="Read XML files of the ACL Anthology.",
    parse=parse,
    start=start,
    options=(
        SourceOption("collections", "collections of the Anthology, by id", "[P18, 2024.acl]"),
    ),
    base_url="https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml",
    rank=20,
    states_whole_entries=True,
    carries=frozenset(
        {
            "title",
            "authors",
            "abstract",
            "published",
            "updated",
            "doi",
            "journal_ref",
            "venue",
            "work_type",
            "withdrawn",
        }
    ),
)
