"""What a command takes with all its processes: CPU, time and memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """What one run took: CPU seconds, seconds, peak memory of its processes together in MB."""

    cpu: float
    wall: float
    peak: float


def run(words: list[str], place: Path, source: Path | None = None) -> Cost:
    """Run a command to its end; ``source`` is where the program lies, unless in this checkout."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # or each run would compile the program anew
    if source:
        env["PYTHONPATH"] = str(source / "generator")
    begin = time.perf_counter()
    started = subprocess.Popen(words, cwd=place, env=env, stdout=subprocess.DEVNULL)
    held: list[float] = []
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(started.pid, held, ended))
    watch.start()
    _, status, used = os.wait4(started.pid, 0)
    ended.set()
    watch.join()
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"{' '.join(words)[:200]} failed in {place}")
    wall = time.perf_counter() - begin
    peak = max([used.ru_maxrss / 1024, *held])
    return Cost(used.ru_utime + used.ru_stime, wall, peak)


def _watch(process: int, held: list[float], ended: threading.Event) -> None:
    """Note now and then the MB that a process and its forks hold; what they share counts once."""
    pause = 0.1
    while not ended.wait(pause):
        begin = time.perf_counter()
        with contextlib.suppress(OSError):
            forks = Path(f"/proc/{process}/task/{process}/children").read_text().split()
            held.append(sum(map(_share, (process, *forks))))
        pause = max(0.1, 100 * (time.perf_counter() - begin))  # asking much takes time from it


def _share(process: int | str) -> float:
    with contextlib.suppress(OSError):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        return next(int(line.split()[1]) / 1024 for line in rollup.split("\n") if "Pss:" in line)
    return 0
