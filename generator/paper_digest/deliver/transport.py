"""What brings files of a built site to its target: the four things every program for it can do."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from paper_digest.model.errors import DigestError

#: What a person does whose upload ended half-way.
AGAIN = "and publish again: readers see the old pages or the new, each whole"


class PublishError(DigestError):
    """The site could not be uploaded."""


class Transport(Protocol):
    """A way to one target. Every method raises ``PublishError`` with the program's own message."""

    def read(self, name: str) -> bytes:
        """Return a file at the top of the target; empty where there is none, or no target yet."""

    def top_names(self) -> set[str]:
        """Return the names at the top of the target, of folders too without a slash; none where there is no target yet."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file at the top of the target."""

    def add_new(self, site: Path) -> int:
        """Send the files that the target has not; returns how many."""

    def update(self, site: Path, *, pages: bool) -> int:
        """Send the files whose bytes differ from the target's, HTML only with ``pages``; returns how many."""

    def delete_gone(self, site: Path, names: Sequence[str]) -> int:
        """Delete what the site has not, below ``names`` alone; returns how many files.

        Args:
            site: the built site.
            names: at the target's top; folders end in a slash.
        """


def program_path(name: str) -> str:
    """Return where a program lies.

    Raises:
        PublishError: it is not installed.
    """
    path = shutil.which(name)
    if not path:
        raise PublishError(name, "is not installed", f"install it: apt install {name}")
    return path


def cure_for(message: str, otherwise: str) -> str:
    """Return what to do about a failed upload, by what the target's system said of it."""
    if "No space left" in message or "quota" in message.lower():
        return f"free some space there, {AGAIN}"
    if "Read-only file system" in message:
        return f"make that disk writable, or publish elsewhere, {AGAIN}"
    if "permission denied" in message.lower() and "publickey" not in message:
        return f"give yourself the right to write there, {AGAIN}"
    return otherwise
