"""Shares work out over the processors: what one process would make, in less time.

A fork sees everything as it was when it began, for nothing; what it changes is its own, and only
what its work returns comes back. So the work must be of parts that need nothing of each other.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import IO, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: A fork copies what it touches, so memory is the price: as many as free runners have processors.
MAX_PROCESSES = 4
#: Below so many parts for each process, forking takes longer than it spares.
MIN_ITEMS_PER_PROCESS = 100

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_TICKET_BYTES = 4  # bytes
_ITEMS_PER_TICKET = 8  # parts taken at a time: neighbours often read the same


def fork_map(
    items: Sequence[Item],
    work: Callable[[Iterator[Item]], Result],
    local_items: Sequence[Item] = (),
    after_fork: Callable[[], None] | None = None,
) -> list[Result]:
    """Do a work on parts in this process and in forks of it, each taking the next that are left.

    Args:
        items: what any process may work on, the heaviest first.
        work: works on the parts it draws; what it returns must be fit for pickling.
        local_items: what this process must work on itself.
        after_fork: called first in each fork, to let go of what two processes may not use.

    Returns:
        What the work returned in each process, this one's first.

    Raises:
        ChildProcessError: a fork did not come to its end; what it said stands on stderr.
    """
    processes = min(_process_limit(), len(items) // MIN_ITEMS_PER_PROCESS)
    if processes <= 1:
        return [work(chain(local_items, items))]
    with tempfile.TemporaryFile(buffering=0) as tickets:
        starts = range(0, len(items), _ITEMS_PER_TICKET)
        tickets.write(b"".join(start.to_bytes(_TICKET_BYTES) for start in starts))
        tickets.seek(0)
        shared_items = _draw_items(items, tickets)
        gc.freeze()  # or each fork's first collection would copy all there is
        workers = [_Worker(work, shared_items, after_fork) for _ in range(processes - 1)]
        gc.unfreeze()
        try:
            return [
                work(chain(local_items, shared_items)),
                *(mate.wait_for_result() for mate in workers),
            ]
        finally:
            for worker in workers:
                worker.terminate()


def _process_limit() -> int:
    # On other systems, and beside threads that hold a lock, a fork may not come to its end.
    alone = sys.platform == "linux" and threading.active_count() == 1
    return min(MAX_PROCESSES, len(os.sched_getaffinity(0))) if alone else 1


def _draw_items(items: Sequence[Item], tickets: IO[bytes]) -> Iterator[Item]:
    """Draw parts that no other process has: forks share the place where a file is read."""
    while ticket := tickets.read(_TICKET_BYTES):
        start = int.from_bytes(ticket)
        yield from items[start : start + _ITEMS_PER_TICKET]


class _Worker(Generic[Result]):
    """A fork at work."""

    def __init__(
        self,
        work: Callable[[Iterator[Item]], Result],
        items: Iterator[Item],
        after_fork: Callable[[], None] | None,
    ) -> None:
        context = multiprocessing.get_context("fork")
        self._receiver, sender = context.Pipe(duplex=False)
        parent = os.getpid()

        def run() -> None:
            _end_with_parent(parent)
            if after_fork:
                after_fork()
            sender.send(work(items))

        self._process = context.Process(target=run, daemon=True)
        self._process.start()
        sender.close()

    def wait_for_result(self) -> Result:
        """Wait for the work's end, and return what it made."""
        try:
            result: Result = self._receiver.recv()
        except EOFError as error:
            self._process.join()
            message = f"a part of the work ended with {self._process.exitcode}"
            raise ChildProcessError(message) from error
        return result

    def terminate(self) -> None:
        """Have it end, wherever it is."""
        self._process.terminate()
        self._process.join()


def _end_with_parent(parent: int) -> None:
    """End when the first process ends, however that is, and leave it to that when to end."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.getppid() != parent:
        os._exit(1)
