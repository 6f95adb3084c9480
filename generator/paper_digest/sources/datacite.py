"""One work by its DOI, from DataCite's REST API: Zenodo, figshare, OSF, theses and reports of libraries.

Form: https://support.datacite.org/docs/api-get-doi
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Link, Paper, Sighting
from paper_digest.model.work_types import WorkType
from paper_digest.sources.datacite_rights import licence
from paper_digest.sources.decode import read_json
from paper_digest.sources.json_values import as_objects
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.paper_addresses import find_doi
from paper_digest.sources.printed_reference import printed_reference
from paper_digest.sources.relations import same_paper_ids
from paper_digest.sources.source import Locator, Source, SourceQuery
from paper_digest.sources.stated_work_types import DATACITE_TYPES, entry_work_type
from paper_digest.sources.titles import split_withdrawal, with_subtitle
from paper_digest.text import fields
from paper_digest.text.dates import partial_date
from paper_digest.text.markup import strip_html, strip_paragraphs
from paper_digest.text.name_suffix import author_of_parts
from paper_digest.text.names import body, is_collaboration
from paper_digest.text.printed_dates import parse_printed_date

_API_URL = "https://api.datacite.org"
_EXPECTED = "expected a DataCite record of one work"

#: Prefixes registered there by those whose works people archive; of any other DOI Crossref is asked first.
_PREFIX = late_pattern(r"10\.(?:5281|6084|5061|17605|7910|4230|3929|5445|14279|18154|17863)/")
#: Codes for values that are not known (https://datacite-metadata-schema.readthedocs.io/en/4.6/appendices/appendix-3/).
_NO_VALUE = late_pattern(
    r"\(?:(?:un(?:ac|al|ap|as|av|kn)|none|null|tba|etal)\)|:(?:unav|unkn|tba|none|null)\Z"
)
_MAX_GIVEN_NAMES = 2


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses of the works under ``dois``.

    Raises:
        ConfigError: a value is no DOI.
    """
    for text in query.values("dois"):
        doi = fields.parse_doi(text)
        if not doi:
            cure = "write 10.5281/zenodo.12345"
            raise ConfigError(config_place("datacite"), f"“{text}” is no DOI", cure)
        yield request_for(doi, query.base_url)


def request_for(doi: str, base_url: str = _API_URL) -> Request:
    """Return the address of one work's record."""
    return Request(f"{base_url}/dois/{quote(doi, safe='')}")


def locate(text: str) -> Request | None:
    """Return the request for the work whose DOI ``text`` is or holds, if its prefix is DataCite's."""
    doi = find_doi(text)
    return request_for(doi) if _PREFIX.match(doi) else None


def locate_last(text: str) -> Request | None:
    """Return the request for any DOI: thousands of prefixes are DataCite's, and Crossref knows none of them."""
    doi = find_doi(text)
    return request_for(doi) if doi else None


def parse(data: bytes, request: Request) -> Batch:
    """Read the record of one work.

    Raises:
        SourceError: this is no record of a work, or one without DOI or title.
    """
    answer = read_json(data, request.url, _EXPECTED)
    record = answer.get("data") if isinstance(answer, dict) else None
    work = record.get("attributes") if isinstance(record, dict) else None
    if not isinstance(work, dict):
        raise SourceError(request.url, f"is other JSON; {_EXPECTED}", "check the DOI")
    doi, title = fields.parse_doi(work.get("doi")), _title(work)
    if not doi or not title:
        missing = "title" if doi else "DOI"
        raise SourceError(request.url, f"the record has no {missing}", "add the paper by hand")
    title, taken_back = split_withdrawal(title)
    published, venue = _published(work), _venue(work)
    page = fields.valid_url(work.get("url"))
    paper = Paper(
        id=f"doi:{doi}",
        title=title,
        authors=tuple(a for a in map(_author, as_objects(work.get("creators"))) if a.name),
        published=published,
        keywords=tuple(
            dict.fromkeys(
                word
                for subject in as_objects(work.get("subjects"))
                if (word := _known(fields.one_line(subject.get("subject"))))
            )
        ),
        doi=doi,
        venue=venue,
        work_type=_work_type(work, venue),
        journal_ref=_journal_ref(work, venue, published[:4]),
        withdrawn=taken_back or _withdrawal(work),
        licence=licence(work),
        links=(Link("publisher", page),) if page else (),
        same_as=same_paper_ids(_relations(work), doi),
        sightings=(Sighting("datacite", doi, entry=doi),),
        abstract=next(
            (
                fields.clean_block(strip_paragraphs(text))
                for d in as_objects(work.get("descriptions"))
                if d.get("descriptionType") == "Abstract"
                and isinstance(text := d.get("description"), str)
            ),
            "",
        ),
    )  # fmt: skip
    return Batch((paper,))


def _title(work: Mapping[str, object]) -> str:
    """Return the main title, with its subtitle if it has one."""
    titles = [(t.get("titleType"), t.get("title")) for t in as_objects(work.get("titles"))]
    parts = []
    for kind in (None, "Subtitle"):
        texts = (_known(fields.one_line(strip_html(text))) for k, text in titles if k == kind and isinstance(text, str))  # fmt: skip
        parts.append(next(filter(None, texts), ""))
    return with_subtitle(*parts) if parts[0] else ""


def _venue(work: Mapping[str, object]) -> str:
    container = work.get("container")
    title = container.get("title") if isinstance(container, dict) else None
    return _known(fields.one_line(strip_html(title))) if isinstance(title, str) else ""


def _work_type(work: Mapping[str, object], venue: str) -> WorkType:
    """Return the general type, or what stands behind ``Text``; only parts of a container that is named are parts."""
    types = work.get("types")
    stated = types if isinstance(types, dict) else {}
    kind = fields.one_line(stated.get("resourceTypeGeneral"))
    if kind == "Text":
        kind = fields.one_line(stated.get("resourceType"))
    return entry_work_type(DATACITE_TYPES.get(re.sub(r"[^a-z]", "", kind.lower()), ""), venue)


def _known(text: str) -> str:
    """Return a text, or "" for a code that says why there is none: ``(:unav)``."""
    return "" if _NO_VALUE.match(text) else text


def _author(record: Mapping[str, object]) -> Author:
    given = _known(fields.one_line(record.get("givenName")))
    family = _known(fields.one_line(record.get("familyName")))
    name = _known(fields.one_line(record.get("name")))
    if not (given or family) and name.count(",") == 1 and _is_person(record, name):
        family, given = (part.strip() for part in name.split(","))
    if record.get("nameType") == "Organizational" and not (given and family):
        return body(name or family or given)
    orcids = (fields.parse_orcid(i.get("nameIdentifier")) for i in as_objects(record.get("nameIdentifiers")))  # fmt: skip
    is_split = given and family
    author = author_of_parts(given, family) if is_split else Author(name, family if given else "")
    return msgspec.structs.replace(author, orcid=next(filter(None, orcids), ""))


def _is_person(record: Mapping[str, object], name: str) -> bool:
    """Tell whether a creator is a person: the type is optional, and without one an ORCID or the name has to do."""
    kind = record.get("nameType")
    if kind:
        return kind == "Personal"
    schemes = {str(i.get("nameIdentifierScheme")).upper() for i in as_objects(record.get("nameIdentifiers"))}  # fmt: skip
    if schemes & {"ORCID", "ROR", "GRID", "CROSSREF FUNDER ID"}:
        return "ORCID" in schemes
    # The name of a body with its place has more words: ``Institute of Kites, Glue Town``.
    family, given = (part.strip() for part in name.split(","))
    surname = [word for word in family.split() if not word.islower()]
    return (
        len(surname) == 1
        and 0 < len(given.split()) <= _MAX_GIVEN_NAMES
        and not any(map(is_collaboration, (family, given, name)))
    )


def _published(work: Mapping[str, object]) -> str:
    """Return the date it was issued, else the year of publication; the day it became available, if that may be the same."""
    dates: dict[str, str] = {}
    for dated in as_objects(work.get("dates")):
        if isinstance(text := dated.get("date"), str) and (read := parse_printed_date(text)).iso:
            kind = str(dated.get("dateType"))
            first = dates.setdefault(kind, read.iso)
            # One day is often said twice, first by its year alone.
            dates[kind] = read.iso if read.iso.startswith(first) else first
    said = dates.get("Issued") or partial_date(work.get("publicationYear"))
    available = dates.get("Available", "")
    return available if available.startswith(said) else said


def _withdrawal(work: Mapping[str, object]) -> str:
    """Return that a work was taken back, where it has the date on which it was."""
    kinds = {dated.get("dateType") for dated in as_objects(work.get("dates")) if dated.get("date")}
    return "Withdrawal" if "Withdrawn" in kinds else ""


def _journal_ref(work: Mapping[str, object], venue: str, year: str) -> str:
    """Build the reference where the record says more of its place than a name: ``Kite Studies 12(3), 45-67, 2021``."""
    container = work.get("container")
    if not venue or not isinstance(container, dict):
        return ""
    parts = (_known(fields.one_line(container.get(name))) for name in ("volume", "issue", "firstPage", "lastPage"))  # fmt: skip
    volume, issue, first, last = parts
    pages = f"{first}-{last}" if first and last and first != last else first
    return printed_reference(venue, volume, issue, pages, year) if volume or pages else ""


def _relations(work: Mapping[str, object]) -> Iterator[tuple[object, object, object]]:
    """Yield the name, id type and id of each relation to another work."""
    for record in as_objects(work.get("relatedIdentifiers")):
        yield (
            record.get("relationType"),
            record.get("relatedIdentifierType"),
            record.get("relatedIdentifier"),
        )


SOURCE = Source(
    name="datacite",
    title="DataCite",
    files_help="Read saved answers of DataCite's API, one work a file.",
    parse=parse,
    start=start,
    options=(SourceOption("dois", "works by DOI", "['10.5281/zenodo.12345']"),),
    base_url=_API_URL,
    rank=41,
    shows_withdrawal_with="title",
    carries=frozenset(
        {"title", "authors", "abstract", "published", "keywords", "doi", "journal_ref", "venue", "work_type", "licence", "withdrawn"}
    ),
    locator=Locator(order=25, forms="a DOI of DataCite (Zenodo's)", hosts=("zenodo.org",), find=locate, find_last=locate_last),
)  # fmt: skip
