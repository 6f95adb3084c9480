"""PubMed's own format (``.nbib``, MEDLINE): a tag of four letters and a hyphen before each field.

Tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Paper
from paper_digest.model.work_types import WorkType
from paper_digest.sources import pubmed_notices, reference_entry
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.reference_fields import (
    ReferenceEntry,
    article_number,
    read_date,
    without_full_stop,
)
from paper_digest.sources.source import Source
from paper_digest.text import fields
from paper_digest.text.names import body
from paper_digest.text.venues import venue_kind

_EXPECTED = "expected PubMed records, each from a line “PMID- ”"
_RECORD_START = late_pattern(r"^PMID *- ", re.MULTILINE)
_FIELD = late_pattern(r"^([A-Z]{2,4}) *- (.*(?:\n {6}\S.*)*)", re.MULTILINE)
#: The publisher's own number of an article, which NLM has where there are no pages.
_PUBLISHER_NUMBER = late_pattern(r"(\S+) \[pii\]\Z")
#: What others wrote behind the work: ``45-7; discussion 48-9``.
_BEHIND_THE_WORK = late_pattern(
    r";\s*(?:discussion|quiz|author reply|reply|commentary)\b.*\Z", re.IGNORECASE
)
#: A range whose last page lacks the digits that it shares with the first: ``1234-45``.
_PAGE_RANGE = late_pattern(r"(?<![\w-])([A-Za-z]*)(\d+)-(\d+)(?![\w-])")
_DOI = late_pattern(r"(?<!\S)(\S+) \[doi\]\Z")
#: A title that was translated stands in brackets (https://www.nlm.nih.gov/bsd/mms/medlineelements.html#ti).
_TRANSLATED = late_pattern(r"\[(.+?)(?: \(author's transl\))?\]\.?\Z")
#: What is written behind given names and initials: ``Lund, Ada 3rd``, ``Lund A Jr``.
_SUFFIX = late_pattern(r" (Jr|Sr|2nd|3rd|4th)\.?\Z")
#: Behind the tenth author in records of some years.
_OTHERS = late_pattern(r"et al\.?\Z", re.IGNORECASE)
_NUMERALS = {"2nd": "II", "3rd": "III", "4th": "IV"}
#: Who wrote an abstract that is not the journal's: ``PIP: We fly kites.``
_WHOSE_ABSTRACT = late_pattern(r"(?:AIDS|KIE|NASA|PIP|Publisher): ")
#: What stands there in place of an abstract, and summaries for others than the work's readers.
_NO_ABSTRACT = late_pattern(
    r"Abstract available from the publisher|plain-language-summary:", re.IGNORECASE
)
#: Tags of authors by their whole names, in the order in which they signed.
_SIGNED = "signed"


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
    noticed: list[Paper] = []
    problems: list[Problem] = list(faults)
    for begin, end in zip(starts, (*starts[1:], len(text)), strict=True):
        record: dict[str, list[str]] = {}
        for tag, value in _FIELD.findall(text[begin:end]):
            text_of_field = fields.one_line(value)
            record.setdefault(tag, []).append(text_of_field)
            if tag in {"FAU", "CN"} and text_of_field:
                record.setdefault(_SIGNED, []).append(f"{tag} {text_of_field}")
        entry = _entry(record)
        page = reference_entry.file_name(request.url)
        if about := pubmed_notices.noticed_papers(record, fields.parse_doi(entry.doi), page):
            noticed += about
            continue
        line = text.count("\n", 0, begin) + 1
        location = EntryLocation(request.url, f"PMID {entry.key}", line)
        entries.append((entry, location))
    papers = reference_entry.papers_from_entries(entries, "pubmed", problems)
    return Batch((*papers, *noticed), tuple(problems))


def _entry(record: Mapping[str, list[str]]) -> ReferenceEntry:
    def value(*tags: str) -> str:
        return next((record[tag][0] for tag in tags if tag in record), "")

    printed, date_problem = read_date([value("DP")])
    electronic, _ = read_date([value("DEP")])
    dois = (match[1] for text in (*record.get("LID", ()), *record.get("AID", ())) if (match := _DOI.search(text)))  # fmt: skip
    title = value("TI", "BTI")
    translated = _TRANSLATED.match(title)
    # What a server of preprints holds has appeared nowhere.
    is_preprint = "Preprint" in record.get("PT", ())
    container = "" if is_preprint else value("JT", "TA") or (value("BTI") if "TI" in record else "")
    return ReferenceEntry(
        key=value("PMID"),
        title=translated[1] if translated else without_full_stop(title),
        authors=tuple(_authors(record)),
        one_author_each=True,
        published=_first_day(electronic, printed),
        printed=printed,
        date_problem=date_problem,
        container=container,
        work_type="preprint" if is_preprint else _work_type(record.get("PT", ()), container),
        volume=value("VI"),
        issue=value("IP"),
        pages=_pages(value("PG")) or _article_number(record),
        doi=next(dois, ""),
        # An asterisk is the indexers' sign for what a work is mostly about.
        keywords=tuple(word.removeprefix("*") for word in record.get("OT", ())),
        abstract=_abstract(record),
        withdrawn=pubmed_notices.withdrawal_reason(record),
        notices=pubmed_notices.notices(record),
    )


def _work_type(kinds: Collection[str], venue: str) -> WorkType:
    """Return what a record's types say; proceedings are journals to NLM, and their papers articles."""
    if "Journal Article" in kinds and venue_kind(venue) != "conference":
        return "journal-article"
    return "book-chapter" if "Book Chapter" in kinds else ""


def _pages(text: str) -> str:
    """Return the work's own pages, whole: ``S45-7; discussion S48`` is ``S45-S47``."""
    return _PAGE_RANGE.sub(_whole_range, _BEHIND_THE_WORK.sub("", text))


def _whole_range(match: re.Match[str]) -> str:
    prefix, first, last = match.groups()
    shared = first[: max(0, len(first) - len(last))]
    whole = f"{shared}{last}"
    return f"{prefix}{first}-{prefix}{whole}" if int(whole) >= int(first) else match[0]


def _article_number(record: Mapping[str, list[str]]) -> str:
    """Return the location of an article that has no pages; one of no volume yet may still get some."""
    numbers = (match[1] for text in record.get("LID", ()) if (match := _PUBLISHER_NUMBER.match(text)))  # fmt: skip
    return next(filter(None, map(article_number, numbers)), "") if "VI" in record else ""


def _authors(record: Mapping[str, list[str]]) -> Iterator[Author]:
    """Yield persons and bodies as they signed; persons by their initials where no whole name is given."""
    if "FAU" not in record:
        yield from map(_author, record.get("AU", ()))
    for signed in record.get(_SIGNED, ()):
        tag, _, name = signed.partition(" ")
        yield body(name) if tag == "CN" else _author(name)


def _author(text: str) -> Author:
    """Read ``Family, Given`` (FAU) or ``Family GI`` (AU), in which initials have no full stop; ``Jr`` stands last."""
    ending = _SUFFIX.search(text)
    suffix = f" {_NUMERALS.get(ending[1], ending[1])}" if ending else ""
    name = text[: ending.start()] if ending else text
    family, comma, given = (part.strip() for part in name.partition(","))
    if not given:
        family, _, given = name.rpartition(" ")
    if not (given and family) or _OTHERS.match(text):
        return Author(text)
    if not comma and given.isupper():
        given = f"{'. '.join(given)}."
    return Author(f"{given} {family}{suffix}", family=family)


def _first_day(electronic: str, printed: str) -> str:
    """Return the earlier of two dates, and of two that may be one day the more exact."""
    if electronic.startswith(printed) or not electronic:
        return electronic or printed
    return min(electronic, printed)


def _abstract(record: Mapping[str, list[str]]) -> str:
    """Return the abstract; where the journal had none, the one that others wrote, without the word for whose it is."""
    others = (_WHOSE_ABSTRACT.sub("", text) for text in record.get("OAB", ()))
    written = (text for text in others if not _NO_ABSTRACT.match(text))
    return next(filter(None, record.get("AB", ())), "") or next(written, "")


SOURCE = Source(
    name="pubmed",
    title="PubMed",
    phrase="a PubMed file",
    files_help="Read PubMed's files (.nbib).",
    parse=parse,
    rank=53,
    carries=reference_entry.CARRIES,
)
