"""Writes files of the archive: after a kill or a power cut each is the old one or the new one, whole.

Every file is written to a temporary file in its own folder, flushed to the disk (``fsync``) and
renamed; then the folder is flushed too. Once a call has returned, a power cut cannot undo it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path

from paper_digest.model.machine_errors import named

TEMPORARY_SUFFIX = ".tmp"

#: Files written between two flushes: enough to make the cost of a flush small for each.
MAX_UNSYNCED_FILES = 500

#: Beyond so many files one flush of everything is cheaper than one for each.
_MAX_SINGLE_SYNCS = 8


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``; its folder is made where it is missing.

    Raises:
        OSError: it could not be written; the old file is untouched.
    """
    replace_files([(path, data)])


def replace_files(files: Iterable[tuple[Path, bytes]]) -> int:
    """Write pairs of path and content, flushed in groups; returns how many there were.

    Each file alone is the old one or the new one; of several, the first may be new and the rest old.
    """
    count, remaining = 0, iter(files)
    while written := _replace_group(islice(remaining, MAX_UNSYNCED_FILES)):
        count += written
    return count


def append_line(path: Path, line: bytes) -> None:
    """Add a line to a file of lines, which is made where it is missing.

    Args:
        path: the file. One that ends in the middle of a line gets a line break first.
        line: without its line break.
    """
    before = path.read_bytes() if path.exists() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    replace_file(path, before + line + b"\n")


def _replace_group(files: Iterable[tuple[Path, bytes]]) -> int:
    temporaries: dict[Path, Path] = {}
    try:
        for path, data in files:
            _make_folder(path.parent)
            temporaries[path] = path.with_name(path.name + TEMPORARY_SUFFIX)
            with named(temporaries[path]):
                temporaries[path].write_bytes(data)
        _sync_all(temporaries.values())
        for path, temporary in temporaries.items():
            temporary.replace(path)
    except BaseException:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
        raise
    for folder in {path.parent for path in temporaries}:
        _sync(folder)
    return len(temporaries)


def _sync_all(paths: Collection[Path]) -> None:
    # Elsewhere than on Linux sync() returns before the data is on the disk (POSIX, sync()).
    if len(paths) > _MAX_SINGLE_SYNCS and sys.platform == "linux":
        os.sync()
    else:
        for path in paths:
            _sync(path)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it; each is flushed, so that a file in it can be found again."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with named(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
