"""What PubMed says of a work after it was out: retractions, expressions of concern, errata.

Tags: https://www.nlm.nih.gov/bsd/mms/medlineelements.html#cc
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Notice, Paper, Sighting
from paper_digest.text import fields
from paper_digest.text.printed_dates import parse_printed_date

#: The notices that name a work, by the tag of the work's own record: "erratum in", and so on.
_NOTICE_TAGS = {
    "ECI": "expression of concern",
    "PRIN": "partial retraction",
    "EIN": "correction",
    "CRI": "correction",
}
#: What a record of a notice is called, and the works it is about: "retraction of", and so on; "" takes a work back.
_NOTICE_TYPES = frozenset(
    {"Retraction of Publication", "Retraction Notice", "Published Erratum", "Expression of Concern"}
)
_WORK_TAGS = {
    "ROF": "",
    "ECF": "expression of concern",
    "PROF": "partial retraction",
    "EFR": "correction",
}
#: The DOI of another work that a field names: ``J Kites. 2022;1(2):3. doi: 10.5555/12345. PMID: 7``.
_NAMED_DOI = late_pattern(r"\bdoi: (10\.\S+?)[.;,]?(?=\s|\Z)", re.IGNORECASE)
_NAMED_PMID = late_pattern(r"\bPMID: (\d{1,9})\b")
_PRINTED_DAY = late_pattern(r"\. (\d{4} [A-Z][a-z]{2} \d{1,2})[;.]")


def withdrawal_reason(record: Mapping[str, list[str]]) -> str:
    """Return why a work was taken back, with the address of the notice, in Crossref's words; "" for one that stands."""
    if "Retracted Publication" not in record.get("PT", ()):
        return ""
    notice = _notice_address(" ".join(record.get("RIN", ())))
    return f"Retraction: {notice}" if notice else "Retraction"


def notices(record: Mapping[str, list[str]]) -> tuple[Notice, ...]:
    """Return what was said of a work short of taking it back, each notice once, in order."""
    stated = {
        (kind, _notice_address(text)): _notice_day(text)
        for tag, kind in _NOTICE_TAGS.items()
        for text in record.get(tag, ())
    }
    return tuple(Notice(kind, url, day) for (kind, url), day in sorted(stated.items()))


def noticed_papers(record: Mapping[str, list[str]], doi: str, page: str) -> tuple[Paper, ...]:
    """Return, for each work with a DOI that the record of a notice is about, what the notice says of it, and nothing else.

    It is a statement of its own, under the notice's number, beside the work's record.

    Args:
        record: the fields of a record, by tag.
        doi: the record's own.
        page: what names the file.

    Returns:
        () for the record of a paper, and of a notice that names no DOI but its own.
    """
    if _NOTICE_TYPES.isdisjoint(record.get("PT", ())):
        return ()
    number = next(iter(record.get("PMID", ())), "")
    address = f"https://doi.org/{doi}" if doi else f"https://pubmed.ncbi.nlm.nih.gov/{number}/"
    day = parse_printed_date(next(iter(record.get("DEP", record.get("DP", ()))), "")).iso
    day = day if len(day) == len("YYYY-MM-DD") else ""
    kinds: dict[str, set[str]] = {}
    for tag, kind in _WORK_TAGS.items():
        for text in record.get(tag, ()):
            named = _NAMED_DOI.search(text)
            work = fields.parse_doi(named[1]) if named else ""
            if work and work != doi:
                kinds.setdefault(work, set()).add(kind)
    return tuple(
        Paper(
            id=f"doi:{work}",
            doi=work,
            withdrawn=f"Retraction: {address}" if "" in stated else "",
            notices=tuple(Notice(kind, address, day) for kind in sorted(stated) if kind),
            sightings=(Sighting("pubmed", page, entry=number),),
        )
        for work, stated in kinds.items()
    )


def _notice_address(text: str) -> str:
    """Return the address of the work that a field names: by its DOI, else its page in PubMed; "" where it says neither."""
    named = _NAMED_DOI.search(text)
    if named and (doi := fields.parse_doi(named[1])):
        return f"https://doi.org/{doi}"
    number = _NAMED_PMID.search(text)
    return f"https://pubmed.ncbi.nlm.nih.gov/{number[1]}/" if number else ""


def _notice_day(text: str) -> str:
    """Return the day a notice is of, where it is said whole: ``J Kites. 2022 Jan 5;1(2):3.``."""
    printed = _PRINTED_DAY.search(text)
    day = parse_printed_date(printed[1]).iso if printed else ""
    return day if len(day) == len("YYYY-MM-DD") else ""
