"""Asks every followed source, writes what comes, notes each run; no source stops another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path

import msgspec

from paper_digest.ingest.add import locate_papers
from paper_digest.ingest.ask import ingest_answer
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.files import PaperWriter, ingest_file, list_files
from paper_digest.ingest.plan import FetchPlan
from paper_digest.ingest.plausibility import unlikely_empty_days
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Request
from paper_digest.model.errors import ConfigError, DigestError, Problem
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run
from paper_digest.text.dates import iso_day


class SourceOutcome(msgspec.Struct):
    """How one entry of ``follow:`` went: answers that came, those that were old, all well or not.

    ``empty`` are the requests whose answers held no paper.
    """

    answers: int = 0
    unchanged_answers: int = 0
    ok: bool = True
    empty: list[Request] = []


def run_plans(
    root: Path,
    plans: Iterable[FetchPlan],
    open_fetcher: Callable[[str], AbstractContextManager[Fetcher]],
    now: datetime,
    show_progress: Callable[[str], None],
    *,
    log_runs: bool = True,
) -> tuple[list[Run], list[Problem]]:
    """Ask for all that is planned; the archive is locked by the caller.

    Args:
        root: the project's folder.
        plans: what to ask.
        open_fetcher: makes the fetcher of one source, which it has to itself: a slow source cannot use
            up the time of the others.
        now: when this run began (UTC).
        show_progress: is told what is being done.
        log_runs: write each run into the diary as soon as its source is done.

    Returns:
        The runs, and problems of the archive's own files.
    """
    store = Store(root / "archive")
    finished_runs: list[Run] = []
    asked_urls: set[str] = set()
    fetchers: dict[str, Fetcher] = {}
    with ExitStack() as stack:
        writer = PaperWriter(store, IngestReport(), now.date())
        for plan in plans:
            writer.report = IngestReport()
            if plan.source not in fetchers:
                fetchers[plan.source] = stack.enter_context(open_fetcher(plan.source))
            fetcher = fetchers[plan.source]
            outcome = _ingest_plan(writer, plan, root, fetcher, asked_urls, show_progress)
            writer.finish()
            _reject_unlikely_emptiness(plan, outcome, writer.report, now)
            run = _run_record(plan, outcome, writer.report, now)
            if log_runs:
                log.append_runs(store.root, [run])
            finished_runs.append(run)
    return finished_runs, writer.store_problems


def _ingest_plan(
    writer: PaperWriter,
    plan: FetchPlan,
    root: Path,
    fetcher: Fetcher,
    asked_urls: set[str],
    show_progress: Callable[[str], None],
) -> SourceOutcome:
    """Fill one entry of ``follow:``; addresses in ``asked_urls`` are not asked again."""
    outcome = SourceOutcome()
    try:
        source = registry().source(plan.source)
        files, saved_on, options = _split_file_options(plan, root)
        # An entry that names files asks the web only if it has options for that, too.
        asks_web = bool(options or not files)
        first = source.requests(options, plan.since, plan.until) if asks_web else ()
        queue = deque((request, frozenset[str]()) for request in first)
    except DigestError as error:
        writer.report.problems.append(error.problem)
        return SourceOutcome(ok=False)
    for path in files:
        show_progress(f"{plan.source} {path.name}")
        outcome.ok &= _ingest_project_file(writer, source, path, root, saved_on)
        outcome.answers += 1
    for located in locate_papers(writer.report.paper_names, writer.report.problems):
        show_progress(f"{plan.source} {located.request.url}")
        ingested = ingest_answer(writer, located.source, located.request, fetcher)
        outcome.ok &= ingested is not None
    while queue:
        request, ids_before = queue.popleft()
        if request.url in asked_urls:
            continue
        asked_urls.add(request.url)
        show_progress(f"{plan.source} {request.url} ({len(queue)} more)")
        ingested = ingest_answer(writer, source, request, fetcher)
        if ingested is None:
            outcome.ok = False
            continue
        outcome.answers += 1
        outcome.unchanged_answers += ingested.unchanged
        ids = frozenset(paper.id for paper in ingested.batch.papers)
        if not ids:
            outcome.empty.append(request)
        if ids and ids <= ids_before:
            writer.report.problems.append(_repetition_problem(request, len(ids)))
            outcome.ok = False
            continue
        queue.extend((following, ids) for following in ingested.batch.next_requests)
    outcome.ok &= not writer.report.blocked
    return outcome


def _repetition_problem(request: Request, count: int) -> Problem:
    """Say that a page holds what the page before it held: going on would never end."""
    what = (
        f"repeats the {count:,} papers of the page before it, so the rest of the list never comes"
    )
    cure = "ask again later; if it lasts, ask for fewer days at a time"
    return Problem(request.url, what, cure=cure)


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
        said=tuple(str(p) for p in report.problems[: log.MAX_PROBLEMS_WRITTEN]),
    )


def _ingest_project_file(
    writer: PaperWriter, source: Source, path: Path, root: Path, saved_on: str
) -> bool:
    """Take one file of the project; return whether it could be read."""
    name = str(path.relative_to(root))
    try:
        with path.open("rb") as stream:
            return ingest_file(writer, source, name, stream, saved_on)
    except OSError as error:
        what = f"cannot be opened: {error.strerror}"
        writer.report.problems.append(Problem(name, what, cure="correct its name in archive.yml"))
        return False


def _split_file_options(plan: FetchPlan, root: Path) -> tuple[list[Path], str, dict[str, object]]:
    """Take ``files`` and ``date`` out of the options of an entry.

    Returns:
        The files, relative to the project and inside it; the ISO day they were saved, or ""; and
        the options that are left, which are the source's own.

    Raises:
        ConfigError: for anything else than a list of names, and a day.
    """
    options = dict(plan.options)
    if "files" not in options:
        return [], "", options
    where = f"archive.yml: source {plan.source}"
    given, saved_on = options.pop("files"), str(options.pop("date", ""))
    if saved_on and iso_day(saved_on) != saved_on:
        raise ConfigError(where, f"option “date” holds {saved_on!r}", "write it as 2025-11-20")
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not names:
        raise ConfigError(where, "option “files” is no list of files", "write files: [papers.bib]")
    return list(_files_inside(names, root, where)), saved_on, options


def _files_inside(names: Iterable[object], root: Path, where: str) -> Iterator[Path]:
    for name in names:
        path = root / str(name)
        if not isinstance(name, str) or not path.resolve().is_relative_to(root.resolve()):
            what = f"option “files” holds {name!r}, which lies outside the project"
            raise ConfigError(where, what, "copy the file into the project")
        yield from list_files([path])
