"""Runs git in a folder, without questions and without end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from paper_digest.model.errors import DigestError

_TIMEOUT_SECONDS = 300


class GitError(DigestError):
    """Git is missing, or did not do what was asked of it."""


def run_git(
    root: Path, *words: str, given: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run git in ``root`` and return what it printed, whether it did well or not.

    Names of files that are not UTF-8 go in and come out as the file system has them (``os.fsdecode``).

    Args:
        root: the folder.
        words: of git's command line.
        given: what git reads from its standard input.
        variables: more of the environment.

    Raises:
        GitError: git is not installed, or did not end in time.
    """
    environment = {**os.environ, **variables, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - words are ours, an address and a branch of the environment
            ["git", *words],  # noqa: S607 - git is where PATH has it
            cwd=root,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            input=given,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise GitError("git", "is not installed", "install git") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(
            "git", f"did not end within {_TIMEOUT_SECONDS} seconds", "run it again later"
        ) from error
