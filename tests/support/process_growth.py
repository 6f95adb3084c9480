"""How the time of a function grows with its text: measured in a process of its own that the kernel can end."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import NamedTuple

SMALL, LARGE = 6_000, 60_000
#: Ten times the text may take ten times as long; squares take a hundred times.
MAX_RATIO = 40
#: What takes less for the large text is no square: it would have to do a step in a tenth of a nanosecond.
FLOOR_S = 0.35
#: Processor time for one text; what needs more is not waited for.
_CPU_LIMIT_S = 60
_TRIES = 3


Unit = str | tuple[str, str]


class Mixed(NamedTuple):
    """Units that fill a text together, one after the other, each its share of it."""

    units: tuple[Unit, ...]


def mixed(units: Iterable[Unit], number: int) -> list[Mixed]:
    """Put ``number`` units into each text: quicker, and blind to what hurts at full length alone."""
    every = list(units)
    texts = -(-len(every) // number)
    return [Mixed(tuple(every[first::texts])) for first in range(texts)]


def growth_fault(
    read: Callable[[str], object], units: Iterable[Unit | Mixed]
) -> dict[Unit | Mixed, str]:
    """Return, for each unit that makes ``read`` slow when it fills a text, how its time grew.

    A pair of strings is nested: the first many times, then the second as often.
    """
    waiting = list(units)
    faults: dict[Unit | Mixed, str] = {}
    while waiting:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(
            target=_measure, args=(read, waiting, theirs)
        )
        process.start()
        theirs.close()
        try:
            while waiting:
                fault = ours.recv()
                if fault:
                    faults[waiting[0]] = fault
                waiting.pop(0)
        except EOFError:
            faults[waiting.pop(0)] = "does not end"
        process.join()
    return faults


def _measure(read: Callable[[str], object], units: list[Unit | Mixed], pipe: Connection) -> None:
    for unit in units:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit_s = int(used.ru_utime + used.ru_stime) + _CPU_LIMIT_S
        resource.setrlimit(resource.RLIMIT_CPU, (limit_s, resource.RLIM_INFINITY))
        pipe.send(_fault(read, unit))


def _fault(read: Callable[[str], object], unit: Unit | Mixed) -> str:
    ratio = 0.0
    for attempt in range(_TRIES):  # other text each time, or what is remembered would be fast
        small, large = (_filled(unit, size, f"x{attempt}") for size in (SMALL, LARGE))
        small_s = _cpu_s(read, small)
        if small_s > FLOOR_S * MAX_RATIO / 10:
            return f"{small_s:.1f} s for {len(small):,} characters"
        large_s = _cpu_s(read, large)
        ratio = large_s / max(small_s, FLOOR_S / MAX_RATIO)
        if large_s < FLOOR_S or ratio < MAX_RATIO:
            return ""
    return f"{ratio:.0f} times as long for ten times the text"


def _filled(unit: Unit | Mixed, size: int, core: str) -> str:
    if isinstance(unit, Mixed):
        return "".join(_filled(one, size // len(unit.units), core) for one in unit.units)
    if isinstance(unit, str):
        return unit * (size // len(unit)) + core
    times = size // len(unit[0] + unit[1])
    return unit[0] * times + core + unit[1] * times


def _cpu_s(read: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start
