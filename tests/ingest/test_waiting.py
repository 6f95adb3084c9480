"""A run that waits for a server says for which and why, at least each minute, whoever waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from loopback_server import FakeTime, Reply, Server, hang_up, send
from paper_digest.cli.progress import SECONDS_BETWEEN_LINES, Progress
from paper_digest.ingest import commands
from paper_digest.ingest.commands import FetchOptions
from paper_digest.ingest.fetch.chat import ChatClient
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.model.errors import SourceError
from paper_digest.settings.config import Config
from source_answers import project


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


class Heard:
    """What was said, and when, by a clock that only sleeping moves."""

    def __init__(self) -> None:
        self.fake = FakeTime()
        self.words: list[str] = []
        self.times: list[float] = []

    def __call__(self, words: str) -> None:
        """Hear what is waited for."""
        self.words.append(words)
        self.times.append(self.fake.at)

    @property
    def longest_silence(self) -> float:
        """Seconds from the beginning, or from words to words, or to the end."""
        return max(b - a for a, b in pairwise([1000.0, *self.times, self.fake.at]))


def _busy_after_reading(handler: BaseHTTPRequestHandler) -> None:
    handler.rfile.read(int(handler.headers["Content-Length"]))
    failure(200)(handler)


def failure(wait: int) -> Reply:
    return send(b"busy", 503, Retry_After=str(wait)) if wait else hang_up


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(waits=[300, 300, 300])
@example(waits=[61])
@given(waits=st.lists(st.integers(0, 300), max_size=4))
def test_no_wait_for_a_server_is_silent(server: Server, tmp_path: Path, waits: list[int]) -> None:
    heard = Heard()
    request = server.on("/a", *map(failure, waits), send())
    with HttpFetcher(
        Politeness(interval_s=0.0, rate_limits={}, site=str(waits)),
        tmp_path,
        environment=heard.fake.world,
        show_wait=heard,
    ) as fetcher:
        with suppress(SourceError):  # five tries may take too long
            fetcher.get(request)
        assert heard.longest_silence <= 60
        before = len(heard.words)
        assert (before > 0) == bool(waits)
        assert all("127.0.0.1: " in words and "asked again in" in words for words in heard.words)
        if waits and waits[0]:
            assert "503" in heard.words[0]
        server.on("/a", send())
        if heard.fake.at < 1500:
            fetcher.get(request)
            fetcher.get(request)
            assert len(heard.words) in {before, before + 1}


def test_a_models_silence_is_not_ours(server: Server) -> None:
    heard = Heard()
    with ChatClient(server.base, "", 30, heard.fake.world, heard) as client:
        server.http.RequestHandlerClass.do_POST = _busy_after_reading  # type: ignore[attr-defined]
        with suppress(SourceError):
            client.ask({})
    assert heard.fake.at >= 1600
    assert heard.longest_silence <= 60


def test_a_log_of_a_dead_network_says_what_is_waited_for(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeTime()
    server.replies = defaultdict(lambda: [hang_up])

    @contextmanager
    def opened(root: Path, _: Config, options: FetchOptions) -> Iterator[Fetcher]:
        manners = Politeness(interval_s=0.0, rate_limits={}, budget_s=options.budget_s)
        world = Environment(clock=lambda: fake.at, sleep=fake.sleep)
        with HttpFetcher(
            manners, root / "answers", environment=world, show_wait=options.show_wait
        ) as fetcher:
            yield fetcher

    root = project(tmp_path, [{"source": "huggingface", "base_url": server.base}])
    [run], _ = commands.ingest_followed(
        root,
        (None, None),
        replay=False,
        show_progress=Progress(clock=lambda: fake.at),
        fetcher_factory=opened,
    )
    assert not run.ok
    said = capsys.readouterr().err.splitlines()
    assert len(said) >= int((fake.at - 1000) // (2 * SECONDS_BETWEEN_LINES)) >= 0
    assert fake.at < 1000 + 300
