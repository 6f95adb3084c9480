"""Files of a staging folder: listed, and written fast."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.model.machine_errors import named
from paper_digest.model.regular_file import read_file

#: What new files and folders of a site may not allow, whatever the operator's own habit: writing to
#: others. Reading they must allow (0644, 0755): a web server often runs as another user.
PUBLIC_UMASK = 0o022


def list_files(folder: Path) -> list[str]:
    """List the files below a folder, by their paths in it."""
    top = len(str(folder)) + 1
    return [
        f"{subfolder}/{name}"[top:] for subfolder, _, names in os.walk(folder) for name in names
    ]


def make_folder(folder: str) -> None:
    """Make a folder: most are new and lie in one that is there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - a third of the time of Path
    except FileExistsError:
        pass
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)


def write_file(path: str, data: bytes) -> None:
    """Write a new file; raises ``OSError`` where it cannot be written whole."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        with named(path):
            while data:  # a full disk takes a part and says nothing; it refuses the rest
                data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)


def changed_files(site: Path, expected: Mapping[str, bytes]) -> set[str]:
    """Name the files of a site that are gone, or whose hash is not the expected one; by path."""

    def intact(paths: Iterator[str]) -> list[str]:
        return [path for path in paths if has_content(f"{site}/{path}", expected[path])]

    ours = [path for path in list_files(site) if path in expected]
    return {*expected} - {path for part in fork_map(ours, intact) for path in part}


def has_content(path: str, content_hash: bytes) -> bool:
    """Tell whether there is a file that holds bytes with this hash."""
    try:
        return hash_bytes(read_file(path)) == content_hash
    except OSError as error:
        if error.errno in {errno.EACCES, errno.EPERM, errno.EIO, errno.EMFILE, errno.ENFILE}:
            raise
        return False  # a folder or a pipe stands there
