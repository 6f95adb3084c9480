"""What is on the site and what it was made from: one SQLite file, which may be deleted at any time.

The files of a build and the moves that bring them about are committed together, so that a build
that is killed is either not noted at all or can be completed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from paper_digest.incremental.sqlite import open_database

SCHEMA_VERSION = 3

#: The group that stands for all others: while it is fresh, they are.
ARCHIVE_GROUP = "\0archive"

_TABLES = """
CREATE TABLE groups (name TEXT PRIMARY KEY, key BLOB) WITHOUT ROWID;
CREATE TABLE outputs (path TEXT PRIMARY KEY, owner TEXT, key BLOB, content BLOB, size INT)
WITHOUT ROWID;
CREATE INDEX owners ON outputs (owner);
CREATE TABLE notes (path TEXT PRIMARY KEY, owner TEXT, value BLOB) WITHOUT ROWID;
CREATE TABLE journal (path TEXT PRIMARY KEY, move TEXT) WITHOUT ROWID;
"""


class OutputState(NamedTuple):
    """One file of the site: its group, what it was made from and holds (hashed), its bytes."""

    group: str
    key: bytes
    content_hash: bytes
    size_bytes: int


class FinishedBuild(NamedTuple):
    """A finished build: groups made or gone, files made or gone, notes, and moves to be done."""

    group_keys: Mapping[str, bytes]
    removed_groups: Iterable[str]
    outputs: Mapping[str, OutputState]
    stale_paths: Iterable[str]
    remembered: Mapping[str, tuple[str, bytes]]
    moves: Iterable[tuple[str, str]]


class Manifest:
    """The tables of one site."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``."""
        self._database = open_database(path, _TABLES, SCHEMA_VERSION)

    def group_keys(self) -> dict[str, bytes]:
        """Return the key under which each group was made."""
        return dict(self._database.execute("SELECT name, key FROM groups"))

    def outputs_of(self, group: str) -> dict[str, OutputState]:
        """Return the files of a group by path."""
        query = "SELECT path, owner, key, content, size FROM outputs WHERE owner = ?"
        return {path: OutputState(*rest) for path, *rest in self._database.execute(query, (group,))}

    def content_hashes(self) -> dict[str, bytes]:
        """Return what each file of the site holds, hashed."""
        return dict(self._database.execute("SELECT path, content FROM outputs"))

    def count_outputs(self) -> int:
        """Count the files of the site."""
        number: int = self._database.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return number

    def remembered(self) -> list[tuple[str, str, bytes]]:
        """Return what groups noted: paths, the groups, and values."""
        return list(self._database.execute("SELECT path, owner, value FROM notes"))

    def commit(self, finished: FinishedBuild) -> None:
        """Note a finished build, in one step."""
        with self._database as database:
            for name in finished.removed_groups:
                database.execute("DELETE FROM groups WHERE name = ?", (name,))
            for name in (*finished.removed_groups, *finished.group_keys):
                database.execute("DELETE FROM notes WHERE owner = ?", (name,))
            database.executemany(
                "DELETE FROM outputs WHERE path = ?", ((p,) for p in finished.stale_paths)
            )
            database.executemany(
                "INSERT OR REPLACE INTO groups VALUES (?, ?)", finished.group_keys.items()
            )
            database.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)",
                ((path, *output) for path, output in finished.outputs.items()),
            )
            database.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)",
                ((path, *remembered) for path, remembered in finished.remembered.items()),
            )
            database.executemany("INSERT OR REPLACE INTO journal VALUES (?, ?)", finished.moves)

    def pending_moves(self) -> list[tuple[str, str]]:
        """Return the moves of a build that was noted but perhaps not brought about."""
        return list(self._database.execute("SELECT path, move FROM journal"))

    def clear_moves(self) -> None:
        """Note that all moves are done."""
        with self._database as database:
            database.execute("DELETE FROM journal")

    def set_site_signature(self, signature: bytes) -> None:
        """Remember how the site's folders look from outside, as the group without a name."""
        with self._database as database:
            database.execute("INSERT OR REPLACE INTO groups VALUES ('', ?)", (signature,))

    def forget_outputs(self, paths: Iterable[str]) -> None:
        """Forget files that are not on the site as they should be, and have their groups remade."""
        lost = list(paths)
        with self._database as database:
            if lost:
                database.execute("DELETE FROM groups WHERE name = ?", (ARCHIVE_GROUP,))
            for path in lost:
                query = "DELETE FROM groups WHERE name = (SELECT owner FROM outputs WHERE path = ?)"
                database.execute(query, (path,))
                database.execute("DELETE FROM outputs WHERE path = ?", (path,))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
