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

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import MTIME_RESOLUTION_NS, boot_id_hash, hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.model.errors import RecordError
from paper_digest.model.strict import StrictStruct
from paper_digest.store.files import Store

RECORDS_TABLE = """
CREATE TABLE records (path TEXT PRIMARY KEY, stat BLOB, content BLOB, mark BLOB, known BLOB)
WITHOUT ROWID;
"""


class RecordSummary(StrictStruct, frozen=True, gc=False):
    """What a build needs of a paper without its record.

    Attributes:
        ids: the paper's id, and the ids it had before.
        entry: what lists show of it.
        cite: its citation key, which another paper may share.
        changed: the newest date the record knows.
    """

    ids: tuple[str, ...]
    entry: CatalogEntry
    citation_key: str
    newest_date: str


class CachedRecord(NamedTuple):
    """A paper of the store: its file, what is known of it, a hash of all that it was made from.

    ``name`` is the file's place below the store's root.
    """

    name: str
    summary: RecordSummary
    record_hash: bytes


class _CacheRow(NamedTuple):
    """What the last build kept of a file; ``known`` is packed."""

    stat: bytes
    content_hash: bytes
    record_hash: bytes
    packed_summary: bytes


class _ReadFailure(NamedTuple):
    where: str
    what: str
    cure: str


#: Gives the hash of what decides about a paper beside its file, by its ids.
DecisionHasher = Callable[[tuple[str, ...]], bytes]
#: Makes what is known of the paper in a file's bytes; the name is the file's below the store's root.
SummaryMaker = Callable[[bytes, str], RecordSummary]

_encode_summary = msgspec.msgpack.Encoder().encode
_decode_summary = msgspec.msgpack.Decoder(RecordSummary).decode
_SELECT_RECORDS = "SELECT path, stat, content, mark, known FROM records"


def read_records(
    store: Store,
    database: sqlite3.Connection,
    decision_hash: DecisionHasher,
    make_summary: SummaryMaker,
    errors: list[RecordError],
) -> Iterator[CachedRecord]:
    """Go through the store in order of folder and name.

    Args:
        store: the papers.
        database: holds ``TABLES``.
        decision_hash: hashes what else a paper's entry is made from.
        make_summary: reads a file that changed; raises ``RecordError`` for a broken one.
        errors: gets the errors; such a file is read again by the next build.
    """
    rows = {path: _CacheRow(*rest) for path, *rest in database.execute(_SELECT_RECORDS)}
    stats = {name: _stat_signature(f"{store.root}/{name}") for name in store.relative_paths()}
    unchanged: dict[str, CachedRecord] = {}
    for name, stat in stats.items():
        row = rows.get(name)
        if (
            row
            and stat
            and row.stat == stat
            and (summary := _summary_if_current(row, decision_hash))
        ):
            unchanged[name] = CachedRecord(name, summary, row.record_hash)

    def read_unsure(unsure: Iterator[str]) -> list[tuple[str, _CacheRow | _ReadFailure]]:
        return [
            (
                name,
                _read_record(
                    name, store.read_bytes(name), rows.get(name), decision_hash, make_summary
                ),
            )
            for name in unsure
        ]

    unsure = [name for name in stats if name not in unchanged]
    reread = dict(one for part in fork_map(unsure, read_unsure) for one in part)
    changed_rows: list[tuple[object, ...]] = []
    for name, stat in stats.items():
        if name in unchanged:
            yield unchanged[name]
        elif isinstance(new_row := reread[name], _ReadFailure):
            errors.append(RecordError(*new_row))
        else:
            changed_rows.append((name, *new_row._replace(stat=stat)))
            yield CachedRecord(name, _decode_summary(new_row.packed_summary), new_row.record_hash)
    gone = rows.keys() - stats.keys()
    with database:
        database.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)", changed_rows)
        database.executemany("DELETE FROM records WHERE path = ?", ((path,) for path in gone))


def _summary_if_current(row: _CacheRow, decision_hash: DecisionHasher) -> RecordSummary | None:
    """Return what is known of a paper; ``None`` if something else decides about it by now."""
    summary = _decode_summary(row.packed_summary)
    return (
        summary
        if row.record_hash == hash_bytes(row.content_hash, decision_hash(summary.ids))
        else None
    )


def _read_record(
    name: str,
    data: bytes,
    row: _CacheRow | None,
    decision_hash: DecisionHasher,
    make_summary: SummaryMaker,
) -> _CacheRow | _ReadFailure:
    """Parse what a file holds, unless it holds and is decided what it was."""
    content_hash = hash_bytes(data)
    if row and row.content_hash == content_hash and _summary_if_current(row, decision_hash):
        return row
    try:
        summary = make_summary(data, name)
    except RecordError as error:
        return _ReadFailure(error.where, error.what, error.cure)
    return _CacheRow(
        b"",
        content_hash,
        hash_bytes(content_hash, decision_hash(summary.ids)),
        _encode_summary(summary),
    )


def _stat_signature(path: str) -> bytes:
    """Say what the file system says of a file; nothing if that may be the same after a change."""
    stat = os.stat(path)  # noqa: PTH116 - a quarter of the time of Path
    if time.time_ns() - stat.st_mtime_ns < MTIME_RESOLUTION_NS:
        return b""
    numbers = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
    return boot_id_hash() + b"".join(number.to_bytes(8, signed=True) for number in numbers)
