"""Caches compiled templates; one that was damaged on the disk is compiled again, never run."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from paper_digest.incremental.checked_file import read_checked, write_checked
from paper_digest.incremental.hashing import hash_bytes, program_hash


class CheckedBytecodeCache(BytecodeCache):
    """Compiled templates in a folder, one file each, whose hash is compared before Python loads it."""

    def __init__(self, folder: Path, env: Environment) -> None:
        """Name the folder, which is made where it is missing, and who compiles its templates."""
        self._folder = folder
        # What our extensions make of a source is not told by the source.
        self._compiler_hash = hash_bytes(program_hash(), repr(sorted(env.extensions)).encode())

    def get_source_checksum(self, source: str) -> str:
        """Return what a compiled template has to be of."""
        return hash_bytes(self._compiler_hash, source.encode()).hex()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if there is a sound file for it."""
        if packed := read_checked(self._folder / f"{bucket.key}.compiled"):
            bucket.bytecode_from_string(packed)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the bucket's file."""
        write_checked(self._folder / f"{bucket.key}.compiled", bucket.bytecode_to_string())
