"""The manifest: which files the site has and what they were made from, in one SQLite file.

A checksum of the file as it was closed stands beside it (``site.db.hash``): while it holds, no row need be looked at.
Both may be deleted at any time. The files of a build and the moves that put them in place are
committed together: a build that is killed either left no trace or can be completed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from paper_digest.incremental.checked_file import read_checked, write_checked
from paper_digest.incremental.hashing import file_checksum
from paper_digest.incremental.sqlite import discard_file, open_database, row_check

#: What builds keep from one to the next, below the project's root; may be deleted at any time.
CACHE_FOLDER = Path(".cache", "paper-digest")

SCHEMA_VERSION = 8

#: The group that stands for all others: while it is up to date, they all are.
ARCHIVE_GROUP = "\0archive"

#: Under what a hash is remembered of the archive that the site shows.
ARCHIVE_STATE_KEY = "\0archive state"

_TABLES = """
CREATE TABLE groups (name TEXT PRIMARY KEY, key BLOB, row_check BLOB) WITHOUT ROWID;
CREATE TABLE row_counts (row_check BLOB);
CREATE TABLE outputs
(path TEXT PRIMARY KEY, group_name TEXT, key BLOB, content BLOB, size INT, row_check BLOB)
WITHOUT ROWID;
CREATE INDEX outputs_by_group ON outputs (group_name);
CREATE TABLE remembered (path TEXT PRIMARY KEY, group_name TEXT, value BLOB, row_check BLOB)
WITHOUT ROWID;
CREATE TABLE journal (path TEXT PRIMARY KEY, move TEXT, row_check BLOB) WITHOUT ROWID;
"""


class OutputState(NamedTuple):
    """One file of the site: its group, what it was made from and holds (hashed), its bytes."""

    group: str
    key: bytes
    content_hash: bytes
    size_bytes: int


class FinishedBuild(NamedTuple):
    """A finished build: groups and files made or removed, values remembered, and moves to do."""

    group_keys: Mapping[str, bytes]
    removed_groups: Collection[str]
    outputs: Mapping[str, OutputState]
    stale_paths: Collection[str]
    remembered: Mapping[str, tuple[str, bytes]]
    moves: Collection[tuple[str, str]]


class Manifest:
    """The manifest of one site."""

    def __init__(self, path: Path, *, verify: bool = True) -> None:
        """Open the file at ``path``; a damaged one is replaced by an empty one.

        ``verify``: see that the file is as it was closed; else see what every build reads, and the moves
        under way. The rows of all files of the site cost more and are left to ``discard_if_outputs_damaged``.
        """
        self._path = path
        self._hash_path = path.with_name(f"{path.name}.hash")
        #: Whether the file is known by its checksum, until a row changes.
        self._is_closed_file = verify and self._is_as_closed()
        #: Whether every row is known to be as it was written.
        self._is_verified = self._is_closed_file
        self._database = open_database(path, _TABLES, SCHEMA_VERSION, verify=verify)
        if verify and not self._is_verified and not self._is_sound(("remembered", "journal")):
            self._discard()

    def _is_as_closed(self) -> bool:
        """Tell whether the file holds what it held when it was last closed, and no write was under way."""
        is_whole = not self._path.with_name(f"{self._path.name}-journal").exists()
        return is_whole and read_checked(self._hash_path) == (file_checksum(self._path) or None)

    def discard_if_outputs_damaged(self) -> bool:
        """Forget everything if a row about a file of the site is damaged; tells whether it was."""
        if not self._is_verified and not self._is_sound(("outputs",)):
            self._discard()
            return True
        self._is_verified = True
        return False

    def _discard(self) -> None:
        self._database.close()
        discard_file(self._path)
        self._is_closed_file = False
        self._is_verified = True  # of an empty file there is nothing to see
        self._database = open_database(self._path, _TABLES, SCHEMA_VERSION, verify=False)

    def _is_sound(self, tables: Collection[str]) -> bool:
        """Tell whether each table has as many rows as it had, and each row of groups and of these is as it was written."""
        try:
            check = self._database.execute("SELECT row_check FROM row_counts").fetchone()
            if (check[0] if check else row_check(0, 0, 0)) != self._row_counts_check():
                return False
            # The index of files by group has no hashes of its own (https://www.sqlite.org/pragma.html#pragma_integrity_check).
            whole = (
                self._database.execute("PRAGMA integrity_check(1)") if "outputs" in tables else ()
            )
            return all(answer == ("ok",) for answer in whole) and all(
                row_check(*values) == check
                for table in ("groups", *tables)
                for *values, check in self._database.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of our own
            )
        except (sqlite3.DatabaseError, TypeError):  # a text that is none any more
            return False

    def _row_counts_check(self) -> bytes:
        """Hash how many rows there are, so that a row that is lost is noticed, too."""
        # The site's signature is set apart from all others.
        counted = "groups WHERE name <> ''", "outputs", "remembered"
        counts = (f"SELECT count(*) FROM {rows}" for rows in counted)  # noqa: S608 - names of our own
        return row_check(*(self._database.execute(count).fetchone()[0] for count in counts))

    def _update_row_counts(self) -> None:
        self._database.execute("DELETE FROM row_counts")
        self._database.execute("INSERT INTO row_counts VALUES (?)", (self._row_counts_check(),))

    def group_keys(self) -> dict[str, bytes]:
        """Return the key under which each group was made."""
        return dict(self._database.execute("SELECT name, key FROM groups"))

    def outputs_of(self, group: str) -> dict[str, OutputState]:
        """Return the files of a group by path."""
        query = "SELECT path, group_name, key, content, size FROM outputs WHERE group_name = ?"
        return {path: OutputState(*rest) for path, *rest in self._database.execute(query, (group,))}

    def content_hashes(self) -> dict[str, bytes]:
        """Return what each file of the site holds, hashed."""
        return dict(self._database.execute("SELECT path, content FROM outputs"))

    def count_outputs(self) -> int:
        """Count the files of the site."""
        number: int = self._database.execute("SELECT count(*) FROM outputs").fetchone()[0]
        return number

    def remembered(self) -> list[tuple[str, str, bytes]]:
        """Return the values that groups remember, each with its path and its group."""
        return list(self._database.execute("SELECT path, group_name, value FROM remembered"))

    def commit(self, finished: FinishedBuild) -> None:
        """Record a finished build in one transaction; nothing is written where nothing changed."""
        if self._holds(finished):
            return
        with self._database as database:
            for name in finished.removed_groups:
                database.execute("DELETE FROM groups WHERE name = ?", (name,))
            for name in (*finished.removed_groups, *finished.group_keys):
                database.execute("DELETE FROM remembered WHERE group_name = ?", (name,))
            database.executemany(
                "DELETE FROM outputs WHERE path = ?", ((p,) for p in finished.stale_paths)
            )
            database.executemany(
                "INSERT OR REPLACE INTO groups VALUES (?, ?, ?)",
                _with_checks(finished.group_keys.items()),
            )
            database.executemany(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?)",
                _with_checks((path, *output) for path, output in finished.outputs.items()),
            )
            database.executemany(
                "INSERT OR REPLACE INTO remembered VALUES (?, ?, ?, ?)",
                _with_checks((path, *one) for path, one in finished.remembered.items()),
            )
            database.executemany(
                "INSERT OR REPLACE INTO journal VALUES (?, ?, ?)", _with_checks(finished.moves)
            )
            self._update_row_counts()

    def _holds(self, finished: FinishedBuild) -> bool:
        """Tell whether all rows are those that a finished build would leave."""
        if finished.removed_groups or finished.stale_paths or finished.moves:
            return False
        query = "SELECT key FROM groups WHERE name = ?"
        outputs: dict[str, OutputState] = {}
        for name, key in finished.group_keys.items():  # the first that was made anew ends it
            if self._database.execute(query, (name,)).fetchone() != (key,):
                return False
            outputs |= self.outputs_of(name)
        remembered = {
            path: (group, value)
            for path, group, value in self.remembered()
            if group in finished.group_keys
        }
        return outputs == finished.outputs and remembered == finished.remembered

    def pending_moves(self) -> list[tuple[str, str]]:
        """Return the moves of the last committed build that may not be done yet."""
        return list(self._database.execute("SELECT path, move FROM journal"))

    def clear_moves(self) -> None:
        """Record that all moves are done."""
        with self._database as database:
            database.execute("DELETE FROM journal")

    def set_site_signature(self, signature: bytes) -> None:
        """Store the site's signature (``site_signature``), as the group without a name."""
        query = "SELECT key FROM groups WHERE name = ''"
        if self._database.execute(query).fetchone() == (signature,):
            return
        with self._database as database:
            row = "", signature
            database.execute(
                "INSERT OR REPLACE INTO groups VALUES (?, ?, ?)", (*row, row_check(*row))
            )

    def forget_outputs(self, paths: Iterable[str]) -> None:
        """Forget files that are missing or changed on the site, so that their groups are made again."""
        lost = list(paths)
        with self._database as database:
            if lost:
                database.execute("DELETE FROM groups WHERE name = ?", (ARCHIVE_GROUP,))
            for path in lost:
                database.execute(
                    "DELETE FROM groups WHERE name ="
                    " (SELECT group_name FROM outputs WHERE path = ?)",
                    (path,),
                )
                database.execute("DELETE FROM outputs WHERE path = ?", (path,))
            self._update_row_counts()

    def close(self) -> None:
        """Let go of the file; one whose rows were all seen, or written by this process, is known by its checksum."""
        is_unchanged = self._is_closed_file and not self._database.total_changes
        self._database.close()
        if self._is_verified and not is_unchanged and (closed := file_checksum(self._path)):
            with suppress(OSError):  # the next build then looks at the rows
                write_checked(self._hash_path, closed)


def _with_checks(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Add to each row the checksum of its values."""
    return ((*row, row_check(*row)) for row in rows)
