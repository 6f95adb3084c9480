"""Shares work between forked processes; the result is that of one process.

A fork starts with all data of its parent at no cost. What it changes stays in it; only what the work
returns is sent back. So the items must not depend on each other.
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
from contextlib import suppress
from itertools import chain
from typing import IO, Generic, NamedTuple, TypeVar, cast

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Each fork costs memory, because it copies what it touches; free CI runners have four processors.
MAX_PROCESSES = 4
#: With fewer items for each process, forking costs more than it saves: for 430 groups, the day's work of an
#: archive of 10,000 papers, .35 CPU seconds for .2 of 2.9 seconds.
MIN_ITEMS_PER_PROCESS = 400

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_TICKET_BYTES = 4
#: Items a process takes at a time: neighbours often read the same records.
_ITEMS_PER_TICKET = 8


def fork_map(
    items: Sequence[Item],
    work: Callable[[Iterator[Item]], Result],
    local_items: Sequence[Item] = (),
    after_fork: Callable[[], None] | None = None,
) -> list[Result]:
    """Work on items in this process and in forks of it; each takes the next items that are left.

    Args:
        items: what any process may work on, the heaviest first.
        work: called once in each process, with the items it draws; its result must be picklable.
        local_items: items that this process must work on itself.
        after_fork: called first in each fork, to reopen what two processes may not share.

    Returns:
        The results of ``work``, this process's first.

    Raises:
        ChildProcessError: a fork ended before its work did. Exception: what the work raised in a fork.
    """
    processes = min(_process_limit(), len(items) // MIN_ITEMS_PER_PROCESS)
    if processes <= 1:
        return [work(chain(local_items, items))]
    with tempfile.TemporaryFile(buffering=0) as tickets:
        starts = range(0, len(items), _ITEMS_PER_TICKET)
        tickets.write(b"".join(start.to_bytes(_TICKET_BYTES) for start in starts))
        tickets.seek(0)
        shared_items = _draw_items(items, tickets)
        _return_free_memory()
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
    # Elsewhere, or while other threads hold locks, a fork may hang.
    alone = sys.platform == "linux" and threading.active_count() == 1
    return min(MAX_PROCESSES, len(os.sched_getaffinity(0))) if alone else 1


def _return_free_memory() -> None:
    """Give the system back what the C library holds for later (malloc_trim(3)): a sixth of what forks would share.

    Not every C library has the function.
    """
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _draw_items(items: Sequence[Item], tickets: IO[bytes]) -> Iterator[Item]:
    """Yield items that no other process takes: forks share the read position of an open file."""
    while ticket := tickets.read(_TICKET_BYTES):
        start = int.from_bytes(ticket)
        yield from items[start : start + _ITEMS_PER_TICKET]


class _Outcome(NamedTuple, Generic[Result]):
    """What a fork sends back: the result of its work, or what it raised."""

    result: Result | None
    error: Exception | None


class _Worker(Generic[Result]):
    """A forked process."""

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
            try:
                sender.send(_Outcome(work(items), None))
            except Exception as error:  # noqa: BLE001 - raised again by the first process
                sender.send(_Outcome(None, error))

        self._process = context.Process(target=run, daemon=True)
        self._process.start()
        sender.close()

    def wait_for_result(self) -> Result:
        """Wait for the result of the work."""
        try:
            outcome: _Outcome[Result] = self._receiver.recv()
        except EOFError as error:
            self._process.join()
            message = f"a part of the work ended with {self._process.exitcode}"
            raise ChildProcessError(message) from error
        if outcome.error:
            raise outcome.error
        return cast("Result", outcome.result)

    def terminate(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.join()


def _end_with_parent(parent: int) -> None:
    """Make this process die with its parent, and ignore Ctrl-C, which the parent handles."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.getppid() != parent:
        os._exit(1)
