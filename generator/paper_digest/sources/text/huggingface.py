"""The Hugging Face papers page saved as text: title, abstract, ``• N authors``, ``·``, date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from paper_digest.model.batch import Batch
from paper_digest.model.errors import Problem
from paper_digest.model.ids import title_id
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper, Sighting
from paper_digest.text import fields
from paper_digest.text.dates import MONTH_ABBREVIATIONS, iso_day
from paper_digest.text.weblinks import find_links

_DATE = late_pattern(
    rf"({'|'.join(MONTH_ABBREVIATIONS)}) (\d{{1,2}})(?:, (\d{{4}}))?(?:\s+(\d+))?\Z"
)
_AUTHOR_COUNT = late_pattern(r"[•·*]\s*([\d,]+) authors?\Z")
_HEADER_LINE = late_pattern(
    r"(?:new|subscribe|daily papers|trending papers|get trending papers in your email inbox!?"
    r"|by\s?AK and the research community)\Z",
    re.IGNORECASE,
)

#: Longer than any title, shorter than most paragraphs.
MAX_TITLE_CHARS = 400


class PageEntry(msgspec.Struct):
    """One paper of the page as it is read: its lines, and the line number of its title."""

    line: int
    title: str
    abstract: list[str] = []
    author_count: int | None = None
    date: re.Match[str] | None = None


def matches_text(text: str) -> bool:
    """Tell whether the header of ``text`` is that of the papers page."""
    head = [line.strip() for line in text.strip().split("\n")[:20]]
    return sum(bool(_HEADER_LINE.match(line)) for line in head) > 1


def parse_text(text: str, where: str, page: str, saved_on: str) -> Batch:
    """Read all entries of a page.

    The site leaves the year out of a date in the page's own year, so that year is the one after
    the latest year printed on the page; ``saved_on`` (ISO date, or "") overrides it. Where nothing
    tells the year, dates without one stay as they are printed.
    """
    problems: list[Problem] = []
    entries, page_date = _entries(text, where, problems)
    years = [int(e.date[3]) for e in entries if e.date and e.date[3]]
    year = int(saved_on[:4]) if saved_on else max(years, default=0) + 1 if years else None
    seen = saved_on or _iso_date(page_date, year)
    papers: list[Paper] = []
    for entry in entries:
        published = _iso_date(entry.date, year)
        inferred = bool(published and entry.date and not entry.date[3])
        if inferred and not saved_on and seen and published > seen:
            what = f"{entry.date[0] if entry.date else ''} of {year} lies after the page's own day"
            problems.append(Problem(where, what, entry.line, "give the page's day with --date"))
            published, inferred = "", False
        papers.append(
            _paper(
                entry,
                published,
                inferred=inferred,
                sighting=Sighting(
                    "text",
                    f"huggingface:{page}",
                    seen=seen,
                    inferred=bool(seen and not saved_on),
                    comments=int(entry.date[4]) if entry.date and entry.date[4] else None,
                    as_of=seen if entry.date and entry.date[4] else "",
                    seen_as="" if seen else _printed(page_date),
                    published_as="" if published else _printed(entry.date),
                ),
            )
        )
    return Batch(tuple(papers), tuple(problems))


def _entries(
    text: str, where: str, problems: list[Problem]
) -> tuple[list[PageEntry], re.Match[str] | None]:
    """Cut the page into entries; also returns the page's own date."""
    entries: list[PageEntry] = []
    page_date: re.Match[str] | None = None
    after_facts = False  # the last line read was a fact of the last entry, not a text
    for number, line in _lines(text):
        date_match, count_match = _DATE.match(line), _AUTHOR_COUNT.match(line)
        if not entries and (_HEADER_LINE.match(line) or date_match):
            page_date = page_date or date_match
        elif count_match and entries:
            entries[-1].author_count = fields.valid_count(int(count_match[1].replace(",", "")))
            after_facts = True
        elif line == "·" and entries:
            after_facts = True
        elif date_match and after_facts:
            entries[-1].date = date_match
        elif entries and not after_facts and _is_abstract_line(entries[-1], line):
            entries[-1].abstract.append(line)
        else:
            after_facts = False
            entries.append(PageEntry(number, line))
    problems.extend(
        Problem(where, f"{e.title[:60]!r} has no abstract", e.line, "check it in the saved page")
        for e in entries
        if not e.abstract
    )
    return entries, page_date


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if stripped := fields.strip_invisible(line).strip():
            yield number, stripped


def _is_abstract_line(entry: PageEntry, line: str) -> bool:
    """Tell whether a line is the abstract of ``entry``, or one more paragraph of it."""
    return not entry.abstract or len(line) > MAX_TITLE_CHARS


def _iso_date(date_match: re.Match[str] | None, year: int | None) -> str:
    if not date_match or not (date_match[3] or year):
        return ""
    try:
        day = date(
            int(date_match[3] or year or 0),
            MONTH_ABBREVIATIONS.index(date_match[1]) + 1,
            int(date_match[2]),
        )
    except ValueError:
        return ""
    return iso_day(day.isoformat())


def _printed(date_match: re.Match[str] | None) -> str:
    """Return a date as it stands on the page, without the count that may follow it."""
    if not date_match:
        return ""
    year = f", {date_match[3]}" if date_match[3] else ""
    return f"{date_match[1]} {date_match[2]}{year}"


def _paper(entry: PageEntry, published: str, *, inferred: bool, sighting: Sighting) -> Paper:
    abstract = fields.clean_block("\n\n".join(entry.abstract))
    title = fields.one_line(entry.title)
    return Paper(
        id=title_id(title),
        title=title,
        author_count=entry.author_count,
        published=published,
        inferred=inferred,
        abstract=abstract,
        truncated=abstract.endswith(("...", "…")),
        links=find_links(abstract),
        sightings=(sighting,),
    )
