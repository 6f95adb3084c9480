"""Opens the SQLite files that cache things between builds; they may be deleted at any time."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

#: Seconds to wait while another process of the same build writes.
BUSY_TIMEOUT_S = 60

#: What the disk refuses, by SQLite's result codes (sqlite.org/rescode.html).
_ERROR_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR_WRITE: errno.EFBIG,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
_PRIMARY_CODE = 0xFF


def open_database(path: Path, schema: str, version: int) -> sqlite3.Connection:
    """Open the file at ``path``; a damaged one, or one of another version, is replaced by an empty one.

    Args:
        path: the file; its folder is made where it is missing.
        schema: statements that make its tables.
        version: raised when the tables or what they hold change their meaning.

    Raises:
        OSError: naming the file, if the disk is full or refuses it; so do the connection's methods.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect_with_schema(path, schema, version)
    except sqlite3.DatabaseError as error:
        if refusal := _refusal(error, path):
            raise refusal from error
        path.unlink()
        return _connect_with_schema(path, schema, version)


class CacheDatabase(sqlite3.Connection):
    """A connection that says which file the disk refuses, as other files do."""

    path = Path()

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Do as the standard library's connection, but raise ``OSError``."""
        try:
            return super().executemany(sql, parameters)
        except sqlite3.OperationalError as error:
            raise _refusal(error, self.path) or error from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> Literal[False]:
        """Commit; raises ``OSError`` where the disk does not take it."""
        try:
            return super().__exit__(kind, raised, trace)
        except sqlite3.OperationalError as error:
            raise _refusal(error, self.path) or error from error


def _refusal(error: sqlite3.DatabaseError, path: Path) -> OSError | None:
    """Make of SQLite's error that of the disk, or return ``None`` where the disk is not at fault."""
    code = getattr(error, "sqlite_errorcode", 0)
    number = _ERROR_NUMBERS.get(code, _ERROR_NUMBERS.get(code & _PRIMARY_CODE, 0))
    return OSError(number, str(error), str(path)) if number else None


def _connect_with_schema(path: Path, schema: str, version: int) -> CacheDatabase:
    database = sqlite3.connect(path, BUSY_TIMEOUT_S, factory=CacheDatabase)
    database.path = path
    try:
        # Safe when a process is killed; after a restart nothing in here is trusted unseen.
        database.execute("PRAGMA synchronous = OFF")
        if database.execute("PRAGMA user_version").fetchone()[0] != version:
            old_tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in list(old_tables):
                database.execute(f"DROP TABLE {name}")
            database.executescript(schema)
            database.execute(f"PRAGMA user_version = {version}")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
