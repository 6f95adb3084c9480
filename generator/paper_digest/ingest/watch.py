"""Asks again about papers that the archive has, a share of them each day: retracted, corrected, accepted?

A paper's day is worked out from its id, so nothing has to be remembered but the days that were asked
about, which the log of runs has. Days that a failed run missed are made up for by the next.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from paper_digest.ingest.ask import ingest_answer
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.files import PaperWriter
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Request
from paper_digest.model.errors import RecordError
from paper_digest.model.ids import hash_text
from paper_digest.model.paper import Paper
from paper_digest.model.quoting import public_line
from paper_digest.sources import arxiv, crossref
from paper_digest.sources.arxiv.requests import id_requests
from paper_digest.sources.source import Source
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run

#: Papers asked about in one run, of each source; days that do not fit are left for the next.
MAX_PAPERS = 5_000
#: DOIs in one request: the address stays under what servers take.
DOIS_PER_REQUEST = 40
#: Registered with DataCite, of which Crossref knows nothing.
_ARXIV_DOI = "10.48550/"

_DAY = timedelta(days=1)


def is_turn(paper_id: str, days: int, day: date) -> bool:
    """Tell whether a paper is asked about on a day, where each is once in ``days`` days."""
    return int(hash_text(paper_id, 4), 16) % days == day.toordinal() % days


def open_days(runs: Iterable[Run], source: str, days: int, today: date) -> list[date]:
    """List the days not asked about yet, the earliest first: since the last good run, one round at most."""
    query = watch_query(days)
    asked = [r.until for r in runs if r.ok and (r.source, r.query) == (source, query)]
    last = min(date.fromisoformat(max(asked)), today) if asked else today - _DAY
    count = min((today - last).days, days)
    return [today - n * _DAY for n in range(count)][::-1]


def watch_query(days: int) -> str:
    """Name the watch in the log of runs, where an entry of ``follow:`` names its options."""
    return log.query_key({"watch": days})


def arxiv_requests(papers: Iterable[Paper]) -> Iterator[Request]:
    """Yield the addresses at which arXiv says what it knows of papers now."""
    return id_requests(sorted(paper.bare_id for paper in papers if paper.id_kind == "arxiv"))


def crossref_requests(papers: Iterable[Paper]) -> Iterator[Request]:
    """Yield the addresses at which Crossref says what it knows of papers' DOIs now.

    Form: https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (filter ``doi``).
    """
    dois = sorted({paper.doi for paper in papers if paper.doi})
    dois = [doi for doi in dois if not doi.startswith(_ARXIV_DOI)]
    # A comma separates filters.
    yield from (crossref.request_for(doi) for doi in dois if "," in doi)
    dois = [doi for doi in dois if "," not in doi]
    for n in range(0, len(dois), DOIS_PER_REQUEST):
        part = dois[n : n + DOIS_PER_REQUEST]
        asked = {"filter": ",".join(f"doi:{doi}" for doi in part), "rows": str(len(part))}
        yield Request(f"{crossref.SOURCE.base_url}/works?{urlencode(asked)}")


_WATCHED: tuple[tuple[Source, Callable[[Iterable[Paper]], Iterator[Request]]], ...] = (
    (arxiv.SOURCE, arxiv_requests),
    (crossref.SOURCE, crossref_requests),
)


class Watch(NamedTuple):
    """What is watched, and how.

    Attributes:
        store: the archive, locked by the caller.
        days: in how many each paper is asked about once.
        past_runs: the log of runs.
        services: where sources' services lie, by source, that are not at their own places.
    """

    store: Store
    days: int
    past_runs: list[Run]
    services: dict[str, str]


def watch_papers(
    watch: Watch, fetcher: Fetcher, now: datetime, show_progress: Callable[[str], None]
) -> list[Run]:
    """Ask each source about the papers whose turn it is, write what changed, and log a run for each.

    Args:
        watch: the archive, and how often its papers are asked about.
        fetcher: what asks.
        now: the time (UTC).
        show_progress: is told what is being done.

    Returns:
        The runs; none of a source that was asked about today, or has no such paper.
    """
    store, days, past_runs, services = watch
    runs = []
    writer = PaperWriter(store, IngestReport(), now.date())
    for source, requests_for in _WATCHED:
        writer.report = IngestReport()
        due = open_days(past_runs, source.name, days, now.date())
        papers, due = _papers_of_days(writer.index.ids(), store, due, days)
        requests = list(requests_for(papers))
        if not requests:
            continue
        answers = stale = 0
        for number, request in enumerate(requests, 1):
            show_progress(f"{source.title}, papers watched, {number} of {len(requests)}")
            located = source.request_at(services.get(source.name, ""), request)
            if answer := ingest_answer(writer, source, located, fetcher, writer.knows):
                answers, stale = answers + 1, stale + answer.unchanged
        writer.finish()
        report = writer.report
        run = Run(
            source=source.name,
            query=watch_query(days),
            started=now.isoformat(timespec="seconds"),
            since=due[0].isoformat(),
            until=due[-1].isoformat(),
            ok=answers == len(requests) and not report.blocked,
            answers=answers,
            stale=stale,
            entries=report.entries,
            new=len(report.new),
            changed=len(report.changed),
            problems=len(report.problems),
            said=tuple(public_line(str(p)) for p in report.problems[: log.MAX_PROBLEMS_WRITTEN]),
        )
        log.append_runs(store.root, [run])
        runs.append(run)
    return runs


def _papers_of_days(
    ids: Iterable[str], store: Store, due: list[date], days: int
) -> tuple[list[Paper], list[date]]:
    """Read the papers whose turn is on the first of the days ``due``, as many days as fit into a run."""
    ids = list(ids)
    papers: list[Paper] = []
    taken: list[date] = []
    for day in due:
        turn = sorted(i for i in ids if is_turn(i, days, day))
        if taken and len(papers) + len(turn) > MAX_PAPERS:
            break
        for paper_id in turn:
            with contextlib.suppress(RecordError):  # named by the writer, which read it too
                papers += filter(None, [store.get(paper_id)])
        taken.append(day)
    return papers, taken
