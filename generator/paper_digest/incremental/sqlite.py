"""Opens the SQLite files that cache things between builds, and knows a row that was damaged since it was written.

Such a file may be deleted at any time. Each row that is trusted unseen carries ``row_check`` of its
values: SQLite notices a torn file, but not a letter that changed on the disk.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec

from paper_digest.incremental.hashing import checksum
from paper_digest.model.errors import Problem
from paper_digest.model.machine_errors import machine_problem

#: Seconds to wait while another process of the same build writes.
BUSY_TIMEOUT_S = 60

#: Files up to this size are read whole when they are opened.
MAX_VERIFIED_BYTES = 4 * 2**20

#: What the disk refuses, by SQLite's result codes (sqlite.org/rescode.html).
_ERROR_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR_WRITE: errno.EFBIG,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_NOMEM: errno.ENOMEM,
}
_BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_PRIMARY_CODE = 0xFF

# MkDocs' own logger: a person sees the line, and strict builds do not count it as a fault.
log = logging.getLogger("mkdocs.plugins.paper-digest")
#: The files that this process opened.
_opened_paths: set[Path] = set()
_encode = msgspec.msgpack.Encoder().encode


def row_check(*values: object) -> bytes:
    """Return eight bytes by which damage to a row's values (strings, bytes and numbers) is noticed."""
    # A text of megabytes is not copied; lengths say where one value ends.
    pieces = [one if isinstance(one, bytes) else _encode(one) for one in values]
    return checksum((_encode([*map(len, pieces)]), *pieces))


def open_database(
    path: Path, schema: str, version: int, *, verify: bool = True
) -> sqlite3.Connection:
    """Open the file at ``path``; a damaged one, or one of another version, is replaced by an empty one.

    Args:
        path: the file; its folder is made where it is missing.
        schema: statements that make its tables.
        version: raised when the tables or what they hold change their meaning.
        verify: see first whether the file's structure is sound; false in a process whose parent has
            done so.

    Raises:
        OSError: naming the file, if the disk is full or refuses it; so do the connection's methods.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _opened_paths.add(path)
    try:
        return _connect_with_schema(path, schema, version, verify=verify)
    except sqlite3.DatabaseError as error:
        if refusal := _refusal(error, path):
            raise refusal from error
        discard_file(path)
        return _connect_with_schema(path, schema, version, verify=False)


def discard_damaged(error: sqlite3.DatabaseError) -> Problem:
    """Delete the caches that this process uses, one of which raised an error; returns what to say.

    Nothing is deleted where no cache is damaged: another command writes, or the machine refuses.
    In a large file SQLite meets a damaged page only when it reads it, in the middle of a command.
    """
    names = ", ".join(str(path) for path in sorted(_opened_paths)) or "a cache of builds"
    if getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE in _BUSY_CODES:
        return Problem(names, str(error), cure="wait until other commands end")
    if _opened_paths and (refusal := _refusal(error, min(_opened_paths))):
        return machine_problem(refusal)
    for path in _opened_paths:
        discard_file(path)
    what = f"one of these caches is damaged ({error}); they were deleted"
    return Problem(names, what, cure="run the command again: it makes them anew")


def discard_file(path: Path) -> None:
    """Delete a damaged cache, and say so in one line of the log."""
    log.info("%s is damaged; it is deleted and made anew", path)
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


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


def _connect_with_schema(path: Path, schema: str, version: int, *, verify: bool) -> CacheDatabase:
    database = sqlite3.connect(path, BUSY_TIMEOUT_S, factory=CacheDatabase)
    database.path = path
    try:
        # Safe when a process is killed; after a restart nothing in here is trusted unseen.
        database.execute("PRAGMA synchronous = OFF")
        if database.execute("PRAGMA user_version").fetchone()[0] != version:
            old_tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in list(old_tables):
                database.execute(f'DROP TABLE "{name}"')
            database.executescript(schema)
            database.execute(f"PRAGMA user_version = {version}")
        if verify:
            _verify(database, schema)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _verify(database: CacheDatabase, schema: str) -> None:
    """Raise ``DatabaseError`` if a page is damaged, or the tables are not those of ``schema``.

    Of a large file only the length is compared: reading all of it would cost each build of a large
    archive more than the build itself. What is damaged within is met when it is read.
    """
    size = database.path.stat().st_size
    if size <= MAX_VERIFIED_BYTES:
        is_sound = database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    else:
        [pages], [page_bytes] = (
            database.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
        is_sound = pages * page_bytes == size
    if not is_sound or _statements(database) != _statements_of(schema):
        message = "the file is damaged"
        raise sqlite3.DatabaseError(message)


def _statements(database: sqlite3.Connection) -> list[str]:
    """Return the statements that made the tables and indexes of a database."""
    made = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    return [sql for (sql,) in made]


def _statements_of(schema: str) -> list[str]:
    with sqlite3.connect(":memory:") as empty:
        empty.executescript(schema)
        statements = _statements(empty)
    empty.close()
    return statements
