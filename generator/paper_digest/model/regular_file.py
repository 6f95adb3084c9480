"""Opens files, and nothing that only has the name of one: reading a pipe would wait for ever."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_file(path: str | Path) -> BinaryIO:
    """Open a file, or the one that a link leads to, for reading.

    Raises:
        OSError: naming the path: it is not there, may not be read, or is a folder, a pipe, a socket
            or a device.
    """
    descriptor, _ = _open_descriptor(path)
    return open(descriptor, "rb")  # noqa: PTH123 - a descriptor has no path; the caller closes it


def read_file(path: str | Path) -> bytes:
    """Return all bytes of a file; raises as ``open_file`` does."""
    descriptor, size = _open_descriptor(path)
    pieces: list[bytes] = []
    try:  # without a file object, which takes as long as the reading of a record
        while piece := os.read(descriptor, size + 1):
            pieces.append(piece)
    finally:
        os.close(descriptor)
    return b"".join(pieces)


def _open_descriptor(path: str | Path) -> tuple[int, int]:
    """Open a file; returns its descriptor and its size."""
    # Without O_NONBLOCK the opening itself waits until somebody writes into the pipe (open(2)).
    ways = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # each where there is one
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | ways)
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode):
        return descriptor, status.st_size
    os.close(descriptor)
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "it is a pipe or a device", str(path))
