"""Files are written whole, one run at a time, and a broken one stops nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paper_digest.model.errors import LockedError, Problem, RecordError
from paper_digest.model.paper import Author, Paper
from paper_digest.store.files import Store
from paths import SAMPLE

NEW = Paper(id="arxiv:2503.02130", title="New style", authors=(Author("Ada"),))
OLD = Paper(id="arxiv:hep-th/9901001", title="Old style")
DOI = Paper(id="doi:10.1145/3292500.3330701", title="By DOI")
SAVED = Paper(id="title:0123456789abcdef", title="By title")


def test_every_kind_of_id_has_its_place(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.write([NEW, OLD, DOI, SAVED]) == 4
    assert [str(p.relative_to(store.papers_folder)) for p in store.paths()] == [
        "2503/2503.02130.md",
        "9901/hep-th-9901001.md",
        "doi/doi-10.1145-3292500.3330701-f1f3a6.md",
        "title/title-0123456789abcdef.md",
    ]
    assert list(store.read_all()) == [NEW, OLD, DOI, SAVED]


def test_an_unchanged_paper_is_not_written_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([NEW])
    before = store.path(NEW.id).stat().st_mtime_ns
    assert store.write([NEW]) == 0
    assert store.path(NEW.id).stat().st_mtime_ns == before


def test_of_two_records_of_one_paper_the_later_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    one, other = (Paper(id="arxiv:2511.00001", title=title) for title in ("One", "Other"))
    assert store.write([one, other]) == 1
    assert [paper.title for paper in store.read_all([])] == ["Other"]


def test_a_broken_file_stops_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([NEW, OLD])
    path = store.path(NEW.id)
    path.write_bytes(path.read_bytes()[:30])
    broken: list[Problem] = []
    assert list(store.read_all(broken)) == [OLD]
    assert broken[0].where.startswith(str(path))
    with pytest.raises(RecordError):
        store.get(NEW.id)


def test_a_file_in_the_wrong_place_is_told_where_it_belongs(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([NEW])
    wrong = store.papers_folder / "2503" / "other.md"
    store.path(NEW.id).rename(wrong)
    with pytest.raises(RecordError, match=r"move it to papers/2503/2503\.02130\.md"):
        list(store.read_all())


def test_leftovers_of_a_killed_run_are_cleared_away(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write([NEW])
    leftover = store.path(NEW.id).with_suffix(".md.tmp")
    leftover.write_bytes(b"half")
    assert list(store.read_all()) == [NEW]
    with store.lock():
        assert not leftover.exists()


def test_a_second_run_is_told_who_is_writing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    code = "import sys; from pathlib import Path; from paper_digest.store.files import Store\nwith Store(Path(sys.argv[1])).lock(): pass"
    with store.lock():
        other = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
        )
        assert "LockedError" in other.stderr
        assert "is being written by process" in other.stderr
        with pytest.raises(LockedError), store.lock():
            pass
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


def test_the_bundled_archive_loads_and_saves_byte_for_byte(tmp_path: Path) -> None:
    store = Store(shutil.copytree(SAMPLE / "archive", tmp_path / "archive"))
    names = list(store.relative_paths())
    assert len(names) >= 100
    for name in names:
        before = store.read_bytes(name)
        store.write([store.read_paper(name)])
        assert store.read_bytes(name) == before


def test_a_full_disk_is_named_with_its_file_where_the_lock_is_written(tmp_path: Path) -> None:
    """No file may grow, which is a full disk to a program; nothing hides the first error at the end."""
    program = f"""
import pathlib, resource, signal
from paper_digest.store.files import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    with Store(pathlib.Path({str(tmp_path)!r})).lock():
        pass
except OSError as error:
    print(error.filename)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.stdout.strip() == str(tmp_path / ".lock"), ran.stderr
