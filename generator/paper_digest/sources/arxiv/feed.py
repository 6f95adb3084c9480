"""arXiv's announcement feeds, RSS and Atom: what was new, cross-listed or replaced on one day.

Format: https://info.arxiv.org/help/rss_specifications.html. A feed is empty at weekends and on
holidays. A replacement is a new version of an old paper: it is no news, and sets no date.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper, Sighting, Version
from paper_digest.sources.arxiv import names
from paper_digest.sources.arxiv.record import ArxivRecord, paper_from_record
from paper_digest.sources.decode import child_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.text import fields
from paper_digest.text.dates import iso_day, iso_day_from_rfc822

_DESCRIPTION_HEAD = late_pattern(
    r"\s*arXiv:\S+\s+Announce Type:\s*(\S+)[^\S\n]*\n\s*Abstract:\s?", re.IGNORECASE
)
_NEWS_TYPES = frozenset({"new", "cross"})
_REPLACEMENT_TYPES = frozenset({"replace", "replace-cross"})


def is_announcement_feed(root: Element) -> bool:
    """Tell whether an RSS or Atom document is one of these feeds."""
    if root.tag == "rss":
        home = root.findtext("channel/link") or ""
    else:
        home = root.findtext("{*}id") or ""
    return bool(re.match(r"https?://(?:rss|export)\.arxiv\.org/(?:rss|atom)/", home.strip()))


def parse_feed(root: Element, request: Request) -> Batch:
    """Read one feed. Each paper is sighted on the feed (``cs.CL+cs.LG``), on the day of its news."""
    channel = root.find("channel") if root.tag == "rss" else root
    assert channel is not None  # noqa: S101 - `recognises` has seen it
    home = channel.findtext("link") if root.tag == "rss" else channel.findtext("{*}id")
    page = (home or "").strip().rstrip("/").rpartition("/")[2]
    built = iso_day_from_rfc822(channel.findtext("lastBuildDate")) or iso_day(
        channel.findtext("{*}updated")
    )
    today = iso_day(request.as_of) or built
    papers: list[Paper] = []
    problems: list[Problem] = []
    first_entries: dict[str, str] = {}
    for number, item in enumerate(channel.findall("item") or channel.findall("{*}entry"), 1):
        location = EntryLocation(request.url, f"entry {number}", today=today)
        kind, abstract = _announce_type_and_abstract(item)
        day = _announcement_date(item, location, problems) if kind in _NEWS_TYPES else ""
        record = _record(item, abstract, day)
        paper = paper_from_record(record, location, Sighting("arxiv", page, seen=day), problems)
        if paper is None:
            continue
        if kind not in _NEWS_TYPES | _REPLACEMENT_TYPES:
            what = f"its announce type is {quote_value(kind)}; it was read as no news"
            problems.append(location.problem(what, "report it: arXiv has a type this reader lacks"))
        _, version = fields.parse_arxiv_id(record.id)
        papers.append(
            msgspec.structs.replace(paper, versions=(Version(version),) if version else ())
        )
        location.report_repeated(first_entries, f"{paper.id} ({kind})", problems)
    return Batch(tuple(papers), tuple(problems))


def _announce_type_and_abstract(item: Element) -> tuple[str, str]:
    """Return the announce type, from its element or the head of the description, and the abstract."""
    text = child_text(item, "description") or child_text(item, "summary")
    head = _DESCRIPTION_HEAD.match(text)
    kind = item.findtext("{*}announce_type") or (head[1] if head else "")
    return kind.strip().lower(), text[head.end() :] if head else text


def _announcement_date(item: Element, location: EntryLocation, problems: list[Problem]) -> str:
    written = item.findtext("pubDate") or item.findtext("{*}published")
    return location.date_or_problem(
        iso_day_from_rfc822(written) or written, "announcement", problems
    )


def _record(item: Element, abstract: str, day: str) -> ArxivRecord:
    return ArxivRecord(
        id=item.findtext("guid") or item.findtext("{*}id"),
        title=child_text(item, "title"),
        authors=names.split_authors(", ".join(e.text or "" for e in item.findall("{*}creator"))),
        abstract=abstract,
        categories=tuple(
            category.get("term") or category.text for category in item.findall("{*}category")
        ),
        announced=day,
        doi=item.findtext("{*}DOI"),
        journal_ref=item.findtext("{*}journal_reference"),
        licence=item.findtext("{*}rights"),
    )
