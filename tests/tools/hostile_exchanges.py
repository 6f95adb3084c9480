"""Run hostile exchanges against the fetcher, a good source after each, and print the table.

Usage: python tests/tools/hostile_exchanges.py [COUNT]     (500 take about two minutes)
"""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from hostile_exchanges import hostile_server, run_exchange
from loopback_server import Server, send
from paper_digest.ingest.fetch.client import HttpFetcher
from paper_digest.ingest.fetch.host_schedule import Environment
from paper_digest.ingest.fetch.politeness import Politeness

DEADLINE_S = 0.5
#: What a step takes after the deadline: threads of the server and this process share a machine.
SLACK_S = 2.0


def main(count: int) -> int:
    """Return the exit code: 0 if every exchange ended in time and every good source was asked."""
    manners = Politeness(
        interval_s=0.0, max_tries=1, timeout_s=0.4, answer_timeout_s=DEADLINE_S, max_bytes=2_000_000
    )
    patient = Politeness(interval_s=0.0)  # a busy machine is no fault of the good source
    world = Environment(sleep=lambda _: None)
    ends: Counter[str] = Counter()
    good = Server()
    request = good.on("/good", send())
    with hostile_server() as base, tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            # Each source has a fetcher of its own, as in a run.
            with HttpFetcher(manners, Path(folder), environment=world) as fetcher:
                try:
                    how, seconds = run_exchange(fetcher, f"{base}{number}")
                except Exception:  # noqa: BLE001 - what else comes is the fault looked for
                    traceback.print_exc()
                    how, seconds = f"fault in {number}", 0.0
            ends[how if seconds < DEADLINE_S + SLACK_S else f"late: {number}"] += 1
            with HttpFetcher(patient, Path(folder), environment=world) as fetcher:
                ends["good source asked"] += bool(fetcher.get(request).data)
    good.stop()
    for how, times in sorted(ends.items()):
        click.echo(f"{times:6,}  {how}")
    is_good = ends["answer"] + ends["problem"] == count == ends["good source asked"]
    click.echo("all ended in time" if is_good else "NOT all ended well")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
