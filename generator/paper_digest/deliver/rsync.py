"""Brings files to a folder of this machine or of another by rsync."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from paper_digest.deliver.transport import PublishError, cure_for, program_path

#: Files are compared by content: times mean nothing after a checkout or a restored cache.
_OPTIONS = ("--recursive", "--checksum", "--no-motd")
#: rsync's exit code where the folder is not there yet, or may not be read.
_EXIT_PARTIAL_TRANSFER = 23
_NOT_THERE = b"No such file or directory"


class Rsync:
    """The way to a folder, ``HOST:FOLDER`` or ``rsync://...``; see ``Transport``."""

    def __init__(self, target: str) -> None:
        self._target = target.rstrip("/") + "/"

    def read(self, name: str) -> bytes:
        """Return a file at the top of the target, or ``b""``."""
        # Picked out of the folder, because a server that fences rsync in fails on a file not there.
        wanted = ("--recursive", "--no-motd", f"--include=/{name}", "--exclude=*")
        with tempfile.TemporaryDirectory() as place:
            command = [program_path("rsync"), *wanted, self._target, f"{place}/"]
            ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the target is the operator's own word
            if ended.returncode not in (0, _EXIT_PARTIAL_TRANSFER):
                raise _failure(self._target, ended.returncode, ended.stderr)
            file = Path(place, name)
            return file.read_bytes() if file.exists() else b""

    def top_names(self) -> set[str]:
        """Return the names at the top of the target."""
        # Said by a run that copies nothing, one a line; --list-only would put sizes and times before them.
        words = ("--dry-run", "--dirs", "--links", "--specials", "--devices", "--no-motd")
        with tempfile.TemporaryDirectory() as place:
            command = [
                program_path("rsync"),
                *words,
                "-8",
                "--out-format=%n",
                self._target,
                f"{place}/",
            ]
            ended = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - as above
        if ended.returncode == _EXIT_PARTIAL_TRANSFER and _NOT_THERE in ended.stderr:
            return set()
        if ended.returncode:
            raise _failure(self._target, ended.returncode, ended.stderr.decode("utf-8", "replace"))
        return {os.fsdecode(line).removesuffix("/") for line in ended.stdout.split(b"\n")} - {
            "",
            ".",
        }

    def write(self, name: str, data: bytes) -> None:
        """Write a file at the top of the target."""
        with tempfile.TemporaryDirectory() as place:
            Path(place, name).write_bytes(data)
            self._run(str(Path(place, name)))

    def add_new(self, site: Path) -> int:
        """Send the files that the target has not."""
        return self._run("--ignore-existing", f"{site}/")

    def update(self, site: Path, *, pages: bool) -> int:
        """Send the files whose bytes differ."""
        left_out = () if pages else ("--exclude=*.html",)
        return self._run("--existing", "--delay-updates", *left_out, f"{site}/")

    def delete_gone(self, site: Path, names: Sequence[str]) -> int:
        """Delete what the site has not, below ``names``."""
        ours = [f"--include=/{_escape_pattern(name)}{'***' * name.endswith('/')}" for name in names]
        words = ("--existing", "--ignore-existing", "--delete", *ours, "--exclude=/*")
        return self._run(*words, f"{site}/")

    def _run(self, *words: str) -> int:
        """Run rsync to the target; returns the number of files it sent or deleted."""
        command = [program_path("rsync"), *_OPTIONS, "--out-format=%n", *words, self._target]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - as above
        if ended.returncode:
            raise _failure(self._target, ended.returncode, ended.stderr)
        return sum(not line.endswith("/") for line in ended.stdout.splitlines())


def _failure(target: str, exit_code: int, stderr: str) -> PublishError:
    message = " ".join(stderr.split()) or f"exit code {exit_code}"
    reach = "see that the host can be reached (`ssh HOST true`) and the folder may be written"
    return PublishError(target, f"rsync failed: {message}", cure_for(message, reach))


def _escape_pattern(name: str) -> str:
    """Escape the characters of a name that rsync would read as a pattern.

    To rsync a backslash is one in a pattern without wildcards, and folders get some from us.
    """
    if not name.endswith("/") and not any(sign in name for sign in "*?["):
        return name
    return "".join(f"\\{sign}" if sign in "*?[\\" else sign for sign in name)
