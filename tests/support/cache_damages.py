"""Damages to files that a program caches things in: every region of every file, and whole files."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

#: Bytes of a region; each region of each file is damaged once.
REGION_BYTES = 512

#: Returns a damaged copy of some bytes.
Edit = Callable[[bytes, random.Random], bytes]


class Damage(NamedTuple):
    """One damage: a file below the project, what is done to it, and how to say so."""

    path: str
    name: str
    do: Callable[[Path, random.Random], None]


def _flip(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _other_letter(data: bytes, chance: random.Random) -> bytes:
    letters = [at for at, byte in enumerate(data) if chr(byte).isascii() and chr(byte).isalnum()]
    if not letters:
        return _flip(data, chance)
    at = chance.choice(letters)
    return data[:at] + (b"7" if data[at] != ord("7") else b"x") + data[at + 1 :]


def _noise(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(data))


#: What is done to a region, in turn.
REGION_EDITS: dict[str, Edit] = {
    "a bit flipped": _flip,
    "another letter": _other_letter,
    "zeros": lambda data, _: bytes(len(data)),
    "noise": _noise,
}
#: What is done to a whole file.
FILE_EDITS: dict[str, Edit] = {
    "cut short": lambda data, chance: data[: chance.randrange(len(data))] if data else b"",
    "cut by a byte": lambda data, _: data[:-1],
    "bytes after its end": lambda data, chance: data + chance.randbytes(700),
    "zeros after its end": lambda data, _: data + bytes(4096),
    "empty": lambda _, __: b"",
    "one byte": lambda _, __: b"\n",
    "no bytes but zeros": lambda data, _: bytes(len(data)),
}


def all_damages(root: Path, files: list[Path], older: Path) -> Iterator[Damage]:
    """Name every damage to these files below ``root``; ``older`` holds earlier versions of them."""
    for path in files:
        where = path.relative_to(root).as_posix()
        for number, start in enumerate(range(0, path.stat().st_size, REGION_BYTES)):
            name = list(REGION_EDITS)[number % len(REGION_EDITS)]
            yield Damage(where, f"{name} at {start}", _in_region(start, REGION_EDITS[name]))
        for name, edit in FILE_EDITS.items():
            yield Damage(where, name, _in_whole(edit))
        others = [one for one in files if one != path and one.suffix == path.suffix]
        for other in others[:2]:
            yield Damage(where, f"in its place {other.name}", _copied(other.read_bytes()))
        if (older / where).is_file():
            yield Damage(where, "an older one", _copied((older / where).read_bytes()))
        yield Damage(where, "deleted", lambda path, _: path.unlink())
        yield Damage(where, "a folder in its place", _folder)
        if path.suffix == ".db":
            for table in _tables(path):
                for kind in _ROW_EDITS:
                    yield Damage(where, f"{kind} in {table}", _in_table(table, kind))


def _in_region(start: int, edit: Edit) -> Callable[[Path, random.Random], None]:
    def do(path: Path, chance: random.Random) -> None:
        data = path.read_bytes()
        at = min(start, max(0, len(data) - 1))  # the file may have shrunk since it was listed
        part = data[at : at + REGION_BYTES]
        if part:
            path.write_bytes(data[:at] + edit(part, chance) + data[at + REGION_BYTES :])

    return do


def _in_whole(edit: Edit) -> Callable[[Path, random.Random], None]:
    def do(path: Path, chance: random.Random) -> None:
        path.write_bytes(edit(path.read_bytes(), chance))

    return do


def _copied(data: bytes) -> Callable[[Path, random.Random], None]:
    return _in_whole(lambda _, __: data)


def _folder(path: Path, _: random.Random) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def mend_folder(path: Path) -> None:
    """Do what an operator does who is told that a folder stands where a file should be."""
    if path.is_dir():
        shutil.rmtree(path)


def _tables(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return [name for (name,) in rows]


def _swap_rows(
    database: sqlite3.Connection, table: str, columns: list[str], keys: list[object]
) -> None:
    """Let two rows change all values but their keys."""
    first, second, key = *keys[:2], columns[0]
    names = ", ".join(columns[1:])
    if not names:
        return
    rows = [
        database.execute(f"SELECT {names} FROM {table} WHERE {key} = ?", (k,)).fetchone()
        for k in (first, second)
    ]
    marks = ", ".join(f"{name} = ?" for name in columns[1:])
    for k, row in zip((second, first), rows, strict=True):
        database.execute(f"UPDATE {table} SET {marks} WHERE {key} = ?", (*row, k))


def _delete_row(
    database: sqlite3.Connection, table: str, columns: list[str], keys: list[object]
) -> None:
    database.execute(f"DELETE FROM {table} WHERE {columns[0]} = ?", (keys[0],))


def _rename_row(
    database: sqlite3.Connection, table: str, columns: list[str], keys: list[object]
) -> None:
    """Give a row the key of another, which is lost."""
    _delete_row(database, table, columns, keys)
    where = f"WHERE {columns[0]} = ?"
    database.execute(f"UPDATE {table} SET {columns[0]} = ? {where}", (keys[0], keys[-1]))


def _null_values(
    database: sqlite3.Connection, table: str, columns: list[str], keys: list[object]
) -> None:
    where = f"WHERE {columns[0]} = ?"
    database.execute(f"UPDATE {table} SET {columns[-1]} = NULL {where}", (keys[0],))


def _empty_table(
    database: sqlite3.Connection, table: str, columns: list[str], keys: list[object]
) -> None:
    del columns, keys
    database.execute(f"DELETE FROM {table}")


def _foreign_row(
    database: sqlite3.Connection, table: str, columns: list[str], keys: list[object]
) -> None:
    del keys
    marks = ", ".join("?" for _ in columns)
    database.execute(f"INSERT INTO {table} VALUES ({marks})", [b"x"] * len(columns))


_ROW_EDITS = {
    "two rows swapped": _swap_rows,
    "a row deleted": _delete_row,
    "a row under another's key": _rename_row,
    "no value": _null_values,
    "no rows": _empty_table,
    "a foreign row": _foreign_row,
}


def _in_table(table: str, kind: str) -> Callable[[Path, random.Random], None]:
    def do(path: Path, chance: random.Random) -> None:
        with closing(sqlite3.connect(path)) as database, database:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            keys = [row[0] for row in database.execute(f"SELECT {columns[0]} FROM {table}")]
            chance.shuffle(keys)
            if len(keys) > 1 or kind == "a foreign row":
                _ROW_EDITS[kind](database, table, columns, keys)

    return do
