"""Opens the SQLite files of a build: what is kept between builds, and may be deleted at any time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

#: Seconds to wait while another process of the same build writes.
PATIENCE = 60


def opened(path: Path, tables: str, version: int) -> sqlite3.Connection:
    """Open the file at ``path``; a damaged one, or one of another version, is begun anew.

    Args:
        path: the file; its folder is made where it is missing.
        tables: statements that make its tables.
        version: raised when the tables or what they hold change their meaning.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _prepared(path, tables, version)
    except sqlite3.DatabaseError:
        path.unlink()
        return _prepared(path, tables, version)


def _prepared(path: Path, tables: str, version: int) -> sqlite3.Connection:
    database = sqlite3.connect(path, PATIENCE)
    try:
        # Safe when a process is killed; after a restart nothing in here is trusted unseen.
        database.execute("PRAGMA synchronous = OFF")
        if database.execute("PRAGMA user_version").fetchone()[0] != version:
            found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (name,) in list(found):
                database.execute(f"DROP TABLE {name}")
            database.executescript(tables)
            database.execute(f"PRAGMA user_version = {version}")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
