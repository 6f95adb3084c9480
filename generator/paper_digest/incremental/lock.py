"""Locks a file against other processes, or says why this system cannot."""

from __future__ import annotations

import sys

from paper_digest.model.errors import DigestError

if sys.platform != "win32":
    import fcntl


def try_lock(descriptor: int) -> bool:
    """Lock an open file for this process alone, without waiting; it ends when the file is closed.

    Args:
        descriptor: of a file open for writing.

    Returns:
        Whether the lock was had; False if another process holds it.

    Raises:
        DigestError: on Windows, which has no such locks (``flock(2)``).
    """
    if sys.platform == "win32":
        raise DigestError(
            "this computer",
            "runs Windows, where files cannot be locked and builds cannot be shared",
            "run paper-digest under WSL (Windows Subsystem for Linux), on Linux or on macOS",
        )
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
