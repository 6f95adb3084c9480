"""Cached records in blocks: what was written is read again, and little is written for little."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from paper_digest.builder.cached_record import CachedRecord, RecordSummary
from paper_digest.builder.record_blocks import BLOCK_RECORDS, RECORD_BLOCKS_TABLE, RecordBlocks
from paper_digest.catalog.entry import catalog_entry
from paper_digest.incremental.sqlite import row_check
from paper_digest.model.paper import Paper

PAPER = Paper(id="arxiv:2501.00001", title="Kettles")
SUMMARY = RecordSummary((PAPER.id,), catalog_entry(PAPER, ()), "key", "")
#: Names of one folder that come in any order, and more of them than a block holds.
NUMBERS = st.sets(st.integers(0, 5 * BLOCK_RECORDS))
SPANS = st.tuples(st.integers(0, 3 * BLOCK_RECORDS), st.integers(0, 3 * BLOCK_RECORDS)).map(
    lambda ends: set(range(min(ends), max(ends)))
)


@contextmanager
def _database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(RECORD_BLOCKS_TABLE)
        yield database


def _record(number: int, content: bytes = b"") -> CachedRecord:
    return CachedRecord(f"papers/2501/{number:05}.md", SUMMARY, b"", content, b"", b"")


def _blocks(database: sqlite3.Connection) -> dict[str, bytes]:
    return dict(database.execute("SELECT first_name, records FROM record_blocks"))


@given(st.lists(NUMBERS | SPANS, max_size=5))
def test_what_was_written_last_is_read(archives: list[set[int]]) -> None:
    with _database() as database:
        for numbers in archives:
            records = {one.name: one for one in map(_record, numbers)}
            RecordBlocks(database).replace(records.values())
            assert RecordBlocks(database).by_name() == records


@pytest.mark.parametrize("number", [0, 300, 2_000])
def test_a_record_rewrites_its_block_alone(number: int) -> None:
    with _database() as database:
        RecordBlocks(database).replace(map(_record, range(1_000)))
        before = _blocks(database)
        assert len(before) >= 1_000 // (2 * BLOCK_RECORDS)
        blocks = RecordBlocks(database)
        changed = blocks.by_name() | {_record(number).name: _record(number, b"other")}
        blocks.replace(changed.values())
        assert RecordBlocks(database).by_name() == changed
        assert len(before.items() - _blocks(database).items()) == 1


def test_a_day_of_papers_is_written_with_its_month() -> None:
    with _database() as database:
        for first in range(0, 4_000, 50):
            blocks = RecordBlocks(database)
            records = blocks.by_name()
            before = _blocks(database)
            blocks.replace([*records.values(), *map(_record, range(first, first + 50))])
            assert len(before.items() - _blocks(database).items()) <= 1
        assert len(RecordBlocks(database).by_name()) == 4_000


def test_a_damaged_block_is_absent_and_then_made_anew() -> None:
    with _database() as database:
        records = {one.name: replace(one, stat=b"x") for one in map(_record, range(1_000))}
        RecordBlocks(database).replace(records.values())
        damaged = sorted(_blocks(database))[1]
        database.execute(
            "UPDATE record_blocks SET records = x'90' WHERE first_name = ?", (damaged,)
        )
        blocks = RecordBlocks(database)
        rest = blocks.by_name()
        assert 0 < len(records) - len(rest) <= 2 * BLOCK_RECORDS
        assert rest.items() <= records.items()
        blocks.replace(records.values())
        assert RecordBlocks(database).by_name() == records


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry | {"added_later": 1},
        lambda entry: {name: value for name, value in entry.items() if name != "title"},
        lambda entry: entry | {"authors": 7},
        lambda _: None,
    ],
    ids=["a field more", "a field less", "another type", "no entry"],
)
def test_what_another_version_wrote_counts_as_absent(change: Callable[[Any], Any]) -> None:
    """After an upgrade, or a step back, the cache holds records of other fields: they are read anew."""
    with _database() as database:
        RecordBlocks(database).replace(map(_record, range(3)))
        [(name, packed)] = _blocks(database).items()
        other = msgspec.msgpack.decode(packed)
        other[0][1]["entry"] = change(other[0][1]["entry"])
        values = name, msgspec.msgpack.encode(other)
        row = *values, row_check(*values)
        database.execute("INSERT OR REPLACE INTO record_blocks VALUES (?, ?, ?)", row)
        blocks = RecordBlocks(database)
        assert blocks.by_name() == {}
        blocks.replace([_record(9)])
        assert [*RecordBlocks(database).by_name()] == [_record(9).name]
