"""Brings the generated part of ``docs/`` up to date: writes what differs, deletes what is stale."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from paper_digest.incremental.replace import replace_file


class DocsChanges(msgspec.Struct):
    """What a sync did: paths written and deleted, and the number of unchanged files."""

    written: list[str] = []
    deleted: list[str] = []
    unchanged: int = 0


def sync(docs: Path, files: Iterable[tuple[str, bytes]], generated: Iterable[str]) -> DocsChanges:
    """Make the generated files under ``docs`` exactly ``files``.

    Args:
        docs: the folder the paths count from.
        files: ``(path, content)``; drawn one by one, so it may be a generator.
        generated: folders (``papers``) and files (``index.md``) that hold nothing but generated
            files; what lies there and is not in ``files`` is deleted, empty folders too.

    A file is replaced in one step, so that a server watching the folder never reads half of it;
    an unchanged file is not touched, so that it does not rebuild either.
    """
    changes = DocsChanges()
    wanted: set[Path] = set()
    for name, data in files:
        path = docs / name
        wanted.add(path)
        if write_changed(path, data):
            changes.written.append(name)
        else:
            changes.unchanged += 1
    for name in generated:
        _prune(docs / name, wanted, changes, docs)
    return changes


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it holds ``data`` already; tells whether it was written."""
    if path.exists() and path.read_bytes() == data:
        return False
    replace_file(path, data)
    return True


def _prune(path: Path, wanted: set[Path], changes: DocsChanges, docs: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for child in sorted(path.iterdir()):
            _prune(child, wanted, changes, docs)
        if not any(path.iterdir()):
            path.rmdir()
    elif path.exists() and path not in wanted:
        path.unlink()
        changes.deleted.append(str(path.relative_to(docs)))
