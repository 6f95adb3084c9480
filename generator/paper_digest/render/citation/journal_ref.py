"""A journal reference read back into its parts, or not at all.

arXiv's ``journal_ref`` is free text (https://info.arxiv.org/help/jref.html). A form that names
every part is split; any other text stays whole, because half a split would be a guess.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from paper_digest.render.citation import venues

_NAME = r"(?P<container>[^\W\d_][^\d,:;()]{1,80}?)"
_DASH = "[-\N{EN DASH}]"
_VOLUME = r"(?P<volume>[A-Z]?\d{1,4})"
_NUMBER = rf"(?P<issue>\d{{1,3}}(?:{_DASH}\d{{1,3}})?)"
_ISSUE = rf"(?: ?\({_NUMBER}\))?"
_RANGE = rf"(?P<pages>[A-Za-z]?\d{{1,8}}(?: ?{_DASH}{{1,2}} ?[A-Za-z]?\d{{1,8}})?)"
_PAGES = rf"(?:pp?\.? ?)?{_RANGE}"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORDED_ISSUE = rf"(?:, (?:[Nn]o\.|[Nn]umber|[Ii]ssue) ?{_NUMBER})?"
_WORDED_PAGES = rf"(?:[Pp]p?\.|[Pp]ages?) ?{_RANGE}"
_LOOSE_YEAR = rf"\(?(?:[A-Z][a-z]+\.? )?{_YEAR}\)?"

#: Each form names every part, so that nothing is left to guess.
_FORMS = tuple(
    re.compile(form + r"\.?\Z")
    for form in (
        # Phys. Rev. E 83, 056113 (2011)
        rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES} \({_YEAR}\)",
        # Physica A 391 (2012) 2752-2763
        rf"{_NAME},? {_VOLUME}{_ISSUE} \({_YEAR}\),? {_PAGES}",
        # SIAM J. Comput., 37(1):210-239, 2007
        rf"{_NAME},? {_VOLUME}{_ISSUE}[,:] ?{_PAGES}, {_YEAR}",
        # IEEE Trans. X, vol. 61, no. 5, pp. 24-29, May 2015; the year may stand in brackets
        rf"{_NAME},? [Vv]ol(?:ume|\.):? ?{_VOLUME}{_WORDED_ISSUE}, {_WORDED_PAGES},? {_LOOSE_YEAR}",
    )
)
#: What this project's own sources write behind the venue's name: `` 12(3), 45-67, 2021``.
_OWN = (
    re.compile(r"(?: (?P<volume>[^\s,()]+)(?:\((?P<issue>[^()]+)\))?)?(?:, (?P<pages>[^,]+))?, (?P<year>\d{4})\Z"),
    re.compile(r"(?: (?P<volume>[^\s,()]+)(?:\((?P<issue>[^()]+)\))?)?(?:, (?P<pages>[^,]+))?\Z"),
)  # fmt: skip
_LONE_YEAR = re.compile(r"(?<![\d./:-])(?:19|20)\d\d(?![\d/:-])")
_BRACKETED_YEAR = re.compile(r"\((?:[A-Z][a-z]+\.?,? )?((?:19|20)\d\d)\)")


class JournalRef(NamedTuple):
    """The parts of a reference; ``fully_parsed`` says that they cover the whole text."""

    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    fully_parsed: bool = False


def parse_journal_ref(journal_ref: str, venue: str = "") -> JournalRef:
    """Read a reference, with the bare name of its venue if that is known (both on one line)."""
    if not journal_ref:
        return JournalRef(venue, year=_only_year(venue))
    if venue and journal_ref.startswith(venue):
        for form in _OWN:
            if match := form.match(journal_ref[len(venue) :]):
                return _from_match(match, venue)
    for form in _FORMS:
        match = form.match(journal_ref)
        # A conference has no volume: a number behind its name is its year or its count.
        if match and venues.venue_kind(match["container"]) != "conference":
            return _from_match(match, "")
    return JournalRef(journal_ref, year=_only_year(journal_ref))


def _from_match(match: re.Match[str], venue: str) -> JournalRef:
    fields = {name: value or "" for name, value in match.groupdict().items()}
    return JournalRef(
        venue or fields["container"].strip(" ,"),
        fields["volume"],
        fields["issue"],
        re.sub(rf" ?{_DASH}+ ?", "-", fields["pages"]),
        fields.get("year", ""),
        fully_parsed=True,
    )


def _only_year(text: str) -> str:
    """Return the one year a text names; among several the one in brackets, if it is one."""
    bracketed, lone = set(_BRACKETED_YEAR.findall(text)), set(_LONE_YEAR.findall(text))
    for years in (bracketed, lone):
        if len(years) == 1:
            return str(years.pop())
    return ""
