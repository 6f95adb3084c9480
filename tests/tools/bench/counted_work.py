"""Runs one command (a module and its arguments) in this process alone and writes down how much work it was, as JSON.

Calls of functions are counted by Python's profiler, opened files by an audit hook, hashed bytes by a
hash function that counts. Processors are as slow as they like: the counts stay the same.

    python counted_work.py FILE MODULE [ARGUMENT...]
"""

from __future__ import annotations

import cProfile
import hashlib
import json
import os
import runpy
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

#: Figures by the name of a function whose calls they count.
_FUNCTIONS = {
    "_write_group": "groups made",
    "_write_page": "pages made",
    "write_file": "files written",
    "_read_paper": "records read",
    "decode_paper": "records parsed",
}


class CountingHash:
    """BLAKE2b that counts what it hashes."""

    hashed_bytes = 0
    _make = hashlib.blake2b

    def __init__(self, data: bytes = b"", **options: Any) -> None:  # noqa: ANN401 - hashlib's
        CountingHash.hashed_bytes += len(data)
        self._hash = CountingHash._make(data, **options)
        self.digest, self.hexdigest = self._hash.digest, self._hash.hexdigest

    def update(self, data: bytes) -> None:
        """Hash more bytes."""
        CountingHash.hashed_bytes += len(data)
        self._hash.update(data)


def counted_work(module: str, *arguments: str) -> dict[str, int]:
    """Run a command in this folder; returns each figure by its name."""
    opened = 0

    def count_open(event: str, _: tuple[object, ...]) -> None:
        nonlocal opened
        opened += event == "open"

    hashlib.blake2b = CountingHash  # type: ignore[assignment, misc] # before the program takes it
    if hasattr(os, "sched_setaffinity"):  # on one processor a build does not fork
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.argv = [module, *arguments]
    profile = cProfile.Profile()
    sys.addaudithook(count_open)
    with suppress(SystemExit):
        profile.runcall(runpy.run_module, module, run_name="__main__")
    figures = {"files opened": opened, "bytes hashed": CountingHash.hashed_bytes, "calls": 0}
    figures |= dict.fromkeys(_FUNCTIONS.values(), 0)
    for entry in profile.getstats():
        figures["calls"] += entry.callcount
        name = getattr(entry.code, "co_name", "")
        is_ours = "paper_digest" in getattr(entry.code, "co_filename", "")
        if is_ours and name in _FUNCTIONS:
            figures[_FUNCTIONS[name]] += entry.callcount
    return figures


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(counted_work(*sys.argv[2:])), "utf-8")
