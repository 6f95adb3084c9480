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

Part = TypeVar("Part")
Made = TypeVar("Made")

#: A fork copies what it touches, so memory is the price: as many as free runners have processors.
MOST = 4
#: Below so many parts for each process, forking takes longer than it spares.
WORTHWHILE = 100

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_TICKET = 4  # bytes
_BLOCK = 8  # parts taken at a time: neighbours often read the same


def share(
    parts: Sequence[Part],
    work: Callable[[Iterator[Part]], Made],
    own: Sequence[Part] = (),
    apart: Callable[[], None] | None = None,
) -> list[Made]:
    """Do a work on parts in this process and in forks of it, each taking the next that are left.

    Args:
        parts: what any process may work on, the heaviest first.
        work: works on the parts it draws; what it returns must be fit for pickling.
        own: what this process must work on itself.
        apart: called first in each fork, to let go of what two processes may not use.

    Returns:
        What the work returned in each process, this one's first.

    Raises:
        ChildProcessError: a fork did not come to its end; what it said stands on stderr.
    """
    number = min(_processors(), len(parts) // WORTHWHILE)
    if number <= 1:
        return [work(chain(own, parts))]
    with tempfile.TemporaryFile(buffering=0) as tickets:
        places = range(0, len(parts), _BLOCK)
        tickets.write(b"".join(place.to_bytes(_TICKET) for place in places))
        tickets.seek(0)
        taken = _taken(parts, tickets)
        gc.freeze()  # or each fork's first collection would copy all there is
        mates = [_Mate(work, taken, apart) for _ in range(number - 1)]
        gc.unfreeze()
        try:
            return [work(chain(own, taken)), *(mate.made() for mate in mates)]
        finally:
            for mate in mates:
                mate.end()


def _processors() -> int:
    # On other systems, and beside threads that hold a lock, a fork may not come to its end.
    alone = sys.platform == "linux" and threading.active_count() == 1
    return min(MOST, len(os.sched_getaffinity(0))) if alone else 1


def _taken(parts: Sequence[Part], tickets: IO[bytes]) -> Iterator[Part]:
    """Draw parts that no other process has: forks share the place where a file is read."""
    while ticket := tickets.read(_TICKET):
        place = int.from_bytes(ticket)
        yield from parts[place : place + _BLOCK]


class _Mate(Generic[Made]):
    """A fork at work."""

    def __init__(
        self,
        work: Callable[[Iterator[Part]], Made],
        taken: Iterator[Part],
        apart: Callable[[], None] | None,
    ) -> None:
        context = multiprocessing.get_context("fork")
        self._made, made = context.Pipe(duplex=False)
        parent = os.getpid()

        def begin() -> None:
            _bound(parent)
            if apart:
                apart()
            made.send(work(taken))

        self._process = context.Process(target=begin, daemon=True)
        self._process.start()
        made.close()

    def made(self) -> Made:
        """Wait for the work's end, and return what it made."""
        try:
            made: Made = self._made.recv()
        except EOFError as error:
            self._process.join()
            message = f"a part of the work ended with {self._process.exitcode}"
            raise ChildProcessError(message) from error
        return made

    def end(self) -> None:
        """Have it end, wherever it is."""
        self._process.terminate()
        self._process.join()


def _bound(parent: int) -> None:
    """End when the first process ends, however that is, and leave it to that when to end."""
    ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.getppid() != parent:
        os._exit(1)
