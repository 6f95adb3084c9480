"""PubMed's own format (``.nbib``, MEDLINE): a tag of four letters and a hyphen before each field.

Tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.reference_fields import ReferenceEntry, read_date
from paper_digest.sources.source import Source
from paper_digest.text import fields

_EXPECTED = "expected PubMed records, each from a line “PMID- ”"
_RECORD_START = late_pattern(r"^PMID *- ", re.MULTILINE)
_FIELD = late_pattern(r"^([A-Z]{2,4}) *- (.*(?:\n {6}\S.*)*)", re.MULTILINE)
_DOI = late_pattern(r"(?<!\S)(\S+) \[doi\]\Z")


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole file.

    Raises:
        SourceError: the file holds no record at all.
    """
    text, faults = read_text(data, request.url, _EXPECTED)
    starts = [match.start() for match in _RECORD_START.finditer(text)]
    if not starts:
        raise SourceError(request.url, f"holds no record; {_EXPECTED}", "save it again from PubMed")
    entries: list[tuple[ReferenceEntry, EntryLocation]] = []
    problems: list[Problem] = list(faults)
    for begin, end in zip(starts, (*starts[1:], len(text)), strict=True):
        record: dict[str, list[str]] = {}
        for tag, value in _FIELD.findall(text[begin:end]):
            record.setdefault(tag, []).append(fields.one_line(value))
        entry = _entry(record)
        line = text.count("\n", 0, begin) + 1
        location = EntryLocation(request.url, f"PMID {entry.key}", line)
        entries.append((entry, location))
    papers = reference_entry.papers_from_entries(entries, "pubmed", problems)
    return Batch(papers, tuple(problems))


def _entry(record: Mapping[str, list[str]]) -> ReferenceEntry:
    def value(*tags: str) -> str:
        return next((record[tag][0] for tag in tags if tag in record), "")

    published, date_problem = read_date([value("DP")])
    dois = (match[1] for text in (*record.get("LID", ()), *record.get("AID", ())) if (match := _DOI.search(text)))  # fmt: skip
    groups = tuple(Author(name) for name in record.get("CN", ()) if name)
    return ReferenceEntry(
        key=value("PMID"),
        title=value("TI", "BTI").removesuffix("."),
        authors=tuple(map(_author, record.get("FAU") or record.get("AU") or ())) + groups,
        published=published,
        date_problem=date_problem,
        container=value("JT", "TA"),
        volume=value("VI"),
        issue=value("IP"),
        pages=value("PG"),
        doi=next(dois, ""),
        keywords=tuple(record.get("OT", ())),
        abstract=value("AB"),
    )


def _author(text: str) -> Author:
    """Read ``Family, Given`` (FAU) or ``Family GI`` (AU), in which initials have no full stop."""
    family, _, given = (part.strip() for part in text.partition(","))
    if not given:
        family, _, given = text.rpartition(" ")
    if not (given and family):
        return Author(text)
    is_initials = "," not in text and given.isupper()
    return Author(
        f"{'. '.join(given)}. {family}" if is_initials else f"{given} {family}", family=family
    )


SOURCE = Source(
    name="pubmed",
    title="PubMed",
    phrase="a PubMed file",
    files_help="Read PubMed's files (.nbib).",
    parse=parse,
    rank=53,
    carries=reference_entry.CARRIES,
)
