"""CSL-JSON files, as Zotero, Mendeley, Pandoc and this program's own site export them.

Form: https://resource.citationstyles.org/schema/latest/input/json/csl-data.json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.paper import Author
from paper_digest.model.work_types import WorkType
from paper_digest.sources import reference_entry
from paper_digest.sources.crossref_types import posted_work_type
from paper_digest.sources.decode import read_json
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.json_values import as_list
from paper_digest.sources.options import SourceOption
from paper_digest.sources.reference_fields import ReferenceEntry, read_date
from paper_digest.sources.reference_names import plain_name
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.sources.stated_work_types import CSL_TYPES
from paper_digest.text import fields
from paper_digest.text.dates import partial_date
from paper_digest.text.name_suffix import author_of_parts
from paper_digest.text.names import body

_EXPECTED = "expected CSL-JSON: a list of items, each with a type and a title"
_CURE = "export CSL-JSON, and try again"
_PART_TYPES = frozenset({"chapter", "paper-conference", "entry", "entry-encyclopedia"})
_TALK_TYPES = frozenset({"paper-conference", "speech"})
_BOOK_TYPES = frozenset({"book", "collection"})
_UNPLACED_TYPES = frozenset({"book", "thesis", "report", "software", "webpage"})


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses under ``urls``: files on the web that are read whole each time."""
    return map(Request, query.values("urls"))


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole file: a list of items, ``{"items": [...]}``, or one item.

    Raises:
        SourceError: this is not JSON, or other JSON.
    """
    problems: list[Problem] = []
    answer = read_json(data, request.url, _EXPECTED, problems)
    if isinstance(answer, dict):
        answer = answer["items"] if isinstance(answer.get("items"), list) else [answer]
    if not isinstance(answer, list) or not any(_is_item(item) for item in answer):
        raise SourceError(request.url, f"is other JSON; {_EXPECTED}", _CURE)
    entries: list[tuple[ReferenceEntry, EntryLocation]] = []
    for number, item in enumerate(answer, 1):
        location = EntryLocation(request.url, f"entry {number}")
        if not _is_item(item):
            problems.append(location.problem(f"{quote_value(item)} is no item", _CURE))
            continue
        entry = _entry(item)
        location = location.with_name(entry.key or entry.title[:60] or item["type"][:60])
        entries.append((entry, location))
    papers = reference_entry.papers_from_entries(entries, "csl", problems)
    return Batch(papers, tuple(problems))


def _is_item(item: object) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("type"), str)
        and ("title" in item or "id" in item)
        and not isinstance(item.get("data"), dict)
    )


def _entry(item: Mapping[str, Any]) -> ReferenceEntry:
    def value(name: str) -> str:
        given = item.get(name)
        if isinstance(given, list):  # Crossref's own flavour has lists of one
            given = given[0] if given else ""
        if isinstance(given, int) and not isinstance(given, bool):
            return str(given) if abs(given) < 10**12 else ""
        return fields.one_line(given)

    def location(name: str) -> str:
        """Return where an archive has it: ``archive`` arXiv and ``2511.01234`` are an id."""
        given = value(name)
        return f"arXiv:{given}" if given and value("archive").lower() == "arxiv" else given

    published, inferred, date_problem = _date(item.get("issued"))
    kind = value("type")
    is_preprint = kind == "article" and value("genre").lower() == "preprint"
    server = value("publisher") if is_preprint or kind == "dataset" else ""
    # A talk of which no proceedings are known is one of its conference.
    event = (value("event-title") or value("event")) if kind in _TALK_TYPES else ""
    locations = map(location, ("archive_location", "archive-location"))
    return ReferenceEntry(
        key=value("citation-key") or value("id"),
        title=value("title"),
        authors=tuple(
            author for name in _several(item.get("author")) if (author := _author(name)).name
        ),
        published=published,
        inferred=inferred,
        date_problem=date_problem,
        is_part=kind in _PART_TYPES,
        is_book=kind in _BOOK_TYPES,
        container="" if kind in _UNPLACED_TYPES else value("container-title") or event or server,
        series=value("collection-title"),
        volume=value("volume"),
        issue=value("issue"),
        # Registries that answer in CSL-JSON have the number of an article without pages there.
        pages=(value("page") or value("article-number")).replace("\N{EN DASH}", "-"),
        doi=value("DOI"),
        urls=(value("URL"), *_addresses(value("note")), *_addresses(value("id"))),
        id_remarks=(
            value("number"),
            *locations,
            *_note_lines(item.get("note")),
            value("publisher"),
        ),
        keywords=_keywords(item.get("keyword")),
        organisation=value("publisher") if kind in {"thesis", "report"} else "",
        work_type="preprint" if is_preprint else _work_type(kind, item),
        abstract=fields.clean_block(item.get("abstract")),
        remark=value("note"),
    )


def _work_type(kind: str, item: Mapping[str, Any]) -> WorkType:
    # Crossref's own word, which is no more than a container of others.
    return posted_work_type(item) if kind == "posted-content" else CSL_TYPES.get(kind, "")


def _several(given: object) -> list[Any]:
    """Return a list as it is, and one person or body, as people write it by hand, as a list of one."""
    return [given] if isinstance(given, (dict, str)) else as_list(given)


def _keywords(given: object) -> tuple[str, ...]:
    """Split a list of keywords: at its semicolons, or where it has none at its commas."""
    if isinstance(given, list):
        return tuple(word for word in given if isinstance(word, str))
    if not isinstance(given, str):
        return ()
    return tuple(given.split(";" if ";" in given else ","))


def _note_lines(note: object) -> list[str]:
    """Return the first two lines of a note: Zotero keeps ids there (``arXiv:2511.01234 [cs]``)."""
    return note.splitlines()[:2] if isinstance(note, str) else []


def _addresses(note: str) -> tuple[str, ...]:
    """Return a note that is an address and nothing else."""
    return (note,) if fields.valid_url(note) else ()


def _author(name: object) -> Author:
    if not isinstance(name, dict):
        return Author(plain_name(fields.one_line(name)))
    particles = [
        fields.one_line(name.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping")
    ]
    given = plain_name(fields.one_line(name.get("given")))
    suffix = fields.one_line(name.get("suffix"))
    last = plain_name(fields.one_line(name.get("family")))
    family = " ".join(part for part in (*particles, last) if part)
    author = author_of_parts(given, family, suffix)
    if not author.name:
        return body(plain_name(fields.one_line(name.get("literal"))))
    return msgspec.structs.replace(author, orcid=fields.parse_orcid(name.get("ORCID")))


def _date(issued: object) -> tuple[str, bool, str]:
    """Return an ISO date, whether it is said to be about right (``circa``) only, and a problem."""
    if isinstance(issued, (str, int)) and not isinstance(issued, bool):
        issued = {"raw": str(issued)} if isinstance(issued, str) else {"year": issued}
    if isinstance(issued, list):
        issued = {"date-parts": issued if isinstance(next(iter(issued), None), list) else [issued]}
    if not isinstance(issued, dict):
        return "", False, ""
    circa = bool(issued.get("circa"))
    parts = next(iter(as_list(issued.get("date-parts"))), None)
    if isinstance(parts, list) and (day := partial_date(*(*parts, None, None, None)[:3])):
        return day, circa, ""
    if day := partial_date(*(issued.get(name) for name in ("year", "month", "day"))):
        return day, circa, ""  # as CSL had it before it had lists of parts
    texts = (issued.get(name) for name in ("raw", "literal"))
    printed = [text for text in texts if isinstance(text, str)]
    if issued and not printed:
        printed = [repr(parts or issued)]
    published, problem = read_date(printed)
    return published, circa, problem


SOURCE = Source(
    name="csl",
    title="CSL-JSON",
    phrase="a CSL-JSON file",
    files_help="Read CSL-JSON files, as reference managers and this program's sites export them.",
    parse=parse,
    start=start,
    options=(
        SourceOption(
            "urls", "files on the web", "['https://example.org/papers.json']", kind="urls"
        ),
    ),
    rank=51,
    states_whole_entries=True,
    carries=reference_entry.CARRIES,
)
