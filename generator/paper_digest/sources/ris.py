"""RIS files, which every reference manager writes (EndNote, Zotero, Mendeley, publishers' pages).

Tags: https://en.wikipedia.org/wiki/RIS_(file_format). Managers disagree about some of them, so a
field is taken from the first of several that is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.model.work_types import WorkType
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.options import SourceOption
from paper_digest.sources.reference_fields import ReferenceEntry, article_number, read_date
from paper_digest.sources.reference_names import plain_name
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.sources.stated_work_types import RIS_TYPES
from paper_digest.text import fields
from paper_digest.text.dates import partial_date
from paper_digest.text.name_suffix import author_of_parts
from paper_digest.text.names import body, is_collaboration, is_suffix

_EXPECTED = "expected RIS records, each from a line “TY  - ” to a line “ER  - ”"
_RECORD_START = late_pattern(r"^[ \t\ufeff]*TY {1,2}-", re.MULTILINE)
_RECORD_END = late_pattern(r"^[ \t]*ER {1,2}-.*", re.MULTILINE)
#: A tag, however many blanks a program puts before its hyphen.
_TAG = late_pattern(r"^[ \t]*([A-Z][A-Z0-9]) {1,2}-[ \t]?", re.MULTILINE)

_TITLE_TAGS = ("TI", "T1", "CT", "BT")
_VENUE_TAGS = ("T2", "JF", "JO", "C3", "JA", "J2")
_DATE_TAGS = (("DA",), ("PY", "Y1"))
_PART_TYPES = frozenset({"CHAP", "ECHAP", "CPAPER", "CONF", "ENCYC", "DICT"})
_BOOK_TYPES = frozenset({"BOOK", "EBOOK", "EDBOOK"})
#: Of these kinds of work the secondary title is a series, and no venue.
_UNPLACED_TYPES = frozenset({"BOOK", "THES", "RPRT", "EBOOK", "COMP", "ELEC", "WEB"})
#: RIS writes ``YYYY/MM/DD/other information``, and leaves parts of it empty.
_SLASHED_DATE = late_pattern(r"(\d{4})/(\d{0,2}|[A-Za-z]{3,9})(?:/(\d{0,2}))?(?:/.*)?\Z", re.DOTALL)


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses under ``urls``: files on the web that are read whole each time."""
    return map(Request, query.values("urls"))


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole file.

    Raises:
        SourceError: the file holds no RIS record at all.
    """
    text, faults = read_text(data, request.url, _EXPECTED)
    problems = list(faults)
    starts = [match.start() for match in _RECORD_START.finditer(text)]
    if not starts:
        raise SourceError(request.url, f"holds no record; {_EXPECTED}", "export RIS, and try again")
    entries: list[tuple[ReferenceEntry, EntryLocation]] = []
    line, last = 1, 0
    for begin, end in zip(starts, (*starts[1:], len(text)), strict=True):
        line += text.count("\n", last, begin)
        last = begin
        entries.append(_record(text[begin:end], EntryLocation(request.url, line=line), problems))
    papers = reference_entry.papers_from_entries(entries, "ris", problems)
    return Batch(papers, tuple(problems))


def _record(
    text: str, location: EntryLocation, problems: list[Problem]
) -> tuple[ReferenceEntry, EntryLocation]:
    ending = _RECORD_END.search(text)
    record = _record_fields(text[: ending.start()] if ending else text)
    entry = _entry(record)
    location = EntryLocation(
        location.where, quote_value(entry.key or entry.title or "a record"), location.line
    )
    if not ending:
        cure = "export it again, and see whether the file is cut off"
        problems.append(location.problem("it has no line “ER  - ” at its end", cure))
    return entry, location


def _record_fields(text: str) -> Mapping[str, list[str]]:
    """Return the lines of each tag; a line without a tag belongs to the tag before it."""
    # Not needed, and so not imported, by those who read no RIS.
    import rispy  # noqa: PLC0415
    from rispy.config import TAG_KEY_MAPPING  # noqa: PLC0415

    # The library does not know the titles of books and conference papers.
    tags = {tag: tag for tag in (*TAG_KEY_MAPPING, *_TITLE_TAGS)}
    regular = _TAG.sub(lambda match: f"{match[1]}  - ", text)
    records = rispy.loads(
        regular + "\nER  - ",
        mapping=tags,
        list_tags=[tag for tag in tags if tag not in {"TY", "UK"}],
        delimiter_tags_mapping={},
    )
    return records[0] if records else {}


def _entry(record: Mapping[str, list[str]]) -> ReferenceEntry:
    def lines(*tags: str) -> list[str]:
        """Return the lines of the first of some tags that has any."""
        filled = ([line for line in record.get(tag, ()) if line] for tag in tags)
        return next(filter(None, filled), [])

    def value(*tags: str) -> str:
        return fields.one_line(next(iter(lines(*tags)), ""))

    def remark(tag: str) -> str:
        """Return a field that may hold an id: a bare one is arXiv's where arXiv published the work."""
        text = value(tag)
        is_bare = fields.parse_arxiv_id(text)[0] and value("PB", "DB", "DP").lower() == "arxiv"
        return f"arXiv:{text}" if is_bare and text[:1].isdigit() else text

    kind = fields.one_line(record.get("TY", ""))
    first, last = value("SP"), value("EP")
    dois = (doi for tag in ("DO", "M3", "L3") if (doi := fields.parse_doi(value(tag))))
    published, date_problem = read_date([_plain_date(value(*tags)) for tags in _DATE_TAGS])
    placed = kind not in _UNPLACED_TYPES
    # As this program's own exports have it: RIS has no type for preprints.
    is_preprint = kind == "RPRT" and value("M3").lower() == "preprint"
    server = value("PB") if is_preprint or kind == "DATA" else ""
    has_title = bool(lines(*_TITLE_TAGS[:-1]))
    venue_tags = (*_VENUE_TAGS, "BT") if has_title else _VENUE_TAGS
    is_report = kind in {"THES", "RPRT"} and not is_preprint and value("PB").lower() != "arxiv"
    return ReferenceEntry(
        key=value("ID", "LB"),
        title=fields.one_line(" ".join(lines(*_TITLE_TAGS))),
        authors=tuple(
            author
            for text in lines("AU", "A1")
            if (author := parse_name(fields.one_line(text))).name
        ),
        published=published,
        date_problem=date_problem,
        is_part=kind in _PART_TYPES,
        is_book=kind in _BOOK_TYPES,
        container=(value(*venue_tags) if placed else "") or server,
        series=value("T3"),
        volume=value("VL"),
        issue=value("IS"),
        # EndNote and Scopus have the number of an article without pages there.
        pages=(f"{first}-{last}" if last and last != first else first)
        if first
        else article_number(value("C7")),
        doi=next(dois, value("DO")),
        urls=tuple(url for tag in ("UR", "L1", "L2") for url in record.get(tag, ())),
        id_remarks=tuple(map(remark, ("AN", "M1", "M3", "C1", "C7", "SN", "PB", "N1"))),
        keywords=tuple(lines("KW")),
        organisation=value("PB") if is_report else "",
        work_type=_work_type(kind, value("PB"), is_preprint=is_preprint),
        abstract=fields.clean_block("\n".join(record.get("AB") or record.get("N2") or ())),
        remark=value("N1"),
    )


def _work_type(kind: str, publisher: str, *, is_preprint: bool) -> WorkType:
    if is_preprint:
        return "preprint"
    # Of a program that has no type for preprints.
    is_of_arxiv = kind == "RPRT" and publisher.lower() == "arxiv"
    return "" if is_of_arxiv else RIS_TYPES.get(kind, "")


def parse_name(text: str) -> Author:
    """Read ``Family, Given, Suffix``; a name without a comma, and a list of names, stays whole.

    A comma at the end of a name that has no other says that it is a body's, which has no given name.
    """
    text = plain_name(text)
    if text.endswith(",") and text.count(",") == 1 and ";" not in text:
        return body(text.strip(" ,"))
    if ";" in text or is_collaboration(text):  # a list, or a body: ``Kites, Inc.``
        return Author(text.strip(" ,"))
    family, *rest = (part.strip() for part in text.split(","))
    if not family or not any(rest) or len(rest) > 2 or (rest[1:] and not is_suffix(rest[1])):  # noqa: PLR2004 - given name and suffix
        return Author(text.strip(" ,"))
    if rest[0]:
        return author_of_parts(rest[0], family, *rest[1:])
    return Author(" ".join(part for part in (family, *rest[1:]) if part), family=family)


def _plain_date(text: str) -> str:
    """Return a date in RIS's own form as ISO, and any other text as it is."""
    slashed = _SLASHED_DATE.match(text)
    return partial_date(*slashed.groups()) if slashed else text


SOURCE = Source(
    name="ris",
    title="RIS",
    phrase="a RIS file",
    files_help="Read RIS files, as reference managers and publishers' pages export them.",
    parse=parse,
    start=start,
    options=(
        SourceOption("urls", "files on the web", "['https://example.org/papers.ris']", kind="urls"),
    ),
    rank=52,
    states_whole_entries=True,
    carries=reference_entry.CARRIES,
)
