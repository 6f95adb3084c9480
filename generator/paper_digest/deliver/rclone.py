"""Brings files to S3-compatible stores, and to all else that rclone has a remote for."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from paper_digest.deliver.transport import PublishError, cure_for, program_path

#: Where files of one size cannot be compared, a changed page would stay old and nobody would know.
_NO_CHECKSUMS = "no hashes in common"
_WORDS = (
    "--checksum", "--fast-list", "--use-json-log", "--log-level=INFO", "--stats=0",
    "--retries=3", "--low-level-retries=3",
)  # fmt: skip
#: rclone's exit codes where a folder or a file is not there; most stores give 0 and no bytes.
_EXITS_NOT_FOUND = (3, 4)
_MAX_MESSAGES = 3
_S3_TARGET = re.compile(r"s3://(?P<path>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[^\x00-\x1f]*)?)\Z")
_RCLONE_TARGET = re.compile(r"rclone:(?P<path>[^-:\s][^\x00-\x1f]*)\Z")


def is_rclone_target(target: str) -> bool:
    """Tell whether a target is rclone's to reach, by how it begins."""
    return target.startswith(("s3://", "rclone:"))


class Rclone:
    """The way to ``s3://BUCKET/FOLDER`` or ``rclone:REMOTE:PATH``; see ``Transport``.

    ``rclone:`` goes by rclone's own settings. For ``s3://`` the environment is all there is, in the names of
    AWS's programs: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``, ``AWS_REGION``.

    Raises:
        PublishError: the target is written in another way.
    """

    def __init__(self, target: str, environment: Mapping[str, str] = os.environ) -> None:
        s3, other = _S3_TARGET.match(target), _RCLONE_TARGET.match(target)
        if s3:
            self._path = f":s3:{s3['path'].rstrip('/')}"
            self._environment = _s3_environment(environment)
        elif other:
            self._path = other["path"].rstrip("/")
            self._environment = dict(environment)
        else:
            cure = (
                "write s3://BUCKET/FOLDER or rclone:REMOTE:PATH; a bucket's name has 3 to 63 "
                "characters of a-z, 0-9, hyphens and dots"
            )
            raise PublishError(repr(target), "is no target", cure)
        self._target = target

    def read(self, name: str) -> bytes:
        """Return a file at the top of the target, or ``b""``."""
        ended = self._rclone("cat", f"{self._path}/{name}")
        return b"" if ended.returncode in _EXITS_NOT_FOUND else self._checked(ended).stdout

    def top_names(self) -> set[str]:
        """Return the names at the top of the target."""
        ended = self._rclone("lsf", "--copy-links", self._path)
        if ended.returncode in _EXITS_NOT_FOUND:
            return set()
        lines = self._checked(ended).stdout.split(b"\n")
        return {os.fsdecode(line).removesuffix("/") for line in lines} - {""}

    def write(self, name: str, data: bytes) -> None:
        """Write a file at the top of the target."""
        self._checked(self._rclone("rcat", f"{self._path}/{name}", data=data))

    def add_new(self, site: Path) -> int:
        """Send the files that the target has not."""
        return self._run("copy", site, "--ignore-existing")

    def update(self, site: Path, *, pages: bool) -> int:
        """Send the files whose bytes differ."""
        return self._run("copy", site, *(() if pages else ("--exclude=*.html",)))

    def delete_gone(self, site: Path, names: Sequence[str]) -> int:
        """Delete what the site has not, below ``names``."""
        ours = [f"--filter=+ /{_escape_pattern(name)}{'**' * name.endswith('/')}" for name in names]
        return self._run("sync", site, "--delete-after", *ours, "--filter=- *")

    def _run(self, command: str, site: Path, *words: str) -> int:
        """Run rclone from the site to the target; returns the number of files it sent or deleted."""
        ended = self._checked(self._rclone(command, *words, str(site), self._path))
        lines = [*_log_lines(ended.stderr)]
        if any(_NO_CHECKSUMS in message for _, message, _ in lines):
            what = "gives no checksums of its files, so that changed pages cannot be told from old ones"
            raise PublishError(
                self._target, what, "publish to a store that does, or through rclone's `chunker`"
            )
        done = {name for _, message, name in lines if message.startswith(("Copied", "Deleted"))}
        return len(done - {""})

    def _rclone(self, *words: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [program_path("rclone"), *_WORDS, *words]
        return subprocess.run(  # noqa: S603 - the target is the operator's own word
            command, input=data, capture_output=True, env=self._environment, check=False
        )

    def _checked(
        self, ended: subprocess.CompletedProcess[bytes]
    ) -> subprocess.CompletedProcess[bytes]:
        """Return what rclone did.

        Raises:
            PublishError: it failed.
        """
        if ended.returncode:
            errors = [message for level, message, _ in _log_lines(ended.stderr) if level == "error"]
            message = "; ".join([*dict.fromkeys(errors)][-_MAX_MESSAGES:])
            message = message or f"exit code {ended.returncode}"
            reach = "see what `rclone lsf` says of it: the bucket has to be there, and the key may write"
            raise PublishError(self._target, f"rclone failed: {message}", cure_for(message, reach))
        return ended


def _s3_environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with AWS's names as rclone's; what is set in rclone's own goes first."""
    environment = dict(given)
    endpoint = given.get("AWS_ENDPOINT_URL_S3") or given.get("AWS_ENDPOINT_URL") or ""
    ours = {
        "RCLONE_S3_PROVIDER": "Other" if endpoint else "AWS",
        "RCLONE_S3_ENV_AUTH": "true",
        "RCLONE_S3_ENDPOINT": endpoint,
        "RCLONE_S3_REGION": given.get("AWS_REGION") or given.get("AWS_DEFAULT_REGION") or "",
        # A bucket that is not there is a mistyped one, and none is made for it.
        "RCLONE_S3_NO_CHECK_BUCKET": "true",
        # The SDK within rclone stops at this variable; rclone has one of its own.
        "RCLONE_CA_CERT": environment.pop("AWS_CA_BUNDLE", ""),
    }
    return {name: value for name, value in ours.items() if value} | environment


def _log_lines(stderr: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield level, message and file of each line of rclone's log; what is no JSON is an error's text."""
    for line in stderr.decode("utf-8", "replace").splitlines():
        try:
            said = json.loads(line)
        except ValueError:
            yield "error", " ".join(line.split()), ""
            continue
        if isinstance(said, dict):
            message = " ".join(str(said.get("msg", "")).split())
            yield str(said.get("level", "")), message, str(said.get("object", ""))


def _escape_pattern(name: str) -> str:
    """Escape the characters of a name that rclone would read as a pattern (rclone.org/filtering)."""
    return "".join(f"\\{sign}" if sign in "*?[]{}\\" else sign for sign in name)
