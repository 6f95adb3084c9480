"""Notices a clock that jumped, by the log of runs: a wrong day asks for wrong days and drops right dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from paper_digest.model.errors import Problem
from paper_digest.store.runs.log import Run

#: Two machines, and a clock that is set right, may differ by less.
MAX_BACKWARD = timedelta(days=1)

#: An archive that rests for longer is rarer than a clock that is wrong.
MAX_FORWARD = timedelta(days=366)


def clock_problems(past_runs: Iterable[Run], now: datetime) -> Iterator[Problem]:
    """Say that ``now`` (UTC) lies before the last run, or so long after it that it may be wrong."""
    last = max((datetime.fromisoformat(run.started) for run in past_runs), default=now)
    clock, before = f"{now:%Y-%m-%d %H:%M} UTC", f"{last:%Y-%m-%d %H:%M} UTC"
    if last - now > MAX_BACKWARD:
        what = f"says {clock}, but the last run was at {before}; runs of the future fill no gap"
        cure = "set the clock; if it is right, delete the lines of that time in archive/runs"
        yield Problem("clock", what, cure=cure)
    elif now - last > MAX_FORWARD:
        what = f"says {clock}, more than a year after the last run, at {before}"
        yield Problem("clock", what, cure="set the clock; if it is right, nothing is to be done")
