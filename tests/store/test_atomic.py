"""Files of the archive are old or new, whole, at every moment, and flushed before a write returns."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paper_digest.store import atomic

WRITER = """
import sys
from pathlib import Path
from paper_digest.store.atomic import replace_file
path, n = Path(sys.argv[1]), 0
while True:
    n += 1
    replace_file(path, b"%09d" % n * 20_000)
    print(n, flush=True)
"""


def test_a_reader_and_a_kill_find_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file"
    for killed_after in (1, 2, 5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            for _ in range(killed_after):
                writer.stdout.readline()
                assert_whole(path.read_bytes())
            writer.send_signal(signal.SIGKILL)
        assert_whole(path.read_bytes())


def assert_whole(data: bytes) -> None:
    assert len(data) == 180_000
    assert data == data[:9] * 20_000


@pytest.mark.parametrize("count", [1, 8])
def test_the_file_is_flushed_before_the_rename_and_its_folder_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    paths = [tmp_path / f"{n}.md" for n in range(count)]
    for path in paths:
        path.write_bytes(b"old")
    flushed: list[tuple[int, set[bytes]]] = []
    real_fsync = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append((os.fstat(descriptor).st_ino, {path.read_bytes() for path in paths}))
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    assert atomic.replace_files((path, b"new") for path in paths) == count
    inodes = [path.stat().st_ino for path in paths]
    assert flushed == [
        *((inode, {b"old"}) for inode in inodes),
        (tmp_path.stat().st_ino, {b"new"}),
    ]


def test_a_new_folder_is_flushed_into_the_one_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[int] = set()
    real_fsync = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.add(os.fstat(descriptor).st_ino)
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    path = tmp_path / "papers" / "2503" / "2503.02130.md"
    atomic.replace_file(path, b"new")
    assert {place.stat().st_ino for place in (path, *list(path.parents)[:3])} <= flushed


def test_many_files_are_written_in_groups(tmp_path: Path) -> None:
    count = 2 * atomic.MAX_UNSYNCED_FILES + 1
    files = [(tmp_path / f"{n % 7}" / f"{n}.md", b"%d" % n) for n in range(count)]
    assert atomic.replace_files(files) == count
    assert [path.read_bytes() for path, _ in files] == [data for _, data in files]
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == sorted(p for p, _ in files)


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def failing() -> Iterator[tuple[Path, bytes]]:
        yield path, b"new"
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        atomic.replace_files(failing())
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        atomic.replace_file(tmp_path / "folder", b"new")
    assert path.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


@pytest.mark.parametrize("before", [None, b"", b"1\n", b"1"])
def test_a_line_added_is_a_line_of_its_own(tmp_path: Path, before: bytes | None) -> None:
    path = tmp_path / "deep" / "lines.jsonl"
    if before is not None:
        path.parent.mkdir()
        path.write_bytes(before)
    atomic.append_line(path, b"2")
    atomic.append_line(path, b"3")
    assert path.read_bytes() == (b"1\n" if before and b"1" in before else b"") + b"2\n3\n"
