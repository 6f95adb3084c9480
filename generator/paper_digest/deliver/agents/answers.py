"""What the tools of ``digest mcp`` answer: JSON objects of at most ``MAX_ANSWER_TOKENS``, longer lists in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Literal

from paper_digest.deliver.agents import whole_archive
from paper_digest.deliver.agents.paper_facts import (
    MAX_AUTHORS,
    answer_size,
    known_facts,
    notice_of,
    whole_url,
)
from paper_digest.deliver.agents.published_archive import PublishedArchive, check_day
from paper_digest.deliver.agents.site_files import NoSuchFileError
from paper_digest.model.errors import DigestError
from paper_digest.model.quoting import quote_outside
from paper_digest.search.index_reader import MAX_PAPERS
from paper_digest.text.token_estimate import MAX_ANSWER_BYTES

Answer = dict[str, Any]
CitationFormat = Literal["bibtex", "csl-json"]

#: Rows of one page at most.
MAX_ROWS = 50

_OF_CURRENT_SITE = (
    "papers, days and topics count the current site alone; the other tools ask its volumes too"
)
_MAX_TITLE_CHARS = 300
_ROOM_FOR_LIST = MAX_ANSWER_BYTES - 1_500  # what stands beside a list needs the rest
_MAX_PART_BYTES = 5_000  # of an abstract, in one answer
_MAX_FACTS_BYTES = MAX_ANSWER_BYTES - _MAX_PART_BYTES - 500
_MAX_NEW_NAMED = 20  # each costs a file


def about(archive: PublishedArchive, first: int = 0) -> Answer:
    """Say what the archive holds: its papers, its days, its topics with their numbers of papers."""
    index = archive.index()
    topics = ({"name": t.name, "title": t.title, "papers": t.papers} for t in index.topics)
    days = sorted(index.dates)
    head = {
        "title": _cut(index.title),
        "description": _cut(index.description),
        "url": whole_url(index.url),
        "papers": index.papers,
        "first_day": days[0] if days else "",
        "last_day": index.newest_day or (days[-1] if days else ""),
    }
    if index.volumes:
        volumes = {_cut(one.name): one.papers for one in index.volumes[:MAX_ROWS]}
        head |= {"volumes": volumes, "note": _OF_CURRENT_SITE}
    return _page(head, "topics", topics, first)


def search(
    archive: PublishedArchive,
    query: str,
    first: int = 0,
    order: Literal["relevance", "date"] = "relevance",
) -> Answer:
    """Search as the site's search page does; ``total`` counts the papers that have all that was asked for."""
    limit = 10
    result, sites, missing = whole_archive.search(
        archive, query, limit, _checked_first(first), order
    )
    rows = [
        {"paper": hit.slug, "title": _cut(hit.title), "authors": hit.authors, "date": hit.date}
        | _where_set(notice=_notice(sites[hit.volume], hit.slug), volume=hit.volume)
        for hit in result.hits
    ]
    head: Answer = {"total": result.total}
    if result.is_partial:
        head["note"] = "no paper has all of the words; these have some"
    elif result.hits and first + len(result.hits) > result.total:
        head["note"] = f"after the first {result.total} come papers that have most of the words"
    if missing:
        head["volumes_not_searched"] = missing[:MAX_ROWS]
    if result.corrections:
        head["looked_for"] = dict(result.corrections)
    if result.unknown_words:
        head["in_no_paper"] = [_cut(word) for word in result.unknown_words]
    if result.nearest_filters:
        head["did_you_mean"] = {
            _cut(typed): meant for typed, meant in result.nearest_filters.items()
        }
    answer = _page(head, "papers", rows, 0)
    shown = first + len(answer["papers"])
    if answer.pop("next", None) is not None or (len(rows) == limit and shown < result.total):
        answer["next"] = shown
    return answer


def get_paper(archive: PublishedArchive, paper: str, first: int = 0) -> Answer:
    """Return what is known of a paper; an abstract that is too long goes on at character ``next``."""
    site, slug, record = whole_archive.locate(archive, paper)
    first = _checked_first(first)
    text = record.abstract[first:]
    part = text[:_MAX_PART_BYTES]
    while (
        size := answer_size(part)
    ) > _MAX_PART_BYTES:  # signs that JSON escapes take up to six bytes
        part = part[: len(part) * _MAX_PART_BYTES // size]
    answer = {} if first else known_facts(record, _MAX_FACTS_BYTES)
    answer |= {"paper": slug, "abstract": part} | _where_set(volume=site.volume)
    if len(part) < len(text):
        answer["next"] = first + len(part)
    return answer


def list_papers(
    archive: PublishedArchive, day: str = "", topic: str = "", author: str = "", first: int = 0
) -> Answer:
    """List the papers of a day, a topic or an author, the newest first.

    Raises:
        DigestError: not exactly one of the three is given, or it is no day, topic or name.
    """
    if sum(map(bool, (day, topic, author))) != 1:
        raise DigestError("list_papers", "needs one of day, topic and author", "give one of them")
    if author:
        name = author.replace('"', " ").strip()
        if not name:
            raise DigestError(quote_outside(author), "is no name", "give one as papers print it")
        return search(archive, f'author:"{name}"', first, "date")
    papers = (
        whole_archive.papers_of_day(archive, day)
        if day
        else whole_archive.papers_of_topic(archive, topic)
    )
    rows = (
        {"paper": one.row.slug, "title": _cut(one.row.title), "date": one.row.date}
        | _where_set(notice=one.row.notice[:100], volume=one.volume)
        for one in papers
    )
    return _page({"day": day} if day else {"topic": topic}, "papers", rows, first)


def related(archive: PublishedArchive, paper: str) -> Answer:
    """List the papers that a paper's page calls related, the nearest first."""
    site, slug, record = whole_archive.locate(archive, paper)
    if record.related is None:
        cure = "its program is too old: search for words of the title"
        raise DigestError(slug, "has no related papers in this archive's files", cure)
    return _page({"paper": slug}, "papers", _rows_of(site, record.related[:MAX_ROWS]), 0)


def cite(archive: PublishedArchive, paper: str, form: CitationFormat = "bibtex") -> Answer:
    """Return a paper's citation, as the site's own files have it."""
    site, slug, record = whole_archive.locate(archive, paper)
    if form == "csl-json":
        item = {k: v for k, v in record.citation.items() if k != "abstract"}
        if len(authors := item.get("author") or ()) > MAX_AUTHORS:
            item |= {"author": authors[:MAX_AUTHORS]}
            return _bounded({"paper": slug, "citation": item, "authors": len(authors)}, slug)
        return _bounded({"paper": slug, "citation": item}, slug)
    return _bounded({"paper": slug, "citation": site.text_file(f"papers/{slug}.bib")}, slug)


def new_since(archive: PublishedArchive, day: str, first: int = 0) -> Answer:
    """List the papers that came to the archive on a day or later, the last first."""
    check_day(day)
    days = archive.arrivals().days
    came = [(one.day, slug) for one in days for slug in one.slugs if one.day >= day]
    first = _checked_first(first)
    shown = came[first : first + _MAX_NEW_NAMED]
    came_on = {slug: arrived for arrived, slug in shown}
    rows = ({**row, "came": came_on[row["paper"]]} for row in _rows_of(archive, list(came_on)))
    head: Answer = {"since": day, "total": len(came)}
    if days and day < days[-1].day:
        head["note"] = f"arrivals before {days[-1].day} are not listed; list their days instead"
    answer = _page(head, "papers", rows, 0)
    at = first + (answer["next"] if "next" in answer else len(shown))
    answer.pop("next", None)
    return answer | ({"next": at} if at < len(came) else {})


def _rows_of(archive: PublishedArchive, slugs: Sequence[str]) -> Iterator[Answer]:
    """Give each paper's title, date and first authors; one that is there no more is left out."""
    for slug in slugs:
        try:
            site, present, record = whole_archive.locate(archive, slug)
        except NoSuchFileError:
            continue
        names = ", ".join(author.name[:100] for author in record.authors[:3])
        more = " et al." if len(record.authors) > len(record.authors[:3]) else ""
        date = record.announced or record.published
        yield {
            "paper": present, "title": _cut(record.title), "authors": names + more, "date": date
        } | _where_set(notice=notice_of(record), volume=site.volume)  # fmt: skip


def _where_set(**facts: str) -> Answer:
    """Give those of some facts that there are: what was said against a paper, the volume it is in."""
    return {name: fact for name, fact in facts.items() if fact}


def _notice(site: PublishedArchive, slug: str) -> str:
    """Return what was said against a paper that was found on a site, which the search index does not hold."""
    try:
        return notice_of(site.record(slug)[1])
    except DigestError:
        return ""


def _page(head: Answer, name: str, rows: Iterable[Answer], first: int) -> Answer:
    """Put as many rows as an answer may hold beside its head; ``next`` says where the others begin."""
    first = _checked_first(first)
    shown: list[Answer] = []
    size = answer_size(head)
    for row in islice(rows, first, None):
        size += answer_size(row) + 1
        if shown and (size > _ROOM_FOR_LIST or len(shown) == MAX_ROWS):
            return head | {name: shown, "next": first + len(shown)}
        shown.append(row)
    return head | {name: shown}


def _bounded(answer: Answer, slug: str) -> Answer:
    if answer_size(answer) > MAX_ANSWER_BYTES:
        what, cure = "has a citation too long for one answer", f"fetch papers/{slug}.bib"
        raise DigestError(slug, what, cure)
    return answer


def _checked_first(first: int) -> int:
    if not 0 <= first <= MAX_PAPERS:
        raise DigestError("first", "is no place in a list", "give 0 or what `next` said")
    return first


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_TITLE_CHARS else f"{text[:_MAX_TITLE_CHARS]}…"
