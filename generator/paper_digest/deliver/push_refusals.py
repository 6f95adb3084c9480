"""What hosts of repositories say when they refuse a push, and what to do about it."""

from __future__ import annotations

import re

from paper_digest.deliver.git import GitError

#: Most characters of git's words that a message repeats.
MAX_MESSAGE_CHARACTERS = 300

#: What hosts say when they refuse, what it means, and what to do (docs.github.com, "Troubleshooting
#: pushes"; the texts are those of github.com, GitLab and Gitea in November 2026).
_REFUSALS = (
    (
        re.compile(r"GH006|GH013|protected branch|rule violations", re.IGNORECASE),
        "the branch is protected, and this workflow may not push to it",
        "let github-actions bypass the rule (Settings, Rules or Branches), or use a branch without one",
    ),
    (
        re.compile(
            r"permission to \S+ denied|\b403\b|not allowed to push|write access", re.IGNORECASE
        ),
        "this workflow may not write to the repository",
        "set Settings, Actions, General, Workflow permissions to “Read and write permissions”",
    ),
    (
        re.compile(r"authentication failed|could not read username|\b401\b", re.IGNORECASE),
        "the host does not accept the token",
        "give the step `GITHUB_TOKEN: ${{ github.token }}`; a token of your own may have expired",
    ),
    (
        re.compile(r"repository .*not found|does not appear to be a git repository", re.IGNORECASE),
        "there is no such repository, or it is not to be seen",
        "see whether it was renamed or archived",
    ),
    (
        re.compile(r"archived so it is read-only|read-only", re.IGNORECASE),
        "the repository is archived, and so read-only",
        "unarchive it (Settings, General, at the end)",
    ),
    (
        re.compile(r"large files|exceeds .*file size limit|GH001", re.IGNORECASE),
        "a file is larger than the host takes",
        "find it with `git show --stat`, and keep it out of the archive",
    ),
)


class PushError(GitError):
    """What came could not be committed or pushed."""


def refusal(branch: str, said: str) -> PushError:
    """Make the error of a branch that could not be pushed, of what the host said."""
    for pattern, what, cure in _REFUSALS:
        if pattern.search(said):
            return PushError(branch, what, cure)
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    # The host's own words, before what git adds, in which long addresses stand.
    reason = [line.removeprefix("remote:").strip() for line in lines if line.startswith("remote:")]
    words = " ".join(filter(None, reason))[:MAX_MESSAGE_CHARACTERS]
    words = words or " ".join(lines)[-MAX_MESSAGE_CHARACTERS:] or "git gave no reason"
    return PushError(branch, f"could not be pushed: {words}", "")
