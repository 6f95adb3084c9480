"""The manifest is looked at row by row only where its file is not as it was closed."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from paper_digest.incremental.manifest import FinishedBuild, Manifest, OutputState

_OUTPUTS = {
    f"papers/{number}.html": OutputState("papers", b"key", bytes([number]) * 16, number)
    for number in range(200)
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A manifest of a finished build, closed."""
    path = tmp_path / "site.db"
    manifest = Manifest(path)
    manifest.discard_if_outputs_damaged()
    manifest.commit(FinishedBuild({"papers": b"key"}, (), _OUTPUTS, (), {}, ()))
    manifest.close()
    return path


def damage_row(path: Path) -> None:
    """Change what one row says, as a disk may, behind the manifest's back."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE outputs SET size = 7 WHERE path = 'papers/9.html'")


def test_a_manifest_that_is_as_it_was_closed_keeps_its_rows(path: Path) -> None:
    assert path.with_name("site.db.hash").exists()
    for _ in range(2):
        manifest = Manifest(path)
        assert not manifest.discard_if_outputs_damaged()
        assert manifest.outputs_of("papers") == _OUTPUTS
        manifest.close()


@pytest.mark.parametrize("hash_lost", [False, True])
def test_a_damaged_row_is_seen_with_and_without_the_hash(path: Path, hash_lost: bool) -> None:  # noqa: FBT001 - pytest's
    damage_row(path)
    if hash_lost:
        path.with_name("site.db.hash").unlink()
    manifest = Manifest(path)
    assert manifest.discard_if_outputs_damaged()
    assert manifest.count_outputs() == 0
    manifest.close()


def test_a_damaged_index_is_seen_where_the_rows_are_sound(path: Path) -> None:
    data = path.read_bytes()
    # A row begins with the path, an entry of the index with the group.
    entry, other = b"paperspapers/9.html", b"paperspapers/x.html"
    assert data.count(entry) == 1
    path.write_bytes(data.replace(entry, other))
    manifest = Manifest(path)
    assert manifest.outputs_of("papers") != _OUTPUTS
    assert manifest.discard_if_outputs_damaged()
    assert manifest.count_outputs() == 0
    manifest.close()


_SAME = FinishedBuild({"papers": b"key"}, (), _OUTPUTS, (), {}, ())


def test_a_build_that_changed_nothing_writes_nothing(path: Path) -> None:
    before = path.read_bytes(), path.with_name("site.db.hash").stat()
    manifest = Manifest(path)
    manifest.set_site_signature(b"one")
    manifest.close()
    signed = path.read_bytes(), path.with_name("site.db.hash").stat()
    assert signed[1].st_ino != before[1].st_ino
    for _ in range(2):
        manifest = Manifest(path)
        assert not manifest.discard_if_outputs_damaged()
        manifest.commit(_SAME)
        manifest.set_site_signature(b"one")
        manifest.close()
        assert path.read_bytes() == signed[0]
        assert path.with_name("site.db.hash").stat().st_ino == signed[1].st_ino


@pytest.mark.parametrize(
    "finished",
    [
        _SAME._replace(group_keys={"papers": b"other"}),
        _SAME._replace(group_keys={"papers": b"key", "more": b""}),
        _SAME._replace(removed_groups=("gone",)),
        _SAME._replace(stale_paths=("papers/9.html",)),
        _SAME._replace(outputs=_OUTPUTS | {"papers/9.html": OutputState("papers", b"", b"", 1)}),
        _SAME._replace(remembered={"papers/9.md": ("papers", b"words")}),
        _SAME._replace(moves=(("papers/9.html", "move"),)),
    ],
)
def test_a_build_that_changed_anything_is_written(path: Path, finished: FinishedBuild) -> None:
    before = path.read_bytes()
    manifest = Manifest(path)
    assert not manifest.discard_if_outputs_damaged()
    manifest.commit(finished)
    manifest.close()
    assert path.read_bytes() != before
    again = Manifest(path)
    assert not again.discard_if_outputs_damaged()  # and the file is known by its hash
    again.close()


def test_a_file_whose_rows_nobody_looked_at_gets_no_new_hash(path: Path) -> None:
    damage_row(path)
    Manifest(path).close()
    manifest = Manifest(path)
    assert manifest.discard_if_outputs_damaged()
    manifest.close()


def test_sound_rows_are_kept_whatever_became_of_the_hash(path: Path) -> None:
    beside = path.with_name("site.db.hash")
    for number in range(20):
        data = bytearray(beside.read_bytes())
        data[random.Random(number).randrange(len(data))] ^= 1  # noqa: S311 - a repeatable draw
        beside.write_bytes(data)
        manifest = Manifest(path)
        assert not manifest.discard_if_outputs_damaged()
        assert manifest.outputs_of("papers") == _OUTPUTS
        manifest.close()


def test_a_write_under_way_is_no_file_as_it_was_closed(path: Path) -> None:
    closed = path.read_bytes()
    damage_row(path)
    path.with_name("site.db.hash").unlink()
    manifest = Manifest(path)
    manifest.close()
    assert not path.with_name("site.db.hash").exists()
    path.write_bytes(closed)
    path.with_name("site.db-journal").write_bytes(b"")
    manifest = Manifest(path)
    assert not manifest.discard_if_outputs_damaged()
    manifest.close()
