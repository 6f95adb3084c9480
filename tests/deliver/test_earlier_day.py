"""An earlier day of the archive: the last commit of that day, by UTC, and nothing of the work tree."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from paper_digest.deliver.earlier_day import extract_commit, last_commit
from paper_digest.deliver.git import GitError
from temporary_project import digest, new_project


def git(root: Path, *words: str, time: str = "2026-03-01T00:00:00+00:00") -> str:
    env = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time, "HOME": "/nonexistent",
           "PATH": "/usr/bin:/bin:/usr/local/bin"}  # fmt: skip
    words = ("-c", "user.name=A", "-c", "user.email=a@example.org", *words)
    return subprocess.run(["git", *words], cwd=root, env=env, check=True, capture_output=True, text=True).stdout  # fmt: skip


#: Commits by their time: the last of 5 March (UTC) is the third, written in another zone.
TIMES = (
    "2026-03-04T12:00:00+00:00", "2026-03-05T01:00:00+00:00", "2026-03-06T08:59:59+09:00",
    "2026-03-06T00:00:00+00:00", "2026-03-09T10:00:00+00:00",
)  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository with a project in a folder of it, one commit for each of ``TIMES``."""
    project = new_project(tmp_path / "repository" / "papers")
    git(project.parent, "init", "-q", "-b", "main")
    for number, time in enumerate(TIMES):
        (project / "docs" / "number.md").write_bytes(b"# %d\r\n" % number)
        (project / "not ours.txt").write_text("x")
        git(project.parent, "add", ".")
        git(project.parent, "commit", "-q", "-m", str(number), time=time)
    return project


@pytest.mark.parametrize(
    ("day", "number"),
    [("2026-03-04", 0), ("2026-03-05", 2), ("2026-03-06", 3), ("2026-03-08", 3), ("2026-03-09", 4)],
)
def test_the_last_commit_of_a_day_is_that_by_utc(repository: Path, day: str, number: int) -> None:
    commit = last_commit(repository, date.fromisoformat(day))
    assert commit.name == git(repository, "rev-parse", f"HEAD~{4 - number}").strip()
    (repository / "docs" / "number.md").write_text("not committed")
    before = git(repository, "status", "--porcelain")
    folder = repository.parent.parent / "earlier"
    (folder / "left over").mkdir(parents=True)
    extract_commit(repository, commit, folder)
    assert (folder / "docs" / "number.md").read_bytes() == b"# %d\r\n" % number
    assert {path.name for path in folder.iterdir()} == {"archive.yml", "docs", "mkdocs.yml"}
    assert git(repository, "status", "--porcelain") == before


def test_an_archive_without_pages_of_its_own_can_be_built(repository: Path) -> None:
    """As git holds no empty folder."""
    git(repository, "rm", "-q", "-r", "docs")
    git(repository, "commit", "-q", "-m", "No pages", time="2026-03-10T00:00:00+00:00")
    commit = last_commit(repository, date(2026, 3, 10))
    folder = extract_commit(repository, commit, repository.parent.parent / "earlier")
    assert [*(folder / "docs").iterdir()] == []


@pytest.mark.parametrize("name", ["archive", "archive/papers", "docs/pictures"])
@pytest.mark.parametrize("end", ["/nonexistent/disk", "../../../../disk"])
def test_a_link_out_of_the_archive_is_named(repository: Path, name: str, end: str) -> None:
    """Git holds the link, and not what lies behind it."""
    (repository / name).parent.mkdir(exist_ok=True)
    (repository / name).symlink_to(end)
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "Link", time="2026-03-10T00:00:00+00:00")
    ran = digest(repository, "build", "--as-of", "2026-03-10")
    assert ran.returncode == 2
    assert f"held {name} on 2026-03-10, a link out of the archive" in ran.stderr


@pytest.mark.parametrize("end", ["docs", "docs/index.md", "nothing", "loop", "other/../docs"])
def test_a_link_within_the_archive_is_unpacked(repository: Path, end: str) -> None:
    """What it leads to may be missing, or itself: nothing outside is read."""
    link = repository / "archive" / "loop"
    link.parent.mkdir(exist_ok=True)
    target = end if end == "loop" else f"../{end}"
    link.symlink_to(target)
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "Link", time="2026-03-10T00:00:00+00:00")
    folder = extract_commit(
        repository, last_commit(repository, date(2026, 3, 10)), repository / "earlier"
    )
    assert str((folder / "archive" / "loop").readlink()) == target


def test_a_merged_branch_counts_from_its_merge_on(repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "side", "HEAD~4")
    (repository / "side.md").write_text("x")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "side", time="2026-03-05T23:00:00+00:00")
    git(repository, "switch", "-q", "main")
    git(
        repository,
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "merge",
        "side",
        time="2026-03-10T00:00:00+00:00",
    )
    commit = last_commit(repository, date(2026, 3, 5))
    assert commit.name == git(repository, "rev-parse", "HEAD~3").strip()


def test_what_cannot_be_had_is_named_with_its_cure(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(GitError, match="its first is of 2026-03-04"):
        last_commit(repository, date(2026, 3, 3))
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository.parent}", "shallow")
    shallow = tmp_path / "shallow" / "papers"
    assert last_commit(shallow, date(2026, 3, 9)).time == "2026-03-09T10:00:00+00:00"
    with pytest.raises(GitError, match="git fetch --unshallow"):
        last_commit(shallow, date(2026, 3, 8))
    git(repository, "rm", "-q", "archive.yml")
    git(repository, "commit", "-q", "-m", "gone", time="2026-03-11T00:00:00+00:00")
    with pytest.raises(GitError, match=r"held no archive\.yml"):
        extract_commit(repository, last_commit(repository, date(2026, 3, 11)), tmp_path / "none")
    shutil.rmtree(repository.parent / ".git")
    ran = digest(repository, "build", "--as-of", "2026-03-05")
    assert ran.returncode == 2
    assert "no git repository" in ran.stderr
    assert "has not come" in digest(repository, "build", "--as-of", "2999-01-01").stderr
