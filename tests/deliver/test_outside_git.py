"""`digest push` says which files lie at its paths and are in no commit: behind links, and in other repositories."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from temporary_project import digest

#: Names that git quotes too.
NAMES = ("papers", "über uns", 'a "b"\tc', os.fsdecode(b"no-utf8-\xff"))


def git(cwd: Path, *words: str) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@a.example")
    ran = subprocess.run(["git", *author, *words], cwd=cwd, capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "replace")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a repository with a remote, whose archive holds one file; a folder of records lies elsewhere."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(tmp_path, "clone", "--quiet", "origin.git", "project")
    made = tmp_path / "project"
    git(made, "switch", "--quiet", "-c", "main")
    for place in (made / "archive", made / "data", tmp_path / "disk"):
        place.mkdir()
        (place / "a.md").write_text("a record\n")
    return made


def pushed(project: Path, *paths: str) -> tuple[int, list[str]]:
    """Push paths twice; returns exit code and the names that were said to be left out, the same both times."""
    first, second = (digest(project, "push", "--json", *paths) for _ in range(2))
    said = json.loads(first.stdout)
    assert first.returncode == second.returncode, first.stderr + second.stderr
    assert said["problems"] == json.loads(second.stdout)["problems"]
    assert (said["pushed"], json.loads(second.stdout)["pushed"]) == (True, False)
    return first.returncode, [problem["where"] for problem in said["problems"]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["folder", "file", "nowhere", "within", "data"])
def test_a_link_is_named_where_its_files_are_not_committed(
    project: Path, name: str, kind: str
) -> None:
    ends = {
        "folder": "../../disk",
        "file": "../../disk/a.md",
        "nowhere": "../../none",
        "within": "a.md",
        "data": "../data",
    }
    (project / "archive" / name).symlink_to(ends[kind])
    code, names = pushed(project, "archive")
    assert (code, len(names)) == ((1, 1) if kind in {"folder", "file", "data"} else (0, 0))
    if name.isprintable():
        assert names in ([], [f"archive/{name}"])
    if kind == "data":
        assert pushed(project, "archive", "data") == (0, [])


def test_a_path_that_is_a_link_itself_is_named(project: Path, tmp_path: Path) -> None:
    (project / "archive" / "a.md").unlink()
    (project / "archive").rmdir()
    (project / "archive").symlink_to(tmp_path / "disk")
    assert pushed(project, "archive") == (1, ["archive"])


def test_a_repository_within_the_archive_is_named(project: Path) -> None:
    papers = project / "archive" / "papers"
    papers.mkdir()
    git(papers, "init", "--quiet")
    (papers / "a.md").write_text("a record\n")
    git(papers, "add", ".")
    git(papers, "commit", "--quiet", "-m", "Begin")
    assert pushed(project, "archive") == (1, ["archive/papers"])
