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
    # Without O_NONBLOCK the opening itself waits until somebody writes into the pipe (open(2)).
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return open(descriptor, "rb")  # noqa: PTH123 - a descriptor has no path; the caller closes it
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "it is a pipe or a device", str(path))


def read_file(path: str | Path) -> bytes:
    """Return all bytes of a file; raises as ``open_file`` does."""
    with open_file(path) as file:
        return file.read()
