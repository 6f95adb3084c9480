"""Asks every followed source, writes what comes, notes each run; no source stops another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from paper_digest.ingest.add import base_urls, ingest_located, locate_papers
from paper_digest.ingest.ask import ingest_answer
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.files import PaperWriter
from paper_digest.ingest.follow_filter import FollowFilter, counting_filter, split_filters
from paper_digest.ingest.plan import FetchPlan
from paper_digest.ingest.plausibility import unlikely_empty_days
from paper_digest.ingest.project_files import ingest_project_file, split_file_options
from paper_digest.ingest.record_index import match_cache_path
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Request
from paper_digest.model.counted import counted
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.quoting import public_line
from paper_digest.model.topic import Topic
from paper_digest.settings.settings_file import place_problem
from paper_digest.sources.registry import registry
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run


class SourceOutcome(msgspec.Struct):
    """How one entry of ``follow:`` went: answers that came, those that were old, all well or not.

    ``empty`` are the requests whose answers held no paper.
    """

    answers: int = 0
    unchanged_answers: int = 0
    ok: bool = True
    empty: list[Request] = []


class _ListSoFar(NamedTuple):
    """The pages of one list that came: ids of their papers, and their addresses."""

    ids: set[str]
    urls: set[str]


class Project(NamedTuple):
    """The project that is filled: its folder, the topics that its filters may name, its archive."""

    root: Path
    topics: tuple[Topic, ...]
    store: Store


def run_plans(
    project: Project,
    plans: Iterable[FetchPlan],
    open_fetcher: Callable[[str], AbstractContextManager[Fetcher]],
    now: datetime,
    show_progress: Callable[[str], None],
    *,
    log_runs: bool = True,
) -> tuple[list[Run], list[Problem]]:
    """Ask for all that is planned; the archive is locked by the caller.

    Args:
        project: the archive to fill.
        plans: what to ask.
        open_fetcher: makes the fetcher of one source, which it has to itself: a slow source cannot use
            up the time of the others.
        now: when this run began (UTC).
        show_progress: is told what is being done.
        log_runs: write each run into the diary as soon as its source is done.

    Returns:
        The runs, and problems of the archive's own files.
    """
    finished_runs: dict[int, Run] = {}
    plans = list(plans)
    services = base_urls({"source": plan.source, **plan.options} for plan in plans)
    # The entries of one source follow each other, or the time of others would count as its own.
    by_source: dict[str, list[tuple[int, FetchPlan]]] = {}
    for number, plan in enumerate(plans):
        numbered = number, msgspec.structs.replace(plan, services=services)
        by_source.setdefault(plan.source, []).append(numbered)
    writer = PaperWriter(
        project.store, IngestReport(), now.date(), match_cache=match_cache_path(project.root)
    )
    for source, entries in by_source.items():
        with open_fetcher(source) as fetcher:
            for number, plan in entries:
                writer.report = IngestReport()
                outcome = _ingest_plan(writer, plan, project, fetcher, show_progress)
                writer.finish()
                _reject_unlikely_emptiness(plan, outcome, writer.report, now)
                run = _run_record(plan, outcome, writer.report, now)
                if log_runs:
                    log.append_runs(project.store.root, [run])
                finished_runs[number] = run
    return [finished_runs[number] for number in range(len(plans))], writer.store_problems


def _ingest_plan(
    writer: PaperWriter,
    plan: FetchPlan,
    project: Project,
    fetcher: Fetcher,
    show_progress: Callable[[str], None],
) -> SourceOutcome:
    """Fill one entry of ``follow:``; each address is asked once.

    What another entry asked is asked again: its filters may have left out what this one takes, and where it
    got no answer the days of this one are not filled either. The answer comes from the cache.
    """
    outcome = SourceOutcome()
    asked_urls: set[str] = set()
    try:
        source = registry().source(plan.source)
        options, filters = split_filters(source, plan.options)
        is_wanted = counting_filter(
            FollowFilter(source, filters, project.topics), writer.knows, writer.report
        )
        files, saved_on, options = split_file_options(options, plan.source, project.root)
        # An entry that names files asks the web only if it has options for that, too.
        asks_web = bool(options or not files)
        first = source.requests(options, plan.since, plan.until) if asks_web else ()
        queue = deque((request, _ListSoFar(set(), set())) for request in first)
    except DigestError as error:
        problem = place_problem(error.problem, project.root, "follow", plan.number)
        writer.report.problems.append(problem)
        return SourceOutcome(ok=False)
    for path in files:
        show_progress(f"{plan.source} {path.name}")
        outcome.ok &= ingest_project_file(writer, source, path, project.root, saved_on, is_wanted)
        outcome.answers += 1
    names, problems = writer.report.paper_names, writer.report.problems
    for located in locate_papers(names, problems, plan.services):
        show_progress(f"{plan.source} {located.request.url}")
        outcome.ok &= ingest_located(writer, located, fetcher)
    while queue:
        request, pages = queue.popleft()
        if request.url in pages.urls:
            problem = _repetition_problem(request, "leads back to a page that came before it")
            writer.report.problems.append(problem)
            outcome.ok = False
        if request.url in asked_urls:
            continue
        asked_urls.add(request.url)
        pages.urls.add(request.url)
        show_progress(f"{plan.source} {request.url} ({len(queue)} more)")
        ingested = ingest_answer(writer, source, request, fetcher, is_wanted)
        if ingested is None:
            outcome.ok = False
            continue
        outcome.answers += 1
        outcome.unchanged_answers += ingested.unchanged
        ids = frozenset(paper.id for paper in ingested.batch.papers)
        if not ids:
            outcome.empty.append(request)
        if ids and ids <= pages.ids:
            what = f"repeats {counted(len(ids), 'paper')} of the pages before it"
            writer.report.problems.append(_repetition_problem(request, what))
            outcome.ok = False
            continue
        pages.ids.update(ids)
        queue.extend((following, pages) for following in ingested.batch.next_requests)
    outcome.ok &= not writer.report.blocked
    return outcome


def _repetition_problem(request: Request, what: str) -> Problem:
    """Say that a list goes round, by its papers or by its addresses: going on would never end."""
    cure = "ask again later; if it lasts, ask for fewer days at a time"
    return Problem(request.url, f"{what}, so the rest of the list never comes", cure=cure)


def _reject_unlikely_emptiness(
    plan: FetchPlan, outcome: SourceOutcome, report: IngestReport, now: datetime
) -> None:
    """Leave the days open whose answers were empty although papers were due."""
    calendar = registry().calendar(plan.source)
    if not (days := unlikely_empty_days(outcome.empty, plan.past_runs, calendar, now)):
        return
    first, last, count = days
    what = (
        f"sent no paper for {first} to {last}, on which {count} announcements fall, though it gave "
        "papers before; these days stay open"
    )
    cure = "nothing is to be done unless it lasts; then check the options of this entry"
    report.problems.append(Problem(registry().title(plan.source), what, cure=cure))
    outcome.ok = False


def _run_record(
    plan: FetchPlan, outcome: SourceOutcome, report: IngestReport, now: datetime
) -> Run:
    return Run(
        source=plan.source,
        query=plan.query,
        started=now.isoformat(timespec="seconds"),
        since=plan.since.isoformat(),
        until=plan.until.isoformat(),
        ok=outcome.ok,
        answers=outcome.answers,
        stale=outcome.unchanged_answers,
        entries=report.entries,
        new=len(report.new),
        changed=len(report.changed),
        newest=report.newest,
        problems=len(report.problems),
        undecided=len(report.undecided),
        left_out=len(report.left_out),
        entry=log.entry_key(plan.options),
        left_out_ids=tuple(report.left_out[: log.MAX_LEFT_OUT_WRITTEN]),
        said=tuple(public_line(str(p)) for p in report.problems[: log.MAX_PROBLEMS_WRITTEN]),
    )
