"""Tells files and folders apart: by what they hold, or by what the file system says of them."""

from __future__ import annotations

import os
import time
from functools import cache
from hashlib import blake2b
from pathlib import Path

import paper_digest

#: A file changed so shortly before it was read may change again without a later time (ns).
RACY = 2_000_000_000


def hashed(*parts: bytes) -> bytes:
    """Hash bytes: 16 bytes, the same for the same parts."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()


def tree(place: Path, pattern: str) -> bytes:
    """Hash the names and contents of the files below a folder that fit a pattern (``*.py``)."""
    parts = []
    for path in sorted(place.rglob(pattern)):
        parts += [str(path.relative_to(place)).encode(), path.read_bytes()]
    return hashed(*parts)


@cache
def program() -> bytes:
    """Hash all modules of this program, of whichever package."""
    return tree(Path(paper_digest.__file__).parent, "*.py")


def fingerprint(site: Path) -> bytes:
    """Tell a folder from what it was: it, and the folders in it, untouched since this boot.

    A copy, a restored cache and a folder in which a file came or went all have another one. So
    has every folder after a restart, because a power cut may have lost what was written last.
    """
    seen = [boot()]
    try:
        with os.scandir(site) as entries:
            places = sorted(e.path for e in entries if e.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return b""
    for place in (str(site), *places):
        stat = Path(place).stat()
        seen.append(f"{place} {stat.st_dev} {stat.st_ino} {stat.st_mtime_ns}".encode())
    return hashed(*seen)


def untouched(*folders: Path) -> bytes:
    """Tell folders and all in them from what they were, without reading; "" where that is unsure.

    It is unsure for two seconds after the last change, because a file that changes again so soon
    may bear the same time.
    """
    seen, newest = [boot()], 0
    places = [str(folder) for folder in folders if folder.is_dir()]
    while places:
        with os.scandir(places.pop()) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                stat = entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    places.append(entry.path)
                times = stat.st_mtime_ns, stat.st_ctime_ns
                seen.append(f"{entry.path} {times} {stat.st_size} {stat.st_ino}".encode())
                newest = max(newest, *times)
    return hashed(*seen) if time.time_ns() - newest > RACY else b""


@cache
def boot() -> bytes:
    """Name the present run of the machine; on systems that do not tell, all runs are one."""
    try:
        return hashed(Path("/proc/sys/kernel/random/boot_id").read_bytes())
    except OSError:
        return bytes(8)
