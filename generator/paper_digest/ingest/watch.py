"""Asks again about papers that the archive has, a share of them each day: retracted, corrected, accepted?

Days that a failed run missed are made up for by the next.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import msgspec

from paper_digest.ingest import acceptance
from paper_digest.ingest.ask import ingest_answer
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.files import PaperWriter
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.watched import Inquiry, is_turn, open_days, share_of, watch_query
from paper_digest.ingest.watched_notices import notices_inquiry
from paper_digest.model.batch import Batch, Request
from paper_digest.model.counted import counted
from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.paper import Paper
from paper_digest.model.quoting import public_line
from paper_digest.sources import arxiv, crossref, crossref_lists, dblp, openreview
from paper_digest.sources.arxiv.requests import id_requests
from paper_digest.sources.source import Source
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run

#: Papers asked about in one run, of each source; days that do not fit are left for the next.
MAX_PAPERS = 5_000
#: DOIs in one request: the address stays under what servers take.
DOIS_PER_REQUEST = 40
#: Addresses of one source that give no answer, one after the other, before it is left for the next day.
MAX_FAILURES = 5
#: A day is asked about where so much of it was answered; else a record that is gone would be asked for for ever.
MIN_ANSWERED_SHARE = 0.9
#: Registered with DataCite, of which Crossref knows nothing.
_ARXIV_DOI = "10.48550/"


def arxiv_requests(papers: Iterable[Paper]) -> Iterator[Request]:
    """Yield the addresses at which arXiv says what it knows of papers now."""
    return id_requests(sorted(paper.bare_id for paper in papers if paper.id_kind == "arxiv"))


def crossref_requests(papers: Iterable[Paper]) -> Iterator[Request]:
    """Yield the addresses at which Crossref says what it knows of papers' DOIs now, and which notices name them.

    Form: https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (filters ``doi`` and ``updates``). A publisher's notice
    names the work; the work's own record learns of it later, or never where another agency registered it.
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
        yield crossref_lists.notices_request(part, crossref.SOURCE.base_url)


def crossref_inquiries(papers: list[Paper]) -> Iterator[Inquiry]:
    """Yield what Crossref is asked about papers; what its notices say no more is taken back."""
    for request in crossref_requests(papers):
        if asked := crossref_lists.dois_of_notices(request):
            yield notices_inquiry(request, [paper for paper in papers if paper.doi in asked])
        else:
            yield Inquiry(request)


def openreview_requests(papers: Iterable[Paper], round_number: int) -> Iterator[Request]:
    """Yield the addresses at which OpenReview says what became of submissions: one for each."""
    submitted = [p for p in papers if p.id_kind == "openreview"]
    for paper in share_of(submitted, acceptance.MAX_SEARCHES, round_number):
        yield openreview.request_for(paper.bare_id)


class _WatchPart(NamedTuple):
    """What one source is asked, under a name in the log: papers, the number of the round and the year give inquiries."""

    source: Source
    topic: str
    inquiries: Callable[[list[Paper], int, int], Iterable[Inquiry]]


_WATCH_PARTS = (
    _WatchPart(arxiv.SOURCE, "watch", lambda papers, _, __: map(Inquiry, arxiv_requests(papers))),
    _WatchPart(crossref.SOURCE, "watch", lambda papers, _, __: crossref_inquiries(papers)),
    _WatchPart(
        openreview.SOURCE,
        "watch",
        lambda papers, round_number, _: map(Inquiry, openreview_requests(papers, round_number)),
    ),
    _WatchPart(dblp.SOURCE, "acceptance", acceptance.dblp_inquiries),
    _WatchPart(openreview.SOURCE, "acceptance", acceptance.openreview_inquiries),
    _WatchPart(crossref.SOURCE, "acceptance", acceptance.crossref_inquiries),
)


class Watch(NamedTuple):
    """What is watched, and how.

    Attributes:
        store: the archive, locked by the caller.
        days: in how many each paper is asked about once.
        past_runs: the log of runs.
        services: where sources' services lie, by source, that are not at their own places.
        match_cache: where match keys of the records are cached.
    """

    store: Store
    days: int
    past_runs: list[Run]
    services: dict[str, str]
    match_cache: Path | None = None


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
    store, days, past_runs, *_ = watch
    runs = []
    writer = PaperWriter(store, IngestReport(), now.date(), match_cache=watch.match_cache)
    for part in _WATCH_PARTS:
        writer.report = IngestReport()
        query = watch_query(days, part.topic)
        due = open_days(past_runs, part.source.name, query, days, now.date())
        papers, due = _papers_of_days(writer.index.ids(), store, due, days)
        round_number = now.date().toordinal() // days
        inquiries = list(part.inquiries(papers, round_number, now.year))
        if not inquiries:
            continue
        answers, stale = _ask(watch, writer, part.source, inquiries, (fetcher, show_progress))
        writer.finish()
        report = writer.report
        run = Run(
            source=part.source.name,
            query=query,
            started=now.isoformat(timespec="seconds"),
            since=due[0].isoformat(),
            until=due[-1].isoformat(),
            ok=answers >= MIN_ANSWERED_SHARE * len(inquiries) and not report.blocked,
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


def _ask(
    watch: Watch,
    writer: PaperWriter,
    source: Source,
    inquiries: list[Inquiry],
    tools: tuple[Fetcher, Callable[[str], None]],
) -> tuple[int, int]:
    """Ask one source and write what it answers; return how many answers came, and how many were the last time's."""
    fetcher, show_progress = tools
    answers = stale = failures = 0
    for number, inquiry in enumerate(inquiries, 1):
        show_progress(f"{source.title}, papers watched, {number} of {len(inquiries)}")
        located = source.request_at(watch.services.get(source.name, ""), inquiry.request)
        asked = msgspec.structs.replace(source, parse=_parser(source, inquiry))
        answer = ingest_answer(writer, asked, located, fetcher, writer.knows)
        if answer:
            answers, stale, failures = answers + 1, stale + answer.unchanged, 0
            continue
        failures += 1
        if failures == MAX_FAILURES and number < len(inquiries):
            what = f"{failures} addresses in a row gave no answer; {counted(len(inquiries) - number, 'was', 'were')} not asked"
            problem = Problem(source.title, what, cure="the next run asks again")
            writer.report.problems.append(problem)
            break
    return answers, stale


def _parser(source: Source, inquiry: Inquiry) -> Callable[[bytes, Request], Batch]:
    return lambda data, request: inquiry.taken(source.parse(data, request))


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
