"""A whole BibTeX file as papers and problems: the parser is bibtexparser's, the rest is worked out here."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
)

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.ids import title_key
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper
from paper_digest.sources.bibtex import inheritance, paper, values
from paper_digest.sources.bibtex.shared_dois import CONTAINER_TYPES, drop_book_dois
from paper_digest.sources.encodings import decode_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.text import fields

_ENTRY = late_pattern(r"@\s*\w+\s*[{(]")
_MARKUP = late_pattern(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)

# The parser logs each entry it gives up; here they come back as problems.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def parse_bibtex(data: bytes, request: Request) -> Batch:
    """Read a whole ``.bib`` file.

    A paper that comes twice is handed on twice, and is a problem; so is one with another's id and
    another title, because whoever takes papers holds those apart. Chapters that bear the DOI of
    their book are known by their titles. Proceedings give their year and title to the papers that
    refer to them, and are no papers themselves.

    Raises:
        SourceError: the file holds no BibTeX entry at all, or is damaged UTF-16.
    """
    decoded = decode_text(data, request.url)
    text, problems = decoded.text, list(decoded.problems)
    if not _ENTRY.search(text):
        received = (
            "a web page" if _MARKUP.match(text) else "no entry" if text.strip() else "nothing"
        )
        raise SourceError(
            request.url,
            f"BibTeX entries were expected, {received} came",
            "check the file or address",
        )
    blocks = _decodable_blocks(
        parse_string(text, parse_stack=[]).blocks, decoded.undecided, request.url, problems
    )
    macros = values.Macros()
    problems += (
        EntryLocation(request.url, line=line).problem(fields.one_line(what), "mend the macro")
        for line, what in macros.collect(blocks)
    )
    entries = []
    for block in blocks:
        entry = _unwrap_entry(block)
        if entry is not None:
            entry_fields, faults = values.entry_fields(entry, macros)
            entries.append((entry, entry_fields))
            problems += (
                _location(entry, request.url, line).problem(fields.one_line(what), "mend the field")
                for line, what in faults
            )
        elif isinstance(block, ParsingFailedBlock):
            problems.append(_unreadable_problem(block, request.url))
    parents = inheritance.fields_by_key((entry.key, said) for entry, said in entries)
    problems += _missing_parent_problems(entries, parents, request.url)
    inherited = [
        (entry, inheritance.inherit_fields(entry_fields, parents))
        for entry, entry_fields in entries
    ]
    problems += drop_book_dois(inherited, request.url)
    papers = _papers(inherited, request.url, problems)
    return Batch(tuple(papers), tuple(sorted(problems, key=lambda p: p.line or 0)))


def _papers(
    entries: Iterable[tuple[Entry, Mapping[str, str]]], where: str, problems: list[Problem]
) -> list[Paper]:
    """Make a paper of each entry; what keeps an entry from being one is added to ``problems``."""
    papers = []
    first_lines: dict[str, tuple[int, str]] = {}
    for entry, entry_fields in entries:
        if entry.entry_type.lower() in CONTAINER_TYPES:
            continue
        line = (entry.start_line or 0) + 1
        location = _location(entry, where, line)
        result = paper.paper_from_fields(
            entry_fields, where, fields.one_line(entry.key), entry.entry_type
        )
        problems += (
            location.problem(fields.one_line(what), cure) for what, cure in result.problems
        )
        if result.paper is None:
            continue
        papers.append(result.paper)
        key = title_key(result.paper.title)
        first, first_key = first_lines.setdefault(result.paper.id, (line, key))
        if first != line:
            end = "" if key == first_key else " with another title"
            what = f"{result.paper.id} stands on line {first} already{end}; both were read"
            problems.append(location.problem(what, "keep one of the two, or mend its id"))
    return papers


def _decodable_blocks(
    blocks: Iterable[Block], undecided_lines: frozenset[int], where: str, problems: list[Problem]
) -> list[Block]:
    """Leave out the blocks that stand on lines whose characters are not known."""
    decodable = []
    for block in blocks:
        first = (block.start_line or 0) + 1
        last = first + (block.raw or "").count("\n")
        lost = next((line for line in range(first, last + 1) if line in undecided_lines), None)
        if lost is None or isinstance(block, ImplicitComment | ExplicitComment):
            decodable.append(block)
        else:
            start = (block.raw or "").strip().partition("\n")[0][:60]
            what = f"{quote_value(start)} was left out: the characters of line {lost} are not known"
            problems.append(Problem(where, what, lost, "save the file as UTF-8"))
    return decodable


def _unwrap_entry(block: Block | None) -> Entry | None:
    """Return the entry in a block; the parser wraps those whose key or field comes twice."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        return _unwrap_entry(block.ignore_error_block)
    return block if isinstance(block, Entry) else None


def _location(entry: Entry, where: str, line: int) -> EntryLocation:
    return EntryLocation(where, fields.one_line(f"@{entry.entry_type}{{{entry.key}}}"), line)


def _unreadable_problem(block: ParsingFailedBlock, where: str) -> Problem:
    start = fields.one_line((block.raw or "").strip().partition("\n")[0][:60])
    reason = fields.one_line(str(getattr(block.error, "abort_reason", block.error)))
    return Problem(
        where,
        f"“{start}” cannot be read: {reason}",
        (block.start_line or 0) + 1,
        "see whether a brace, quote or comma is missing",
    )


def _missing_parent_problems(
    entries: list[tuple[Entry, dict[str, str]]], parents: Mapping[str, object], where: str
) -> list[Problem]:
    """Name each ``crossref`` and ``xdata`` that leads nowhere, once, on the first line that has it."""
    missing_lines: dict[tuple[str, str], list[int]] = {}
    for entry, entry_fields in entries:
        for field, key in inheritance.parent_keys(entry_fields):
            if key not in parents:
                missing_lines.setdefault((field, key), []).append((entry.start_line or 0) + 1)
    cure = "add the entry, or rename it; until then what they share (year, venue) is unknown"
    return [
        EntryLocation(where, line=lines[0]).problem(
            f"{field} {quote_value(key)} is absent ({len(lines)} entries name it)", cure
        )
        for (field, key), lines in missing_lines.items()
    ]
