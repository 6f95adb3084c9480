"""Work shared out over forks: all of it done once, and no fork left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paper_digest.incremental import parallel

PARTS = range(3 * parallel.MIN_ITEMS_PER_PROCESS)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has forks share work")


def gather(parts: Iterator[int]) -> tuple[int, list[int]]:
    """Say which process had which parts."""
    return os.getpid(), list(parts)


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have three processors, whatever the machine has."""
    monkeypatch.setattr(parallel, "_process_limit", lambda: 3)


@pytest.mark.usefixtures("three")
def test_every_part_is_done_once() -> None:
    found = parallel.fork_map(PARTS, gather, [-1, -2])
    assert len({process for process, _ in found}) == len(found) == 3
    assert sorted(part for _, had in found for part in had) == [-2, -1, *PARTS]


@pytest.mark.usefixtures("three")
def test_own_parts_are_done_here() -> None:
    (process, had), *_ = parallel.fork_map(PARTS, gather, [-1, -2])
    assert process == os.getpid()
    assert had[:2] == [-1, -2]


@pytest.mark.usefixtures("three")
def test_little_work_is_not_shared() -> None:
    assert parallel.fork_map([1, 2], gather, [3]) == [(os.getpid(), [3, 1, 2])]


@pytest.mark.usefixtures("three")
def test_a_fork_that_fails_fails_the_work() -> None:
    here = os.getpid()

    def break_off(parts: Iterator[int]) -> int:
        if os.getpid() != here:
            os._exit(7)
        return len(list(parts))

    with pytest.raises(ChildProcessError, match="ended with 7"):
        parallel.fork_map(PARTS, break_off)


def test_forks_end_with_the_first_process(tmp_path: Path) -> None:
    script = f"""
import os, time
from paper_digest.incremental import parallel
parallel._process_limit = lambda: 2
def begun():
    open({str(tmp_path / "fork")!r} + ".new", "w").write(str(os.getpid()))
    os.rename({str(tmp_path / "fork")!r} + ".new", {str(tmp_path / "fork")!r})
parallel.fork_map(range(2 * parallel.MIN_ITEMS_PER_PROCESS), lambda parts: time.sleep(3600), after_fork=begun)
"""
    first = subprocess.Popen([sys.executable, "-c", script])
    until((tmp_path / "fork").exists)
    fork = int((tmp_path / "fork").read_text())
    assert alive(fork)
    first.send_signal(signal.SIGKILL)
    first.wait()
    until(lambda: not alive(fork))


def alive(process: int) -> bool:
    """Tell whether a process runs; one that ended and was not asked for is a zombie."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def until(true: Callable[[], bool], limit: float = 120) -> None:
    """Wait until something is so."""
    end = time.monotonic() + limit
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
