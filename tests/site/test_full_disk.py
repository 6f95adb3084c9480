"""What the machine refuses: a build names the file and the cure, and leaves the old site whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_builds import MKDOCS, change, fast, files, project_of
from temporary_project import digest

pytestmark = pytest.mark.site


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or _mount("size=12m", place, "-t", "tmpfs"):
        pytest.skip("needs Linux and the right to mount a file system")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def _mount(options: str, place: Path, *words: str) -> int:
    command = ["mount", *words, "-o", options, *(["tmpfs"] if words else []), str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def build(project: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Build a project of another title, so that every page is made again."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [*before, MKDOCS, "build", "--strict"],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def is_refused(made: subprocess.CompletedProcess[str], *words: str) -> bool:
    """Tell whether a build ended with a message of these words, and without a traceback."""
    said = made.stdout + made.stderr
    assert "Traceback" not in said, said
    assert all(word in said for word in words), said
    return made.returncode == 1


def leftovers(project: Path) -> list[Path]:
    """List what a build that was refused should not leave."""
    return [*project.rglob("*.tmp"), *project.glob(".cache/paper-digest/stage")]


def test_a_build_that_the_machine_refuses_says_why_and_changes_nothing(disk: Path) -> None:
    project = project_of(disk / "project", "170*/*.md")
    before = files(fast(project))
    change(project, "title: ", "title: Other ")
    free = shutil.disk_usage(disk).free
    filler = disk / "filler"
    for left in (0, 40_000, 300_000, 1_000_000):
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - left)
        assert is_refused(build(project), str(project), "the disk is full", "free some space")
        assert (files(project / "site"), leftovers(project)) == (before, [])
        filler.unlink()
    used = os.statvfs(disk).f_files - os.statvfs(disk).f_ffree
    _mount(f"remount,nr_inodes={used + 8}", disk)
    assert is_refused(build(project), str(project), "no room for more files")
    _mount("remount,nr_inodes=0", disk)
    assert (files(project / "site"), leftovers(project)) == (before, [])
    _mount("remount,ro", disk)
    assert is_refused(build(project), str(project), "may only be read")
    for command in ("build", "ingest"):
        told = digest(project, command)
        assert (told.returncode, "Traceback" in told.stderr) == (2, False), told.stderr
        assert "may only be read" in told.stderr
    _mount("remount,rw", disk)
    limited = build(project, "prlimit", "--fsize=20000", sys.executable)
    assert is_refused(limited, str(project), "may not be so large")
    assert (files(project / "site"), leftovers(project)) == (before, [])
    assert files(fast(project)) != before  # the machine gives way, and all is made


def test_a_site_on_another_disk_holds_only_whole_files(disk: Path, tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", "1706*/*.md")
    (disk / "site").mkdir()
    (project / "site").symlink_to(disk / "site")
    assert build(project).returncode == 0
    before = files(disk / "site")
    change(project, "title: ", "title: Other ")
    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - 4_000)
    assert is_refused(build(project), str(project / "site"), "the disk is full")
    mixed = files(disk / "site")
    filler.unlink()
    assert build(project).returncode == 0
    after = files(disk / "site")
    assert [p for p in mixed if mixed[p] not in (before.get(p), after.get(p))] == []
    shutil.rmtree(project / ".cache")
    shutil.rmtree(disk / "site")
    (disk / "site").mkdir()
    assert build(project).returncode == 0
    assert files(disk / "site") == after


def test_an_upload_that_the_machine_refuses_says_why_and_leaves_whole_pages(
    disk: Path, tmp_path: Path
) -> None:
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed (apt install rsync)")
    project = project_of(tmp_path / "project", "1706*/*.md")
    old = files(fast(project))
    target = disk / "www"
    assert digest(project, "publish", str(target)).returncode == 0
    change(project, "title: ", "title: Other ")
    new = files(fast(project))
    filler = disk / "filler"
    for left in (0, 30_000, 200_000):
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - left)
        told = digest(project, "publish", str(target))
        assert (told.returncode, "Traceback" in told.stderr) == (2, False), told.stderr
        assert str(target) in told.stderr
        assert "free some space there" in told.stderr
        there = {path: data for path, data in files(target).items() if "/." not in f"/{path}"}
        assert [p for p in there if there[p] not in (old.get(p), new.get(p))] == []
        filler.unlink()
    _mount("remount,ro", disk)
    told = digest(project, "publish", str(target))
    assert told.returncode == 2
    assert "make that disk writable" in told.stderr
    assert "Traceback" not in told.stderr
    _mount("remount,rw", disk)
    assert digest(project, "publish", str(target)).returncode == 0
    there = files(target)
    there.pop(".paper-digest")
    assert there == new


def test_size_needs_no_room_on_the_disk(disk: Path) -> None:
    project = project_of(disk / "project", "1706*/*.md")
    fast(project)
    said = digest(project, "size").stdout
    assert "papers" in said
    shutil.rmtree(project / ".cache")
    with (disk / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free)
    assert digest(project, "size").stdout == said
    _mount("remount,ro", disk)
    assert digest(project, "size").stdout == said
