"""The files of an archive that the program wrote, so that an upgrade rewrites no one else's."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from paper_digest import __version__
from paper_digest.model.errors import DigestError
from paper_digest.model.strict import StrictStruct

OWNED_FILES_PATH = ".paper-digest.json"


class OwnedFilesError(DigestError):
    """The list of files that the program wrote is missing or cannot be read."""


class OwnedFiles(StrictStruct, frozen=True):
    """What ``digest new`` or the last ``digest upgrade`` wrote.

    Attributes:
        version: of the program that wrote them.
        answers: what the files were filled in with.
        hashes: SHA-256 of each file as it was written, in hexadecimal, by path below the archive.
    """

    version: str
    answers: dict[str, Any]
    hashes: dict[str, str]

    path = OWNED_FILES_PATH

    @classmethod
    def of(cls, files: Mapping[str, bytes], answers: dict[str, Any]) -> OwnedFiles:
        """Describe files that this version of the program writes."""
        return cls(__version__, answers, {path: sha256(data) for path, data in files.items()})

    def encode(self) -> bytes:
        """Return the JSON of the file, one line for each entry."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"

    def was_changed(self, path: str, data: bytes) -> bool:
        """Tell whether a file is another than the one that was written."""
        return self.hashes.get(path) != sha256(data)


def load_owned_files(root: Path) -> OwnedFiles:
    """Read the list of an archive.

    Raises:
        OwnedFilesError: there is none, or it cannot be read.
    """
    path = root / OWNED_FILES_PATH
    try:
        return msgspec.json.decode(path.read_bytes(), type=OwnedFiles)
    except FileNotFoundError as error:
        what = "is missing: this archive was not made by `digest new`"
        raise OwnedFilesError(
            str(path), what, "make one with `digest new`, and move archive/ and archive.yml there"
        ) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise OwnedFilesError(
            str(path), "cannot be read", f"take it from git: git checkout -- {OWNED_FILES_PATH}"
        ) from error


def sha256(data: bytes) -> str:
    """Return the hash of a file's content, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
