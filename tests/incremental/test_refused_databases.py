"""Where the machine refuses a write to a cache, that is said, and no cache is deleted as damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from paper_digest.incremental import sqlite
from paper_digest.incremental.sqlite import discard_damaged, open_database

_SCHEMA = "CREATE TABLE rows (value BLOB);"
_ROW = ("INSERT INTO rows VALUES (?)", (b"x" * 100_000,))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sqlite, "_opened_paths", set())
    path = tmp_path / "cache.db"
    open_database(path, _SCHEMA, 1).close()
    return path


def _full(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA max_page_count = 3")


def _read_only(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA query_only = ON")


@pytest.mark.parametrize(
    "write",
    [
        lambda database: database.execute(*_ROW),
        lambda database: database.executemany(_ROW[0], [_ROW[1]]),
        lambda database: database.executescript("INSERT INTO rows VALUES (zeroblob(100000))"),
        lambda database: database.cursor().execute(*_ROW),
    ],
    ids=["execute", "executemany", "executescript", "cursor"],
)
@pytest.mark.parametrize(
    ("refuse", "said"), [(_full, "the disk is full; free some space"), (_read_only, "only be read")]
)
def test_what_the_machine_refuses_is_no_damage(
    path: Path,
    write: Callable[[sqlite3.Connection], object],
    refuse: Callable[[sqlite3.Connection], None],
    said: str,
) -> None:
    with closing(open_database(path, _SCHEMA, 1)) as database:
        refuse(database)
        with pytest.raises((sqlite3.DatabaseError, OSError)) as caught:
            write(database)
    if isinstance(caught.value, sqlite3.DatabaseError):
        problem = str(discard_damaged(caught.value))
        assert problem.startswith(f"{path}: ")
        assert said in problem
        assert "damaged" not in problem
    assert path.exists()


def test_a_damaged_cache_is_deleted_still(path: Path) -> None:
    with closing(open_database(path, _SCHEMA, 1)) as database:
        database.execute(_ROW[0], (b"x" * 9_000_000,))
        database.commit()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 4096)
    with (
        closing(open_database(path, _SCHEMA, 1, verify=False)) as database,
        pytest.raises(sqlite3.DatabaseError) as caught,
    ):
        database.execute("SELECT sum(length(value)) FROM rows").fetchall()
    assert "they were deleted" in str(discard_damaged(caught.value))
    assert not path.exists()
