"""Brings the generated part of ``docs/`` up to date: writes what differs, deletes what is stale."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from paper_digest.incremental.replace import replace_file


class DocsChanges(msgspec.Struct):
    """What a sync did: paths written, deleted, left as they were, and left because they are other people's."""

    written: list[str] = []
    deleted: list[str] = []
    unchanged: list[str] = []
    foreign: list[str] = []


def _of_any(path: str) -> bool:
    del path
    return True


def sync(
    docs: Path,
    files: Iterable[tuple[str, bytes]],
    generated: Iterable[str],
    is_ours: Callable[[str], bool] = _of_any,
) -> DocsChanges:
    """Make the generated files under ``docs`` exactly ``files``.

    Args:
        docs: the folder the paths count from.
        files: ``(path, content)``; drawn one by one, so it may be a generator.
        generated: folders (``papers``) and files (``index.md``) that hold nothing but generated
            files; what lies there and is not in ``files`` is deleted, empty folders too.
        is_ours: tells whether the file at a path may be replaced and deleted; any may where it is left out.

    A file is replaced in one step, so that a server watching the folder never reads half of it;
    an unchanged file is not touched, so that it does not rebuild either.
    """
    changes = DocsChanges()
    wanted: set[Path] = set()
    for name, data in files:
        path = docs / name
        wanted.add(path)
        if _holds(path, data):
            changes.unchanged.append(name)
        elif os.path.lexists(path) and not is_ours(name):
            changes.foreign.append(name)
        else:
            replace_file(path, data)
            changes.written.append(name)
    for name in generated:
        _prune(docs / name, wanted, changes, docs, is_ours)
    return changes


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds ``data`` already; tells whether it was written."""
    if _holds(path, data):
        return False
    replace_file(path, data)
    return True


def _holds(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() == data


def _prune(
    path: Path,
    wanted: set[Path],
    changes: DocsChanges,
    docs: Path,
    is_ours: Callable[[str], bool],
) -> None:
    if path.is_dir() and not path.is_symlink():
        for child in sorted(path.iterdir()):
            _prune(child, wanted, changes, docs, is_ours)
        if not any(path.iterdir()):
            path.rmdir()
    elif path.exists() and path not in wanted:
        name = path.relative_to(docs).as_posix()
        if is_ours(name):
            path.unlink()
            changes.deleted.append(name)
        else:
            changes.foreign.append(name)
