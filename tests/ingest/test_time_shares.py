"""The hour of a run is divided: every source has its share to itself, and so has the watch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback_server import FakeTime, Server, hang_up
from paper_digest.ingest import commands
from paper_digest.ingest.commands import TOTAL_BUDGET_S, FetchOptions
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Answer, Fetcher
from paper_digest.model.batch import Request
from paper_digest.model.paper import Paper
from paper_digest.settings.config import Config
from paper_digest.store.files import Store
from source_answers import fetching, project

_NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
_ARXIV = {"source": "arxiv", "ids": ["2511.01230"]}
_FEED = {"source": "feed", "urls": ["https://a.example/feed"]}
_HF = {"source": "huggingface"}


@pytest.mark.parametrize("watch", [0, 1])
@pytest.mark.parametrize("follow", [[_HF], [_HF, _ARXIV], [_ARXIV, _FEED, _HF, _FEED], []])
def test_all_shares_together_are_the_time_of_a_run(
    tmp_path: Path, follow: list[dict[str, object]], watch: int
) -> None:
    server, fake = Server(), FakeTime()
    server.replies = defaultdict(lambda: [hang_up])
    opened: list[float] = []
    asking = fetching(server, fake)

    @contextmanager
    def counting(root: Path, config: Config, options: FetchOptions) -> Iterator[Fetcher]:
        opened.append(options.budget_s)
        with asking(root, config, options) as fetcher:
            yield fetcher

    root = project(tmp_path, follow)
    with (root / "archive.yml").open("a") as settings:
        settings.write(f"watch: {watch}\n")
    Store(root / "archive").write([Paper(id="arxiv:2603.00001", title="Boats")])
    commands.ingest_followed(
        root, (None, None), replay=False, show_progress=lambda _: None, now=_NOW, fetcher_factory=counting
    )  # fmt: skip
    server.stop()
    assert len(opened) == len({str(entry["source"]) for entry in follow}) + watch
    assert sum(opened) <= TOTAL_BUDGET_S + 1e-6


class _SlowHost:
    """Takes as long for one host as its share allows, before the real fetcher asks."""

    def __init__(self, fetcher: HttpFetcher, fake: FakeTime, seconds: float) -> None:
        self._fetcher, self._fake, self._seconds = fetcher, fake, seconds

    def get(self, request: Request) -> Answer:
        """Sleep for the slow host, and ask."""
        if "a.example" in request.url:
            self._fake.sleep(self._seconds)
        return self._fetcher.get(request)


def test_a_slow_source_between_two_entries_of_another_takes_none_of_its_time(
    tmp_path: Path,
) -> None:
    server, fake = Server(), FakeTime()
    server.replies = defaultdict(lambda: [hang_up])

    @contextmanager
    def slow(root: Path, _: Config, options: FetchOptions) -> Iterator[Fetcher]:
        manners = Politeness(max_tries=1, interval_s=0.0, budget_s=options.budget_s, rate_limits={})
        with HttpFetcher(manners, root / "answers", environment=fake.world) as fetcher:
            yield _SlowHost(fetcher, fake, options.budget_s)

    mirror = {"base_url": server.base}
    follow: list[dict[str, object]] = [
        {**_ARXIV, **mirror},
        {"source": "feed", "urls": ["http://a.example.localhost:9/feed"]},
        {"source": "arxiv", "ids": ["2511.01231"], **mirror},
    ]
    runs, _ = commands.ingest_followed(
        project(tmp_path, follow), (None, None), replay=False, show_progress=lambda _: None, now=_NOW, fetcher_factory=slow
    )  # fmt: skip
    server.stop()
    said = {run.query: " ".join(run.said) for run in runs if run.source == "arxiv"}
    assert len(said) == 2
    assert not any("used up" in words for words in said.values())
