"""What asks the web: settings, diary, clock and fetcher brought together for each command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from paper_digest.ingest import enrich as enriching
from paper_digest.ingest import plan, resume
from paper_digest.ingest import run as fill
from paper_digest.ingest.add import base_urls, ingest_located, locate_papers, read_names
from paper_digest.ingest.clock import clock_problems
from paper_digest.ingest.fetch.cache import AnswerCache
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.ingest.files import PaperWriter
from paper_digest.ingest.plan import FetchPlan
from paper_digest.ingest.record_index import match_cache_path
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.watch import Watch, watch_papers
from paper_digest.model.errors import Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.settings.config import Config, load_config
from paper_digest.sources import arxiv
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run

#: Days a raw answer is kept for replay.
ANSWER_CACHE_DAYS = 30

#: Seconds for all sources together; each gets its share, so that a slow one cannot use up all.
TOTAL_BUDGET_S = 3600.0


class FetchOptions(StrictStruct, frozen=True):
    """How a run asks: for how many seconds at most; or, to ``replay``, kept answers alone.

    ``show_wait`` is told what it waits for.
    """

    budget_s: float = TOTAL_BUDGET_S
    replay: bool = False
    show_wait: Callable[[str], None] | None = None


FetcherFactory = Callable[[Path, Config, FetchOptions], AbstractContextManager[Fetcher]]


def make_fetcher(root: Path, config: Config, options: FetchOptions) -> HttpFetcher:
    """Make the fetcher of the project at ``root``; answers are kept in ``.cache/answers``."""
    politeness = Politeness(contact=config.contact, site=config.url, budget_s=options.budget_s)
    return HttpFetcher(
        politeness,
        answer_cache_folder(root),
        replay=options.replay,
        show_wait=options.show_wait,
    )


def ingest_followed(
    root: Path,
    day_range: tuple[date | None, date | None],
    *,
    replay: bool,
    show_progress: Callable[[str], None],
    now: datetime | None = None,
    fetcher_factory: FetcherFactory = make_fetcher,
) -> tuple[list[Run], list[Problem]]:
    """Fill the archive at ``root`` from all that its ``archive.yml`` follows.

    Args:
        root: the project's folder.
        day_range: first and last day to fill; ``None`` for each source's first gap, and today.
        replay: read the answers kept in ``.cache/answers`` and open no connection. Without a
            span, all that the runs of the last ``ANSWER_CACHE_DAYS`` days asked for is read again. A replay
            leaves no record in the diary.
        show_progress: is told what is being done.
        now: the time; the clock's, unless given.
        fetcher_factory: makes the fetcher.

    Returns:
        The runs, and problems of the archive's own files.

    Raises:
        ConfigError: the settings are wrong. LockedError: another run is writing.
    """
    config, now = load_config(root), now or datetime.now(UTC)
    sources = {str(entry["source"]) for entry in config.follow}
    # The watch has one share more: the workflow ends a job that takes too long, and commits nothing of it.
    shares = len(sources) + bool(config.watch)
    options = FetchOptions(TOTAL_BUDGET_S / max(1, shares), replay, show_progress)
    store, run_problems = Store(root / "archive"), list[Problem]()
    project = fill.Project(root, config.topics, store)
    with store.lock():
        past_runs = list(log.read_runs(store.root, run_problems))
        run_problems += clock_problems(past_runs, now)
        if replay:
            plans = _replay_plans(config, past_runs, now, day_range)
            finished_runs, problems = fill.run_plans(
                project,
                plans,
                lambda _: fetcher_factory(root, config, options),
                now,
                show_progress,
                log_runs=False,
            )
        else:
            days = [day.isoformat() if day else "" for day in day_range]
            run_marker_file = root / ".cache" / "unfinished.json"
            run_marker = resume.start_or_resume(run_marker_file, now, *days)
            if (run_started := datetime.fromisoformat(run_marker.started)) != now.replace(
                microsecond=0
            ):
                show_progress(f"going on with the run of {run_marker.started}, which was stopped")
            plans = list(plan.plan_days(config.follow, past_runs, run_started.date(), *day_range))

            @contextmanager
            def open_resuming(_: str) -> Iterator[Fetcher]:
                with fetcher_factory(root, config, options) as fetcher:
                    yield resume.ResumingFetcher(
                        fetcher, answer_cache_folder(root), run_marker.started
                    )

            finished_runs, problems = fill.run_plans(
                project, plans, open_resuming, run_started, show_progress
            )
            if config.watch and day_range == (None, None):
                services = base_urls(config.follow)
                cache = match_cache_path(root)
                watch = Watch(store, config.watch, past_runs, services, cache)
                with open_resuming("watch") as fetcher:
                    finished_runs += watch_papers(watch, fetcher, run_started, show_progress)
            resume.remove_marker(run_marker_file)
            AnswerCache(answer_cache_folder(root)).prune(ANSWER_CACHE_DAYS, now)
    return finished_runs, [*run_problems, *problems]


def expired_gap_commands(root: Path, today: date | None = None) -> list[str]:
    """Return the commands that fill days which were due, never came, and are no longer asked for.

    A backfill that failed is such a one, and so is a long time without any run: gaps older than
    ``coverage.MAX_GAP_AGE`` are left alone until somebody names their days.

    Raises:
        ConfigError: the settings are wrong.
    """
    today = today or datetime.now(UTC).date()
    runs = list(log.read_runs(root / "archive", []))
    return list(dict.fromkeys(plan.expired_gap_commands(load_config(root).follow, runs, today)))


def _replay_plans(
    config: Config, past_runs: list[Run], now: datetime, day_range: tuple[date | None, date | None]
) -> list[FetchPlan]:
    """Plan what the runs of the last days asked for; without any, what a first run would."""
    oldest = (now - timedelta(days=ANSWER_CACHE_DAYS)).isoformat(timespec="seconds")
    recent = [run for run in past_runs if run.started > oldest]
    again = list(plan.replay_plans(config.follow, recent)) if day_range == (None, None) else []
    return again or list(plan.plan_days(config.follow, [], now.date(), *day_range))


def add_papers(
    root: Path,
    paper_names: Iterable[str],
    show_progress: Callable[[str], None],
    fetcher_factory: FetcherFactory = make_fetcher,
    *,
    reads_files: bool = True,
) -> IngestReport:
    """Add the papers called ``paper_names`` to the archive at ``root``.

    They are ids, DOIs and addresses; where ``reads_files``, also files of these, and ``-`` for
    standard input.

    Raises:
        ConfigError: the settings are wrong. LockedError: another run is writing.
    """
    store, report = Store(root / "archive"), IngestReport()
    config = load_config(root)
    services = base_urls(config.follow)
    with (
        store.lock(),
        fetcher_factory(root, config, FetchOptions(show_wait=show_progress)) as fetcher,
    ):
        today = datetime.now(UTC).date()
        writer = PaperWriter(store, report, today, match_cache=match_cache_path(root))
        report.problems.extend(writer.store_problems)
        names = read_names(paper_names, report.problems) if reads_files else paper_names
        for located in locate_papers(names, report.problems, services):
            show_progress(", ".join(located.names[:3]))
            ingest_located(writer, located, fetcher)
        writer.finish()
    return report


def enrich_archive(
    root: Path, show_progress: Callable[[str], None], fetcher_factory: FetcherFactory = make_fetcher
) -> tuple[IngestReport, list[tuple[str, str]]]:
    """Fill the gaps of saved-page papers from arXiv; see ``enrich.enrich_store``."""
    config = load_config(root)
    arxiv_url = base_urls(config.follow).get(arxiv.SOURCE.name, "")
    with fetcher_factory(root, config, FetchOptions(show_wait=show_progress)) as fetcher:
        attempts_file = root / ".cache" / "enrich.jsonl"
        return enriching.enrich_store(
            Store(root / "archive"),
            fetcher,
            attempts_file,
            datetime.now(UTC),
            show_progress,
            arxiv_url,
        )


def answer_cache_folder(root: Path) -> Path:
    """Name the folder of a project's raw answers."""
    return root / ".cache" / "answers"
