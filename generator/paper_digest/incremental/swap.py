"""Puts a staged build in place, by one rename of the whole folder or file by file; deletes a built site."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from paper_digest.incremental.manifest import Manifest
from paper_digest.incremental.replace import replace_file
from paper_digest.incremental.staged_files import list_files

MOVE, DELETE = "move", "delete"

_RENAME_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_FDCWD = -100  # AT_FDCWD of openat(2)


def complete_staging(site: Path, staging: Path, unchanged: Iterable[str]) -> list[tuple[str, str]]:
    """Link the unchanged files into the staging folder; returns the one move that puts it in place."""
    staging.mkdir(parents=True, exist_ok=True)
    for path in unchanged:
        target = staging / path
        try:
            _link_or_copy(site / path, target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(site / path, target)
    return [("", str(staging.stat().st_ino))]


def may_be_renamed(site: Path, staging: Path) -> bool:
    """Tell whether the staging folder can be renamed to the site.

    Not from one disk to another, nor in a folder that may not be written, nor in the place of a link, behind
    which all would stay as it was.
    """
    if site.is_symlink() or not os.access(site.parent, os.W_OK):
        return False
    place = next(folder for folder in (site, *site.absolute().parents) if folder.exists())
    return staging.parent.stat().st_dev == place.stat().st_dev


def finish_moves(site: Path, staging: Path, manifest: Manifest) -> None:
    """Do the pending moves, skip those already done, and delete the staging folder."""
    moves = manifest.pending_moves()
    for path, move in moves:
        if not path:
            _swap_folder(site, staging, int(move))
        elif move == DELETE:
            _delete_file(site / path, site)
        else:
            _move_file(os.path.join(staging, path), os.path.join(site, path))  # noqa: PTH118 - faster
    if moves:
        manifest.clear_moves()
    shutil.rmtree(staging, ignore_errors=True)


def _move_file(staged: str, target: str) -> None:
    """Move a file to its place; one that is not in the staging folder was moved before."""
    try:
        os.replace(staged, target)  # noqa: PTH105 - a third of the time of Path
    except OSError:
        if Path(staged).exists():
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            _replace_across_disks(Path(staged), Path(target))


def _replace_across_disks(staged: Path, target: Path) -> None:
    """Move a file that may lie on another disk; the target is the old file or the new one, whole."""
    try:
        staged.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        replace_file(target, staged.read_bytes())
        staged.unlink()


def _swap_folder(site: Path, staging: Path, new_inode: int) -> None:
    """Put the folder with the inode ``new_inode`` in the place of the site."""
    if not staging.exists() or (site.exists() and site.stat().st_ino == new_inode):
        return
    if not site.exists():
        site.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staging, site)
    elif site.is_symlink() or not _exchange(site, staging):
        _replace_within(site, staging)


def _replace_within(site: Path, staging: Path) -> None:
    """Give a site, whose folder cannot be renamed, the files of the staging folder, which keeps them.

    That may be done again from the beginning after a kill, and no file of both is ever gone meanwhile.
    """
    paths = list_files(staging)
    for path in {*list_files(site)}.difference(paths):
        _delete_file(site / path, site)
    for path in paths:
        target = site / path
        if target.exists() and target.samefile(staging / path):  # linked, because it did not change
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.tmp")
        temporary.unlink(missing_ok=True)
        _link_or_copy(staging / path, temporary)
        temporary.replace(target)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        names = os.fsencode(one), os.fsencode(other)
        done: int = library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
        return done == 0
    return False


def delete_folder(folder: Path) -> None:
    """Delete a folder, if it is there; of one behind a link what it holds, as the link is the operator's.

    Raises:
        OSError: something in it may not be deleted.
    """
    if folder.is_dir():
        _empty_folder(str(folder))
    if not folder.is_symlink() and folder.exists():
        folder.rmdir()


def _empty_folder(place: str) -> None:
    """Delete what a folder holds; ``shutil.rmtree`` says of what it may not delete the last name alone."""
    for entry in [*os.scandir(place)]:
        if entry.is_dir(follow_symlinks=False):
            _empty_folder(entry.path)
            os.rmdir(entry.path)  # noqa: PTH106 - a third of the time of Path's
        else:
            os.unlink(entry.path)  # noqa: PTH108 - as above


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)


def _delete_file(path: Path, site: Path) -> None:
    path.unlink(missing_ok=True)
    for folder in path.relative_to(site).parents:
        try:
            (site / folder).rmdir()
        except OSError:
            break
