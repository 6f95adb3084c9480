"""An answer made to hurt costs its budget, its source is named, and the next one is read."""

from __future__ import annotations

import gzip
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from paper_digest.ingest import parse
from paper_digest.ingest.parse_budget import ParseBudget, run_bounded
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.sources import bibtex

_SMALL = ParseBudget(cpu_s=0.5, cpu_s_per_mb=0.0, memory_bytes=2**28, memory_per_byte=0)
_BATCH = Batch(problems=(Problem("a file", "is made up"),))
Reader = Callable[[Callable[[int], None]], Iterator[Batch]]


def _endless(_: Callable[[int], None]) -> Iterator[Batch]:
    yield _BATCH
    while True:
        pass


def _ended(_: Callable[[int], None]) -> Iterator[Batch]:
    yield _BATCH
    os.kill(os.getpid(), signal.SIGKILL)


def _collect(read: Reader, budget: ParseBudget = _SMALL) -> tuple[list[Batch], str]:
    batches = []
    try:
        for batch in run_bounded(read, "a file", budget):
            batches.append(batch)  # noqa: PERF402 - what came before the error is wanted
    except SourceError as error:
        return batches, str(error)
    return batches, ""


def test_a_reader_without_end_is_ended_and_what_came_before_is_given() -> None:
    batches, said = _collect(_endless)
    assert batches == [_BATCH]
    assert "a file: takes too long to read" in said
    assert "split it" in said


def test_a_reader_that_dies_is_named() -> None:
    batches, said = _collect(_ended)
    assert batches == [_BATCH]
    assert said.startswith("a file: ")


def test_each_batch_has_the_budget_anew() -> None:
    def slow(_: Callable[[int], None]) -> Iterator[Batch]:
        for _step in range(5):
            ends_at = time.process_time() + 0.4
            while time.process_time() < ends_at:
                pass
            yield _BATCH

    assert _collect(slow) == ([_BATCH] * 5, "")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts a process's memory")
def test_an_answer_that_fills_memory_is_left() -> None:
    def fill(_: bytes, __: Request) -> Batch:
        return Batch(paper_names=("x" * 2**36,))

    greedy = msgspec.structs.replace(bibtex.SOURCE, parse=fill)
    with pytest.raises(SourceError, match="takes too much memory to read"):
        parse.parse_answer(greedy, b"@misc{a}", Request("https://a.example/"))
    with pytest.raises(SourceError, match="takes too much memory to read"):
        list(parse.parse_file(greedy, "a file", io.BytesIO(b"@misc{a}")))


def test_a_file_that_unpacks_to_too_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "MAX_FILE_BYTES", 2**21)
    data = gzip.compress(b"%" * 2**22)
    with pytest.raises(SourceError, match="larger than 2,097,152 bytes, unpacked; split it"):
        list(parse.parse_file(bibtex.SOURCE, "big.bib.gz", io.BytesIO(data)))


def _children() -> set[str]:
    """Return the ids of this process' children, ended ones that nobody waited for among them."""
    return {*Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the children of a process")
def test_nobody_waits_for_a_reader_that_is_left() -> None:
    before = _children()
    batches = run_bounded(_endless, "a file", ParseBudget())
    assert next(batches) == _BATCH
    assert len(_children() - before) == 1
    batches.close()  # type: ignore[attr-defined]
    assert _children() <= before
