"""Fills what saved pages left out (ids, titles, authors, dates) from arXiv, where it is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from paper_digest.identity.titles import is_distinctive
from paper_digest.incremental.hashing import values_hash
from paper_digest.ingest.ask import ingest_answer
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.files import PaperWriter
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.sources import arxiv
from paper_digest.sources.arxiv import requests as arxiv_requests
from paper_digest.store.files import Store
from paper_digest.text.dates import iso_day
from paper_digest.text.tex.convert import to_unicode

#: Titles asked for in one search: more make the address too long.
TITLES_PER_SEARCH = 8

#: What arXiv did not know is asked again after this time.
ASK_AGAIN_AFTER = timedelta(days=30)


class EnrichAttempt(StrictStruct, frozen=True):
    """A paper arXiv was asked about, the ISO day, and a hash of both (hexadecimal)."""

    id: str
    at: str
    check: str


def enrich_requests(
    papers: Iterable[Paper], recently_asked: frozenset[str]
) -> Iterator[tuple[Request, list[str]]]:
    """Say what to ask arXiv, and for which papers: by id where it is known, the others by title.

    Papers that have arXiv's word, and those in ``recently_asked``, are left out; and so are titles too
    short ever to be certain.
    """
    by_id: dict[str, str] = {}
    by_title: list[tuple[str, str]] = []
    for paper in papers:
        if paper.id in recently_asked or any(
            claim.source == arxiv.SOURCE.name for claim in paper.claims
        ):
            continue
        if paper.id_kind == "arxiv":
            by_id[paper.bare_id] = paper.id
        elif paper.id_kind == "title" and is_distinctive(paper.title):
            by_title.append((paper.title, paper.id))
    ids, by_title = sorted(by_id), sorted(by_title)
    for n, request in enumerate(arxiv_requests.id_requests(ids)):
        id_group = ids[
            n * arxiv_requests.IDS_PER_REQUEST : (n + 1) * arxiv_requests.IDS_PER_REQUEST
        ]
        yield request, [by_id[bare] for bare in id_group]
    for n in range(0, len(by_title), TITLES_PER_SEARCH):
        title_group = by_title[n : n + TITLES_PER_SEARCH]
        yield (
            _title_search_request([title for title, _ in title_group]),
            [i for _, i in title_group],
        )


def enrich_store(
    store: Store,
    fetcher: Fetcher,
    attempts_file: Path,
    now: datetime,
    show_progress: Callable[[str], None],
    base_url: str = "",
) -> tuple[IngestReport, list[tuple[str, str]]]:
    """Ask arXiv about every paper that lacks its word, and write what is certain.

    Each answer is written before the next is asked for, and a paper that was asked about is not
    asked about again for ``ASK_AGAIN_AFTER``: a stopped run goes on where it was. A search also finds
    papers that the archive does not have: those are passed over.

    Args:
        store: the archive.
        fetcher: what asks.
        attempts_file: the file that remembers which papers were asked about; it may be deleted.
        now: the time (UTC).
        show_progress: is told what is being done.
        base_url: where arXiv's service lies; "" for its own place.

    Returns:
        The report, and pairs ``(ours, arXiv's)`` of ids that may be one paper.

    Raises:
        LockedError: if another run is writing.
    """
    report = IngestReport()
    possible_duplicates: set[tuple[str, str]] = set()
    with store.lock():
        writer = PaperWriter(store, report, now.date())
        report.problems.extend(writer.store_problems)
        recently_asked = _recently_asked_ids(
            attempts_file, (now - ASK_AGAIN_AFTER).date().isoformat()
        )
        pending_requests = list(enrich_requests(store.read_all([]), recently_asked))
        for number, (request, ids) in enumerate(pending_requests, 1):
            show_progress(f"{arxiv.SOURCE.title} {number} of {len(pending_requests)}")
            ingested = ingest_answer(
                writer,
                arxiv.SOURCE,
                arxiv.SOURCE.request_at(base_url, request),
                fetcher,
                lambda p: bool(writer.index.find_record(p)),
            )
            if ingested is None:
                continue
            for paper in ingested.batch.papers:
                if not writer.index.find_record(paper):
                    possible_duplicates.update(
                        (ours, paper.id) for ours in writer.index.possible_duplicates(paper)
                    )
            # An id that arXiv sent nothing for is a problem, whose cure is to ask again.
            answered = {paper.id for paper in ingested.batch.papers}
            asked = [i for i in ids if i in answered or not i.startswith("arxiv:")]
            _append_attempts(attempts_file, asked, now.date().isoformat())
    return report, sorted(possible_duplicates)


def _recently_asked_ids(attempts_file: Path, oldest: str) -> frozenset[str]:
    """Return the ids asked about since a day; a line that was damaged, or not written whole, says nothing."""
    asked_ids = set()
    for line in attempts_file.read_bytes().splitlines() if attempts_file.exists() else ():
        try:
            entry = msgspec.json.decode(line, type=EnrichAttempt)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
        if entry.check == _check(entry.id, entry.at) and iso_day(entry.at) >= oldest:
            asked_ids.add(entry.id)
    return frozenset(asked_ids)


def _append_attempts(attempts_file: Path, ids: list[str], day: str) -> None:
    attempts_file.parent.mkdir(parents=True, exist_ok=True)
    with attempts_file.open("ab") as handle:
        for paper_id in ids:
            attempt = EnrichAttempt(paper_id, day, _check(paper_id, day))
            handle.write(msgspec.json.encode(attempt) + b"\n")


def _check(paper_id: str, day: str) -> str:
    return values_hash(paper_id, day).hex()


def _title_search_request(titles: list[str]) -> Request:
    """Search for titles as phrases; quotes and what the query language reads are left out."""
    phrases = []
    for title in titles:
        words = "".join(c if c.isalnum() else " " for c in to_unicode(title)).split()
        phrases.append(f'ti:"{" ".join(words)}"')
    parameters = {
        "search_query": " OR ".join(phrases),
        "start": 0,
        "max_results": 5 * TITLES_PER_SEARCH,
    }
    return Request(f"{arxiv_requests.QUERY_URL}?{urlencode(parameters)}")
