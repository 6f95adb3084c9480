"""Checks a snapshot that somebody hands over, and restores an archive from it; nothing in it is trusted.

| What is wrong | What becomes of it |
| --- | --- |
| a path that leads out of the folder, a link, a path that stands twice | refused before anything is unpacked |
| a file that unpacks to far more than it weighs | refused by what it says, and ended at what it said |
| a file that is changed, missing, or in no list of checksums | named |
"""

from __future__ import annotations

import errno
import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from paper_digest.deliver.snapshots.layout import (
    CHECKSUMS_NAME,
    CHUNK_BYTES,
    DUMP_NAME,
    PROJECT_FOLDER,
    SnapshotError,
    is_safe_path,
)
from paper_digest.model.regular_file import open_file
from paper_digest.settings.settings_file import CONFIG_FILE
from paper_digest.store.atomic import replace_files

#: A snapshot may unpack to so many times its own size, or to this many bytes where it is small.
MAX_RATIO = 200
MIN_UNPACKED_BYTES = 16_000_000
#: Read as one, so that one made up takes no more memory. Ours are records, pages and settings.
MAX_RESTORED_FILE_BYTES = 512_000_000

_CHECKSUM = re.compile(rb"([0-9a-f]{64})  ([^\n]+)\n")
_NEEDED = (CHECKSUMS_NAME, DUMP_NAME, f"{PROJECT_FOLDER}{CONFIG_FILE}")
_CURE = "fetch it again, from where it was published"
_HOSTILE = "do not use it: `digest snapshot` writes no such file"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_MAX_NAMED = 5


class Checked(NamedTuple):
    """A snapshot without fault: how many files it holds, how many of them are the archive's own, and all their bytes."""

    files: int
    own_files: int
    unpacked_bytes: int


def check_snapshot(path: Path) -> Checked:
    """Compare every file of a snapshot with its checksum.

    Raises:
        SnapshotError: it is no snapshot, is damaged, or is made to do harm.
        OSError: it cannot be read.
    """
    with _opened(path) as archive:
        return _check(archive, path)


def restore_snapshot(path: Path, folder: Path) -> int:
    """Write the archive's own files of a snapshot into a new or empty folder; returns how many.

    Raises:
        SnapshotError: as ``check_snapshot``, or the folder holds files; nothing is written then.
        OSError: it cannot be read or written.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise SnapshotError(str(folder), "holds files already", "name a new or an empty folder")
    with _opened(path) as archive:
        _check(archive, path)
        own = [e for e in archive.infolist() if e.filename.startswith(PROJECT_FOLDER)]
        count = replace_files(
            (folder / entry.filename.removeprefix(PROJECT_FOLDER), archive.read(entry))
            for entry in own
        )
        # No snapshot holds an empty folder, and MkDocs builds nothing without this one.
        (folder / "docs").mkdir(exist_ok=True)
        return count


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file; what the reader cannot make sense of is a ``SnapshotError``."""
    with open_file(path) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                yield archive
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise SnapshotError(str(path), f"cannot be unpacked: {error}", _CURE) from error
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # A place before the file's first byte: its list of entries is damaged.
            raise SnapshotError(
                str(path), "cannot be unpacked: its list is damaged", _CURE
            ) from error


def _check(archive: zipfile.ZipFile, path: Path) -> Checked:
    entries = archive.infolist()
    unpacked = _check_entries(entries, path)
    names = {entry.filename for entry in entries}
    if missing := [name for name in _NEEDED if name not in names]:
        what = f"is no snapshot, or not a whole one: it holds no {missing[0]}"
        raise SnapshotError(str(path), what, _CURE)
    expected = _checksums(archive.read(CHECKSUMS_NAME), path)
    faults = sorted((names - {CHECKSUMS_NAME}) ^ expected.keys())
    if faults:
        raise SnapshotError(str(path), f"holds other files than its list: {_named(faults)}", _CURE)
    changed = sorted(name for name in expected if _sha256(archive, name) != expected[name])
    if changed:
        what = f"other than when it was made: {_named(changed)}"
        raise SnapshotError(str(path), what, _CURE)
    return Checked(len(names), sum(n.startswith(PROJECT_FOLDER) for n in names), unpacked)


def _check_entries(entries: list[zipfile.ZipInfo], path: Path) -> int:
    """See that no entry can do harm, by what the list of entries says; returns the bytes unpacked."""
    budget = max(MIN_UNPACKED_BYTES, MAX_RATIO * path.stat().st_size)
    places: set[str] = set()
    for entry in entries:
        name, place = entry.filename, entry.filename.casefold()
        kind = stat.S_IFMT(entry.external_attr >> 16)
        what = ""
        if not is_safe_path(name):
            what = f"holds the path {name[:80]!r}, which leads elsewhere"
        elif place in places:
            what = f"holds {name[:80]!r} twice"
        elif kind not in {0, stat.S_IFREG}:
            what = f"holds {name[:80]!r}, which is no file"
        elif entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
            what = f"holds {name[:80]!r}, packed in a way that is not ours"
        elif name.startswith(PROJECT_FOLDER) and entry.file_size > MAX_RESTORED_FILE_BYTES:
            what = f"holds {name[:80]!r}, which is larger than {MAX_RESTORED_FILE_BYTES:,} bytes"
        if what:
            raise SnapshotError(str(path), what, _HOSTILE)
        places.add(place)
    folders = {"/".join(p.split("/")[:n]) for p in places for n in range(1, p.count("/") + 1)}
    if both := sorted(folders & places):
        raise SnapshotError(str(path), f"holds {both[0]!r} as file and folder", _HOSTILE)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > budget:
        what = f"would unpack to {unpacked:,} bytes, more than {MAX_RATIO} times its size"
        raise SnapshotError(str(path), what, _HOSTILE)
    return unpacked


def _checksums(data: bytes, path: Path) -> dict[str, str]:
    lines = data.splitlines(keepends=True)
    matches = [_CHECKSUM.fullmatch(line) for line in lines]
    try:
        checksums = {m[2].decode(): m[1].decode() for m in matches if m}
    except UnicodeDecodeError:
        checksums = {}
    if not checksums or len(checksums) != len(lines):
        raise SnapshotError(str(path), f"{CHECKSUMS_NAME} in it cannot be read", _CURE)
    return checksums


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _named(names: list[str]) -> str:
    more = len(names) - _MAX_NAMED
    return ", ".join(names[:_MAX_NAMED]) + (f" and {more:,} more" if more > 0 else "")
