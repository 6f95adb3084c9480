"""arXiv's OAI-PMH answers: records as ``arXiv``, ``arXivRaw``, ``arXivOld`` or ``oai_dc``.

Protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html; formats:
https://info.arxiv.org/help/oa/index.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.paper import Author, Paper, Sighting, Version
from paper_digest.model.quoting import quote_outside
from paper_digest.sources.arxiv import names
from paper_digest.sources.arxiv.record import ArxivRecord, arxiv_id_or_problem, paper_from_record
from paper_digest.sources.decode import child_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.text.dates import iso_day, iso_day_from_rfc822

#: What the sightings of this format are called: a harvest is no page of its own.
SIGHTING_PAGE = "oai"

_ERROR_CURES = {
    "badResumptionToken": "start the harvest again: tokens end at midnight UTC",
    "badArgument": "check the set, the format and the days under `follow:`",
    "cannotDisseminateFormat": "use arXivRaw, arXiv or oai_dc",
}

#: Archives whose name is a category; the last part of any other set is one of its classes.
_CATEGORY_ARCHIVES = frozenset(
    {"gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph"}
)


def parse_oai(root: Element, request: Request) -> Batch:
    """Read one answer; ``Batch.next`` asks for the records after it.

    Raises:
        SourceError: an OAI-PMH error other than "no records match", or an answer without records.
    """
    where = request.url
    if (error := root.find("{*}error")) is not None:
        code = error.get("code", "")
        if code == "noRecordsMatch":
            return Batch()
        what = f"answered with the error {quote_outside(code)}: {quote_value(error.text or '')}"
        raise SourceError(where, what, _ERROR_CURES.get(code, "check what was asked for"))
    listed = root.find("{*}ListRecords")
    listed = root.find("{*}GetRecord") if listed is None else listed
    if listed is None:
        what = "is an OAI-PMH answer without records; expected ListRecords or GetRecord"
        raise SourceError(where, what, "ask with verb=ListRecords")
    today = iso_day(request.as_of) or iso_day(root.findtext("{*}responseDate"))
    papers: list[Paper] = []
    problems: list[Problem] = []
    first_entries: dict[str, str] = {}
    for number, record in enumerate(listed.findall("{*}record"), 1):
        location = EntryLocation(where, f"record {number}", today=today)
        paper = _paper(record, location, problems)
        if paper:
            papers.append(paper)
            location.report_repeated(first_entries, paper.id, problems)
    return Batch(tuple(papers), tuple(problems), tuple(_next_page(listed, where)))


def _paper(record: Element, location: EntryLocation, problems: list[Problem]) -> Paper | None:
    sighting = Sighting("arxiv", SIGHTING_PAGE)
    header = record.find("{*}header")
    if header is not None and header.get("status") == "deleted":
        bare, _ = arxiv_id_or_problem(header.findtext("{*}identifier"), location, problems)
        withdrawal = "removed from arXiv"
        return (
            Paper(id=f"arxiv:{bare}", withdrawn=withdrawal, sightings=(sighting,)) if bare else None
        )
    given = record.find("{*}metadata/*")
    kind = "" if given is None else given.tag.rpartition("}")[2]
    if given is not None and kind in {"arXiv", "arXivRaw", "arXivOld"}:
        return paper_from_record(
            _arxiv_record(given, location, problems), location, sighting, problems
        )
    if given is not None and kind == "dc":
        return paper_from_record(_dublin_core_record(given, header), location, sighting, problems)
    what = f"it has no metadata of a known format ({quote_value(kind)})"
    problems.append(location.problem(what, "ask with metadataPrefix=arXivRaw, arXiv or oai_dc"))
    return None


def _arxiv_record(given: Element, location: EntryLocation, problems: list[Problem]) -> ArxivRecord:
    """Read arXiv's own formats; they differ in their authors, dates and versions.

    Since its rewrite of 2025 the service gives, as ``created``, the date of the newest version.
    """
    versions = tuple(_versions(given, location, problems))
    people = given.findall("{*}authors/{*}author")
    last = given.findall("{*}version")[-1:]
    return ArxivRecord(
        id=given.findtext("{*}id"),
        title=child_text(given, "title"),
        authors=tuple(
            names.author_from_parts(*(person.findtext(f"{{*}}{part}") for part in _NAME_PARTS))
            for person in people
        )
        or names.split_authors(given.findtext("{*}authors")),
        abstract=child_text(given, "abstract"),
        categories=tuple((given.findtext("{*}categories") or "").split()),
        published=versions[0].date
        if versions and versions[0].number == 1
        else given.findtext("{*}created"),
        updated=versions[-1].date if versions else given.findtext("{*}updated"),
        published_may_be_newest=not versions,
        versions=versions,
        comment=given.findtext("{*}comments"),
        doi=given.findtext("{*}doi"),
        journal_ref=given.findtext("{*}journal-ref"),
        licence=given.findtext("{*}license"),
        # The source flag I ("ignore") marks a version that is a withdrawal.
        withdrawn=any("I" in (version.findtext("{*}source_type") or "") for version in last),
    )


_NAME_PARTS = ("keyname", "forenames", "suffix", "affiliation")


def _versions(
    given: Element, location: EntryLocation, problems: list[Problem]
) -> Iterator[Version]:
    for version in given.findall("{*}version"):
        number = re.fullmatch(r"v([1-9]\d{0,3})", version.get("version", ""))
        written = version.findtext("{*}date")
        if number:
            day = location.date_or_problem(
                iso_day_from_rfc822(written) or written, number[0], problems
            )
            yield Version(int(number[1]), day)


def _dublin_core_record(given: Element, header: Element | None) -> ArxivRecord:
    """Read Dublin Core: the first date, description and address are those of the paper itself."""

    def all_of(name: str) -> list[str]:
        return [(element.text or "").strip() for element in given.findall(f"{{*}}{name}")]

    ids, dates, words = all_of("identifier"), sorted(all_of("date")), all_of("description")
    home = next((text for text in ids if "arxiv.org/abs/" in text.lower()), None)
    dois = [text for text in ids if text.lower().startswith("doi:")]
    others = [text for text in ids if text != home and text not in dois]
    sets = [] if header is None else [e.text or "" for e in header.findall("{*}setSpec")]
    return ArxivRecord(
        id=home if header is None else header.findtext("{*}identifier"),
        title=child_text(given, "title"),
        authors=tuple(_author(text) for text in all_of("creator")),
        abstract=words[0] if words else "",
        categories=tuple(_category_of_set(text) for text in sets),
        published=dates[0] if dates else "",
        updated=dates[-1] if dates[1:] else "",
        comment=re.sub(r"\ACommen?ts?:\s*", "", words[1]) if words[1:] else "",
        doi=dois[0] if dois else "",
        journal_ref=next((text for text in others if not text.startswith("http")), ""),
    )


def _author(text: str) -> Author:
    family, _, given = text.partition(",")
    return names.author_from_parts(family, given)


def _category_of_set(text: str) -> str:
    """Turn a set (``cs:cs:CL``, ``physics:hep-th``) into the category it is, or ""."""
    *_, archive, label = ("", "", *text.split(":"))
    if text.count(":") > 1:
        return f"{archive}.{label}"
    return label if label in _CATEGORY_ARCHIVES else ""


def _next_page(listed: Element, where: str) -> Iterator[Request]:
    token = (listed.findtext("{*}resumptionToken") or "").strip()
    if token and where.startswith(("http://", "https://")):
        address = where.partition("?")[0]
        following = f"{address}?verb=ListRecords&resumptionToken={quote(token, safe='')}"
        if following == where:
            cure = "start the harvest again"
            raise SourceError(where, "its resumption token leads to itself", cure)
        yield Request(following)
