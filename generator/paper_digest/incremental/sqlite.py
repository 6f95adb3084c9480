"""Opens the SQLite files that cache things between builds; they may be deleted at any time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

#: Seconds to wait while another process of the same build writes.
BUSY_TIMEOUT_S = 60


def open_database(path: Path, schema: str, version: int) -> sqlite3.Connection:
    """Open the file at ``path``; a damaged one, or one of another version, is replaced by an empty one.

    Args:
        path: the file; its folder is made where it is missing.
        schema: statements that make its tables.
        version: raised when the tables or what they hold change their meaning.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect_with_schema(path, schema, version)
    except sqlite3.DatabaseError:
        path.unlink()
        return _connect_with_schema(path, schema, version)


def _connect_with_schema(path: Path, schema: str, version: int) -> sqlite3.Connection:
    database = sqlite3.connect(path, BUSY_TIMEOUT_S)
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
