"""What an ingest would bring: everything is asked and read, and nothing is written but cached answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from paper_digest.catalog.topics import TopicClassifier
from paper_digest.ingest import plan
from paper_digest.ingest import run as fill
from paper_digest.ingest.commands import TOTAL_BUDGET_S, FetcherFactory, FetchOptions, make_fetcher
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.settings.config import load_config
from paper_digest.store.runs import log
from paper_digest.store.runs.log import Run
from paper_digest.store.trial import TrialStore


class NewPaper(NamedTuple):
    """A paper that would be new: its id and title, and the names of the topics it would get."""

    id: str
    title: str
    topics: tuple[str, ...]


class Preview(NamedTuple):
    """What an ingest would do: its runs, the papers that would be new, and problems of the archive."""

    runs: list[Run]
    new_papers: list[NewPaper]
    problems: list[Problem]


def preview_followed(
    root: Path,
    day_range: tuple[date | None, date | None],
    show_progress: Callable[[str], None],
    now: datetime | None = None,
    fetcher_factory: FetcherFactory = make_fetcher,
) -> Preview:
    """Ask all that ``archive.yml`` follows, and say what ``digest ingest`` would write.

    Args:
        root: the project's folder.
        day_range: first and last day to fill; ``None`` for each source's first gap, and today.
        show_progress: is told what is being done.
        now: the time; the clock's, unless given.
        fetcher_factory: makes the fetcher.

    Raises:
        ConfigError: the settings are wrong.
    """
    config, now = load_config(root), now or datetime.now(UTC)
    store, problems = TrialStore(root / "archive"), list[Problem]()
    past_runs = list(log.read_runs(store.root, problems))
    options = FetchOptions(TOTAL_BUDGET_S, show_wait=show_progress)
    runs, store_problems = fill.run_plans(
        fill.Project(root, config.topics, store),
        plan.plan_days(config.follow, past_runs, now.date(), *day_range),
        lambda _: fetcher_factory(root, config, options),
        now,
        show_progress,
        log_runs=False,
    )
    new_papers = _with_topics(store.new_papers(), config.topics)
    return Preview(runs, list(new_papers), [*problems, *store_problems])


def _with_topics(papers: Iterable[Paper], topics: tuple[Topic, ...]) -> Iterable[NewPaper]:
    classifier = TopicClassifier(topics)
    for paper in papers:
        names = tuple(match.topic for match in classifier.classify(paper))
        yield NewPaper(paper.id, paper.title, names)
