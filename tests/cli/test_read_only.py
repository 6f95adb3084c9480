"""Commands that only read work, and say the same, where no cache can be written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import SAMPLE
from temporary_project import digest, new_project

COMMANDS = {
    "check": ["check"],
    "status": ["status"],
    "topics": ["topics"],
    "explain": ["explain", "1706.03762"],
    "review": ["review"],
    "email --write": ["email", "--date", "2017-06-12", "--write", "{}/mail.eml"],
}

_MAIL = "mail: {from: papers@example.org, host: smtp.example.org, to: readers@example.org}\n"
_MONITOR = "monitors:\n- {name: attention, query: attention}\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of a few papers that has no cache yet."""
    root = new_project(tmp_path_factory.mktemp("readonly") / "project")
    for path in (SAMPLE / "archive" / "papers").glob("1[78]*"):
        shutil.copytree(path, root / "archive" / "papers" / path.name)
    settings = (root / "archive.yml").read_text("utf-8")
    settings = settings.replace('url: ""', "url: https://papers.example.org/")
    (root / "archive.yml").write_text(settings + _MAIL + _MONITOR, "utf-8")
    return root


def _cache_is_a_file(root: Path) -> None:
    (root / ".cache").write_bytes(b"")


def _database_is_a_folder(root: Path) -> None:
    (root / ".cache" / "paper-digest" / "records.db").mkdir(parents=True)


def _words_are_a_folder(root: Path) -> None:
    (root / ".cache" / "paper-digest" / "words.bin").mkdir(parents=True)


OBSTACLES: dict[str, Callable[[Path], None]] = {
    "the cache is a file": _cache_is_a_file,
    "the database is a folder": _database_is_a_folder,
    "the words are a folder": _words_are_a_folder,
}


def _tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in root.rglob("*")
    }


def _words(command: str, place: Path) -> list[str]:
    return [word.format(place) for word in COMMANDS[command]]


def _answer(run: subprocess.CompletedProcess[str], *places: Path) -> tuple[int, str, str]:
    """Return what a command said, whatever the folders are called."""
    out, err = run.stdout, run.stderr
    for place in places:
        out, err = out.replace(str(place), "PLACE"), err.replace(str(place), "PLACE")
    return run.returncode, out, err


@pytest.mark.parametrize("obstacle", OBSTACLES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_cache_that_cannot_be_written_stops_no_reading(
    original: Path, tmp_path: Path, command: str, obstacle: str
) -> None:
    free, obstructed = tmp_path / "free", tmp_path / "obstructed"
    for root in (free, obstructed):
        shutil.copytree(original, root)
    OBSTACLES[obstacle](obstructed)
    before = _tree(obstructed)
    expected = _answer(digest(free, *_words(command, tmp_path)), free)
    assert _answer(digest(obstructed, *_words(command, tmp_path)), obstructed) == expected
    assert expected[0] == 0, expected
    assert _tree(obstructed) == before


_MOUNT = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


def _read_only(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program while the folder ``root`` is mounted to be read only."""
    command = ["unshare", "--mount", "sh", "-c", _MOUNT, str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("cache", ["no cache", "a cache"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_disk_that_may_only_be_read_is_enough(
    original: Path, tmp_path: Path, command: str, cache: str
) -> None:
    if not shutil.which("unshare") or _read_only(tmp_path, "true").returncode:
        pytest.skip("no folder can be mounted here")
    root = shutil.copytree(original, tmp_path / "project")
    words = _words(command, tmp_path)
    expected = _answer(digest(root, *words))
    if cache == "no cache":
        shutil.rmtree(root / ".cache", ignore_errors=True)
    before = _tree(root)
    program = "from paper_digest.cli.main import main; main()"
    ran = _read_only(root, sys.executable, "-c", program, *words, "--root", str(root))
    assert _answer(ran) == expected
    assert expected[0] == 0, expected
    assert _tree(root) == before
