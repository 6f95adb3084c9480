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

from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Batch, Paper, Problem, Sighting, Version
from paper_digest.sources.arxiv import names
from paper_digest.sources.arxiv.record import Record, paper
from paper_digest.sources.entry_location import Place, quoted
from paper_digest.text import fields

#: Records in one batch: enough to be quick, few enough to stay small.
BATCH = 500

#: A file of which so many lines came first, and none was a record, is not of this kind.
_PATIENCE = 20

#: Three thousand authors fill a tenth of it.
_LONGEST_LINE = 4_000_000

_EXPECTED = "expected arXiv's metadata, one JSON object a line"


def parse_lines(lines: Iterable[bytes], where: str, note: str = "") -> Iterator[Batch]:
    """Read lines as they come, and give batches as they fill; nothing else is kept in memory.

    ``note`` may hold the ISO day after which nothing is believed. A record that comes twice is
    given twice, to be merged.

    Raises:
        SourceError: no record among the first lines, or the lines break off (a gzip file cut in
            the middle); what was read until then has been given.
    """
    sighting = Sighting("arxiv", PurePath(where).name or where)
    papers: list[Paper] = []
    problems: list[Problem] = []
    number = found = failed = 0
    for number, line in enumerate(_unbroken(lines, where), 1):
        text = line.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            continue
        place = Place(where, line=number, today=fields.iso_day(note))
        record = _record(text, place, problems)
        made = paper(record, place, sighting, problems) if record else None
        if made:
            found += 1
            papers.append(made)
        else:
            failed += 1
        if not found and failed == _PATIENCE:
            break
        if len(papers) + len(problems) >= BATCH:
            yield Batch(tuple(papers), tuple(problems))
            papers, problems = [], []
    if not found:
        reason = f" ({problems[0].what})" if problems else ""
        came = f"has no record in its first {number} lines{reason}" if failed else "is empty"
        what = f"{came}; {_EXPECTED}"
        raise SourceError(where, what, "check which file this is; uncompress it first if need be")
    if papers or problems:
        yield Batch(tuple(papers), tuple(problems))


def _unbroken(lines: Iterable[bytes], where: str) -> Iterator[bytes]:
    """Pass lines on; a compressed file that breaks off becomes an error that names the place."""
    number = 0
    try:
        for number, line in enumerate(lines, 1):  # noqa: B007 - the number is for the error
            yield line
    except (EOFError, OSError, zlib.error) as fault:
        what = f"breaks off after line {number:,}: {fault}"
        raise SourceError(where, what, "fetch the file again, then go on with it") from fault


def _record(line: bytes, place: Place, problems: list[Problem]) -> Record | None:
    cure = "correct or delete that line"
    if len(line) > _LONGEST_LINE:
        problems.append(place.problem(f"has {len(line):,} bytes, too many for a record", cure))
        return None
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as fault:
        problems.append(place.problem(f"is not JSON: {quoted(str(fault))}", cure))
        return None
    if not isinstance(given, dict):
        problems.append(place.problem(f"{quoted(given)} is no object", cure))
        return None
    return _kaggle(given, place, problems) if "versions" in given else _flat(given)


def _kaggle(given: Mapping[str, Any], place: Place, problems: list[Problem]) -> Record:
    versions = tuple(_versions(given["versions"], place, problems))
    parsed = given.get("authors_parsed")
    return Record(
        id=given.get("id"),
        title=given.get("title"),
        authors=tuple(_parsed(parts) for parts in parsed)
        if isinstance(parsed, list)
        else names.split(given.get("authors")),
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


def _flat(given: Mapping[str, Any]) -> Record:
    authors, labels = given.get("authors"), given.get("categories")
    listed = labels if isinstance(labels, list) else fields.one_line(labels).split()
    primary = given.get("primary_category")
    version = fields.one_line(given.get("version"))
    bare = given.get("id")
    if isinstance(bare, str) and re.fullmatch(r"v[1-9]\d{0,3}", version):
        bare = bare if re.search(r"v\d+\Z", bare) else bare + version
    return Record(
        id=bare,
        title=given.get("title"),
        authors=tuple(Author(names.name(name)) for name in authors)
        if isinstance(authors, list)
        else names.split(authors),
        abstract=given.get("abstract"),
        categories=(primary, *listed),
        published=given.get("published"),
        updated=given.get("updated"),
        any_version=True,
        comment=given.get("comment"),
        doi=given.get("doi"),
        journal_ref=given.get("journal_ref"),
        licence=given.get("license"),
    )


def _versions(given: object, place: Place, problems: list[Problem]) -> Iterator[Version]:
    for version in given if isinstance(given, list) else []:
        if not isinstance(version, dict):
            continue
        number = re.fullmatch(r"v([1-9]\d{0,3})", fields.one_line(version.get("version")))
        written = version.get("created")
        if number:
            day = place.day(fields.iso_day_from_rfc822(written) or written, number[0], problems)
            yield Version(int(number[1]), day)


def _parsed(given: object) -> Author:
    parts = [*given, "", "", ""][:3] if isinstance(given, list) else ["", "", ""]
    return names.parts(*parts)
