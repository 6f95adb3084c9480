"""What an ingest keeps between runs, damaged at every byte: as it was written, or as if it was not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from paper_digest.ingest import enrich, resume
from paper_digest.ingest.fetch.cache import AnswerCache, AnswerHeader
from paper_digest.model.errors import SourceError

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://a.example/feed"
DATA = b"<feed><entry>A paper, and no other</entry></feed>"


class Cache:
    """A file that an ingest keeps, how it is read, and what may come of it when it is damaged."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "cached"

    def read(self) -> object:
        """Read the file as an ingest does."""
        raise NotImplementedError

    def is_sound(self, value: object) -> bool:
        """Tell whether nothing was read that was not written."""
        raise NotImplementedError


class _KeptAnswer(Cache):
    def __init__(self, folder: Path) -> None:
        self._answers = AnswerCache(folder / "answers")
        self._answers.write(AnswerHeader(url=URL, fetched="2026-03-01T00:00:00+00:00"), DATA)
        [self.path] = (folder / "answers").iterdir()

    def read(self) -> object:
        kept = self._answers.read(URL, ignore_broken=True)
        if kept:
            assert self._answers.read(URL) == kept
            return kept[0].url, kept[1]
        with pytest.raises(SourceError, match=re.escape(str(self.path))):
            self._answers.read(URL)
        return None

    def is_sound(self, value: object) -> bool:
        return value in (None, (URL, DATA))


class _Marker(Cache):
    started = "2026-03-02T11:00:00+00:00"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        resume.start_or_resume(self.path, datetime.fromisoformat(self.started), "", "")

    def read(self) -> object:
        return resume.start_or_resume(self.path, NOW, "", "").started

    def is_sound(self, value: object) -> bool:
        return value in (self.started, NOW.isoformat(timespec="seconds"))


class _Attempts(Cache):
    ids = ("title:a", "title:b", "arxiv:2603.00001")

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        enrich._append_attempts(self.path, [*self.ids], "2026-03-01")

    def read(self) -> object:
        late = enrich._recently_asked_ids(self.path, "2026-03-02")
        return enrich._recently_asked_ids(self.path, "2026-02-01"), late

    def is_sound(self, value: object) -> bool:
        return isinstance(value, tuple) and value[0] <= {*self.ids} and not value[1]


def damaged(data: bytes, other: bytes) -> Iterator[bytes]:
    for at in range(len(data)):
        for bit in range(8):
            yield data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
        yield data[:at]
        yield data[:at] + bytes(8) + data[at + 8 :]
        yield data[:at] + data[at + 1 :]
        yield data[:at] + data[at : at + 4] + data[at:]
        yield data[:at] + b"7" + data[at + 1 :]
    yield from (data + b"x", data + data, data + bytes(4096), b"\n", other, other + data)


@pytest.mark.parametrize("make", [_KeptAnswer, _Marker, _Attempts])
def test_no_damage_is_taken_for_what_was_written(
    tmp_path: Path, make: Callable[[Path], Cache]
) -> None:
    cache = make(tmp_path)
    sound = cache.path.read_bytes()
    whole = cache.read()
    assert cache.is_sound(whole)
    elsewhere = AnswerCache(tmp_path / "other")
    elsewhere.write(AnswerHeader(url=URL + "2", fetched="2026-03-01T00:00:00+00:00"), b"other")
    [other] = (tmp_path / "other").iterdir()
    ends = []
    for data in damaged(sound, other.read_bytes()):
        cache.path.write_bytes(data)
        ends.append(cache.read())
        assert cache.is_sound(ends[-1]), data
    assert len(ends) > 500
    assert any(end != whole for end in ends)
