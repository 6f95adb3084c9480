"""Uploads a built site with rsync, in an order that never breaks a link on the way."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.errors import DigestError

#: At the target: the names at its top that are the site's, so that nothing else is ever deleted.
NAME_LIST_FILE = ".paper-digest"

_HASH_MARK = "# "

#: Files are compared by content: times mean nothing after a checkout or a restored cache.
_RSYNC_OPTIONS = ("--recursive", "--checksum", "--no-motd")
_AGAIN = "and publish again: readers see the old pages or the new, each whole"
_EXIT_PARTIAL_TRANSFER = 23  # rsync's exit code where the folder is not there yet


class PublishError(DigestError):
    """The site could not be uploaded."""


def publish_site(site: Path, target: str) -> int:
    """Copy ``site`` to ``target``; returns the number of files sent or deleted.

    Args:
        site: the built site.
        target: a folder, ``HOST:FOLDER`` (by ssh) or ``rsync://...``, as rsync takes it.

    New files go first, which no page leads to yet; then what changed beside pages, then changed
    pages, and only then are files deleted that no page names any more. Stopped anywhere, it
    leaves a site that works, and the next run completes it.

    Raises:
        PublishError: there is no site, no rsync, or rsync failed; contains rsync's message.
    """
    if not (site / "index.html").is_file():
        raise PublishError(str(site), "holds no built site", "run `make site` first")
    if target.startswith("-") or not target.strip("/"):
        raise PublishError(repr(target), "is no target", "give a folder or HOST:FOLDER")
    names = sorted(path.name + "/" * path.is_dir() for path in site.iterdir())
    with tempfile.TemporaryDirectory() as place:
        list_file = Path(place, NAME_LIST_FILE)
        target = target.rstrip("/") + "/"
        before = _previous_names(target, list_file)
        done = sum(_run(*pass_, f"{site}/", target) for pass_ in _passes({*names, *before}))
        list_file.write_bytes(_name_list(names))
        _run(str(list_file), target)
    return done


def _passes(names: set[str]) -> Iterator[tuple[str, ...]]:
    yield ("--ignore-existing",)
    yield "--existing", "--delay-updates", "--exclude=*.html"
    yield "--existing", "--delay-updates"
    ours = [
        f"--include=/{_escape_pattern(name)}{'***' * name.endswith('/')}" for name in sorted(names)
    ]
    yield "--existing", "--ignore-existing", "--delete", *ours, "--exclude=/*"


def _previous_names(target: str, list_file: Path) -> list[str]:
    """Fetch the list of names that an earlier run left at the target; empty if there is none."""
    # Picked out of the folder, because a server that fences rsync in fails on a file not there.
    wanted = ("--recursive", "--no-motd", f"--include=/{NAME_LIST_FILE}", "--exclude=*")
    command = [_rsync_path(), *wanted, target, f"{list_file.parent}/"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the target is the operator's own word
    if ended.returncode not in (0, _EXIT_PARTIAL_TRANSFER):
        _raise_failure(target, ended)
    return _listed_names(list_file.read_bytes()) if list_file.exists() else []


def _name_list(names: Iterable[str]) -> bytes:
    """Return the list of names, a hash of it in its last line: what it names may be deleted."""
    text = "".join(f"{name}\n" for name in names).encode()
    return text + f"{_HASH_MARK}{hash_bytes(text).hex()}\n".encode()


def _listed_names(data: bytes) -> list[str]:
    """Return the names of a list; none of a damaged one. Lists of earlier versions have no hash."""
    text, separator, check = data.rpartition(_HASH_MARK.encode())
    if separator and check.strip() != hash_bytes(text).hex().encode():
        return []
    return (text if separator else data).decode("utf-8", "replace").split("\n")[:-1]


def _run(*words: str) -> int:
    command = [_rsync_path(), *_RSYNC_OPTIONS, "--out-format=%n", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - as above
    if ended.returncode:
        _raise_failure(words[-1], ended)
    return sum(not line.endswith("/") for line in ended.stdout.splitlines())


def _rsync_path() -> str:
    path = shutil.which("rsync")
    if not path:
        raise PublishError("rsync", "is not installed", "install it: apt install rsync")
    return path


def _raise_failure(target: str, ended: subprocess.CompletedProcess[str]) -> None:
    message = " ".join(ended.stderr.split()) or f"exit code {ended.returncode}"
    cure = "see that the host can be reached (`ssh HOST true`) and the folder may be written"
    if "No space left" in message or "quota" in message.lower():
        cure = f"free some space there, {_AGAIN}"
    elif "Read-only file system" in message:
        cure = f"make that disk writable, or publish elsewhere, {_AGAIN}"
    elif "Permission denied" in message and "publickey" not in message:
        cure = f"give yourself the right to write there, {_AGAIN}"
    raise PublishError(target, f"rsync failed: {message}", cure)


def _escape_pattern(name: str) -> str:
    """Escape the characters of a name that rsync would read as a pattern."""
    return "".join(f"\\{sign}" if sign in "*?[\\" else sign for sign in name)
