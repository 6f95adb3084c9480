"""A commit pushed to real bare repositories, beside others' commits and past what hosts refuse."""

from __future__ import annotations

import subprocess
from itertools import product
from pathlib import Path

import pytest
from paper_digest.deliver.git_push import (
    MAX_TRIES,
    Remote,
    archive_difference,
    commit_paths,
    push_commits,
    remote_of,
)
from paper_digest.deliver.mail.log import LOG_FILE
from paper_digest.deliver.push_refusals import PushError, refusal
from paper_digest.store.decisions import DECISIONS_FILE
from paper_digest.store.refused_digests import REFUSED_DIGESTS_FILE
from paths import PACKAGE, ROOT
from temporary_project import digest

NOBODY = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "PATH": "/usr/bin:/bin"}


def git(cwd: Path, *words: str) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@a.example")
    ran = subprocess.run(
        ["git", *author, *words], cwd=cwd, env=NOBODY, capture_output=True, text=True, check=True
    )
    return ran.stdout


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a clone of a bare repository, on a machine where git knows no author."""
    for name in ("GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL"):
        monkeypatch.setenv(name, NOBODY[name])
    origin = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    made = tmp_path / "clone"
    git(made, "switch", "--quiet", "-c", "main")
    write(made, "archive/a.md", "one\n")
    git(made, "add", ".")
    git(made, "commit", "--quiet", "-m", "Begin")
    git(made, "push", "--quiet", "origin", "main")
    return made


def write(place: Path, name: str, text: str) -> None:
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def elsewhere(clone: Path, name: str, text: str) -> None:
    """Push a commit of somebody else's."""
    other = clone.parent / "other"
    if not other.exists():
        git(clone.parent, "clone", "--quiet", "origin.git", "other")
    git(other, "pull", "--quiet")
    write(other, name, text)
    git(other, "add", ".")
    git(other, "commit", "--quiet", "-m", "Elsewhere")
    git(other, "push", "--quiet")


def refuse(clone: Path, words: str) -> None:
    """Have the host refuse every push with these words, as a hook of its own would."""
    hook = clone.parent / "origin.git" / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
    hook.chmod(0o755)


def log(clone: Path) -> list[str]:
    return git(clone.parent / "origin.git", "log", "--format=%s", "main").splitlines()


def test_named_paths_alone_are_committed(clone: Path) -> None:
    write(clone, "archive/b.md", "two\n")
    write(clone, "archive/a.md", "other\n")
    write(clone, "stray.txt", "not ours")
    assert commit_paths(clone, ["archive", "absent"], "What came")
    push_commits(clone, remote_of({}, clone))
    assert log(clone) == ["What came", "Begin"]
    names = git(clone, "show", "--format=", "--name-only").split()
    assert names == ["archive/a.md", "archive/b.md"]
    assert not commit_paths(clone, ["archive", "absent"], "Nothing")


def test_a_deleted_file_is_a_change(clone: Path) -> None:
    (clone / "archive" / "a.md").unlink()
    assert commit_paths(clone, ["archive/a.md"], "Gone")


def test_a_difference_is_seen_where_there_is_something_to_commit(clone: Path) -> None:
    """Whatever becomes of files: an issue of which no difference is seen is closed without a commit."""
    write(clone, "archive/folder/b.md", "two\n")
    assert commit_paths(clone, ["archive"], "Another")
    files = ("archive/a.md", "archive/folder/b.md", "archive/new/c.md")
    for kinds in product(("stays", "changes", "goes"), ("stays", "changes", "goes"), (True, False)):
        before = git(clone, "rev-parse", "HEAD").strip()
        for name, kind in zip(files, (*kinds[:2], "changes" if kinds[2] else "stays"), strict=True):
            if kind == "changes":
                write(clone, name, "other\n")
            elif kind == "goes":
                (clone / name).unlink()
        shown = archive_difference(clone, "archive")
        named = {name for name in files if f"a/{name} b/{name}" in shown}
        assert bool(shown) == commit_paths(clone, ["archive"], "What came")
        changed = git(clone, "diff", "--name-only", before, "HEAD").split()
        assert named == {*changed}
        git(clone, "reset", "--quiet", "--hard", before)


def test_others_commits_stay_below_ours(clone: Path) -> None:
    elsewhere(clone, "about.md", "theirs\n")
    write(clone, "archive/b.md", "two\n")
    write(clone, "half-done.txt", "kept")
    assert commit_paths(clone, ["archive"], "What came")
    push_commits(clone, Remote("origin", "main"))
    assert log(clone) == ["What came", "Elsewhere", "Begin"]
    assert (clone / "half-done.txt").read_text() == "kept"


def test_the_same_lines_changed_twice_are_named_and_nothing_is_pushed(clone: Path) -> None:
    elsewhere(clone, "archive/a.md", "theirs\n")
    write(clone, "archive/a.md", "ours\n")
    assert commit_paths(clone, ["archive"], "What came")
    with pytest.raises(PushError, match=r"archive/a\.md: was changed here and in the repository"):
        push_commits(clone, Remote("origin", "main"))
    assert log(clone) == ["Elsewhere", "Begin"]
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "log", "-1", "--format=%s").strip() == "What came"


@pytest.mark.parametrize(
    ("log_name", "is_refused"),
    [
        ("archive/runs/2026-03.jsonl", False),
        ("archive/changes/2026-03.jsonl", False),
        (f"archive/{REFUSED_DIGESTS_FILE}", False),
        (f"archive/{DECISIONS_FILE}", False),
        # Both would send the mail.
        (f"archive/{LOG_FILE}", True),
    ],
)
def test_lines_added_to_a_log_here_and_elsewhere_stay_both(
    clone: Path, log_name: str, *, is_refused: bool
) -> None:
    """As by two issues of one minute, or by a curator's command and an ingest."""
    write(clone, ".gitattributes", (ROOT / ".gitattributes").read_text("utf-8"))
    write(clone, log_name, '{"n":0}\n')
    assert commit_paths(clone, [".gitattributes", "archive"], "The log begins")
    push_commits(clone, Remote("origin", "main"))
    elsewhere(clone, log_name, '{"n":0}\n{"n":1}\n')
    write(clone, log_name, '{"n":0}\n{"n":2}\n')
    assert commit_paths(clone, ["archive"], "Here")
    if is_refused:
        with pytest.raises(PushError, match="was changed here and in the repository"):
            push_commits(clone, Remote("origin", "main"))
        return
    push_commits(clone, Remote("origin", "main"))
    lines = git(clone.parent / "origin.git", "show", f"main:{log_name}").splitlines()
    assert sorted(lines) == ['{"n":0}', '{"n":1}', '{"n":2}']


ENTRY = "- paper: arxiv:2501.0000{}\n  by: ada\n  because: It floats.\n  issue: {}\n"
ONE, TWO, THREE = (ENTRY.format(number, number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("before", "theirs", "ours", "after"),
    [
        ("", TWO, THREE, TWO + THREE),
        (ONE, ONE + TWO, ONE + THREE, ONE + TWO + THREE),
        (f"# Ours\n{ONE}", f"# Ours\n{ONE}{TWO}", f"# Ours\n{ONE}{THREE}", f"# Ours\n{ONE}{TWO}{THREE}"),
        (ONE, ONE.replace("issue", "votes: 3\n  issue"), ONE + THREE, ONE.replace("issue", "votes: 3\n  issue") + THREE),
        # The same paper, a file that ended within a line, and an entry that was taken out where another came.
        (ONE, ONE + TWO, ONE + TWO.replace("ada", "bob"), ""),
        (ONE.strip(), ONE + TWO, ONE + THREE, ""),
        (ONE + TWO, ONE, ONE + TWO + THREE, ""),
    ],
)  # fmt: skip
def test_two_proposals_at_once_are_both_pushed(
    clone: Path, before: str, theirs: str, ours: str, after: str
) -> None:
    name = "archive/proposals.yml"
    if before:
        write(clone, name, before)
        assert commit_paths(clone, ["archive"], "The list begins")
        push_commits(clone, Remote("origin", "main"))
    elsewhere(clone, name, theirs)
    write(clone, name, ours)
    assert commit_paths(clone, ["archive"], "Here")
    if after:
        push_commits(clone, Remote("origin", "main"))
        assert log(clone)[:2] == ["Here", "Elsewhere"]
    else:
        with pytest.raises(PushError, match="was changed here and in the repository"):
            push_commits(clone, Remote("origin", "main"))
    assert git(clone.parent / "origin.git", "show", f"main:{name}") == (after or theirs)
    assert git(clone, "status", "--porcelain") == ""


def test_where_a_second_file_is_in_conflict_nothing_is_pushed(clone: Path) -> None:
    elsewhere(clone, "archive/a.md", "theirs\n")
    elsewhere(clone, "archive/proposals.yml", TWO)
    write(clone, "archive/a.md", "ours\n")
    write(clone, "archive/proposals.yml", THREE)
    assert commit_paths(clone, ["archive"], "Here")
    with pytest.raises(PushError, match="1 more file"):
        push_commits(clone, Remote("origin", "main"))
    assert log(clone)[0] == "Elsewhere"
    assert (clone / "archive" / "proposals.yml").read_text() == THREE


def test_a_fork_merges_as_an_archive_does() -> None:
    template = PACKAGE / "cli" / "archive_template" / "gitattributes"
    assert (ROOT / ".gitattributes").read_bytes() == template.read_bytes()


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        ("error: GH006: Protected branch update failed for refs/heads/main.", "bypass the rule"),
        ("GH013: Repository rule violations found for refs/heads/main.", "bypass the rule"),
        ("Permission to me/boats.git denied to github-actions[bot].", "Read and write"),
        ("This repository was archived so it is read-only.", "unarchive"),
        ("GH001: Large files detected.", "git show --stat"),
    ],
)
def test_a_refusal_is_named_with_its_cure(clone: Path, words: str, cure: str) -> None:
    refuse(clone, words)
    write(clone, "archive/b.md", "two\n")
    assert commit_paths(clone, ["archive"], "What came")
    with pytest.raises(PushError, match=cure):
        push_commits(clone, Remote("origin", "main"))


def test_what_a_host_refused_is_pushed_by_the_next_run(
    clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing new to commit is not nothing to push; what others commit elsewhere does not count as ours."""
    for name in ("GITHUB_REPOSITORY", "GITHUB_OUTPUT", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    refuse(clone, "Only on Tuesdays.")
    write(clone, "archive/b.md", "two\n")
    for _ in range(2):
        refused = digest(clone, "push", "archive", "--message", "What came")
        assert refused.returncode == 2
        assert "Only on Tuesdays." in refused.stderr
    (clone.parent / "origin.git" / "hooks" / "pre-receive").unlink()
    assert digest(clone, "push", "archive").stdout == "Pushed.\n"
    assert log(clone) == ["What came", "Begin"]
    assert digest(clone, "push", "archive").stdout == "Nothing new to commit.\n"
    write(clone, "about.md", "mine\n")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "-m", "Of a person")
    assert digest(clone, "push", "archive").stdout == "Nothing new to commit.\n"
    write(clone, "archive/c.md", "three\n")
    assert digest(clone, "push", "archive", "--branch", "side").stdout == "Pushed.\n"
    monkeypatch.setenv("GITHUB_REPOSITORY", "me/boats")
    assert digest(clone, "push", "archive").stdout == "Nothing new to commit.\n"


def test_a_folder_in_no_repository_is_named(tmp_path: Path) -> None:
    for path in ("archive", "."):
        refused = digest(tmp_path, "push", path)
        assert refused.returncode == 2
        assert "not a git repository" in refused.stderr


def test_other_refusals_are_quoted(clone: Path) -> None:
    refuse(clone, "Only on Tuesdays.")
    write(clone, "archive/b.md", "two\n")
    assert commit_paths(clone, ["archive"], "What came")
    with pytest.raises(PushError, match=r"Only on Tuesdays\."):
        push_commits(clone, Remote("origin", "main"))


def test_a_long_address_does_not_hide_what_the_host_says() -> None:
    said = (
        f"remote: Only on Tuesdays.   \nTo https://example.org/{'a/' * 300}\n ! [remote rejected]\n"
    )
    assert str(refusal("main", said)).endswith("could not be pushed: Only on Tuesdays.")
    assert "no such ref" in str(refusal("main", "fatal: no such ref\n"))


def test_a_run_after_one_that_was_killed_in_its_rebase_commits_nothing_there(clone: Path) -> None:
    """On no branch a commit is lost with the rebase, and `git switch` refuses."""
    write(clone, "archive/b.md", "ours\n")
    assert commit_paths(clone, ["archive"], "What came")
    elsewhere(clone, "about.md", "theirs\n")
    git(clone, "fetch", "--quiet")
    git(clone, "-c", "sequence.editor=sed -i 1ibreak", "rebase", "--quiet", "--interactive", "origin/main")  # fmt: skip
    write(clone, "archive/c.md", "ours\n")
    ran = digest(clone, "push", "archive")
    assert ran.returncode == 2
    assert "git rebase --abort" in ran.stderr
    git(clone, "rebase", "--abort")
    assert digest(clone, "push", "archive").stdout == "Pushed.\n"
    there = git(clone, "ls-tree", "-r", "--name-only", "origin/main").split()
    assert there == ["about.md", "archive/a.md", "archive/b.md", "archive/c.md"]


def test_a_branch_that_is_always_ahead_ends_after_some_tries(clone: Path) -> None:
    """The host says each time that there is something newer, and there is nothing to pull."""
    refuse(clone, "rejected: fetch first")
    write(clone, "archive/b.md", "two\n")
    assert commit_paths(clone, ["archive"], "What came")
    with pytest.raises(PushError, match=f"each of {MAX_TRIES} tries"):
        push_commits(clone, Remote("origin", "main"))


def test_a_workflows_repository_is_that_of_its_environment(clone: Path) -> None:
    environment = {
        "GITHUB_SERVER_URL": "https://git.example.org",
        "GITHUB_REPOSITORY": "me/boats",
        "GITHUB_REF_NAME": "trunk",
        "GITHUB_TOKEN": "made-up",
    }
    remote = remote_of(environment, clone)
    assert remote == ("https://git.example.org/me/boats.git", "trunk", "made-up")
    assert "made-up" not in remote.address
