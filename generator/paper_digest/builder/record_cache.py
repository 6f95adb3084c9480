"""What is known of each file of the store since the last build, so that only changed ones are read.

A file whose size, times and inode are as they were is not opened; any other is read, and parsed
only if its bytes differ. After a restart, or in another copy of the folder, all are read once.
The processors share the reading.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

from paper_digest.catalog.catalog import Entry
from paper_digest.incremental.hashing import MTIME_RESOLUTION_NS, boot_id_hash, hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.model.errors import RecordError
from paper_digest.model.paper import StrictStruct
from paper_digest.store.files import Store

TABLES = """
CREATE TABLE records (path TEXT PRIMARY KEY, stat BLOB, content BLOB, mark BLOB, known BLOB)
WITHOUT ROWID;
"""


class Known(StrictStruct, frozen=True, gc=False):
    """What a build needs of a paper without its record.

    Attributes:
        ids: the paper's id, and the ids it had before.
        entry: what lists show of it.
        cite: its citation key, which another paper may share.
        changed: the newest date the record knows.
    """

    ids: tuple[str, ...]
    entry: Entry
    cite: str
    changed: str


class Found(NamedTuple):
    """A paper of the store: its file, what is known of it, a hash of all that it was made from.

    ``name`` is the file's place below the store's root.
    """

    name: str
    known: Known
    mark: bytes


class _Row(NamedTuple):
    """What the last build kept of a file; ``known`` is packed."""

    stat: bytes
    content: bytes
    mark: bytes
    known: bytes


class _Broken(NamedTuple):
    where: str
    what: str
    cure: str


#: Gives the hash of what decides about a paper beside its file, by its ids.
Decider = Callable[[tuple[str, ...]], bytes]
#: Makes what is known of the paper in a file's bytes; the name is the file's below the store's root.
Maker = Callable[[bytes, str], Known]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Known).decode
_QUERY = "SELECT path, stat, content, mark, known FROM records"


def found(
    store: Store,
    database: sqlite3.Connection,
    decide: Decider,
    make: Maker,
    broken: list[RecordError],
) -> Iterator[Found]:
    """Go through the store in order of folder and name.

    Args:
        store: the papers.
        database: holds ``TABLES``.
        decide: hashes what else a paper's entry is made from.
        make: reads a file that changed; raises ``RecordError`` for a broken one.
        broken: gets the errors; such a file is read again by the next build.
    """
    rows = {path: _Row(*rest) for path, *rest in database.execute(_QUERY)}
    stats = {name: _stat(f"{store.root}/{name}") for name in store.relative_paths()}
    same: dict[str, Found] = {}
    for name, stat in stats.items():
        kept = rows.get(name)
        if kept and stat and kept.stat == stat and (known := _decided(kept, decide)):
            same[name] = Found(name, known, kept.mark)

    def look(unsure: Iterator[str]) -> list[tuple[str, _Row | _Broken]]:
        return [
            (name, _looked(name, store.read_bytes(name), rows.get(name), decide, make))
            for name in unsure
        ]

    unsure = [name for name in stats if name not in same]
    looked = dict(one for part in fork_map(unsure, look) for one in part)
    new: list[tuple[object, ...]] = []
    for name, stat in stats.items():
        if name in same:
            yield same[name]
        elif isinstance(row := looked[name], _Broken):
            broken.append(RecordError(*row))
        else:
            new.append((name, *row._replace(stat=stat)))
            yield Found(name, _decode(row.known), row.mark)
    gone = rows.keys() - stats.keys()
    with database:
        database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)", new)
        database.executemany("DELETE FROM records WHERE path = ?", ((path,) for path in gone))


def _decided(row: _Row, decide: Decider) -> Known | None:
    """Return what is known of a paper; ``None`` if something else decides about it by now."""
    known = _decode(row.known)
    return known if row.mark == hash_bytes(row.content, decide(known.ids)) else None


def _looked(
    name: str, data: bytes, row: _Row | None, decide: Decider, make: Maker
) -> _Row | _Broken:
    """Parse what a file holds, unless it holds and is decided what it was."""
    content = hash_bytes(data)
    if row and row.content == content and _decided(row, decide):
        return row
    try:
        known = make(data, name)
    except RecordError as error:
        return _Broken(error.where, error.what, error.cure)
    return _Row(b"", content, hash_bytes(content, decide(known.ids)), _encode(known))


def _stat(path: str) -> bytes:
    """Say what the file system says of a file; nothing if that may be the same after a change."""
    stat = os.stat(path)  # noqa: PTH116 - a quarter of the time of Path
    if time.time_ns() - stat.st_mtime_ns < MTIME_RESOLUTION_NS:
        return b""
    numbers = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
    return boot_id_hash() + b"".join(number.to_bytes(8, signed=True) for number in numbers)
