"""What the file system says of files: no change of any of them goes unseen, behind links neither."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from paper_digest.incremental import file_times as module
from paper_digest.incremental.file_times import file_times

LONG_AGO_NS = 1_700_000_000_000_000_000


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder that holds a file, a folder, and links to a file, to a folder and to nothing."""
    monkeypatch.setattr(module, "MTIME_RESOLUTION_NS", 0)
    folder, elsewhere = tmp_path / "archive", tmp_path / "elsewhere"
    (folder / "papers" / "2511").mkdir(parents=True)
    (elsewhere / "2512" / "deep").mkdir(parents=True)
    for path in (folder / "papers" / "2511" / "a.md", elsewhere / "2512" / "deep" / "b.md"):
        path.write_text("before", "utf-8")
    (elsewhere / "c.md").write_text("before", "utf-8")
    (folder / "papers" / "2512").symlink_to(elsewhere / "2512")
    (folder / "papers" / "c.md").symlink_to(elsewhere / "c.md")
    (folder / "papers" / "dead.md").symlink_to(elsewhere / "nothing.md")
    (folder / "papers" / "2511" / "up").symlink_to(folder)
    return folder


def rewritten(path: str) -> Callable[[Path], None]:
    """Return what writes other bytes of the same length, the time of change set back as by a careful copy."""

    def change(place: Path) -> None:
        (place / path).write_text("after!", "utf-8")
        os.utime(place / path, ns=(LONG_AGO_NS, LONG_AGO_NS))

    return change


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file": rewritten("archive/papers/2511/a.md"),
    "a file in a linked folder": rewritten("elsewhere/2512/deep/b.md"),
    "a linked file": rewritten("elsewhere/c.md"),
    "a new file in a linked folder": lambda place: (place / "elsewhere/2512/new.md").touch(),
    "a file gone from a linked folder": lambda place: (place / "elsewhere/2512/deep/b.md").unlink(),
    "a dead link that leads somewhere": lambda place: (place / "elsewhere/nothing.md").touch(),
    "a link that leads elsewhere": lambda place: shutil.move(
        place / "elsewhere/2512", place / "elsewhere/2513"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_any_change_below_a_folder_is_another_hash(
    archive: Path, change: Callable[[Path], object]
) -> None:
    before = file_times(archive)
    assert before.is_certain
    assert before.hash() == file_times(archive).hash() != b""
    change(archive.parent)
    assert file_times(archive).hash() != before.hash()


def test_the_folder_may_be_a_link_itself(archive: Path) -> None:
    link = archive.parent / "link"
    link.symlink_to(archive)
    before = file_times(link)
    assert len(before.signatures) == len(file_times(archive).signatures)
    rewritten("archive/papers/2511/a.md")(archive.parent)
    assert file_times(link).hash() != before.hash()


def test_what_changed_just_now_is_trusted_by_nobody(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MTIME_RESOLUTION_NS", 3_600_000_000_000)
    times = file_times(archive)
    assert not times.is_certain
    assert times.hash() == b""
    assert set(times.signatures.values()) == {b""}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    times = file_times(tmp_path / "none")
    assert times.is_certain
    assert times.signatures == {}
