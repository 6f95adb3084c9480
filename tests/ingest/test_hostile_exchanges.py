"""A server that means ill costs its deadline, and the good source behind it is asked.

``tests/tools/hostile_exchanges.py`` runs any number of these exchanges and prints how they ended.
"""

from __future__ import annotations

from pathlib import Path

from hostile_exchanges import hostile_server, run_exchange
from loopback_server import JSON, Server, send
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import Politeness
from paper_digest.model.batch import Request

_MANNERS = Politeness(
    interval_s=0.0, max_tries=1, timeout_s=0.2, answer_timeout_s=0.3, max_bytes=2_000_000
)
_WORLD = Environment(sleep=lambda _: None)


def _ask(folder: Path, request: Request) -> bytes:
    patient = Politeness(interval_s=0.0)  # a busy machine is no fault of the good source
    with HttpFetcher(patient, folder, environment=_WORLD) as fetcher:
        return fetcher.get(request).data


def test_hostile_exchanges_end_and_the_good_source_is_asked(tmp_path: Path) -> None:
    good = Server()
    ends = set()
    with hostile_server() as base:
        for number in range(25):
            with HttpFetcher(_MANNERS, tmp_path, environment=_WORLD) as fetcher:
                ends.add(run_exchange(fetcher, f"{base}{number}")[0])
            assert _ask(tmp_path, good.on("/good", send())) == JSON
    good.stop()
    assert "problem" in ends
