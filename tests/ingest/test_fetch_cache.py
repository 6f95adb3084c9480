"""The cache of answers: whole or absent, and forgotten in time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.ingest.fetch.cache import AnswerCache, AnswerHeader
from paper_digest.model.errors import SourceError

URL = "https://example.org/a?b=c"
NOW = datetime(2026, 3, 31, tzinfo=UTC)


@settings(deadline=None)
@given(data=st.binary(), etag=st.text())
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, etag: str
) -> None:
    answers = AnswerCache(tmp_path_factory.mktemp("answers"))
    header = AnswerHeader(url=URL, fetched="2026-03-01T00:00:00+00:00", etag=etag)
    answers.write(header, data)
    assert answers.read(URL) == (header, data)
    assert answers.read(URL + "d") is None


def test_a_newer_answer_takes_the_place_of_the_older(tmp_path: Path) -> None:
    answers = AnswerCache(tmp_path / "deep" / "cache")
    for data in (b"old" * 1000, b"new"):
        answers.write(AnswerHeader(url=URL, fetched="2026-03-01T00:00:00+00:00"), data)
    kept = answers.read(URL)
    assert kept is not None
    assert kept[1] == b"new"
    assert len(list((tmp_path / "deep" / "cache").iterdir())) == 1


@pytest.mark.parametrize("spoil", [b"", b"not zlib", b"x\x9c\x03"])
def test_a_broken_file_is_named_or_counts_as_absent(tmp_path: Path, spoil: bytes) -> None:
    answers = AnswerCache(tmp_path)
    answers.write(AnswerHeader(url=URL, fetched="2026-03-01T00:00:00+00:00"), b"data" * 1000)
    (path,) = tmp_path.iterdir()
    path.write_bytes(spoil)
    assert answers.read(URL, ignore_broken=True) is None
    with pytest.raises(SourceError, match="broken") as caught:
        answers.read(URL)
    assert path.name in caught.value.where
    assert caught.value.cure == "delete it"


def test_pruning_forgets_the_old_the_broken_and_the_half_written(tmp_path: Path) -> None:
    answers = AnswerCache(tmp_path)
    answers.write(AnswerHeader(url=URL, fetched="2026-02-28T23:59:59+00:00"), b"old")
    answers.write(AnswerHeader(url=URL + "d", fetched="2026-03-01T00:00:00+00:00"), b"new")
    (tmp_path / "0.answer").write_bytes(b"broken")
    (tmp_path / "1.part").write_bytes(b"half")
    (tmp_path / "README").write_text("not ours")
    assert answers.prune(30, NOW) == 3
    assert answers.read(URL) is None
    assert answers.read(URL + "d") is not None
    assert (tmp_path / "README").exists()
    assert AnswerCache(tmp_path / "absent").prune(30, NOW) == 0
