"""The event of an issue, as GitHub writes it into a file for a workflow: bounded, and read into strict types."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from paper_digest.model.errors import DigestError
from paper_digest.model.machine_errors import error_words
from paper_digest.model.regular_file import read_file

#: An issue's text has 65,536 characters at most; an event repeats facts about the repository and its people.
MAX_EVENT_BYTES = 1_000_000

#: People whom GitHub lets write to the repository, or whose organisation owns it
#: (docs.github.com, GraphQL, CommentAuthorAssociation).
TRUSTED_ASSOCIATIONS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


class _Account(msgspec.Struct, frozen=True):
    login: str


class GitHubIssue(msgspec.Struct, frozen=True):
    """An issue: what was written in it, by whom, and what that person is to the repository."""

    number: int
    user: _Account
    author_association: str = "NONE"
    state: str = "open"
    body: str | None = None


class IssueEvent(msgspec.Struct, frozen=True):
    """An issue, and whose action on it this is; facts that nobody here asks for are passed over."""

    issue: GitHubIssue
    sender: _Account

    def is_trusted(self, curators: Iterable[str]) -> bool:
        """Tell whether the issue's words are those of a person who may change the archive.

        They are the author's, unless somebody else edited or reopened it: then nobody is known to have
        written all of them, and only a person who looks at the difference can decide.

        Args:
            curators: logins that ``archive.yml`` trusts.
        """
        author = self.issue.user.login.casefold()
        is_known = author in {login.casefold() for login in curators}
        may_write = self.issue.author_association in TRUSTED_ASSOCIATIONS
        return (is_known or may_write) and self.sender.login.casefold() == author


def read_event(path: Path) -> IssueEvent:
    """Read the file that ``GITHUB_EVENT_PATH`` names.

    Raises:
        DigestError: it cannot be read, is larger than ``MAX_EVENT_BYTES``, or is no event of an issue.
    """
    cure = "give the file that GITHUB_EVENT_PATH names in a workflow `on: issues`"
    try:
        size = path.stat().st_size
        data = read_file(path) if size <= MAX_EVENT_BYTES else b""
    except OSError as error:
        raise DigestError(str(path), f"cannot be read: {error_words(error)}", cure) from error
    if size > MAX_EVENT_BYTES:
        raise DigestError(str(path), f"has more than {MAX_EVENT_BYTES:,} bytes", cure)
    try:
        event = msgspec.json.decode(data, type=IssueEvent)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DigestError(str(path), f"is no event of an issue: {error}", cure) from error
    if event.issue.number < 1:
        raise DigestError(str(path), "is no event of an issue: its number is none", cure)
    return event
