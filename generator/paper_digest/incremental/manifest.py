"""What is on the site and what it was made from: one SQLite file, which may be deleted at any time.

The files of a build and the moves that bring them about are committed together, so that a build
that is killed is either not noted at all or can be completed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from paper_digest.incremental.sqlite import opened

VERSION = 3

#: The group that stands for all others: while it is fresh, they are.
ARCHIVE = "\0archive"

_TABLES = """
CREATE TABLE groups (name TEXT PRIMARY KEY, key BLOB) WITHOUT ROWID;
CREATE TABLE outputs (path TEXT PRIMARY KEY, owner TEXT, key BLOB, content BLOB, size INT)
WITHOUT ROWID;
CREATE INDEX owners ON outputs (owner);
CREATE TABLE notes (path TEXT PRIMARY KEY, owner TEXT, value BLOB) WITHOUT ROWID;
CREATE TABLE journal (path TEXT PRIMARY KEY, move TEXT) WITHOUT ROWID;
"""


class Output(NamedTuple):
    """One file of the site: its group, what it was made from and holds (hashed), its bytes."""

    owner: str
    key: bytes
    content: bytes
    size: int


class Done(NamedTuple):
    """A finished build: groups made or gone, files made or gone, notes, and moves to be done."""

    groups: Mapping[str, bytes]
    ended: Iterable[str]
    outputs: Mapping[str, Output]
    stale: Iterable[str]
    notes: Mapping[str, tuple[str, bytes]]
    moves: Iterable[tuple[str, str]]


class Manifest:
    """The tables of one site."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``."""
        self._database = opened(path, _TABLES, VERSION)

    def groups(self) -> dict[str, bytes]:
        """Return the key under which each group was made."""
        return dict(self._database.execute("SELECT name, key FROM groups"))

    def of(self, owner: str) -> dict[str, Output]:
        """Return the files of a group by path."""
        query = "SELECT path, owner, key, content, size FROM outputs WHERE owner = ?"
        return {path: Output(*rest) for path, *rest in self._database.execute(query, (owner,))}

    def outputs(self) -> dict[str, bytes]:
        """Return what each file of the site holds, hashed."""
        return dict(self._database.execute("SELECT path, content FROM outputs"))

    def count(self) -> int:
        """Count the files of the site."""
        number: int = self._database.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return number

    def notes(self) -> list[tuple[str, str, bytes]]:
        """Return what groups noted: paths, the groups, and values."""
        return list(self._database.execute("SELECT path, owner, value FROM notes"))

    def commit(self, done: Done) -> None:
        """Note a finished build, in one step."""
        with self._database as into:
            for name in done.ended:
                into.execute("DELETE FROM groups WHERE name = ?", (name,))
            for name in (*done.ended, *done.groups):
                into.execute("DELETE FROM notes WHERE owner = ?", (name,))
            into.executemany("DELETE FROM outputs WHERE path = ?", ((p,) for p in done.stale))
            into.executemany("INSERT OR REPLACE INTO groups VALUES (?, ?)", done.groups.items())
            into.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?)",
                ((path, *output) for path, output in done.outputs.items()),
            )
            into.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)",
                ((path, *note) for path, note in done.notes.items()),
            )
            into.executemany("INSERT OR REPLACE INTO journal VALUES (?, ?)", done.moves)

    def moves(self) -> list[tuple[str, str]]:
        """Return the moves of a build that was noted but perhaps not brought about."""
        return list(self._database.execute("SELECT path, move FROM journal"))

    def moved(self) -> None:
        """Note that all moves are done."""
        with self._database as into:
            into.execute("DELETE FROM journal")

    def mark(self, site: bytes) -> None:
        """Remember how the site's folders look from outside, as the group without a name."""
        with self._database as into:
            into.execute("INSERT OR REPLACE INTO groups VALUES ('', ?)", (site,))

    def forget(self, paths: Iterable[str]) -> None:
        """Forget files that are not on the site as they should be, and have their groups remade."""
        lost = list(paths)
        with self._database as into:
            if lost:
                into.execute("DELETE FROM groups WHERE name = ?", (ARCHIVE,))
            for path in lost:
                query = "DELETE FROM groups WHERE name = (SELECT owner FROM outputs WHERE path = ?)"
                into.execute(query, (path,))
                into.execute("DELETE FROM outputs WHERE path = ?", (path,))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()
