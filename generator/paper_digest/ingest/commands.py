"""What asks the web: settings, diary, clock and fetcher brought together for each command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from paper_digest.ingest import enrich as enriching
from paper_digest.ingest import parse, plan, resume
from paper_digest.ingest import run as fill
from paper_digest.ingest.fetch.cache import Answers
from paper_digest.ingest.fetch.client import Fetcher
from paper_digest.ingest.fetch.politeness import Manners
from paper_digest.ingest.files import Absorber, Report, problem
from paper_digest.ingest.parse import Getter
from paper_digest.ingest.plan import Plan
from paper_digest.model.errors import DigestError, RecordError
from paper_digest.model.paper import Problem, Request, StrictStruct
from paper_digest.settings.config import Config, load_config
from paper_digest.sources.locate import locate
from paper_digest.store.files import Store
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run

#: Days a raw answer is kept for replay.
KEPT = 30

#: Seconds for all sources together; each gets its share, so that a slow one cannot use up all.
BUDGET = 3600.0


class Asking(StrictStruct, frozen=True):
    """How a run asks: for how many seconds at most; or, to ``replay``, kept answers alone."""

    seconds: float = BUDGET
    replay: bool = False


Fetching = Callable[[Path, Config, Asking], AbstractContextManager[Getter]]


def fetcher(root: Path, config: Config, asking: Asking) -> Fetcher:
    """Make the fetcher of the project at ``root``; answers are kept in ``.cache/answers``."""
    manners = Manners(contact=config.contact, site=config.url, budget=asking.seconds)
    return Fetcher(manners, answers(root), replay=asking.replay)


def ingest(
    root: Path,
    span: tuple[date | None, date | None],
    *,
    replay: bool,
    tell: Callable[[str], None],
    now: datetime | None = None,
    fetching: Fetching = fetcher,
) -> tuple[list[Run], list[Problem]]:
    """Fill the archive at ``root`` from all that its ``archive.yml`` follows.

    Args:
        root: the project's folder.
        span: first and last day to fill; ``None`` for each source's first gap, and today.
        replay: read the answers kept in ``.cache/answers`` and open no connection. Without a
            span, all that the runs of the last ``KEPT`` days asked for is read again. A replay
            leaves no record in the diary.
        tell: is told what is being done.
        now: the time; the clock's, unless given.
        fetching: makes the fetcher.

    Returns:
        The runs, and problems of the archive's own files.

    Raises:
        ConfigError: the settings are wrong. LockedError: another run is writing.
    """
    config, now = load_config(root), now or datetime.now(UTC)
    sources = {str(entry["source"]) for entry in config.follow}
    asking = Asking(BUDGET / max(1, len(sources)), replay)
    store, broken = Store(root / "archive"), list[RecordError]()
    with store.lock():
        diary = list(log.read_runs(store.root, broken))
        if replay:
            plans = _replayed(config, diary, now, span)
            done, problems = fill.fill(
                root, plans, lambda _: fetching(root, config, asking), now, tell, noted=False
            )
        else:
            days = [day.isoformat() if day else "" for day in span]
            mark_file = root / ".cache" / "unfinished.json"
            mark = resume.begin(mark_file, now, *days)
            if (began := datetime.fromisoformat(mark.started)) != now.replace(microsecond=0):
                tell(f"going on with the run of {mark.started}, which was stopped")
            plans = list(plan.plan(config.follow, diary, began.date(), *span))

            @contextmanager
            def opened(_: str) -> Iterator[Getter]:
                with fetching(root, config, asking) as getter:
                    yield resume.Resumed(getter, answers(root), mark.started)

            done, problems = fill.fill(root, plans, opened, began, tell)
            resume.end(mark_file)
            Answers(answers(root)).prune(KEPT, now)
    return done, [*map(problem, broken), *problems]


def _replayed(
    config: Config, diary: list[Run], now: datetime, span: tuple[date | None, date | None]
) -> list[Plan]:
    """Plan what the runs of the last days asked for; without any, what a first run would."""
    oldest = (now - timedelta(days=KEPT)).isoformat(timespec="seconds")
    recent = [run for run in diary if run.started > oldest]
    again = list(plan.again(config.follow, recent)) if span == (None, None) else []
    return again or list(plan.plan(config.follow, [], now.date(), *span))


def add(
    root: Path, names: Iterable[str], tell: Callable[[str], None], fetching: Fetching = fetcher
) -> Report:
    """Add the papers called ``names`` (ids, DOIs, addresses) to the archive at ``root``.

    Raises:
        ConfigError: the settings are wrong. LockedError: another run is writing.
    """
    store, report = Store(root / "archive"), Report()
    with store.lock(), fetching(root, load_config(root), Asking()) as getter:
        absorber = Absorber(store, report, datetime.now(UTC).date())
        report.problems.extend(absorber.broken)
        for name in names:
            tell(name)
            try:
                source, request = locate(name)
                answer = getter.get(request)
                at = answer.fetched[:10]
                batch = parse.answer(plan.source(source), answer.data, Request(request.url, at))
            except DigestError as error:
                report.problems.append(problem(error))
                continue
            report.problems.extend(batch.problems)
            if not batch.papers and not batch.problems:
                what, cure = f"{source} knows no such paper", "check the id"
                report.problems.append(Problem(name, what, cure=cure))
            for paper in batch.papers:
                absorber.take(paper, source, at, request.url)
            absorber.finish()
    return report


def enrich(
    root: Path, tell: Callable[[str], None], fetching: Fetching = fetcher
) -> tuple[Report, list[tuple[str, str]]]:
    """Fill the gaps of saved-page papers from arXiv; see ``enrich.enrich``."""
    with fetching(root, load_config(root), Asking()) as getter:
        asked = root / ".cache" / "enrich.jsonl"
        return enriching.enrich(Store(root / "archive"), getter, asked, datetime.now(UTC), tell)


def answers(root: Path) -> Path:
    """Name the folder of a project's raw answers."""
    return root / ".cache" / "answers"
