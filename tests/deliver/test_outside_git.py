"""`digest push` says which files lie at its paths and are in no commit: behind links, in other repositories, ignored."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from paper_digest.deliver.git_push import commit_paths
from paper_digest.deliver.outside_git import ignored_problems
from temporary_project import digest

#: Names that git quotes too.
NAMES = ("papers", "über uns", 'a "b"\tc', os.fsdecode(b"no-utf8-\xff"))


def git(cwd: Path, *words: str) -> bytes:
    author = ("-c", "user.name=A", "-c", "user.email=a@a.example")
    ran = subprocess.run(["git", *author, *words], cwd=cwd, capture_output=True, check=True)
    return ran.stdout


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


#: Where a pattern may stand, as the problem names it.
IGNORING = (".gitignore", "archive/.gitignore", "archive/papers/.gitignore", ".git/info/exclude")


def files_below(folder: Path) -> set[bytes]:
    """Return what lies there but for hidden files, as git names it."""
    return {
        os.fsencode(path.relative_to(folder.parent))
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", IGNORING)
@pytest.mark.parametrize("pattern", ["*.md", "*", "new/", "papers/*", "*\n!a.md", "none"])
def test_all_is_committed_or_held_back_by_a_line_that_is_named(
    project: Path, name: str, file: str, pattern: str
) -> None:
    """Wherever the line stands, and whatever the file is called."""
    folder = project / "archive" / "papers" / "new"
    folder.mkdir(parents=True)
    (project / file).write_text(f"# Ours\n{pattern}\n")
    for one in (f"{name}.md", "b.md"):
        (folder / one).write_text("a record\n")
    commit_paths(project, ["archive"], "What came")
    held = files_below(project / "archive") - {*git(project, "ls-files", "-z").split(b"\0")}
    problems = [*ignored_problems(project, ["archive"])]
    assert [(problem.where, problem.line) for problem in problems] == [(file, 2)] * bool(held)
    if held:
        assert any(f" {os.fsdecode(one)} out " in problems[0].what for one in held) == (
            len(held) == 1
        )
        assert (f" {len(held)} files, such as " in problems[0].what) == (len(held) > 1)


@pytest.mark.parametrize("pattern", ["archive", "/archive/", "archive/**", "*"])
def test_of_a_path_that_is_ignored_as_a_whole_what_was_committed_before_still_is(
    project: Path, pattern: str
) -> None:
    """Git refuses such a path in words of its own, and with it all that is named beside it."""
    (project / "archive" / "old.md").write_text("a record\n")
    git(project, "add", "archive")
    git(project, "commit", "--quiet", "-m", "Before")
    (project / ".gitignore").write_text(f"{pattern}\n")
    (project / "archive" / "old.md").write_text("another\n")
    (project / "archive" / "new.md").write_text("a record\n")
    (project / "docs").mkdir(exist_ok=True)
    (project / "docs" / "a.md").write_text("a page\n")
    ran = digest(project, "push", "docs", "archive")
    assert (ran.returncode, ran.stdout) == (1, "Pushed.\n")
    assert ".gitignore:1: keeps " in ran.stderr
    changed = git(project, "show", "--format=", "--name-only", "HEAD").decode().split()
    assert changed == ["archive/old.md", *["docs/a.md"] * (pattern != "*")]
    git(project, "rm", "--quiet", "-r", "--cached", "archive")
    git(project, "commit", "--quiet", "-m", "Out")
    git(project, "push", "--quiet")
    ran = digest(project, "push", "archive")
    assert (ran.returncode, ran.stdout) == (1, "Nothing new to commit.\n")
    assert ".gitignore:1: keeps 3 files, such as archive/" in ran.stderr


def test_a_held_back_file_is_named_with_the_line_and_the_cure(project: Path) -> None:
    (project / "archive" / ".gitignore").write_text("a.md\n\nb*\n")
    for name in ("b.md", "bb.md"):
        (project / "archive" / name).write_text("a record\n")
    ran = digest(project, "push", "archive")
    assert (ran.returncode, ran.stdout) == (1, "Pushed.\n")
    assert [line.partition("archive/.gitignore:")[2] for line in ran.stderr.splitlines()] == [
        "1: keeps archive/a.md out of the repository; take “a.md” out, or write it so that it fits nothing there",
        "3: keeps 2 files, such as archive/b.md, out of the repository; take “b*” out, or write it so that it fits nothing there",
        "",
    ]


def test_what_is_meant_to_be_ignored_is_no_problem(project: Path) -> None:
    (project / "archive" / ".gitignore").write_text(".lock\n*.tmp\n*~\n.obsidian/\n.DS_Store\n")
    (project / "archive" / ".obsidian").mkdir()
    for name in (".lock", "a.md.tmp", "a.md~", ".DS_Store", ".obsidian/app.json"):
        (project / "archive" / name).write_text("")
    assert [*ignored_problems(project, ["archive"])] == []


def test_a_committed_file_that_a_line_fits_is_no_problem(project: Path) -> None:
    (project / "archive" / ".gitignore").write_text("a.md\n")
    assert len([*ignored_problems(project, ["archive"])]) == 1
    git(project, "add", "--force", "archive/a.md")
    assert [*ignored_problems(project, ["archive"])] == []
