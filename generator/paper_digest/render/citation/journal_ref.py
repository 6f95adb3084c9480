"""A journal reference read back into its parts, or left whole.

arXiv's ``journal_ref`` is free text (https://info.arxiv.org/help/jref.html). A reference is split
only where every part of it is understood; what is not is never taken for a journal's name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern
from paper_digest.render.citation.journal_names import full_journal_name
from paper_digest.render.citation.locators import MONTH, YEAR, Locators, read_locators
from paper_digest.render.citation.proceedings_ref import (
    COUNTRIES,
    proceedings_name,
    proceedings_pages,
    proceedings_volume,
)
from paper_digest.text import venues

#: A longer text is no reference; it is left whole.
MAX_REFERENCE_CHARACTERS = 400

#: A brace between two numbers was a dash in TeX's old text encoding.
_DASH = late_pattern(
    "(?<=\\d)[{](?=\\d)|[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]"
)
#: What this project's own sources write behind the venue's name: `` 12(3), 45-67, 2021``, `` 12 Suppl 1(3 Pt 1), S4-S6, S9, 2021``, ``, LNCS vol. 12, 1-9, 2021``.
_OWN_NUMBERS = r"(?:(?:, (?P<series>.{2,120}?) vol\.)? (?P<volume>[^\s,()]+(?: (?:suppl|pt|part|spec|special)\b[^,()]*(?<!\s))?)(?:\((?P<issue>[^()]+)\))?)?"
_OWN = (
    late_pattern(rf"{_OWN_NUMBERS}(?:, (?P<pages>[^,()]+|[^\s,()]+[-\u2013][^\s,()]+(?:, [^\s,()]+)+))?, (?P<year>\d{{4}})\Z", re.IGNORECASE),
    late_pattern(rf"{_OWN_NUMBERS}(?:, (?P<pages>[^,()]+))?\Z", re.IGNORECASE),
)  # fmt: skip
#: Numbers of other kinds, and remarks, which no citation needs.
_SERIAL_NUMBER = late_pattern(
    r"[\s,;.|]*[\[(]?(?:\b(?:[ep]|print|online)[ -]?)?\bISSN\b(?:\s*\((?:Online|Print)\))?[:\s]*\d{4}[ -]?\d{3}[\dX][\])]?",
    re.IGNORECASE,
)
_NOISE = late_pattern(
    r"[\s,;.]*[\[(]?\b(?:ISSN|ISBN|arXiv:|doi:|lmcs:\d|https?://|www\.|\(in Russian|Erratum|Published (?:online|by)\b)"
    r".*\Z",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHER = late_pattern(
    r"(?<=\d|\))[\s,;.]+(?:Elsevier(?: Publishers| B\.?V\.?)?|Springer(?:[- ]Verlag)?|IEEE|ACM|Wiley|Taylor & Francis"
    r"|IOP(?: Publishing)?|NY, USA|USA|UK|India)\.?\Z"
)
#: HAL prints the publisher between name and year: ``Wear, Elsevier, 2014, 41 (15)``.
_PUBLISHER_WITHIN = late_pattern(
    r"(?<=[a-z]{2}), (?:Elsevier|Springer(?:[- ]Verlag)?|Wiley(?:-Blackwell)?|Taylor & Francis|IOP Publishing|SAGE Publications"
    r"|Institute of Electrical and Electronics Engineers|Association for Computing Machinery|World Scientific Publishing"
    r"|Oxford University Press(?: \(OUP\))?|Cambridge University Press(?: \(CUP\))?)(?=, (?:19|20)\d\d, )"
)
#: The number of Episciences and of LMCS behind the date: ``jdmdh:18``.
_OVERLAY_NUMBER = late_pattern(r"\s+[a-z]{3,9}:\d{1,6}\Z")
_REPRINT = late_pattern(r"[\s;,\[(]*\berratum\b.*\Z", re.IGNORECASE)
_TO_APPEAR = late_pattern(
    r"\A(?:(?:to appear|accepted|forthcoming|in press)\b(?: for publication)?(?: in| by)?|published in|appeared in)\b[\s:,]*"
    r"|[\s,(]*\b(?:in press|to appear|accepted)\)?\.?\Z",
    re.IGNORECASE,
)
#: Where the locators begin: a number, or a word that comes before one.
_LOCATORS_START = late_pattern(
    rf"[\s,;:.(\[]*(?:(?<![A-Za-z])(?:vol(?:ume)?s?|bd|tome?|issues?|no|nr|number|pages?|pp|article)\b[.\s:-]*(?=[\dIVX(]|[A-Z]{{1,3}}-?\d|PP)"
    rf"|(?<![A-Za-z])(?:v|p|V)[.\s]*(?=\d)|(?<![\w-])[A-Z]?(?=\d)|(?=\d)|(?<![A-Za-z]){MONTH}\s*,?\s*{YEAR})",
    re.IGNORECASE,
)
_LEADING_YEAR = late_pattern(rf"\A\(?({YEAR})\)?[,.:]?\s+(?=[A-Z])")
_INVERTED_IEEE = late_pattern(
    r"\A(?P<rest>.+?), (?P<first>IEEE(?:/ACM)?(?: Transactions on| Journal (?:on|of))?)\Z"
)
_SPECIAL_ISSUE = late_pattern(r",?\s*special issue\b.*", re.IGNORECASE)
_ACRONYM = late_pattern(
    r"(?:[\s,]*\(\s*(?=[\w&-]*[A-Z][\w&-]*[A-Z])[\w&-]{2,14}\s*\)|(?<=[a-z])\([a-z]{3,10}\)|,\s*[A-Z]{3,8})\Z"
)
#: What a journal's name may be, and signs that a text is more than one.
_NAME = late_pattern(r"[^\W\d_](?:[^\W\d_]|[ .,&:'()/-]){1,118}\Z")
_NO_NAME = late_pattern(
    r"[a-z]{9,}\. [A-Z]|\bet al\b|\beds?\b|\b(?:in|on|of|the|and|for|with|vol|no|PhD|thesis|submitted|chapter)\.?\Z|/\s*\Z|\A(?:in|chapter)\s"
    r"|\A(?:SEKI |technical )?report\b|\b(?:thesis|preprint|published|version)\b",
    re.IGNORECASE,
)
_SUBTITLE = late_pattern(r",\s*(?:series|ser\.|part|section|sect\.|and|&)\b", re.IGNORECASE)
_JOURNAL_WORD = late_pattern(
    r"\A[^,]*\b(?:j(?:ournal|\.)|ieee|acm|trans(?:actions)?\b|annals|archives|advances|acta|review)",
    re.IGNORECASE,
)
_SERIES_NAME = late_pattern(
    r"\b(?:lecture notes in|lncs\b|lnai\b|eptcs\b|electronic proceedings in theor|lipics\b|leibniz international|ceur\b|"
    r"communications in computer and information science|aip conf|proc\w*\.? (?:of )?spie|pmlr\b|"
    r"proceedings of machine learning research)",
    re.IGNORECASE,
)
_LONE_YEAR = late_pattern(r"(?<![\d./:-])(?:19|20)\d\d(?![\d/:-])")
_BRACKETED_YEAR = late_pattern(r"\((?:[A-Z][a-z]+\.?,? )?((?:19|20)\d\d)\)")


class JournalRef(NamedTuple):
    """The parts of a reference; ``unread`` is a reference that was left whole, and has no ``container``.

    ``kind`` is ``journal`` or ``conference`` where the parts say so, else "": the name decides.
    """

    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: str = ""
    series: str = ""
    kind: str = ""
    unread: str = ""


@lru_cache(maxsize=8192)
def parse_journal_ref(journal_ref: str, venue: str = "") -> JournalRef:
    """Read a reference, with the bare name of its venue if that is known (both on one line)."""
    if not journal_ref:
        return JournalRef(venue, year=_only_year(venue), kind=_kind_by_name(venue))
    if venue and journal_ref.startswith(venue):
        for form in _OWN:
            if match := form.match(journal_ref[len(venue) :]):
                return _from_own(match, venue)
    plain = _DASH.sub("-", journal_ref)
    if len(plain) > MAX_REFERENCE_CHARACTERS:
        return JournalRef(venue, year=_only_year(venue), unread=journal_ref)
    tidy = _PUBLISHER.sub(
        "", _NOISE.sub("", _SERIAL_NUMBER.sub("", _TO_APPEAR.sub("", plain)))
    ).strip(" ,;.")
    tidy = _OVERLAY_NUMBER.sub("", _PUBLISHER_WITHIN.sub("", _REPRINT.sub("", tidy) or tidy))
    return (
        _read_journal(tidy)
        or _read_proceedings(tidy)
        or JournalRef(venue, year=_only_year(plain), unread=journal_ref)
    )


def _from_own(match: re.Match[str], venue: str) -> JournalRef:
    parts = {name: value or "" for name, value in match.groupdict().items()}
    pages = re.sub(r" ?-+ ?", "-", _DASH.sub("-", parts["pages"]))
    kind = "journal" if parts["volume"] and not venues.venue_kind(venue) else _kind_by_name(venue)
    if parts["series"]:
        kind = "conference"
    return JournalRef(
        venue,
        parts["volume"],
        parts["issue"],
        pages,
        parts.get("year", ""),
        series=parts["series"],
        kind=kind,
    )


def _kind_by_name(venue: str) -> str:
    """Return ``journal`` for one of the journals known by name, whatever it is called (``Conference Series``)."""
    known = full_journal_name(venue)
    return "journal" if known and not _SERIES_NAME.search(known) else ""


def _read_journal(text: str) -> JournalRef | None:
    """Read a name and what stands behind it; ``None`` unless all of it is understood."""
    leading = _LEADING_YEAR.match(text)
    if leading:
        text = f"{text[leading.end() :]} ({leading[1]})"
    start = _LOCATORS_START.search(text)
    name, rest = (text[: start.start()], text[start.start() :]) if start else (text, "")
    glued = (
        re.search(r"(?<=[a-z.])[A-EX]\Z|(?<=[a-z.] )[A-EX]\Z", text[: start.end()])
        if start
        else None
    )
    if glued and start:  # Phys.Rev.D76: the letter is the journal's, Phys. Rev. P12 a page's
        name, rest = text[: start.end()], text[start.end() :]
    elif rest.startswith(".,") or (rest.startswith(".") and "." in name):
        name += "."
    name = _tidy_name(name)
    locators = read_locators(rest)
    if locators is None or not _is_journal_name(name):
        return None
    known = full_journal_name(name)
    return _journal_from(known or name, locators, is_known=bool(known))


def _journal_from(name: str, locators: Locators, *, is_known: bool) -> JournalRef | None:
    kind = venues.venue_kind(name)
    in_series = bool(_SERIES_NAME.search(name)) and bool(locators.volume)
    if is_known and not in_series:
        kind = "journal"
    elif kind == "unpublished" or (kind == "conference" and not in_series):
        return None
    elif in_series:
        kind = "conference"
    elif not kind and locators.volume and (locators.pages or locators.issue or locators.year):
        kind = "journal"
    elif kind != "journal":
        return None
    return JournalRef(
        name, locators.volume, locators.issue, locators.pages, locators.year, kind=kind
    )


def _tidy_name(name: str) -> str:
    name = _SPECIAL_ISSUE.sub("", name).strip(" ,;:([-")
    for _ in range(2):
        if not _INVERTED_IEEE.match(name):
            name = _ACRONYM.sub("", name).strip(" ,;:-")
    if inverted := _INVERTED_IEEE.match(name):
        name = f"{inverted['first']} {inverted['rest']}"
    return " ".join(name.split())


def _is_journal_name(name: str) -> bool:
    if not _NAME.match(name) or name.count("(") != name.count(")") or _NO_NAME.search(name):
        return bool(full_journal_name(name)) and bool(name)
    if name.rpartition(",")[2].strip().lower() in COUNTRIES or (
        name[0].islower() and not name.startswith("npj ")
    ):
        return False
    has_comma = "," in _SUBTITLE.sub("", name)
    return not has_comma or bool(_JOURNAL_WORD.search(name))


def _read_proceedings(text: str) -> JournalRef | None:
    if venues.venue_kind(text) != "conference":
        return None
    name = proceedings_name(text)
    if not name or venues.venue_kind(name) != "conference":
        return None
    series, volume = proceedings_volume(text)
    year = _only_year(text) or _only_year(name)
    return JournalRef(
        name, volume, "", proceedings_pages(text), year, series=series, kind="conference"
    )


def _only_year(text: str) -> str:
    """Return the one year a text names; among several the one in brackets, if it is one."""
    bracketed, lone = set(_BRACKETED_YEAR.findall(text)), set(_LONE_YEAR.findall(text))
    for years in (bracketed, lone):
        if len(years) == 1:
            return str(years.pop())
    return ""
