"""BibTeX files: any ``.bib`` (Zotero, ACL, PMLR, INSPIRE, hand-made) as papers and problems.

The parser is bibtexparser's; what its blocks say is worked out by the modules beside this one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import date

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)

from paper_digest.model.errors import SourceError
from paper_digest.model.ids import title_key
from paper_digest.model.paper import Batch, Paper, Problem, Request
from paper_digest.sources import options
from paper_digest.sources.bibtex import paper, values
from paper_digest.sources.entry_location import Place, quoted
from paper_digest.text import fields

NAME = "bibtex"

#: Entry types that hold papers and are none themselves.
_CONTAINERS = frozenset({"proceedings", "mvproceedings", "collection", "xdata", "set", "control"})

_ENTRY = re.compile(r"@\s*\w+\s*[{(]")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)

# The parser logs each entry it gives up; here they come back as problems.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def start(opts: Mapping[str, object], since: date, until: date) -> tuple[Request, ...]:  # noqa: ARG001 - a .bib has no days
    """Return the addresses under ``urls``: files on the web that are read whole each time.

    Raises:
        ConfigError: an unknown option, or no web address.
    """
    return options.addresses(opts, NAME)


def parse(data: bytes, request: Request) -> Batch:
    """Read a whole ``.bib`` file.

    A paper that comes twice is kept twice, to be merged, and is a problem; one with another's id
    and another title is left out. Proceedings give their year and title to the papers that refer
    to them, and are no papers themselves.

    Raises:
        SourceError: the file holds no BibTeX entry at all.
    """
    text, problems = _decode(data, request.url)
    if not _ENTRY.search(text):
        came = "a web page" if _MARKUP.match(text) else "no entry" if text.strip() else "nothing"
        raise SourceError(
            request.url, f"BibTeX entries were expected, {came} came", "check the file or address"
        )
    blocks = parse_string(text, parse_stack=[]).blocks
    known = values.macros(blocks)
    read = []
    for block in blocks:
        entry = _entry(block)
        if entry is not None:
            said, faults = values.fields(entry, known)
            read.append((entry, said))
            problems += (
                _place(entry, request.url, line).problem(fields.one_line(what), "mend the field")
                for line, what in faults
            )
        elif isinstance(block, ParsingFailedBlock):
            problems.append(_unreadable(block, request.url))
    parents = values.by_key((entry.key, said) for entry, said in read)
    problems += _lost_parents(read, parents, request.url)
    papers = _papers(read, parents, request.url, problems)
    return Batch(tuple(papers), tuple(sorted(problems, key=lambda p: p.line or 0)))


def _papers(
    read: list[tuple[Entry, dict[str, str]]],
    parents: Mapping[str, Mapping[str, str]],
    where: str,
    problems: list[Problem],
) -> list[Paper]:
    """Make a paper of each entry; what keeps an entry from being one is added to ``problems``."""
    papers = []
    seen: dict[str, tuple[int, str]] = {}
    for entry, said in read:
        if entry.entry_type in _CONTAINERS:
            continue
        line = (entry.start_line or 0) + 1
        place = _place(entry, where, line)
        made = paper.paper(values.inherited(said, parents), where)
        problems += (place.problem(fields.one_line(what), cure) for what, cure in made.faults)
        if made.paper is None:
            continue
        first, title = seen.setdefault(made.paper.id, (line, title_key(made.paper.title)))
        same = title == title_key(made.paper.title)
        if same:
            papers.append(made.paper)
        if first != line:
            end = "both were merged" if same else "with another title, so this one was left out"
            what = f"{made.paper.id} stands on line {first} already; {end}"
            problems.append(place.problem(what, "keep one of the two, or mend its id"))
    return papers


def _entry(block: Block | None) -> Entry | None:
    """Return the entry in a block; the parser wraps those whose key or field comes twice."""
    if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
        return _entry(block.ignore_error_block)
    return block if isinstance(block, Entry) else None


def _place(entry: Entry, where: str, line: int) -> Place:
    return Place(where, fields.one_line(f"@{entry.entry_type}{{{entry.key}}}"), line)


def _unreadable(block: ParsingFailedBlock, where: str) -> Problem:
    start = fields.one_line((block.raw or "").strip().partition("\n")[0][:60])
    reason = fields.one_line(str(getattr(block.error, "abort_reason", block.error)))
    return Problem(
        where,
        f"“{start}” cannot be read: {reason}",
        (block.start_line or 0) + 1,
        "see whether a brace, quote or comma is missing",
    )


def _lost_parents(
    read: list[tuple[Entry, dict[str, str]]], parents: Mapping[str, object], where: str
) -> list[Problem]:
    """Name each ``crossref`` that leads nowhere, once, on the first line that has it."""
    lost: dict[str, list[int]] = {}
    for entry, said in read:
        parent = said.get("crossref", "").lower()
        if parent and parent not in parents:
            lost.setdefault(parent, []).append((entry.start_line or 0) + 1)
    cure = "add the entry, or rename it; until then what they share (year, venue) is unknown"
    return [
        Place(where, line=lines[0]).problem(
            f"crossref {quoted(parent)} is absent ({len(lines)} entries name it)", cure
        )
        for parent, lines in lost.items()
    ]


def _decode(data: bytes, where: str) -> tuple[str, list[Problem]]:
    """Decode UTF-8, UTF-16 with its mark, or, with a problem, Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").replace("\r\n", "\n").replace("\r", "\n"), []
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        what = "this is not UTF-8; the file was read as Latin-1"
        return data.decode("latin-1"), [Problem(where, what, line, "save the file as UTF-8")]
