"""Lists of papers by id or address: one a line, or a reading list in Markdown with links.

A list says nothing of its papers but which they are, so nothing is made of it but names to ask
other sources for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.paper_addresses import advice_for, clean_reference
from paper_digest.sources.source import Source
from paper_digest.text.fields import parse_arxiv_id

_EXPECTED = "expected ids or addresses of papers, one a line, or Markdown with links to them"
_COMMENT = late_pattern(r"(?:\A|\s)#.*")
_BULLET = late_pattern(r"\s*(?:(?:[-*+>]|\d{1,4}[.)]|\[[ xX]?\])\s+)+")
_SEPARATOR = late_pattern(r"\s*[,;|\s]\s*")
#: What may name a paper inside a sentence: an address, or an id with its kind before it.
_TAGGED = late_pattern(r"https?://[^\s<>\"\[\]]+|\b(?:arxiv|doi|acl|openreview):\s*[^\s<>\"\[\]]+|(?<![\w./-])10\.\d{4,9}/[^\s<>\"\[\]]+", re.IGNORECASE)  # fmt: skip
#: What is meant as a paper inside a sentence and cannot be taken: a number may be another thing, and of PubMed's nobody is asked.
_UNTAGGED = late_pattern(r"https?://[^\s<>\"\[\]]+|\bPM(?:C?ID\b\s*:?\s*(?:PMC)?|C)\d{4,9}\b|(?<![\w./:=?-])(?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?![\w/-]|\.\d)", re.IGNORECASE)  # fmt: skip
_MAX_NAME_CHARACTERS = 2000
#: A longer line is no list's.
_MAX_LINE_CHARACTERS = 10_000


def parse(data: bytes, request: Request) -> Batch:
    """Read a list; what follows a ``#`` is a comment.

    Returns:
        A batch without papers, whose ``paper_names`` are ids and addresses in order, each once. A
        line that should name a paper and does not is a problem.

    Raises:
        SourceError: the file names no paper at all.
    """
    text, faults = read_text(data, request.url, _EXPECTED)
    problems: list[Problem] = list(faults)
    names: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        entry = _without_comment(line)
        if not entry:
            continue
        named = tuple(_names(entry))
        names |= dict.fromkeys(named)
        location = EntryLocation(request.url, line=number)
        if unread := tuple(_unread(entry, named)):
            cure = "write it as an arXiv address or a DOI, or its arXiv id on a line of its own"
            problems += (
                location.problem(f"{quote_value(t)} was not asked for", cure) for t in unread
            )
        elif named:
            continue
        elif " " not in entry or _BULLET.match(line):
            cure = "write its id, DOI or address"
            problems.append(location.problem(f"{quote_value(entry)} names no paper", cure))
    if not names:
        raise SourceError(request.url, f"names no paper; {_EXPECTED}", "check which file it is")
    return Batch(problems=tuple(problems), paper_names=tuple(names))


def is_plain_list(data: bytes) -> bool:
    """Tell whether each line of a file is an id or address of a paper, or a comment."""
    try:
        text, _ = read_text(data, "", _EXPECTED)
    except SourceError:
        return False
    entries = list(filter(None, map(_without_comment, text.split("\n"))))
    return bool(entries) and all(map(_names_in_row, entries))


def _without_comment(line: str) -> str:
    entry = _COMMENT.sub("", line)
    bullet = _BULLET.match(entry)
    return (entry[bullet.end() :] if bullet else entry).strip()


def _names(entry: str) -> Iterable[str]:
    """Return the papers of a line: all of its words, or those with a tag in a sentence."""
    if len(entry) > _MAX_LINE_CHARACTERS:
        return ()
    if names := _names_in_row(entry):
        return names
    return filter(_is_name, (clean_reference(match[0]) for match in _TAGGED.finditer(entry)))


def _names_in_row(entry: str) -> tuple[str, ...]:
    """Return the papers of a line that holds nothing else; of any other line, none."""
    if len(entry) > _MAX_LINE_CHARACTERS:
        return ()
    # Two DOIs with a semicolon between have the form of one.
    words = tuple(clean_reference(word) for word in _SEPARATOR.split(entry) if word)
    if all(map(_is_name, words)):
        return words
    whole = clean_reference(entry)
    return (whole,) if _is_name(whole) else ()


def _unread(entry: str, names: tuple[str, ...]) -> Iterable[str]:
    """Return what is meant as a paper in a line beside the names that were taken from it."""
    if len(entry) > _MAX_LINE_CHARACTERS or names == _names_in_row(entry) != ():
        return
    for match in _UNTAGGED.finditer(entry):
        text = clean_reference(match[0])
        is_paper = text[:2].upper() == "PM" or (
            bool(advice_for(text)) if "://" in text else bool(parse_arxiv_id(text)[0])
        )
        if is_paper and not any(text in name for name in names):
            yield text


def _is_name(text: str) -> bool:
    from paper_digest.sources.registry import registry  # noqa: PLC0415 - it imports this module

    if len(text) > _MAX_NAME_CHARACTERS:
        return False
    try:
        registry().locate_record(text)
    except SourceError:
        return False
    return True


SOURCE = Source(
    name="ids",
    title="Lists of ids",
    phrase="a list of ids",
    files_help="Read lists of ids and addresses, as text or Markdown, and ask for each paper like `digest add`.",
    parse=parse,
    carries=frozenset(),
)
