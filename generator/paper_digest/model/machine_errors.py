"""What the machine refuses (a full disk, no permission) as problems: which file, and what to do."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from paper_digest.model.errors import Problem

_AGAIN = "then run the command again; nothing is half-written"
_FREE_SPACE = f"free some space (`digest clean` deletes what builds made), {_AGAIN}"

#: What went wrong and what to do, by the number of the error (errno(3)).
_WORDS = {
    errno.ENOSPC: ("the disk is full", _FREE_SPACE),
    errno.EDQUOT: ("your quota of the disk is used up", _FREE_SPACE),
    errno.EFBIG: ("files may not be so large here", f"raise the limit (ulimit -f), {_AGAIN}"),
    errno.EROFS: ("the disk may only be read", f"make it writable or move the archive, {_AGAIN}"),
    errno.EACCES: ("you may not read or write it", f"give yourself the right to, {_AGAIN}"),
    errno.EPERM: ("you may not change it", f"give yourself the right to, {_AGAIN}"),
    errno.EMFILE: ("too many files are open", f"raise the limit (ulimit -n), {_AGAIN}"),
    errno.ENFILE: ("too many files are open", f"close other programs, {_AGAIN}"),
    errno.ENAMETOOLONG: ("its name is too long", f"move the archive to a shorter path, {_AGAIN}"),
    errno.EIO: ("the disk does not answer as it should", "check the disk"),
    errno.ELOOP: ("links lead from one to the next in a circle", f"mend the link, {_AGAIN}"),
    errno.ENOTDIR: ("a file stands where a folder should be", f"move it away, {_AGAIN}"),
    errno.EEXIST: ("a file stands where a folder should be", f"move it away, {_AGAIN}"),
    errno.EISDIR: ("a folder stands where a file should be", f"move it away, {_AGAIN}"),
    errno.ENOENT: ("is not there", "see that nobody moved it"),
    errno.EADDRINUSE: ("another program uses this port", "stop it, or give another --port"),
}
_DEAD_LINK = ("is a link that leads nowhere", "mend the link, or delete it")
_NO_INODES = ("the disk has no room for more files (inodes)", f"delete files, {_AGAIN}")


def machine_problem(error: OSError, otherwise: str = "this computer") -> Problem:
    """Make a problem of an error of the operating system.

    Args:
        error: the error.
        otherwise: the place to name where the error names none.
    """
    names = (
        name for name in (error.filename2, error.filename) if isinstance(name, str | os.PathLike)
    )
    where = os.fspath(next(names, otherwise))
    what, cure = _WORDS.get(error.errno or 0, (error.strerror or str(error), ""))
    if error.errno == errno.ENOSPC and not _has_inodes(Path(where)):
        what, cure = _NO_INODES
    if error.errno in (errno.ENOENT, errno.EEXIST) and _is_dead_link(Path(where)):
        what, cure = _DEAD_LINK
    return Problem(where, what, cure=cure)


def unreadable_problem(error: OSError, where: str) -> Problem:
    """Make a problem of a file of the operator's that cannot be read; the command goes on without it.

    Args:
        error: why it cannot.
        where: the file, as problems name it.
    """
    problem = machine_problem(error, where)
    cure = (
        problem.cure.replace(f", {_AGAIN}", "") or "see that it is a file, and that you may read it"
    )
    return Problem(where, problem.what, cure=cure)


def error_words(error: Exception) -> str:
    """Return what an error says; of one of the system's, our words for it and no number."""
    if isinstance(error, OSError) and error.errno is not None:
        return machine_problem(error).what
    return str(error)


@contextmanager
def named(path: str | Path) -> Iterator[None]:
    """Have an error of the block name its file: what ``write(2)`` and ``fsync(2)`` raise names none."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def _is_dead_link(path: Path) -> bool:
    return path.is_symlink() and not os.path.exists(path)  # noqa: PTH110 - that of Path raises where one may not look


def _has_inodes(path: Path) -> bool:
    """Tell whether the disk of a path has room for more files; true where nobody knows."""
    folder = next((one for one in (path, *path.parents) if one.is_dir()), None)
    if folder is None:
        return True
    stat = os.statvfs(folder)
    return stat.f_files == 0 or stat.f_favail > 0
