"""Files that can be made anew and begin with a checksum of the rest: a damaged one counts as absent."""

from __future__ import annotations

import os
from pathlib import Path

from paper_digest.incremental.hashing import CHECKSUM_BYTES, checksum
from paper_digest.incremental.replace import replace_file
from paper_digest.model.regular_file import read_file


def read_checked(path: Path) -> bytes:
    """Return what ``write_checked`` wrote to ``path``; b"" if the file is absent or damaged."""
    return bytes(view_checked(path))


def view_checked(path: Path) -> memoryview:
    """Return the same without a copy."""
    try:
        content = memoryview(read_file(path))
    except OSError:
        return memoryview(b"")
    data = content[CHECKSUM_BYTES:]
    return data if content[:CHECKSUM_BYTES] == checksum((data,)) else memoryview(b"")


def write_checked(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` in one step, after its checksum; two processes may do so at one time."""
    replace_file(path, checksum((data,)) + data, f".{os.getpid()}.tmp")
