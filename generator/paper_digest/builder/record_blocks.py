"""The cached records on the disk, in blocks of some hundred: each is read, checked and written as a whole.

A block holds the records whose names are its own or later, up to the next block's.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter

import msgspec

from paper_digest.builder.cached_record import CachedRecord
from paper_digest.incremental.sqlite import row_check

RECORD_BLOCKS_TABLE = """
CREATE TABLE record_blocks (first_name TEXT PRIMARY KEY, records BLOB, row_check BLOB) WITHOUT ROWID;
"""
#: Of records in a block; one that has grown to twice as many is divided.
BLOCK_RECORDS = 128

Block = list[CachedRecord]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Block).decode


class RecordBlocks:
    """The records that one build found in the cache; ``database`` has the table of ``RECORD_BLOCKS_TABLE``."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Read all blocks; the records of one count as absent that is not as it was written, or not as this version writes it."""
        self.database = database
        self._blocks: dict[str, Block] = {}
        self._damaged: list[object] = []
        try:
            for first_name, packed, check in database.execute("SELECT * FROM record_blocks"):
                block = _decoded(packed) if row_check(first_name, packed) == check else None
                if block is None:
                    self._damaged.append(first_name)
                else:
                    self._blocks[first_name] = block
        except sqlite3.DatabaseError:  # a name that is no text any more
            self._blocks.clear()
            with database:
                database.execute("DELETE FROM record_blocks")

    def by_name(self) -> dict[str, CachedRecord]:
        """Return the records by name."""
        return {one.name: one for block in self._blocks.values() for one in block}

    def replace(self, records: Iterable[CachedRecord]) -> None:
        """Let the cache hold these records; blocks that stay as they are are not written."""
        blocks = self._divided(sorted(records, key=attrgetter("name")))
        gone = self._blocks.keys() - blocks.keys()
        changed = [
            (first_name, _encode(block))
            for first_name, block in blocks.items()
            if self._blocks.get(first_name) != block
        ]
        with self.database as database:
            database.executemany(
                "DELETE FROM record_blocks WHERE first_name = ?",
                ((first_name,) for first_name in (*self._damaged, *gone)),
            )
            database.executemany(
                "INSERT OR REPLACE INTO record_blocks VALUES (?, ?, ?)",
                ((*values, row_check(*values)) for values in changed),
            )
        self._blocks = blocks
        self._damaged.clear()

    def _divided(self, records: Block) -> dict[str, Block]:
        """Put records, sorted by name, into the blocks there are; divide those that grew too large."""
        first_names = sorted({"", *self._blocks})
        blocks: dict[str, Block] = {}
        begin = 0
        for first_name, next_name in zip(first_names, [*first_names[1:], None], strict=True):
            end = _place(records, next_name)
            size = BLOCK_RECORDS if end - begin >= 2 * BLOCK_RECORDS else end - begin
            for low in range(begin, end, size or 1):
                name = first_name if low == begin else records[low].name
                blocks[name] = records[low : min(low + size, end)]
            begin = end
        return blocks


def _decoded(packed: bytes) -> Block | None:
    """Return the records of a block; ``None`` where another version of the program has other fields."""
    try:
        return _decode(packed)
    except msgspec.DecodeError:
        return None


def _place(records: Block, name: str | None) -> int:
    """Return how many records, sorted by name, stand before a name; all where there is none."""
    return len(records) if name is None else bisect_left(records, name, key=attrgetter("name"))
