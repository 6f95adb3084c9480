"""PubMed's own format (``.nbib``, MEDLINE): a tag of four letters and a hyphen before each field.

Tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.paper import Author, Paper
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.reference_entry import ReferenceEntry
from paper_digest.sources.source import Source
from paper_digest.text import fields
from paper_digest.text.dates import partial_date

_EXPECTED = "expected PubMed records, each from a line “PMID- ”"
_RECORD_START = re.compile(r"^PMID *- ", re.MULTILINE)
_FIELD = re.compile(r"^([A-Z]{2,4}) *- (.*(?:\n {6}\S.*)*)", re.MULTILINE)
_DOI = re.compile(r"(\S+) \[doi\]\Z")
_DATE = re.compile(r"(\d{4})(?: ([A-Z][a-z]{2})(?: (\d{1,2}))?)?\Z")


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole file.

    Raises:
        SourceError: the file holds no record at all.
    """
    text, faults = read_text(data, request.url, _EXPECTED)
    starts = [match.start() for match in _RECORD_START.finditer(text)]
    if not starts:
        raise SourceError(request.url, f"holds no record; {_EXPECTED}", "save it again from PubMed")
    papers: list[Paper] = []
    problems: list[Problem] = list(faults)
    for begin, end in zip(starts, (*starts[1:], len(text)), strict=True):
        record: dict[str, list[str]] = {}
        for tag, value in _FIELD.findall(text[begin:end]):
            record.setdefault(tag, []).append(fields.one_line(value))
        entry = _entry(record)
        line = text.count("\n", 0, begin) + 1
        location = EntryLocation(request.url, f"PMID {entry.key}", line)
        if paper := reference_entry.paper_from_entry(entry, location, "pubmed", problems):
            papers.append(paper)
    return Batch(tuple(papers), tuple(problems))


def _entry(record: Mapping[str, list[str]]) -> ReferenceEntry:
    def value(*tags: str) -> str:
        return next((record[tag][0] for tag in tags if tag in record), "")

    dated = _DATE.match(value("DP"))
    year = re.match(r"\d{4}", value("DP"))
    dois = (match[1] for text in (*record.get("LID", ()), *record.get("AID", ())) if (match := _DOI.search(text)))  # fmt: skip
    groups = tuple(Author(name) for name in record.get("CN", ()) if name)
    return ReferenceEntry(
        key=value("PMID"),
        title=value("TI", "BTI").removesuffix("."),
        authors=tuple(map(_author, record.get("FAU") or record.get("AU") or ())) + groups,
        published=partial_date(*dated.groups()) if dated else partial_date(year[0] if year else ""),
        container=value("JT", "TA"),
        volume=value("VI"),
        issue=value("IP"),
        pages=value("PG"),
        doi=next(dois, ""),
        keywords=tuple(record.get("OT", ())),
        abstract=value("AB"),
    )


def _author(text: str) -> Author:
    family, _, given = (part.strip() for part in text.partition(","))
    return Author(f"{given} {family}", family=family) if given and family else Author(text)


SOURCE = Source(
    name="pubmed",
    title="PubMed",
    phrase="a PubMed file",
    files_help="Read PubMed's files (.nbib).",
    parse=parse,
    rank=53,
    carries=reference_entry.CARRIES,
)
