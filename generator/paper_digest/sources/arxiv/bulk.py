"""arXiv's metadata in bulk: one JSON object a line, in millions, read a few hundred at a time.

Two forms are known: the snapshot arXiv publishes on Kaggle
(https://info.arxiv.org/help/bulk_data.html), and a flat one with lists and plain dates.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.machine_errors import error_words
from paper_digest.model.paper import Author, Paper, Sighting, Version
from paper_digest.sources.arxiv import names
from paper_digest.sources.arxiv.record import ArxivRecord, paper_from_record
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.text import fields
from paper_digest.text.dates import iso_day, iso_day_from_rfc822

#: Records in one batch: enough to be quick, few enough to stay small.
MAX_BATCH_ENTRIES = 500

#: A file of which so many lines came first, and none was a record, is not of this kind.
_MAX_FAILED_LINES = 20

#: Three thousand authors fill a tenth of it.
_MAX_LINE_BYTES = 4_000_000

_EXPECTED = "expected arXiv's metadata, one JSON object a line"


def parse_lines(lines: Iterable[bytes], request: Request) -> Iterator[Batch]:
    """Read lines as they come, and give batches as they fill; nothing else is kept in memory.

    No date after ``request.as_of`` is believed. A record that comes twice is given twice, to be
    merged.

    Raises:
        SourceError: no record among the first lines, or the lines break off (a gzip file cut in
            the middle); what was read until then has been given.
    """
    where, today = request.url, iso_day(request.as_of)
    sighting = Sighting("arxiv", PurePath(where).name or where)
    papers: list[Paper] = []
    problems: list[Problem] = []
    number = paper_count = failed_count = 0
    for number, line in enumerate(_lines_or_error(lines, where), 1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            continue
        location = EntryLocation(where, line=number, today=today)
        record = _record(text, location, problems)
        converted = paper_from_record(record, location, sighting, problems) if record else None
        if converted:
            paper_count += 1
            papers.append(converted)
        else:
            failed_count += 1
        if not paper_count and failed_count == _MAX_FAILED_LINES:
            break
        if len(papers) + len(problems) >= MAX_BATCH_ENTRIES:
            yield Batch(tuple(papers), tuple(problems))
            papers, problems = [], []
    if not paper_count:
        reason = f" ({problems[0].what})" if problems else ""
        came = f"has no record in its first {number} lines{reason}" if failed_count else "is empty"
        what = f"{came}; {_EXPECTED}"
        raise SourceError(where, what, "check which file this is; uncompress it first if need be")
    if papers or problems:
        yield Batch(tuple(papers), tuple(problems))


def _lines_or_error(lines: Iterable[bytes], where: str) -> Iterator[bytes]:
    """Pass lines on; a compressed file that breaks off becomes an error that names the place."""
    number = 0
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007 - the number is for the error
            yield line
    except (EOFError, OSError, zlib.error) as fault:
        what = f"breaks off after line {number:,}: {error_words(fault)}"
        raise SourceError(where, what, "fetch the file again, then go on with it") from fault


def _record(line: bytes, location: EntryLocation, problems: list[Problem]) -> ArxivRecord | None:
    cure = "correct or delete that line"
    if len(line) > _MAX_LINE_BYTES:
        problems.append(location.problem(f"has {len(line):,} bytes, too many for a record", cure))
        return None
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as fault:
        problems.append(location.problem(f"is not JSON: {quote_value(str(fault))}", cure))
        return None
    if not isinstance(given, dict):
        problems.append(location.problem(f"{quote_value(given)} is no object", cure))
        return None
    return _kaggle_record(given, location, problems) if "versions" in given else _flat_record(given)


def _kaggle_record(
    given: Mapping[str, Any], location: EntryLocation, problems: list[Problem]
) -> ArxivRecord:
    versions = tuple(_versions(given["versions"], location, problems))
    parsed = given.get("authors_parsed")
    return ArxivRecord(
        id=given.get("id"),
        title=given.get("title"),
        authors=tuple(_author(parts) for parts in parsed)
        if isinstance(parsed, list)
        else names.split_authors(given.get("authors")),
        abstract=given.get("abstract"),
        categories=tuple(fields.one_line(given.get("categories")).split()),
        published=versions[0].date if versions and versions[0].number == 1 else "",
        updated=versions[-1].date if versions else "",
        versions=versions,
        comment=given.get("comments"),
        doi=given.get("doi"),
        journal_ref=given.get("journal-ref"),
        licence=given.get("license"),
    )


def _flat_record(given: Mapping[str, Any]) -> ArxivRecord:
    authors, labels = given.get("authors"), given.get("categories")
    listed = labels if isinstance(labels, list) else fields.one_line(labels).split()
    primary = given.get("primary_category")
    version = fields.one_line(given.get("version"))
    bare = given.get("id")
    if isinstance(bare, str) and re.fullmatch(r"v[1-9]\d{0,3}", version):
        bare = bare if re.search(r"v\d+\Z", bare) else bare + version
    return ArxivRecord(
        id=bare,
        title=given.get("title"),
        authors=names.join_author_list(authors)
        if isinstance(authors, list)
        else names.split_authors(authors),
        abstract=given.get("abstract"),
        categories=(primary, *listed),
        published=given.get("published"),
        updated=given.get("updated"),
        published_may_be_newest=True,
        comment=given.get("comment"),
        doi=given.get("doi"),
        journal_ref=given.get("journal_ref"),
        licence=given.get("license"),
    )


def _versions(given: object, location: EntryLocation, problems: list[Problem]) -> Iterator[Version]:
    for version in given if isinstance(given, list) else []:
        if not isinstance(version, dict):
            continue
        number = re.fullmatch(r"v([1-9]\d{0,3})", fields.one_line(version.get("version")))
        written = version.get("created")
        if number:
            day = location.date_or_problem(
                iso_day_from_rfc822(written) or written, number[0], problems
            )
            yield Version(int(number[1]), day)


def _author(given: object) -> Author:
    family, first, suffix, *places = (
        [*given, "", "", ""] if isinstance(given, list) else ["", "", ""]
    )
    return names.author_from_parts(family, first, suffix, names.join_places(places))
