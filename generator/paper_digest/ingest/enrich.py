"""Fills what saved pages left out (ids, titles, authors, dates) from arXiv, where it is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from paper_digest.identity.similarity import MIN_TITLE_KEY_LENGTH
from paper_digest.ingest import parse
from paper_digest.ingest.files import Absorber, Report, problem
from paper_digest.ingest.parse import Getter
from paper_digest.model.errors import SourceError
from paper_digest.model.ids import title_key
from paper_digest.model.paper import Paper, Request, StrictStruct
from paper_digest.sources import arxiv
from paper_digest.sources.arxiv import requests as arxiv_requests
from paper_digest.store.files import Store
from paper_digest.text import fields
from paper_digest.text.tex.convert import to_unicode

#: Titles asked for in one search: more make the address too long.
TITLES = 8

#: What arXiv did not know is asked again after this time.
PATIENCE = timedelta(days=30)


class Asked(StrictStruct, frozen=True):
    """A paper arXiv was asked about, and the ISO day."""

    id: str
    at: str


def requests(papers: Iterable[Paper], asked: frozenset[str]) -> Iterator[tuple[Request, list[str]]]:
    """Say what to ask arXiv, and for which papers: by id where it is known, the others by title.

    Papers that have arXiv's word, and those in ``asked``, are left out; and so are titles too
    short ever to be certain.
    """
    by_id: dict[str, str] = {}
    by_title: list[tuple[str, str]] = []
    for paper in papers:
        if paper.id in asked or any(claim.source == arxiv.NAME for claim in paper.claims):
            continue
        if paper.id_kind == "arxiv":
            by_id[paper.bare_id] = paper.id
        elif paper.id_kind == "title" and len(title_key(paper.title)) >= MIN_TITLE_KEY_LENGTH:
            by_title.append((paper.title, paper.id))
    ids, by_title = sorted(by_id), sorted(by_title)
    for n, request in enumerate(arxiv_requests.by_id(ids)):
        some = ids[n * arxiv_requests.IDS : (n + 1) * arxiv_requests.IDS]
        yield request, [by_id[bare] for bare in some]
    for n in range(0, len(by_title), TITLES):
        some_titles = by_title[n : n + TITLES]
        yield _search([title for title, _ in some_titles]), [i for _, i in some_titles]


def enrich(
    store: Store, fetcher: Getter, log: Path, now: datetime, tell: Callable[[str], None]
) -> tuple[Report, list[tuple[str, str]]]:
    """Ask arXiv about every paper that lacks its word, and write what is certain.

    Each answer is written before the next is asked for, and a paper that was asked about is not
    asked about again for ``PATIENCE``: a stopped run goes on where it was. A search also finds
    papers that the archive does not have: those are passed over.

    Args:
        store: the archive.
        fetcher: what asks.
        log: the file that remembers which papers were asked about; it may be deleted.
        now: the time (UTC).
        tell: is told what is being done.

    Returns:
        The report, and pairs ``(ours, arXiv's)`` of ids that may be one paper.

    Raises:
        LockedError: if another run is writing.
    """
    report = Report()
    unsure: set[tuple[str, str]] = set()
    with store.lock():
        absorber = Absorber(store, report, now.date())
        report.problems.extend(absorber.broken)
        asked = _read(log, (now - PATIENCE).date().isoformat())
        todo = list(requests(store.read_all([]), asked))
        for number, (request, ids) in enumerate(todo, 1):
            tell(f"arxiv {number} of {len(todo)}")
            try:
                answer = fetcher.get(request)
                at = answer.fetched[:10]
                batch = parse.answer(arxiv, answer.data, Request(request.url, at))
            except SourceError as error:
                report.problems.append(problem(error))
                continue
            report.problems.extend(batch.problems)
            for paper in batch.papers:
                if absorber.index.find_record(paper):
                    absorber.take(paper, arxiv.NAME, at, request.url)
                else:
                    unsure.update(
                        (ours, paper.id) for ours in absorber.index.possible_duplicates(paper)
                    )
            absorber.finish()
            _note(log, ids, now.date().isoformat())
    return report, sorted(unsure)


def _read(log: Path, oldest: str) -> frozenset[str]:
    """Return the ids asked about since a day; a broken line is one that was not written whole."""
    found = set()
    for line in log.read_bytes().splitlines() if log.exists() else ():
        try:
            entry = msgspec.json.decode(line, type=Asked)
        except msgspec.DecodeError:
            continue
        if fields.iso_day(entry.at) >= oldest:
            found.add(entry.id)
    return frozenset(found)


def _note(log: Path, ids: list[str], day: str) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as handle:
        for paper_id in ids:
            handle.write(msgspec.json.encode(Asked(paper_id, day)) + b"\n")


def _search(titles: list[str]) -> Request:
    """Search for titles as phrases; quotes and what the query language reads are left out."""
    phrases = []
    for title in titles:
        words = "".join(c if c.isalnum() else " " for c in to_unicode(title)).split()
        phrases.append(f'ti:"{" ".join(words)}"')
    asked = {"search_query": " OR ".join(phrases), "start": 0, "max_results": 5 * TITLES}
    return Request(f"{arxiv_requests.QUERY}?{urlencode(asked)}")
