"""Lists that go round by their addresses, and lists that several entries of ``follow:`` ask for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback_server import FakeTime, Reply, Server, send
from paper_digest.ingest import commands
from paper_digest.ingest.commands import FetchOptions, answer_cache_folder
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.ingest.fetch.protocol import Fetcher
from paper_digest.settings.config import Config
from paper_digest.store.files import Store
from paper_digest.store.runs import coverage, log
from paper_digest.store.runs.log import Run
from source_answers import HF, ask_followed, at, project

_BOATS: dict[str, object] = {"source": "huggingface", "words": ["boats"]}
_KITES: dict[str, object] = {"source": "huggingface", "words": ["kites"]}
_RECORD = """<record><header><identifier>oai:arXiv.org:{0}</identifier></header><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{0}</id><created>2026-02-27</created><authors><author>
<keyname>Example</keyname><forenames>Ada</forenames></author></authors><title>Boats of {0}</title>
<categories>cs.RO</categories><abstract>We fold them.</abstract></arXiv></metadata></record>"""


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def ingest(root: Path, server: Server) -> list[Run]:
    fake = FakeTime()
    at(fake, 2026, 3, 2, 12)
    return ask_followed(root, server, fake)[0]


@contextmanager
def _direct(root: Path, _: Config, options: FetchOptions) -> Iterator[Fetcher]:
    """Open the fetcher as it is, so that answers are cached under the addresses that were asked."""
    manners = Politeness(interval_s=0.0, max_tries=1, rate_limits={})
    with HttpFetcher(manners, answer_cache_folder(root), replay=options.replay) as fetcher:
        yield fetcher


def ids(root: Path) -> set[str]:
    return {paper.id for paper in Store(root / "archive").read_all([])}


@pytest.mark.parametrize(("pages", "back_to"), [(2, 0), (3, 1), (5, 1), (5, 3), (4, 4)])
def test_tokens_that_lead_back_end_the_list_and_fill_no_day(
    server: Server, tmp_path: Path, pages: int, back_to: int
) -> None:
    """Page ``n`` names ``n + 1``; the last one names a page that came before, itself among them."""

    class Replies(defaultdict):  # type: ignore[type-arg]
        def __missing__(self, path: str) -> list[Reply]:
            token = parse_qs(urlsplit(path).query).get("resumptionToken", ["0"])[0]
            following = int(token) + 1 if int(token) < pages else back_to
            record = _RECORD.format(f"2602.{int(token):05}")
            answer = f"""<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{record}
                <resumptionToken>{following}</resumptionToken></ListRecords></OAI-PMH>"""
            return [send(answer.encode(), Content_Type="text/xml")]

    server.replies = Replies()
    [run] = ingest(project(tmp_path, [{"source": "arxiv", "oai": ["cs:cs:RO"]}]), server)
    assert not run.ok
    assert run.problems == 1
    assert pages <= len(server.calls) <= pages + 2
    assert coverage.filled_spans(r for r in log.read_runs(tmp_path / "archive") if r.ok) == []


@pytest.mark.parametrize("entries", [[_BOATS, _KITES], [_KITES, _BOATS], [_KITES, _KITES, _BOATS]])
def test_each_entry_takes_its_own_papers_of_a_list_that_is_asked_once(
    server: Server, tmp_path: Path, entries: list[dict[str, object]]
) -> None:
    titles = ("Boats that float", "Kites that fly")
    papers = [
        {"paper": {"id": f"2602.0000{n}", "title": title, "summary": "We made them.", "upvotes": 1}}
        for n, title in enumerate(titles, 1)
    ]
    server.replies = defaultdict(lambda: [send(json.dumps(papers).encode())])
    root = project(tmp_path, [{**entry, "base_url": server.base} for entry in entries])
    runs, _ = commands.ingest_followed(
        root, (None, None), replay=False, show_progress=lambda _: None, fetcher_factory=_direct
    )
    assert [run.ok for run in runs] == [True] * len(entries)
    assert [run.answers for run in runs] == [15] * len(entries)
    assert ids(root) == {"arxiv:2602.00001", "arxiv:2602.00002"}
    assert len(server.calls) == 15


def test_a_list_that_failed_for_one_entry_fills_no_day_of_another(
    server: Server, tmp_path: Path
) -> None:
    server.replies = defaultdict(lambda: [send(b"[]")])
    server.on(HF.format("2026-02-20"), send(b"", 404))
    root = project(tmp_path, [_BOATS, _KITES])
    assert [run.ok for run in ingest(root, server)] == [False, False]
    good = [run for run in log.read_runs(root / "archive") if run.ok]
    query = log.query_key({})
    assert coverage.first_unfilled_day(good, "huggingface", query, date(2026, 3, 2)) == date(
        2026, 2, 23
    )
