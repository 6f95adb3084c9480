r"""arXiv's daily mail: entries between lines of ``\\``, new ones with abstracts, replaced ones without.

Form: https://info.arxiv.org/help/subscribe.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem
from paper_digest.model.ids import hash_text
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper, Sighting
from paper_digest.sources.arxiv import names
from paper_digest.sources.arxiv.record import ArxivRecord, paper_from_record
from paper_digest.sources.decode import read_text
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.text import fields
from paper_digest.text.dates import iso_day_from_rfc822

_EXPECTED = "expected arXiv's daily mail"
_ENTRY = late_pattern(r"^\\\\[ \t]*\n(?=arXiv:)", re.MULTILINE)
_SEPARATOR = late_pattern(r"^\\\\(?:[ \t]*$|[ \t]*\([^\n]*$)", re.MULTILINE)
_FIELD = late_pattern(r"^([A-Z][A-Za-z-]{2,20}):[ \t]+(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_REPLACED = late_pattern(r"^replaced with revised version (.*)$", re.MULTILINE)
_RULE = late_pattern(r"^(?:-{20,}|%%--%%.*)$", re.MULTILINE)
_SIZE = late_pattern(r"\s?\(\s?[\d.]+\s?[kmKM]?b[^()]*\)\s?\Z")


def is_mail(data: bytes) -> bool:
    """Tell whether ``data`` holds an entry of arXiv's mail."""
    return bool(re.search(rb"^\\\\[ \t]*\r?\n(?:Paper[^\n]*\n)?arXiv:\s?\S", data, re.MULTILINE))


def parse_mail(data: bytes, request: Request) -> Batch:
    """Read all entries of a mail, or of several in one file.

    An entry that is no paper is a problem. The mail does not say when it was sent, so its papers
    are sighted on no day.

    Raises:
        SourceError: the bytes are no text.
    """
    text, faults = read_text(data, request.url, _EXPECTED)
    papers: list[Paper] = []
    problems: list[Problem] = list(faults)
    page = f"mail:{hash_text(text.strip(), 8)}"
    starts = [match.end() for match in _ENTRY.finditer(text)]
    line, last = 1, 0
    for begin, end in zip(starts, (*starts[1:], len(text)), strict=True):
        line += text.count("\n", last, begin)
        last = begin
        location = EntryLocation(request.url, line=line, today=request.as_of)
        record = _record(_RULE.split(text[begin:end])[0], location, problems)
        sighting = Sighting("arxiv", page)
        if record and (paper := paper_from_record(record, location, sighting, problems)):
            papers.append(paper)
    return Batch(tuple(papers), tuple(problems))


def _record(entry: str, location: EntryLocation, problems: list[Problem]) -> ArxivRecord | None:
    """Read one entry; ``None`` for one that is cut off before its abstract."""
    head, *rest = _SEPARATOR.split(entry, maxsplit=2)
    given = {name.lower(): value for name, value in _FIELD.findall(head)}
    replaced = _REPLACED.search(head)
    whole = len(rest) == (1 if replaced else 2)
    if not whole:
        cure = "save the mail to its end"
        problems.append(
            location.problem("the entry has no end, so its last field was left out", cure)
        )
    if not rest:
        return None
    bare = re.match(r"arXiv:\s*(\S+)", head)
    return ArxivRecord(
        id=bare[1] if bare else "",
        title=given.get("title", ""),
        authors=names.split_authors(given.get("authors") or given.get("author", "")),
        abstract=_abstract(rest[0]) if whole and not replaced else "",
        categories=tuple(given.get("categories", "").split()),
        published=_day(given.get("date", "")),
        updated=_day(replaced[1]) if replaced else "",
        published_may_be_newest=True,
        comment=_value(given, "comments"),
        doi=_value(given, "doi"),
        journal_ref=_value(given, "journal-ref"),
        licence=_value(given, "license"),
    )


def _value(given: Mapping[str, str], name: str) -> str:
    return fields.one_line(given.get(name, ""))


def _day(text: str) -> str:
    return iso_day_from_rfc822(_SIZE.sub("", fields.one_line(text)))


def _abstract(text: str) -> str:
    """Return an abstract without the two blanks each of its lines begins with."""
    return "\n".join(line.removeprefix("  ") for line in text.strip("\n").split("\n"))
