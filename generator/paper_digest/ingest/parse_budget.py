"""Reading in a process of its own, so that bytes made to hurt cost bounded time and memory, and one source.

Every reader is meant to be linear, and tests time them; this holds where one is not. A process can be ended
by the kernel at any instruction, a thread cannot, and a pattern of ``re`` sees no alarm.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from paper_digest.model.batch import Batch
from paper_digest.model.errors import SourceError
from paper_digest.model.strict import StrictStruct

if sys.platform != "win32":
    import resource
    import signal

_CURE = "look at what came; if it is whole and honest, split it, or report it with the file"


class ParseBudget(StrictStruct, frozen=True):
    """What the reading of an answer or a file may cost: a base, and more for each byte it has.

    Measured: the slowest reader (BibTeX) takes 1 to 2 s for a MB, and 60 bytes of memory for each byte.
    """

    cpu_s: float = 60.0
    cpu_s_per_mb: float = 20.0
    memory_bytes: int = 2**30
    memory_per_byte: int = 200

    def allow(self, size_bytes: int = 0) -> None:
        """Give the process that calls this its budget for the next ``size_bytes``, from now on.

        Time is that of the processor, so that a busy machine ends nothing. Memory is bounded where the
        platform counts it (Linux).
        """
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = self.cpu_s + self.cpu_s_per_mb * size_bytes / 2**20
        _set_soft_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)
        if sys.platform == "linux":
            more_bytes = self.memory_bytes + self.memory_per_byte * size_bytes
            _set_soft_limit(resource.RLIMIT_AS, _address_space_bytes() + more_bytes)


def _set_soft_limit(kind: int, value: int) -> None:
    """Set a limit no higher than what the operator of the machine set."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _address_space_bytes() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of the archive
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def run_bounded(
    read: Callable[[Callable[[int], None]], Iterator[Batch]], where: str, budget: ParseBudget
) -> Iterator[Batch]:
    """Yield what ``read`` yields in a process of its own; each batch has the budget anew.

    Where processes cannot be forked (Windows) it is read here, without bounds.

    Args:
        read: gets a function to call with the size of what is read next, and gives batches.
        where: the address or file, for problems.
        budget: what one batch may cost.

    Raises:
        SourceError: what ``read`` raised, or the budget was used up; what came before has been given.
    """
    if not hasattr(os, "fork"):
        yield from read(lambda _: None)
        return
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with warnings.catch_warnings():
        # Python warns of threads; the child touches no lock but those of the interpreter, which resets them.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if not pid:
        # Or it would wait for itself to read, for ever, once the run that asked is killed.
        ours.close()
        _work(read, theirs, budget)
    theirs.close()
    finished = False
    try:
        while True:
            try:
                message = ours.recv()
            except EOFError:
                break
            if not isinstance(message, Batch):
                finished = True
                if message is not None:
                    raise SourceError(*message)
                return
            yield message
    finally:
        ours.close()
        if not finished:
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    raise SourceError(where, _end_reason(os.waitstatus_to_exitcode(status), budget), _CURE)


def _work(
    read: Callable[[Callable[[int], None]], Iterator[Batch]], pipe: Connection, budget: ParseBudget
) -> None:
    """Be the process that reads; never return."""
    try:
        gc.freeze()  # what the parent made is not looked through, and so not copied
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        budget.allow()
        try:
            for batch in read(budget.allow):
                pipe.send(batch)
                budget.allow()
            pipe.send(None)
        except SourceError as error:
            pipe.send((error.where, error.what, error.cure))
    finally:
        os._exit(1)


def _end_reason(exit_code: int, budget: ParseBudget) -> str:
    """Say why the process ended before it was done."""
    if -exit_code == signal.SIGXCPU:
        return (
            f"takes too long to read: more than {budget.cpu_s:.0f} s and"
            f" {budget.cpu_s_per_mb:.0f} s a MB"
        )
    return "takes too much memory to read, or its reader was ended"
