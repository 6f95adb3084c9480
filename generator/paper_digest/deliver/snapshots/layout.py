"""How a snapshot is laid out: the names of its files, and what a path in it may look like."""

from __future__ import annotations

import re

from paper_digest.model.errors import DigestError

CHECKSUMS_NAME = "SHA256SUMS"
DUMP_NAME = "papers.jsonl.gz"
SITE_NAME = "site.tar.gz"
#: The archive's own files lie below it, as they lie in the project.
PROJECT_FOLDER = "project/"

CHUNK_BYTES = 1 << 20

#: No path begins with a slash or a drive, steps up, or holds a character that some system reads
#: otherwise (a backslash, a colon, control characters); nor does a part end in a stop or a space.
_PART = r"(?!\.{1,2}(?:/|\Z))[^/\\:*?\"<>|\x00-\x1f\x7f]{1,255}(?<![. ])"
_PATH = re.compile(rf"{_PART}(?:/{_PART})*\Z")
_MAX_PATH_CHARACTERS = 1000


class SnapshotError(DigestError):
    """A file is no snapshot, is damaged, or is made to do harm."""


def is_safe_path(path: str) -> bool:
    """Tell whether a file of this path can be written below a folder, on every system, and nowhere else."""
    return len(path) <= _MAX_PATH_CHARACTERS and bool(_PATH.match(path))
