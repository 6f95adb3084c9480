"""Volume, issue, pages and year of a reference: what stands behind the name of a journal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern

YEAR = r"(?:19|20)\d\d"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)(?![a-z])\.?"
)
#: ``12-34``, ``A957-A986``, ``195.1-195.10``; an article's number has letters too: ``e94414``.
_PAGE = r"[A-Z]{0,2}\d{1,8}(?:\.\d{1,4}(?![\d:]))?(?:\(R\))?"
RANGE = rf"{_PAGE}\s?-{{1,2}}\s?[A-Z]{{0,2}}\d{{1,8}}(?:\.\d{{1,4}})?"
_COUNT = r"\d{1,4}(?:\s?[-/&+]\s?\d{1,4}(?![\d-]))*[A-Z]?"
_DAY = r"[0-3]?\d(?!\d)(?:st|nd|rd|th)?"
_DAYS = rf"(?:{_DAY}(?:\s?-\s?{_DAY})?\.?\s+)?"
_DAYS_BEHIND = rf"(?:{_DAY}(?:\s?-\s?{_DAY})?(?:,\s*|\s+))?"
PAGES = rf"(?:pages?(?:\s+numbers?)?|page\(s\)|p\.\s?p|(?-i:pp?|Pp?(?=[.\s]))|pgs?)\.?\s*:?\s*(?P<pages>{RANGE}|\d{{2,6}},\d{{2,6}}(?=,)|{_PAGE})"

#: What a reference is made of, tried in this order at each place.
_PARTS = tuple(
    (kind, late_pattern(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("", r"[\s,;:.|]+|\(\s*\)|(?:Elsevier|Springer(?:[- ]Verlag)?|IEEE|ACM|Wiley)(?: B\.?V\.?| Publishers?| Press)?\b"),
        ("pages", rf"\(\s*{PAGES}\s*\)|{PAGES.replace('<pages>', '<bare_pages>')}(?![\w])"),
        ("pages", rf"(?:article|art|paper)\.?\s*(?:no|number|id|nr)?\.?\s*:?\s*(?P<article>{_PAGE}[a-z]?)(?!\w)"),
        ("volume", r"\(?\s*(?:vol(?:ume)?s?|bd|tome?|v(?=[.\s:]*\d))[.\s:-]*(?P<volume>(?:[A-Z]|[A-Z]{2,3}-)?\d{1,4}(?:-?[A-Z])?|(?-i:[IVXLC]{1,7}))(?![A-Z\d])"),
        ("issue", rf"\(?\s*(?:(?:issues?|iss|nos?|nr|num(?:ber)?s?)(?![A-Z])|n(?=[.\s:]*\d))[.\s:-]*(?P<issue>{_COUNT}|(?-i:[IVX]{{1,5}}))(?![A-Z\d])(?:\s*\))?"),
        ("year", rf"\(?\s*(?:publication year:?\s*)?{_DAYS}{MONTH}(?:\s?[-/]\s?{_DAYS}{MONTH})?[\s,]*{_DAYS_BEHIND}(?P<dated_year>{YEAR})(?!\d)\s*\)?"),
        ("year", rf"\(\s*(?P<year>{YEAR})[a-d]?\s*\)|publication year:?\s*(?P<said_year>{YEAR})"),
        ("", rf"\(?\s*{_DAYS}{MONTH}(?:\s?[-/]\s?{MONTH})?(?![\w])\s*\)?"),
        ("issue:pages", r"\(\s*(?P<lmcs_issue>\d{1,2})\s?:\s?(?P<lmcs_number>\d{1,3})\s*\)"),
        ("span", rf"\(\s*(?P<bracketed>{RANGE})\s*\)"),
        ("issue", r"\(\s*(?P<bracketed_issue>\d{1,3}(?:\s?[-/&,+]\s?\d{1,4})*[A-Z]?)\s*\)"),
        ("number", r"\(\s*(?P<bracketed_number>\d{4,8})\s*\)"),
        ("volume/issue", r"(?P<slash_volume>\d{1,4})\s?/\s?(?P<slash_issue>\d{1,3}(?:-\d{1,3})?)(?!\d)"),
        ("volume/issue", r"(?P<dot_volume>\d{1,4})\.(?P<dot_issue>\d{1,2})(?=\s*[:,(])"),
        ("pages", r"(?P<own_pages>\d{1,4}:\d{1,3}-{1,2}\d{1,4}:\d{1,3})(?!\w)"),
        ("range", r"(?-i:P)(?P<marked_range>\d{1,6}-{1,2}\d{1,6})(?![\w.])"),
        ("range", rf"(?P<range>{RANGE})(?![\w.])"),
        ("year?", rf"(?P<bare_year>{YEAR})(?![\w])"),
        ("number", r"(?P<number>[A-Z]{0,2}\d{1,8}(?:\.\d{1,3}(?!\d))?(?:[A-Z]|\((?-i:R)\))?)(?![\w])"),
    )
)  # fmt: skip
#: A lone number is a volume; one of a letter or of more digits is an article's: ``P11010``.
_VOLUME = late_pattern(r"[A-D]?\d{1,4}[A-Z]?\Z")
_MAX_PARTS = 40
_MAX_ISSUE_SPAN = 4


class Locators(NamedTuple):
    """Where a paper stands in its journal; "" is unknown. ``pages`` is ``12-34`` or an article's number."""

    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""


def read_locators(text: str) -> Locators | None:
    """Read the part of a reference behind the name; ``None`` if any of it can be read in no, or two ways."""
    parts = _parts(text)
    if parts is None:
        return None
    values: dict[str, list[str]] = {}
    for kind, value in parts:
        values.setdefault(kind, []).append(value)
    year = _year(values)
    numbers = [
        value
        for kind, value in parts
        if kind == "number" or (kind == "year?" and year is not None and value != year)
    ]
    labelled = {
        kind: list(dict.fromkeys(values.get(kind, []))) for kind in ("volume", "issue", "pages")
    }
    ranges = values.get("range", [])
    if year is None or any(len(options) > 1 for options in labelled.values()):
        return None
    volume, issue, pages = ("".join(labelled[kind]) for kind in ("volume", "issue", "pages"))
    if ranges and not pages:
        pages = ranges.pop()
    if not volume and numbers and (len(numbers) > 1 or pages or _VOLUME.match(numbers[0])):
        volume = numbers.pop(0)
    if ranges and not issue and volume and _is_narrow(ranges[0]):
        issue = ranges.pop()
    if numbers and pages and not issue and len(numbers[0]) < len("1000"):
        issue = numbers.pop(0)
    if numbers and not pages:
        pages = numbers.pop(0)
    if ranges or numbers:
        return None
    return Locators(volume, _tight(issue), _tight(pages), year)


def _parts(text: str) -> list[tuple[str, str]] | None:
    """Cut a text into its parts: kind and value; ``None`` if a part is of no known kind."""
    parts: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        for kind, pattern in _PARTS:
            match = pattern.match(text, position)
            if match and match.end() > position:
                parts += _values(kind, match)
                position = match.end()
                break
        else:
            return None
        if len(parts) > _MAX_PARTS:
            return None
    return parts


def _values(kind: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    given = [value for value in match.groups() if value]
    kinds = kind.replace("/", ":").split(":")
    if kind == "span":
        yield "issue" if _is_narrow(given[0]) else "pages", given[0]
    elif kind:
        yield from zip(kinds, given, strict=True)


def _year(values: dict[str, list[str]]) -> str | None:
    """Return the one year, "" where there is none, ``None`` where there are several."""
    for kind in ("year", "year?"):
        years = set(values.get(kind, []))
        if years:
            return years.pop() if len(years) == 1 else None
    return ""


def _is_narrow(span: str) -> bool:
    """Tell whether a span is one of issues (``3-4``) and not of pages."""
    first, _, last = span.partition("-")
    ends = first.strip(), last.strip(" -")
    return all(end.isdigit() for end in ends) and 0 < int(ends[1]) - int(ends[0]) < _MAX_ISSUE_SPAN


def _tight(text: str) -> str:
    return re.sub(r"\s?-{1,2}\s?|,", "-", text)
