"""A public group library of Zotero, or one collection in it, from Zotero's web API (version 3).

Form: https://www.zotero.org/support/dev/web_api/v3/basics
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode, urlsplit

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import ConfigError, Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.json_values import as_objects
from paper_digest.sources.options import SourceOption, config_place
from paper_digest.sources.query_string import query_parameters, with_parameters
from paper_digest.sources.reference_fields import ReferenceEntry, read_date
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.sources.stated_work_types import ZOTERO_TYPES
from paper_digest.text import fields
from paper_digest.text.name_suffix import author_of_parts
from paper_digest.text.names import body

_API_URL = "https://api.zotero.org"
_EXPECTED = "expected a list of items of Zotero's API"
#: The most items of one answer.
_PAGE_SIZE = 100
_GROUP = late_pattern(r"(?:https://www\.zotero\.org/groups/)?([0-9]{1,12})(?:/[^?#]*)?\Z")
_COLLECTION = late_pattern(r"collections/([A-Z0-9]{8})(?:/|\Z)")
_PAGE_PATH = late_pattern(r"/groups/([0-9]{1,12})/(?:collections/[A-Z0-9]{8}/)?items/top\Z")
#: Items that are no papers; a book or a thesis may be read as one.
_NO_PAPERS = frozenset({"attachment", "note", "annotation", "webpage", "film", "podcast", "artwork", "email"})  # fmt: skip
#: Where each type of item says what it stands in.
_CONTAINERS = (
    "publicationTitle",
    "proceedingsTitle",
    "bookTitle",
    "encyclopediaTitle",
    "repository",
    # A talk of which no proceedings are known is one of its conference, as Zotero's own RIS has it.
    "conferenceName",
    "meetingName",
)


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the first page of each group library, or of the collection that an address names.

    Raises:
        ConfigError: a value is no group's number or address.
    """
    for text in query.values("groups"):
        match = _GROUP.match(text)
        if not match:
            cure = "write its number or address: https://www.zotero.org/groups/12345/name"
            raise ConfigError(config_place("zotero"), f"“{text}” is no group library", cure)
        collection = _COLLECTION.search(text)
        part = f"/collections/{collection[1]}" if collection else ""
        path = f"/groups/{match[1]}{part}/items/top"
        asked = {"v": "3", "format": "json", "sort": "dateAdded", "direction": "asc"}
        asked |= {"limit": str(_PAGE_SIZE), "start": "0"}
        yield Request(f"{query.base_url}{path}?{urlencode(asked)}")


def parse(data: bytes, request: Request) -> Batch:
    """Read one page of items; a full page has another one after it.

    Raises:
        SourceError: the answer is no list of Zotero's items.
    """
    answer = read_json(data, request.url, _EXPECTED)
    if not isinstance(answer, list) or not all(_is_item(item) for item in answer):
        raise SourceError(request.url, f"is other JSON; {_EXPECTED}", "check the group's number")
    entries: list[tuple[ReferenceEntry, EntryLocation]] = []
    problems: list[Problem] = []
    for number, item in enumerate(answer, 1):
        values = item["data"]
        if values.get("itemType") in _NO_PAPERS or values.get("deleted"):
            continue
        entry = _entry(item.get("key"), values)
        location = EntryLocation(request.url, f"entry {number}")
        entries.append((entry, location.with_name(entry.key or entry.title[:60])))
    papers = reference_entry.papers_from_entries(entries, "zotero", problems)
    page = _PAGE_PATH.search(urlsplit(request.url).path)
    library = f"groups/{page[1]}" if page else reference_entry.file_name(request.url)
    following = tuple(_next_page(request, len(answer))) if page else ()
    sighted = tuple(_with_stable_sighting(paper, library) for paper in papers)
    return Batch(sighted, tuple(problems), following)


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("data"), dict)


def _entry(key: object, values: Mapping[str, object]) -> ReferenceEntry:
    def value(*names: str) -> str:
        return next(filter(None, (fields.one_line(values.get(name)) for name in names)), "")

    published, date_problem = read_date([value("date")])
    kind = value("itemType")
    extra = values.get("extra")
    lines = extra.splitlines()[:20] if isinstance(extra, str) else []
    doi_line = next((line for line in lines if line.upper().startswith("DOI:")), "")
    tags = (tag.get("tag") for tag in as_objects(values.get("tags")) if not tag.get("type"))
    return ReferenceEntry(
        key=fields.one_line(key),
        title=value("title"),
        authors=_authors(as_objects(values.get("creators"))),
        published=published,
        date_problem=date_problem,
        is_part=kind in {"bookSection", "conferencePaper"},
        is_book=kind == "book",
        container=value(*_CONTAINERS),
        series=value("series"),
        volume=value("volume"),
        issue=value("issue"),
        pages=value("pages").replace("\N{EN DASH}", "-"),
        doi=value("DOI") or doi_line[4:].strip(),
        urls=tuple(filter(None, [fields.valid_url(values.get("url"))])),
        id_remarks=(value("archiveID"), value("archiveLocation"), *map(fields.one_line, lines[:2])),
        keywords=tuple(filter(None, map(fields.one_line, tags))),
        work_type=ZOTERO_TYPES.get(kind, ""),
        organisation=value("institution", "university") if kind in {"report", "thesis"} else "",
        abstract=fields.clean_block(values.get("abstractNote")),
    )


def _authors(creators: Sequence[Mapping[str, object]]) -> tuple[Author, ...]:
    """Read who wrote the work, no editor and no translator; who wrote the book around a chapter only if nobody else did."""
    for roles in ({"author", "presenter", "programmer"}, {"bookAuthor"}):
        authors = (_author(one) for one in creators if one.get("creatorType") in roles)
        if named := tuple(author for author in authors if author.name):
            return named
    return ()


def _author(creator: Mapping[str, object]) -> Author:
    given, family = (fields.one_line(creator.get(name)) for name in ("firstName", "lastName"))
    author = author_of_parts(given, family)
    return author if author.name else body(fields.one_line(creator.get("name")))


def _with_stable_sighting(paper: Paper, library: str) -> Paper:
    """Name the library instead of the address asked, which changes with the page."""
    sighting = Sighting("zotero", library, entry=paper.sightings[0].entry)
    return msgspec.structs.replace(paper, sightings=(sighting,))


def _next_page(request: Request, count: int) -> Iterator[Request]:
    first = query_parameters(request.url).get("start", "0")
    if count >= _PAGE_SIZE and re.fullmatch(r"[0-9]{1,7}", first):
        yield Request(with_parameters(request.url, {"start": str(int(first) + count)}))


SOURCE = Source(
    name="zotero",
    title="Zotero",
    phrase="a Zotero library",
    files_help="Read saved answers of Zotero's API (JSON items of a library).",
    parse=parse,
    start=start,
    options=(
        SourceOption(
            "groups",
            "public group libraries by number or address, or one collection of them by its address; "
            "read whole each time",
            "['https://www.zotero.org/groups/12345/kites']",
        ),
    ),
    base_url=_API_URL,
    rate_limits={"api.zotero.org": 1.0},
    # What people keep in a library was collected by their browsers and mended by hand.
    rank=54,
    carries=reference_entry.CARRIES,
)
