"""Texts that a build made and the next may need, each under a name, with a key of what it was made from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.sqlite import row_check

#: With a row id: rows of kilobytes, inserted in no order, take a tree by name twice the time.
TEXTS_TABLE = "CREATE TABLE texts (name TEXT PRIMARY KEY, key BLOB, value BLOB, row_check BLOB);"
_SELECT = "SELECT key, value, row_check FROM texts WHERE name = ?"
_SELECT_OF_KEY = f"{_SELECT} AND key = ?"  # a text of megabytes is not read for nothing
#: Texts written in one transaction.
_TEXTS_PER_WRITE = 500


_Value = TypeVar("_Value")


class TextCache:
    """The texts of one build; ``database`` has the table of ``TEXTS_TABLE``."""

    def __init__(self, database: sqlite3.Connection, common_hash: bytes) -> None:
        """Take a hash of what every text is made from."""
        self._database, self._common_hash = database, common_hash
        self._unsaved = dict[str, tuple[bytes, bytes]]()
        self._reads_together = False

    def cached_text(self, name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        """Return the text cached under ``name``; it is made anew if ``key`` changed since."""
        key = hash_bytes(self._common_hash, key)
        cached = self._cached(name, key)
        if cached and cached[0] == key:
            return cached[1]
        self._end_reading()
        text = make()
        self._remember(name, key, text)
        return text

    def new_text(self, name: str, key: bytes, text: bytes) -> None:
        """Cache a text that was made while all it needs was at hand; nobody looks whether it is there."""
        self._remember(name, hash_bytes(self._common_hash, key), text)

    def _remember(self, name: str, key: bytes, text: bytes) -> None:
        self._unsaved[name] = (key, text)
        if len(self._unsaved) >= _TEXTS_PER_WRITE:
            self.flush()

    def last_text(self, name: str) -> bytes:
        """Return the text last cached under ``name``, whatever its key was; b"" if there is none."""
        cached = self._cached(name)
        return cached[1] if cached else b""

    def last_value(self, name: str, type_: type[_Value]) -> _Value | None:
        """Return the same unpacked; ``None`` if there is none, or another version's."""
        try:
            return msgspec.msgpack.decode(self.last_text(name), type=type_)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def reopen(self, database: sqlite3.Connection) -> None:
        """Use another connection from now on: a forked process may not use its parent's."""
        self._database = database

    @contextmanager
    def reading_together(self) -> Iterator[None]:
        """Read the texts that are cached in one transaction, until one has to be made.

        Each read outside of one locks the file anew, which takes longer than the reading. While a
        transaction is open other processes wait with what they write.
        """
        self._reads_together = True
        try:
            yield
        finally:
            self._reads_together = False
            self._end_reading()

    def _end_reading(self) -> None:
        if self._database.in_transaction:
            self._database.commit()

    def flush(self) -> None:
        """Write new texts to the cache, for other processes of this build and for the next build."""
        self._end_reading()
        rows = ((name, *row, row_check(name, *row)) for name, row in self._unsaved.items())
        with self._database as database:
            database.executemany("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?)", rows)
        self._unsaved.clear()

    def _cached(self, name: str, *keys: bytes) -> tuple[bytes, bytes] | None:
        """Return key and text of a name; with ``keys``, nothing is read of a text with another key."""
        if unsaved := self._unsaved.get(name):
            return unsaved
        row = self._read_row(_SELECT_OF_KEY if keys else _SELECT, name, *keys)
        return row[:2] if row and row_check(name, *row[:2]) == row[2] else None

    def _read_row(self, query: str, *values: object) -> tuple[bytes, bytes, bytes] | None:
        """Return a row as it stands on the disk; ``None`` where it is no row any more."""
        try:
            if self._reads_together and not self._database.in_transaction:
                self._database.execute("BEGIN")
            row: tuple[bytes, bytes, bytes] | None = self._database.execute(
                query, values
            ).fetchone()
        except sqlite3.DatabaseError:
            return None
        return row
