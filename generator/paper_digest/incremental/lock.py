"""Locks: a file against other processes, and a site against other builds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paper_digest.model.errors import DigestError, LockedError

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


def lock_build(site: Path, cache: Path) -> int:
    """Lock the site against other builds, until the returned descriptor is closed.

    Args:
        site: the folder of the site, named in the error.
        cache: the folder that builds keep things in, made if missing; the lock file lies in it.

    Raises:
        LockedError: at once, if another build holds the lock.
    """
    cache.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(cache / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    if not try_lock(descriptor):
        os.close(descriptor)
        cure = "wait until it ends, then build again"
        raise LockedError(str(site), "another build is writing it", cure)
    return descriptor


@contextmanager
def build_lock(site: Path, cache: Path) -> Iterator[None]:
    """Keep builds from writing ``site`` while the block runs; arguments and errors of ``lock_build``."""
    descriptor = lock_build(site, cache)
    try:
        yield
    finally:
        os.close(descriptor)
