"""Caches compiled templates; one that was damaged on the disk is compiled again, never run."""

from __future__ import annotations

from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from paper_digest.incremental.checked_file import read_checked, write_checked


class CheckedBytecodeCache(BytecodeCache):
    """Compiled templates in a folder, one file each, whose hash is compared before Python loads it."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it is made where it is missing."""
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if there is a sound file for it."""
        if packed := read_checked(self._folder / f"{bucket.key}.compiled"):
            bucket.bytecode_from_string(packed)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the bucket's file."""
        write_checked(self._folder / f"{bucket.key}.compiled", bucket.bytecode_to_string())
