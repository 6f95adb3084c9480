"""Answers of a model as they came, in ``.cache/summaries.jsonl``: what is there is not paid for twice.

The file may be deleted. A line that was damaged, or not written whole, says nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from paper_digest.incremental.hashing import values_hash
from paper_digest.ingest.fetch.chat import ChatAnswer
from paper_digest.model.strict import StrictStruct
from paper_digest.store.atomic import replace_file

#: Size from which the older half of the file goes, in bytes.
MAX_CACHE_BYTES = 64 * 2**20


class _Line(StrictStruct, frozen=True):
    """An answer, or ``None`` where there was none, to what was asked under a key; with a hash of both."""

    key: str
    answer: ChatAnswer | None
    check: str


class SummaryCache:
    """The answers of all runs by what was asked; each is on the disk before it is used."""

    def __init__(self, path: Path) -> None:
        """Read the file, and cut it where it has grown too large."""
        self._path = path
        self._answers: dict[str, ChatAnswer | None] = {}
        lines = path.read_bytes().splitlines() if path.exists() else []
        for raw in lines:
            try:
                line = msgspec.json.decode(raw, type=_Line)
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue
            if line.check == _check(line.key, line.answer):
                self._answers[line.key] = line.answer
        if sum(map(len, lines)) > MAX_CACHE_BYTES:
            replace_file(path, b"\n".join(lines[len(lines) // 2 :]) + b"\n")

    def answer(self, key: str) -> ChatAnswer | None:
        """Return the answer to what was asked under a key, if there is one."""
        return self._answers.get(key)

    def has_failed(self, key: str) -> bool:
        """Tell whether this was asked and never answered."""
        return key in self._answers and self._answers[key] is None

    def add(self, key: str, answer: ChatAnswer | None) -> None:
        """Write down an answer, or that none came."""
        self._answers[key] = answer
        self._path.parent.mkdir(parents=True, exist_ok=True)
        line = _Line(key, answer, _check(key, answer))
        with self._path.open("ab") as handle:
            # The line before may have been cut by a kill.
            handle.write(b"\n" + msgspec.json.encode(line) + b"\n")
            handle.flush()
            os.fsync(handle.fileno())


def _check(key: str, answer: ChatAnswer | None) -> str:
    return values_hash(key, msgspec.json.encode(answer).decode()).hex()
