"""Texts that are read together are those that are there, and nobody waits for a reader who makes one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from paper_digest.builder.text_cache import TEXTS_TABLE, TextCache
from paper_digest.incremental.sqlite import open_database


def open_cache(path: Path) -> TextCache:
    """Open the texts as one process of a build does; it gives up where another one writes."""
    database = open_database(path, TEXTS_TABLE, version=1)
    database.execute("PRAGMA busy_timeout = 0")
    return TextCache(database, b"program")


def never() -> bytes:
    """Stand for what is made of a text that is there already."""
    raise AssertionError


def test_texts_of_another_process_are_read_together(tmp_path: Path) -> None:
    writer, reader = open_cache(tmp_path / "texts.db"), open_cache(tmp_path / "texts.db")
    for name in ("one", "two"):
        writer.cached_text(name, b"key", name.encode)
    writer.flush()
    with reader.reading_together():
        assert reader.cached_text("one", b"key", never) == b"one"
        assert reader.cached_text("two", b"key", never) == b"two"
        assert reader.cached_text("three", b"key", lambda: b"made") == b"made"


def test_others_write_once_a_text_is_made_and_once_all_are_read(tmp_path: Path) -> None:
    writer, reader = open_cache(tmp_path / "texts.db"), open_cache(tmp_path / "texts.db")
    writer.cached_text("one", b"key", lambda: b"one")
    writer.flush()

    def make() -> bytes:
        writer.flush()
        return b"made"

    with reader.reading_together():
        reader.cached_text("one", b"key", never)
        writer.cached_text("two", b"key", lambda: b"two")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            writer.flush()
        assert reader.cached_text("three", b"key", make) == b"made"
    reader.flush()
    with reader.reading_together():
        assert reader.cached_text("two", b"key", never) == b"two"
    writer.cached_text("four", b"key", lambda: b"four")
    writer.flush()
