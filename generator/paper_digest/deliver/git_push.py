"""Commits files of an archive and pushes them, as workflows do; says what a refused push needs."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from paper_digest.deliver.git import run_git
from paper_digest.deliver.joined_lists import join_lists
from paper_digest.deliver.push_refusals import MAX_MESSAGE_CHARACTERS, PushError, refusal
from paper_digest.model.counted import counted

#: GitHub's own account for commits made in workflows, by its public number.
BOT_NAME = "github-actions[bot]"
BOT_EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"

MAX_TRIES = 3

#: What git says of somebody else's newer commits, for which a pull is the answer.
_BEHIND = re.compile(r"fetch first|non-fast-forward|stale info|cannot lock ref", re.IGNORECASE)


class Remote(NamedTuple):
    """Where to push: an address or a remote's name, the branch there, and a token or ""."""

    address: str
    branch: str
    token: str = ""


def remote_of(environment: Mapping[str, str], root: Path) -> Remote:
    """Return the repository and branch of a workflow's run, or else what the checkout pulls from.

    Args:
        environment: of GitHub's runner or one like it: ``GITHUB_SERVER_URL``, ``GITHUB_REPOSITORY``,
            ``GITHUB_REF_NAME``, and ``GITHUB_TOKEN`` where the step gives it.
        root: a folder of the checkout.

    Raises:
        PushError: no branch is checked out.
    """
    token = environment.get("GITHUB_TOKEN", "")
    if repository := environment.get("GITHUB_REPOSITORY"):
        server = environment.get("GITHUB_SERVER_URL", "https://github.com")
        branch = environment.get("GITHUB_REF_NAME", "main")
        return Remote(f"{server}/{repository}.git", branch, token)
    branch = run_git(root, "branch", "--show-current").stdout.strip()
    if not branch:
        raise PushError(str(root), "is on no branch", "run `git switch main`")
    return Remote("origin", branch)


def commit_paths(root: Path, paths: Sequence[str], message: str) -> bool:
    """Commit what changed in ``paths``, below ``root``, and nothing else; tells whether anything had.

    Of a path that git ignores as a whole that is what was committed before; ``outside_git.ignored_problems`` names the rest.

    Raises:
        PushError: git is missing, or refused; holds its words. Or the folder is in no repository, or a rebase in it was
            stopped, so that it is on no branch.
    """
    _check_rebase(root)
    present = [path for path in paths if (root / path).exists() or _is_tracked(root, path)]
    if not present:
        _checked(run_git(root, "rev-parse", "--git-dir"), root)
        return False
    present = _stage(root, present)
    if not present:
        return False
    staged = run_git(root, "diff", "--cached", "--quiet", "--", *present)
    if not staged.returncode:
        return False
    _checked(
        run_git(root, *_author(root), "commit", "--quiet", "-m", message, "--", *present), root
    )
    return True


def is_unpushed(root: Path, paths: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Tell whether an earlier commit of ``paths`` still waits here, as where the host refused it.

    Never in a workflow, each run of which begins with what the host has.
    """
    branch = run_git(root, "branch", "--show-current").stdout.strip()
    if not branch or environment.get("GITHUB_REPOSITORY"):
        return False
    there = f"refs/remotes/origin/{branch}"
    is_there = not run_git(root, "rev-parse", "--verify", "--quiet", there).returncode
    span = f"{there}..HEAD" if is_there else "HEAD"
    return bool(run_git(root, "rev-list", "-1", span, "--", *paths).stdout)


def push_commits(root: Path, remote: Remote) -> None:
    """Push the present commit, on top of what others pushed meanwhile.

    Raises:
        PushError: the host refused, or others changed the same lines; nothing was pushed, and the
            commit is still here.
    """
    access = _access(remote)
    for _ in range(MAX_TRIES):
        ended = run_git(
            root, "push", "--quiet", remote.address, f"HEAD:refs/heads/{remote.branch}", **access
        )
        if not ended.returncode:
            return
        if not _BEHIND.search(ended.stderr):
            raise refusal(remote.branch, ended.stderr)
        pull = (
            *_author(root),
            "pull",
            "--quiet",
            "--rebase",
            "--autostash",
            remote.address,
            remote.branch,
        )
        ended = run_git(root, *pull, **access)
        if ended.returncode and not join_lists(root, _author(root)):
            _abort_rebase(root, remote, ended)
    raise PushError(
        remote.branch, f"others pushed before each of {MAX_TRIES} tries", "run the workflow again"
    )


def push_branch(root: Path, remote: Remote, branch: str) -> None:
    """Make the present commit a branch of the repository, in place of what a branch of that name held.

    Raises:
        PushError: the name is that of the branch one works on, or the host refused.
    """
    if branch == remote.branch:
        raise PushError(branch, "is the branch one works on", "give another name to --branch")
    target = f"HEAD:refs/heads/{branch}"
    ended = run_git(root, "push", "--quiet", "--force", remote.address, target, **_access(remote))
    if ended.returncode:
        raise refusal(branch, ended.stderr)


def archive_difference(root: Path, folder: str) -> str:
    """Return what changed in a folder since the last commit, as ``git diff`` shows it.

    Raises:
        PushError: git is missing, or refused; holds its words.
    """
    # This makes new files known to git, and stages deleted ones, so that the rest is compared with the commit.
    _stage(root, [folder], "--intent-to-add")
    ended = run_git(root, "diff", "--no-color", "--no-ext-diff", "HEAD", "--", folder)
    _checked(ended, root)
    return ended.stdout


def default_message() -> str:
    """Return the message of an ingest's commit, with today's date (UTC)."""
    return f"Ingest of {datetime.now(UTC).date()}"


def _check_rebase(root: Path) -> None:
    """See that no run was stopped while it put its commit on top of others': what is committed then is on no branch."""
    for name in ("rebase-merge", "rebase-apply"):
        folder = run_git(root, "rev-parse", "--git-path", name).stdout.strip()
        if folder and (root / folder).is_dir():
            what = "is in the middle of a rebase, which was stopped"
            raise PushError(str(root), what, "run `git rebase --abort`, then this again")


def _abort_rebase(root: Path, remote: Remote, ended: subprocess.CompletedProcess[str]) -> None:
    """Leave the commit as it was made, and say which files both sides changed."""
    names = run_git(root, "diff", "--name-only", "--diff-filter=U").stdout.split()
    run_git(root, "rebase", "--abort")
    if not names:
        raise refusal(remote.branch, ended.stderr)
    raise PushError(
        names[0],
        f"and {counted(len(names) - 1, 'more file')} were changed here and in the repository"
        if names[1:]
        else "was changed here and in the repository",
        "run the workflow again: it asks the cached answers and starts from what is there now",
    )


def _author(root: Path) -> tuple[str, ...]:
    """Return the settings that name an author where git knows none."""
    if run_git(root, "config", "user.email").stdout.strip():
        return ()
    return "-c", f"user.name={BOT_NAME}", "-c", f"user.email={BOT_EMAIL}"


def _access(remote: Remote) -> dict[str, str]:
    """Return the token as variables of git's: on a command line other processes would see it."""
    if not remote.token:
        return {}
    secret = base64.b64encode(f"x-access-token:{remote.token}".encode()).decode()
    number = int(os.environ.get("GIT_CONFIG_COUNT", "0"))
    server = "/".join(remote.address.split("/")[:3])
    return {
        "GIT_CONFIG_COUNT": str(number + 1),
        f"GIT_CONFIG_KEY_{number}": f"http.{server}/.extraheader",
        f"GIT_CONFIG_VALUE_{number}": f"AUTHORIZATION: basic {secret}",
    }


def _stage(root: Path, paths: Sequence[str], *options: str) -> list[str]:
    """Stage what changed in paths; returns those of which git knows files, or did.

    Git refuses all of them where it ignores one as a whole, and then leaves out of the others what is new, too.
    """
    asked = run_git(root, "check-ignore", "--no-index", "-z", "--stdin", given="\0".join(paths))
    ignored = {*asked.stdout.split("\0")}
    known = {path for path in paths if _is_tracked(root, path) or _is_committed(root, path)}
    if open_paths := [path for path in paths if path not in ignored]:
        _checked(run_git(root, "add", *options, "--", *open_paths), root)
    if held := [path for path in paths if path in ignored and _is_tracked(root, path)]:
        _checked(run_git(root, "add", "--update", "--", *held), root)
    return [path for path in paths if path in known or _is_tracked(root, path)]


def _is_tracked(root: Path, path: str) -> bool:
    return bool(run_git(root, "ls-files", "--", path).stdout)


def _is_committed(root: Path, path: str) -> bool:
    return bool(run_git(root, "ls-tree", "--name-only", "HEAD", "--", path).stdout)


def _checked(ended: subprocess.CompletedProcess[str], root: Path) -> None:
    if ended.returncode:
        words = " ".join(ended.stderr.split())[-MAX_MESSAGE_CHARACTERS:]
        raise PushError(str(root), f"git could not commit: {words}", "")
