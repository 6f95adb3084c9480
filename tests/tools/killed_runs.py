"""Kill ingests, builds, uploads and mailings at random moments, and run each again to its end.

Usage: python tests/tools/killed_runs.py [COUNT [SEED]]     (200 by default, a quarter of each kind)

After a kill no file is half-written, and the next run completes what was begun; a mail has gone to
one recipient twice at most: the one it was on its way to. Ends with 1 where that is not so.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import forked_builds
from killed_jobs import Build, Ingest, Job, LargeBuild, Mails, Publish

JOBS: tuple[Callable[[Path], Job], ...] = (
    Ingest,
    Build,
    Publish,
    Mails,
    Ingest,
    LargeBuild,
    Publish,
    Mails,
)


def main(count: int = 200, seed: int = 1) -> int:
    """Return the exit code: 0 if no kill did harm."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    forked_builds.trust_times_at_once()
    chance = random.Random(seed)  # noqa: S311 - a repeatable draw
    ends: Counter[str] = Counter()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        jobs = [
            make(Path(folder, str(number)))
            for number, make in enumerate(JOBS[: max(4, min(count, 8))])
        ]
        for number in range(count):
            job = jobs[number % len(jobs)]
            name = type(job).__name__.lower()
            try:
                ends[f"{name}: {job.kill_once(chance)}, then completed"] += 1
            except Exception:  # noqa: BLE001 - the fault looked for
                faults += 1
                click.echo(f"{name} (kill {number}):\n{traceback.format_exc()[-1500:]}")
                ends[f"{name}: harmed"] += 1
        for job in jobs:
            job.stop()
    for end, times in sorted(ends.items()):
        click.echo(f"{times:6,}  {end}")
    click.echo(f"{count} runs, {faults} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
