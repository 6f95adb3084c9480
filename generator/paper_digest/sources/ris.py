"""RIS files, which every reference manager writes (EndNote, Zotero, Mendeley, publishers' pages).

Tags: https://en.wikipedia.org/wiki/RIS_(file_format). Managers disagree about some of them, so a
field is taken from the first of several that is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.paper import Author, Paper
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.options import SourceOption
from paper_digest.sources.reference_entry import ReferenceEntry
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.text import fields
from paper_digest.text.dates import month_number, partial_date
from paper_digest.text.names import is_suffix

_EXPECTED = "expected RIS records, each from a line “TY  - ” to a line “ER  - ”"
_RECORD_START = re.compile(r"^[ \t\ufeff]*TY {1,2}-", re.MULTILINE)
_RECORD_END = re.compile(r"^[ \t]*ER {1,2}-.*", re.MULTILINE)
#: A tag, however many blanks a program puts before its hyphen.
_TAG = re.compile(r"^[ \t]*([A-Z][A-Z0-9]) {1,2}-[ \t]?", re.MULTILINE)

_TITLE_TAGS = ("TI", "T1", "CT", "BT")
_VENUE_TAGS = ("T2", "JF", "JO", "C3", "JA", "J2")
#: Of these kinds of work the secondary title is a series, and no venue.
_UNPLACED_TYPES = frozenset({"BOOK", "THES", "RPRT", "EBOOK", "COMP", "ELEC", "WEB"})
_NUMERIC_DATE = re.compile(r"(\d{4})(?:[/-](\d{0,2})(?:[/-](\d{0,2}))?)?(?:[/T ].*)?\Z", re.DOTALL)
_WORDED_DATE = re.compile(
    r"(?:(?P<day>\d{1,2}) +)?(?P<month>[A-Za-z]{3,})\.?(?: +(?P<later_day>\d{1,2}),?)? +(?P<year>\d{4})\Z"
)


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
    papers: list[Paper] = []
    line, last = 1, 0
    for begin, end in zip(starts, (*starts[1:], len(text)), strict=True):
        line += text.count("\n", last, begin)
        last = begin
        paper = _paper(text[begin:end], EntryLocation(request.url, line=line), problems)
        if paper:
            papers.append(paper)
    return Batch(tuple(papers), tuple(problems))


def _paper(text: str, location: EntryLocation, problems: list[Problem]) -> Paper | None:
    ending = _RECORD_END.search(text)
    record = _record_fields(text[: ending.start()] if ending else text)
    entry = _entry(record)
    location = EntryLocation(
        location.where, quote_value(entry.key or entry.title or "a record"), location.line
    )
    if not ending:
        cure = "export it again, and see whether the file is cut off"
        problems.append(location.problem("it has no line “ER  - ” at its end", cure))
    return reference_entry.paper_from_entry(entry, location, "ris", problems)


def _record_fields(text: str) -> Mapping[str, list[str]]:
    """Return the lines of each tag; a line without a tag belongs to the tag before it."""
    # Not needed, and so not imported, by those who read no RIS.
    import rispy  # noqa: PLC0415
    from rispy.config import TAG_KEY_MAPPING  # noqa: PLC0415

    tags = {tag: tag for tag in TAG_KEY_MAPPING}
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

    kind = fields.one_line(record.get("TY", ""))
    first, last = value("SP"), value("EP")
    dois = (doi for tag in ("DO", "M3", "L3") if (doi := fields.parse_doi(value(tag))))
    placed = kind not in _UNPLACED_TYPES
    return ReferenceEntry(
        key=value("ID", "LB"),
        title=fields.one_line(" ".join(lines(*_TITLE_TAGS))),
        authors=tuple(
            author
            for text in lines("AU", "A1")
            if (author := parse_name(fields.one_line(text))).name
        ),
        published=_published(value("DA"), value("PY", "Y1")),
        container=value(*_VENUE_TAGS) if placed else "",
        volume=value("VL"),
        issue=value("IS"),
        pages=f"{first}-{last}" if first and last and last != first else first,
        doi=next(dois, value("DO")),
        urls=tuple(url for tag in ("UR", "L1", "L2") for url in record.get(tag, ())),
        id_remarks=tuple(value(tag) for tag in ("AN", "M1", "M3", "C1", "C7", "PB")),
        keywords=tuple(lines("KW")),
        organisation=value("PB") if kind in {"THES", "RPRT"} else "",
        abstract=fields.clean_block("\n".join(record.get("AB") or record.get("N2") or ())),
        remark=value("N1"),
    )


def parse_name(text: str) -> Author:
    """Read ``Family, Given, Suffix``; a name without a comma stays whole."""
    family, *rest = (part.strip() for part in text.split(","))
    if not family or not any(rest) or len(rest) > 2 or (rest[1:] and not is_suffix(rest[1])):  # noqa: PLR2004 - given name and suffix
        return Author(text.strip(" ,"))
    return Author(" ".join(part for part in (rest[0], family, *rest[1:]) if part), family=family)


def _published(day: str, year: str) -> str:
    """Return the more exact of two dates; where they contradict each other, the year."""
    exact, rough = _date(day), _date(year)
    return exact if exact.startswith(rough) else rough


def _date(text: str) -> str:
    if numeric := _NUMERIC_DATE.match(text):
        return partial_date(*numeric.groups())
    if (worded := _WORDED_DATE.match(text)) and month_number(worded["month"]):
        return partial_date(worded["year"], worded["month"], worded["day"] or worded["later_day"])
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    return partial_date(years[0]) if len(years) == 1 else ""


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
    carries=reference_entry.CARRIES,
)
