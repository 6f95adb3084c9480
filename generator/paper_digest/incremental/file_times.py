"""What the file system says of the files below a folder: times, sizes and inodes, without opening one."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from paper_digest.incremental.hashing import boot_id_hash, hash_bytes

#: A file changed so shortly before it was looked at may change again without a later time (ns).
MTIME_RESOLUTION_NS = 2_000_000_000

_pack_numbers = struct.Struct("<qqqQ").pack


class FileTimes(NamedTuple):
    """The files and folders below a folder, as they were at one time.

    Attributes:
        signatures: by path, times, size and inode as bytes; of a link, those of what it leads to. b""
            where something changed too shortly before (``MTIME_RESOLUTION_NS``). After a restart of
            the machine all differ, because a power cut may have lost what was written last.
        is_certain: whether nothing changed too shortly before, went meanwhile, or may not be listed.
    """

    signatures: dict[str, bytes]
    is_certain: bool

    def hash(self) -> bytes:
        """Hash names and signatures; b"" where these are not certain."""
        if not self.is_certain:
            return b""
        parts = [os.fsencode(path) + one for path, one in sorted(self.signatures.items())]
        return hash_bytes(boot_id_hash(), *parts)


def file_times(folder: Path) -> FileTimes:
    """Look at all that lies below a folder, behind links too; nothing where there is no such folder.

    What may not be listed leaves the whole uncertain: whoever reads it says so.
    """
    boot_id, signatures, is_certain = boot_id_hash(), dict[str, bytes](), True
    oldest_unsure = time.time_ns() - MTIME_RESOLUTION_NS
    pending, listed = [str(folder)] if folder.is_dir() else [], set[tuple[int, int]]()
    while pending:
        for entry in _entries(pending.pop()):
            try:
                stat = entry.stat() if entry else None
            except OSError:
                stat = _link_stat(entry) if entry else None
            if not entry or not stat:
                is_certain = False
                continue
            # A link may lead back to a folder that holds it.
            place = stat.st_dev, stat.st_ino
            if S_ISDIR(stat.st_mode) and place not in listed:
                listed.add(place)
                pending.append(entry.path)
            modified, changed = stat.st_mtime_ns, stat.st_ctime_ns
            is_sure = modified < oldest_unsure and changed < oldest_unsure
            is_certain &= is_sure
            numbers = _pack_numbers(modified, changed, stat.st_size, stat.st_ino)
            signatures[entry.path] = boot_id + numbers if is_sure else b""
    return FileTimes(signatures, is_certain)


def _entries(folder: str) -> Iterator[os.DirEntry[str] | None]:
    """Yield what lies in a folder; ``None`` where that cannot be said."""
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except OSError:
        yield None


def _link_stat(entry: os.DirEntry[str]) -> os.stat_result | None:
    """Ask for the link itself that leads nowhere; ``None`` where it is gone."""
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None
