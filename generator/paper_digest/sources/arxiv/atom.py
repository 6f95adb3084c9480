"""Answers of arXiv's query API: an Atom feed of search results or of papers asked by id.

Format: https://info.arxiv.org/help/api/user-manual.html#api_response
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.sources.arxiv import names
from paper_digest.sources.arxiv.record import ArxivRecord, paper_from_record
from paper_digest.sources.decode import child_text
from paper_digest.sources.entry_location import EntryLocation, quote_value
from paper_digest.sources.query_string import query_parameters, with_parameters
from paper_digest.text import fields
from paper_digest.text.dates import iso_day

#: The API gives no more results of one search, in pages or at once.
MAX_RESULTS = 30_000

#: What the sightings of this format are called: the results of a search are no page of their own.
SIGHTING_PAGE = "query"


def is_query_answer(feed: Element) -> bool:
    """Tell whether an Atom feed is an answer of the query API: it counts its results, or reports errors."""
    ids = (feed.findtext("{*}id") or "", feed.findtext("{*}entry/{*}id") or "")
    return any(re.match(r"\s*https?://(?:export\.)?arxiv\.org/", text) for text in ids) and (
        feed.find("{*}totalResults") is not None or "/api/" in "".join(ids)
    )


def parse_query_answer(feed: Element, request: Request) -> Batch:
    """Read one answer; ``Batch.next`` asks for the page after it.

    Raises:
        SourceError: arXiv answered with an error (HTTP says 200 even so), or with an empty page
            where results were due.
    """
    where = request.url
    entries = feed.findall("{*}entry")
    for entry in entries:
        if "/api/errors" in (entry.findtext("{*}id") or ""):
            message = quote_value(entry.findtext("{*}summary") or entry.findtext("{*}title") or "")
            cure = "correct the search or the ids under `follow:`, or what was asked for"
            raise SourceError(where, f"arXiv answered with an error: {message}", cure)
    today = iso_day(request.as_of) or iso_day(feed.findtext("{*}updated"))
    papers: list[Paper] = []
    problems: list[Problem] = []
    first_entries: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        location = EntryLocation(where, f"entry {number}", today=today)
        paper = paper_from_record(
            _record(entry), location, Sighting("arxiv", SIGHTING_PAGE), problems
        )
        if paper:
            papers.append(paper)
            location.report_repeated(first_entries, paper.id, problems)
    problems += _missing_id_problems(where, {paper.bare_id for paper in papers})
    following = tuple(_next_page(where, feed, len(entries), problems))
    return Batch(tuple(papers), tuple(problems), following)


def _record(entry: Element) -> ArxivRecord:
    primary = entry.find("{*}primary_category")
    labels = [] if primary is None else [primary.get("term")]
    labels += [category.get("term") for category in entry.findall("{*}category")]
    return ArxivRecord(
        id=entry.findtext("{*}id"),
        title=child_text(entry, "title"),
        authors=tuple(
            Author(
                names.clean_name(author.findtext("{*}name")),
                affiliation=names.clean_name(author.findtext("{*}affiliation")),
            )
            for author in entry.findall("{*}author")
        ),
        abstract=child_text(entry, "summary"),
        categories=tuple(labels),
        published=entry.findtext("{*}published"),
        updated=entry.findtext("{*}updated"),
        comment=entry.findtext("{*}comment"),
        doi=entry.findtext("{*}doi"),
        journal_ref=entry.findtext("{*}journal_ref"),
    )


def _missing_id_problems(where: str, answered: set[str]) -> Iterator[Problem]:
    """Name the ids that were asked for on one page and did not come."""
    parameters = query_parameters(where)
    if (
        "id_list" not in parameters
        or parameters.get("start", "0") != "0"
        or "search_query" in parameters
    ):
        return
    for text in parameters["id_list"].split(","):
        bare, _ = fields.parse_arxiv_id(text)
        if bare not in answered:
            what = f"arXiv sent nothing for {quote_value(text)}"
            yield Problem(where, what, cure="check the id; if it is right, ask again later")


def _next_page(where: str, feed: Element, count: int, problems: list[Problem]) -> Iterator[Request]:
    """Go on where the address asked for stopped; what the feed says of its start is not trusted."""
    total, parameters = _int_field(feed, "totalResults"), query_parameters(where)
    if "search_query" not in parameters or "id_list" in parameters:
        return
    begin, page_size = (_count(parameters.get(name, "")) for name in ("start", "max_results"))
    if total is None:  # a full page may have another one after it
        total = begin + count + (1 if page_size and count >= page_size else 0)
    elif begin and not count:  # this page was asked for because the one before announced it
        total = max(total, begin + 1)
    if begin + count >= total:
        return
    if not count:
        what = f"is an empty page, though {total:,} results are due and {begin:,} came before"
        raise SourceError(
            where, what, "wait some minutes, then ask again: arXiv was asked too fast"
        )
    if begin + count >= MAX_RESULTS:
        what = f"the search has {total:,} results, of which arXiv gives {MAX_RESULTS:,}"
        cure = "ask for fewer days at a time, narrow the search, or use `oai`"
        problems.append(Problem(where, what, cure=cure))
        return
    yield Request(with_parameters(where, {"start": str(begin + count)}))


def _count(text: str) -> int:
    """Return a number of results in an address; 0 for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0


def _int_field(feed: Element, name: str) -> int | None:
    text = (feed.findtext(f"{{*}}{name}") or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
