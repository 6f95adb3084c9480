"""A cache of the store's records, so that a build parses only the files that changed.

A file whose size, times and inode are those of the last build is not opened. Any other is read, and
parsed only if its bytes differ. After a restart of the machine, or in a copy of the folder, every
file is read once. Several processes share the reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

import msgspec

from paper_digest.builder.cached_record import CachedRecord, RecordSummary
from paper_digest.builder.record_blocks import RECORD_BLOCKS_TABLE, RecordBlocks
from paper_digest.catalog.topic_evidence import TopicEvidence
from paper_digest.incremental.file_times import FileTimes, file_times
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.parallel import fork_map
from paper_digest.incremental.sqlite import row_check
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem
from paper_digest.store.files import Store

RECORDS_TABLES = f"""
{RECORD_BLOCKS_TABLE}
CREATE TABLE topic_evidence
(path TEXT PRIMARY KEY, record_hash BLOB, evidence BLOB, row_check BLOB) WITHOUT ROWID;
"""


class _ReadRecord(NamedTuple):
    """What was read of a file, and its evidence packed; b"" where the cached one holds."""

    record: CachedRecord
    evidence: bytes


#: Hashes what else a paper with these ids is made from: overrides, notes, topics, program.
DecisionHasher = Callable[[tuple[str, ...]], bytes]
#: Makes the summary of a paper, and the evidence of its topics, from its file's bytes and its path below
#: the store's root.
SummaryMaker = Callable[[bytes, str], tuple[RecordSummary, TopicEvidence]]

_encode_evidence = msgspec.msgpack.Encoder().encode
_decode_evidence = msgspec.msgpack.Decoder(TopicEvidence).decode


def read_records(
    store: Store,
    blocks: RecordBlocks,
    decision_hash: DecisionHasher,
    make_summary: SummaryMaker,
    problems: list[Problem],
    times: FileTimes | None = None,
) -> list[CachedRecord]:
    """Return all papers of the store, in order of folder and name.

    Args:
        store: the papers.
        blocks: what the cache holds of them, in a database with the tables of ``RECORDS_TABLES``; brought up
            to date at the end.
        decision_hash: hashes what else a paper's summary is made from.
        make_summary: parses a file that changed; whatever it raises is that file's problem.
        problems: one for each broken file is appended here; the next build reads such a file again.
        times: of the files of the store, if somebody looked at them already.
    """
    cached = blocks.by_name()
    stats = store.signatures(times or file_times(store.papers_folder), problems)
    records = {
        name: record
        for name, stat in stats.items()
        if (record := cached.get(name))
        and stat
        and record.stat == stat
        and record.decision_hash == decision_hash(record.summary.ids)
    }
    unsure = [name for name in stats if name not in records]

    def read_unsure(names: Iterator[str]) -> list[tuple[str, _ReadRecord | Problem]]:
        read = partial(_read_record, store, decision_hash, make_summary)
        return [(name, read(name, stats[name], cached.get(name))) for name in names]

    faults: dict[str, Problem] = {}
    evidence_rows: list[tuple[object, ...]] = []
    for name, read in chain.from_iterable(fork_map(unsure, read_unsure)):
        if isinstance(read, Problem):
            faults[name] = read
            continue
        records[name] = read.record
        if read.evidence:
            evidence_row = (name, read.record.record_hash, read.evidence)
            evidence_rows.append((*evidence_row, row_check(*evidence_row)))
    gone = cached.keys() - stats.keys()
    if unsure or gone:
        blocks.replace(records.values())
        with blocks.database as database:
            database.executemany(
                "INSERT OR REPLACE INTO topic_evidence VALUES (?, ?, ?, ?)", evidence_rows
            )
            database.executemany(
                "DELETE FROM topic_evidence WHERE path = ?", ((path,) for path in gone)
            )
    problems += (faults[name] for name in stats if name in faults)
    return [records[name] for name in stats if name in records]


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


def shared_slug_problem(store: Store, first: CachedRecord, second: CachedRecord) -> Problem:
    """Say that the second of two papers is left out, because the first has its address."""
    what = f"{second.summary.ids[0]} would have the address of {first.summary.ids[0]}"
    return Problem(f"{store.root}/{second.name}", f"{what}, and is left out", cure="delete one")


def _read_record(
    store: Store,
    decision_hash: DecisionHasher,
    make_summary: SummaryMaker,
    name: str,
    stat: bytes,
    cached: CachedRecord | None,
) -> _ReadRecord | Problem:
    """Parse a file, unless its bytes and all else its summary is made from are unchanged."""
    problems: list[Problem] = []
    with contained(problems, f"{store.root}/{name}", "cannot be shown"):
        data = store.read_bytes(name)
        content_hash = hash_bytes(data)
        if (
            cached
            and cached.content_hash == content_hash
            and cached.decision_hash == decision_hash(cached.summary.ids)
        ):
            return _ReadRecord(msgspec.structs.replace(cached, stat=stat), b"")
        summary, evidence = make_summary(data, name)
        decided = decision_hash(summary.ids)
        record_hash = hash_bytes(content_hash, decided)
        record = CachedRecord(name, summary, record_hash, content_hash, decided, stat)
        return _ReadRecord(record, _encode_evidence(evidence))
    return problems[0]
