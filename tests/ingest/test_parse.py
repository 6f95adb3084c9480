"""Any bytes of a file become batches, or one error that says what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from paper_digest.ingest import parse as reading
from paper_digest.ingest.files import ingest_files
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import SourceError
from paper_digest.sources import arxiv, bibtex, jsonl
from paper_digest.sources.source import Source
from paper_digest.store.files import Store

LINE = b'{"id": "arxiv:2603.00001", "title": "Boats"}\n'


def read(source: Source, data: bytes) -> list[Batch]:
    return list(reading.parse_file(source, "a file", io.BytesIO(data)))


def ids(batches: list[Batch]) -> list[str]:
    return [paper.id for batch in batches for paper in batch.papers]


@pytest.mark.parametrize(
    "data",
    [
        LINE,
        gzip.compress(LINE, mtime=0),
        gzip.compress(b"", mtime=0) + gzip.compress(LINE, mtime=0),
        b"\xef\xbb\xbf\n \n" + LINE,
        LINE.rstrip(),
    ],
)
def test_packed_or_not_a_file_is_the_same(data: bytes) -> None:
    assert ids(read(jsonl.SOURCE, data)) == ["arxiv:2603.00001"]


@pytest.mark.parametrize("source", [jsonl.SOURCE, bibtex.SOURCE])
def test_a_small_file_that_unpacks_without_end_is_refused(source: Source) -> None:
    bomb = gzip.compress(b"\n" * 2**25, mtime=0)
    with pytest.raises(SourceError, match="unpacks to more than 200 times its size"):
        read(source, bomb)
    assert ids(read(jsonl.SOURCE, gzip.compress(LINE + b"\n" * 2**20, mtime=0))) == [
        "arxiv:2603.00001"
    ]


def test_a_pipe_is_a_file_too() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(theirs, "wb") as writer:
        writer.write(gzip.compress(LINE, mtime=0))
    with os.fdopen(ours, "rb") as reader:
        assert ids(list(reading.parse_file(jsonl.SOURCE, "a pipe", reader))) == ["arxiv:2603.00001"]


def test_what_came_before_a_cut_is_kept(tmp_path: Path) -> None:
    lines = b"".join(
        json.dumps(
            {"id": f"{2401 + n // 90000}.{n % 90000 + 10000}", "title": f"Boat {n}", "versions": []}
        ).encode()
        + b"\n"
        for n in range(1500)
    )
    cut = gzip.compress(lines, mtime=0)[:-1000]
    store = Store(tmp_path)
    report = ingest_files(
        store, arxiv.SOURCE, [("cut.gz", io.BytesIO(cut)), ("whole", io.BytesIO(lines[:999]))]
    )
    assert 500 <= len(list(store.paths())) < 1500
    assert any("breaks off" in p.what for p in report.problems)
    assert {p.where for p in report.problems} >= {"cut.gz"}


def test_a_line_without_end_fills_no_memory() -> None:
    class Endless(io.RawIOBase):
        sent = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            start = b'{"a": "' if not self.sent else b"x" * len(buffer)
            data = start[: len(buffer)] if self.sent < 100 * 2**20 else b""
            buffer[: len(data)] = data
            self.sent += len(data)
            return len(data)

    tracemalloc.start()
    try:
        batches = list(reading.parse_file(jsonl.SOURCE, "endless", io.BufferedReader(Endless())))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert ids(batches) == []
    assert sum(len(batch.problems) for batch in batches) == 7
    assert peak < 80 * 2**20


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (gzip.compress(LINE, mtime=0)[:20], "cannot be read"),
        (b"\x1f\x8bnot gzip", "cannot be read"),
        (b"", "empty"),
        (b"<html>", "web page"),
    ],
)
def test_what_is_no_file_of_the_source_is_one_error(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read(jsonl.SOURCE, data)
    assert caught.value.where == "a file"
    assert caught.value.cure


def test_a_fault_of_a_reader_stops_nothing_else() -> None:
    def parse(data: bytes, request: Request) -> Batch:
        raise KeyError(data[:1], request.url)

    faulty = msgspec.structs.replace(bibtex.SOURCE, parse=parse)
    for call in (
        lambda: read(faulty, b"@misc{a}"),
        lambda: reading.parse_answer(faulty, b"@misc{a}", Request("https://a.example/")),
    ):
        with pytest.raises(SourceError, match=r"KeyError .* in test_parse.py:\d+") as caught:
            call()
        assert "report it" in caught.value.cure


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    unopened = reading.UnreadableFile(PermissionError(13, "Permission denied"))
    report = ingest_files(
        Store(tmp_path),
        jsonl.SOURCE,
        [("locked.jsonl", unopened), ("good.jsonl", io.BytesIO(LINE))],
    )
    assert report.new == {"arxiv:2603.00001"}
    [problem] = report.problems
    what = "cannot be read: you may not read or write it"
    assert (problem.where, problem.what) == ("locked.jsonl", what)


def test_no_line_of_a_file_is_believed_to_know_a_day_after_it_was_saved() -> None:
    created = {"version": "v1", "created": "Fri, 21 Nov 2025 09:00:00 GMT"}
    record = {"id": "2511.00001", "title": "Boats", "versions": [created]}
    line = json.dumps(record).encode() + b"\n"

    def read_saved_on(day: str) -> Batch:
        [batch] = reading.parse_file(arxiv.SOURCE, "bulk.jsonl", io.BytesIO(line), day)
        return batch

    [after], [before] = (read_saved_on(day).papers for day in ("2025-11-21", "2025-11-19"))
    assert (after.published, before.published) == ("2025-11-21", "")
    assert "2025-11-19" in read_saved_on("2025-11-19").problems[0].what
