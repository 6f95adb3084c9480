"""A cache of the store's records, so that a build parses only the files that changed.

A file whose size, times and inode are those of the last build is not opened. Any other is read, and
parsed only if its bytes differ. After a restart of the machine, or in a copy of the folder, every
file is read once. Several processes share the reading.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

import msgspec

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.topic_evidence import TopicEvidence
from paper_digest.incremental.hashing import MTIME_RESOLUTION_NS, boot_id_hash, hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.incremental.sqlite import row_check
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.model.strict import StrictStruct
from paper_digest.store.files import Store

RECORDS_TABLES = """
CREATE TABLE records
(path TEXT PRIMARY KEY, stat BLOB, content BLOB, record_hash BLOB, summary BLOB, row_check BLOB)
WITHOUT ROWID;
CREATE TABLE topic_evidence
(path TEXT PRIMARY KEY, record_hash BLOB, evidence BLOB, row_check BLOB) WITHOUT ROWID;
"""


class RecordSummary(StrictStruct, frozen=True, gc=False):
    """What a build needs of a paper without its record.

    Attributes:
        ids: the paper's id, and the ids it had before.
        entry: what lists show of it.
        citation_key: its citation key, which another paper may share.
        newest_date: the newest date in the record (``YYYY-MM-DD`` or shorter).
        disputed_ids: ids that were given for the paper and are not its own.
        phrases: the topics' words and phrases it holds, joined by ``|``: one text takes less memory.
        has_decided_topics: whether a person gave it its topics. Else those of ``entry`` are found once
            all papers are read (``TopicPlacement``); the cached summary has none.
        doi: its DOI without resolver, or "".
    """

    ids: tuple[str, ...]
    entry: CatalogEntry
    citation_key: str
    newest_date: str
    disputed_ids: tuple[str, ...] = ()
    phrases: str = ""
    has_decided_topics: bool = False
    doi: str = ""


class CachedRecord(NamedTuple):
    """A paper of the store.

    Attributes:
        name: path of its file below the store's root.
        summary: what lists show of it.
        record_hash: hash of all that the summary was made from.
        content_hash: hash of the file's bytes.
    """

    name: str
    summary: RecordSummary
    record_hash: bytes
    content_hash: bytes


class _ReadRecord(NamedTuple):
    """What was read of a file: its row of the cache, and its evidence packed; b"" where the cached one holds."""

    row: _CacheRow
    evidence: bytes


class _CacheRow(NamedTuple):
    """What the cache holds of a file: its stat signature, two hashes, and its summary packed."""

    stat: bytes
    content_hash: bytes
    record_hash: bytes
    packed_summary: bytes


#: Hashes what else a paper with these ids is made from: overrides, notes, topics, program.
DecisionHasher = Callable[[tuple[str, ...]], bytes]
#: Makes the summary of a paper, and the evidence of its topics, from its file's bytes and its path below
#: the store's root.
SummaryMaker = Callable[[bytes, str], tuple[RecordSummary, TopicEvidence]]

_encode_summary = msgspec.msgpack.Encoder().encode
_decode_summary = msgspec.msgpack.Decoder(RecordSummary).decode
_encode_evidence = msgspec.msgpack.Encoder().encode
_decode_evidence = msgspec.msgpack.Decoder(TopicEvidence).decode
_SELECT_RECORDS = "SELECT path, stat, content, record_hash, summary, row_check FROM records"


def read_records(
    store: Store,
    database: sqlite3.Connection,
    decision_hash: DecisionHasher,
    make_summary: SummaryMaker,
    problems: list[Problem],
) -> Iterator[CachedRecord]:
    """Yield all papers of the store, in order of folder and name.

    Args:
        store: the papers.
        database: has the table of ``RECORDS_TABLE``; brought up to date at the end.
        decision_hash: hashes what else a paper's summary is made from.
        make_summary: parses a file that changed; whatever it raises is that file's problem.
        problems: one for each broken file is appended here; the next build reads such a file again.
    """
    rows, names = _read_rows(database), store.relative_paths(problems)
    stats = {name: _stat_signature(f"{store.root}/{name}") for name in names}
    unchanged = dict[str, CachedRecord]()
    for name, stat in stats.items():
        row = rows.get(name)
        if (
            row
            and stat
            and row.stat == stat
            and (summary := _summary_if_current(row, decision_hash))
        ):
            unchanged[name] = CachedRecord(name, summary, row.record_hash, row.content_hash)

    def read_unsure(unsure: Iterator[str]) -> list[tuple[str, _ReadRecord | Problem]]:
        read = partial(_read_record, store, decision_hash, make_summary)
        return [(name, read(name, rows.get(name))) for name in unsure]

    unsure = [name for name in stats if name not in unchanged]
    reread = dict(one for part in fork_map(unsure, read_unsure) for one in part)
    changed_rows: list[tuple[object, ...]] = []
    evidence_rows: list[tuple[object, ...]] = []
    for name, stat in stats.items():
        if name in unchanged:
            yield unchanged[name]
        elif isinstance(read := reread[name], Problem):
            problems.append(read)
        else:
            values = (name, *read.row._replace(stat=stat))
            changed_rows.append((*values, row_check(*values)))
            if read.evidence:
                evidence_row = (name, read.row.record_hash, read.evidence)
                evidence_rows.append((*evidence_row, row_check(*evidence_row)))
            yield _cached_record(name, read.row)
    gone = rows.keys() - stats.keys()
    with database:
        database.executemany(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?)", changed_rows
        )
        database.executemany(
            "INSERT OR REPLACE INTO topic_evidence VALUES (?, ?, ?, ?)", evidence_rows
        )
        for delete in (
            "DELETE FROM records WHERE path = ?",
            "DELETE FROM topic_evidence WHERE path = ?",
        ):
            database.executemany(delete, ((path,) for path in gone))


def _cached_record(name: str, row: _CacheRow) -> CachedRecord:
    summary = _decode_summary(row.packed_summary)
    return CachedRecord(name, summary, row.record_hash, row.content_hash)


def read_evidence(database: sqlite3.Connection, record: CachedRecord) -> TopicEvidence | None:
    """Return the evidence of a paper's topics; ``None`` where the cache's is damaged or of another record."""
    query = "SELECT path, record_hash, evidence, row_check FROM topic_evidence WHERE path = ?"
    try:
        row = database.execute(query, (record.name,)).fetchone()
    except sqlite3.DatabaseError:
        return None
    if not row or row_check(*row[:3]) != row[3] or row[1] != record.record_hash:
        return None
    return _decode_evidence(row[2])


def _read_rows(database: sqlite3.Connection) -> dict[str, _CacheRow]:
    """Return the rows by path; where one is not as it was written, its file is parsed again."""
    rows: dict[str, _CacheRow] = {}
    damaged: list[str] = []
    try:
        for path, *values, check in database.execute(_SELECT_RECORDS):
            if row_check(path, *values) == check:
                rows[path] = _CacheRow(*values)
            else:
                damaged.append(path)
    except sqlite3.DatabaseError:  # a path that is no text any more
        rows.clear()
        damaged.clear()
        with database:
            database.execute("DELETE FROM records")
    with database:
        database.executemany("DELETE FROM records WHERE path = ?", ((path,) for path in damaged))
    return rows


def _summary_if_current(row: _CacheRow, decision_hash: DecisionHasher) -> RecordSummary | None:
    """Return the cached summary; ``None`` if overrides, notes, topics or program changed."""
    summary = _decode_summary(row.packed_summary)
    is_current = row.record_hash == hash_bytes(row.content_hash, decision_hash(summary.ids))
    return summary if is_current else None


def _read_record(
    store: Store,
    decision_hash: DecisionHasher,
    make_summary: SummaryMaker,
    name: str,
    row: _CacheRow | None,
) -> _ReadRecord | Problem:
    """Parse a file, unless its bytes and all else its summary is made from are unchanged."""
    problems: list[Problem] = []
    with contained(problems, f"{store.root}/{name}", "cannot be shown"):
        data = store.read_bytes(name)
        content_hash = hash_bytes(data)
        if row and row.content_hash == content_hash and _summary_if_current(row, decision_hash):
            return _ReadRecord(row, b"")
        summary, evidence = make_summary(data, name)
        new_row = _CacheRow(
            b"",
            content_hash,
            hash_bytes(content_hash, decision_hash(summary.ids)),
            _encode_summary(summary),
        )
        return _ReadRecord(new_row, _encode_evidence(evidence))
    return problems[0]


def _stat_signature(path: str) -> bytes:
    """Return a file's times, size and inode as bytes; b"" if it changed too recently to be sure, or has none."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - a quarter of the time of Path
    except OSError:  # a link that leads nowhere
        return b""
    if time.time_ns() - stat.st_mtime_ns < MTIME_RESOLUTION_NS:
        return b""
    numbers = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
    return boot_id_hash() + b"".join(number.to_bytes(8, signed=True) for number in numbers)
