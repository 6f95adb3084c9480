"""The generated part of ``docs/``: writes what differs, deletes what is stale, keeps the rest."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec


class Changes(msgspec.Struct):
    """What a sync did: paths written and deleted, and how many were kept as they were."""

    written: list[str] = []
    deleted: list[str] = []
    kept: int = 0


def sync(docs: Path, files: Iterable[tuple[str, bytes]], owned: Iterable[str]) -> Changes:
    """Make the generated files under ``docs`` exactly ``files``.

    Args:
        docs: the folder the paths count from.
        files: ``(path, content)``; drawn one by one, so it may be a generator.
        owned: folders (``papers``) and files (``index.md``) that hold nothing but generated
            files; what lies there and is not in ``files`` is deleted, empty folders too.

    A file is replaced in one step, so that a server watching the folder never reads half of it;
    an unchanged file is not touched, so that it does not rebuild either.
    """
    changes = Changes()
    wanted: set[Path] = set()
    for name, data in files:
        path = docs / name
        wanted.add(path)
        if path.exists() and path.read_bytes() == data:
            changes.kept += 1
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".tmp")
        beside.write_bytes(data)
        beside.replace(path)
        changes.written.append(name)
    for name in owned:
        _prune(docs / name, wanted, changes, docs)
    return changes


def _prune(place: Path, wanted: set[Path], changes: Changes, docs: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        for child in sorted(place.iterdir()):
            _prune(child, wanted, changes, docs)
        if not any(place.iterdir()):
            place.rmdir()
    elif place.exists() and place not in wanted:
        place.unlink()
        changes.deleted.append(str(place.relative_to(docs)))
