"""Hashes of bytes, files and folders."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from hashlib import blake2b
from pathlib import Path
from zlib import adler32, crc32

import msgspec

import paper_digest

#: The length of what ``hash_bytes`` returns.
HASH_BYTES = 16
#: The length of what ``checksum`` returns.
CHECKSUM_BYTES = 8
_PIECE_BYTES = 2**20
_encode_values = msgspec.msgpack.Encoder().encode


def hash_bytes(*parts: bytes | memoryview) -> bytes:
    """Return a hash of 16 bytes (BLAKE2b); each part is hashed with its length."""
    digest = blake2b(digest_size=HASH_BYTES)
    for part in parts:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return digest.digest()


def split_hashes(joined: bytes) -> list[bytes]:
    """Return hashes that were joined."""
    return [hash_ for (hash_,) in struct.iter_unpack(f"{HASH_BYTES}s", joined)]


def values_hash(*values: object) -> bytes:
    """Return a hash of eight bytes of strings, bytes and numbers."""
    return blake2b(_encode_values(values), digest_size=8).digest()


def hash_of_hashes(hashes: Iterable[bytes]) -> bytes:
    """Return one hash of many, all of one length: a third of the time of ``hash_bytes``."""
    return blake2b(b"".join(hashes), digest_size=HASH_BYTES).digest()


def checksum(pieces: Iterable[bytes | memoryview]) -> bytes:
    """Return eight bytes by which damage is noticed (CRC-32 and Adler-32): a third of the time of ``hash_bytes``.

    Not for telling contents from one another: who wants to makes two that have the same.
    """
    crc, adler = crc32(b""), adler32(b"")
    for piece in pieces:
        crc, adler = crc32(piece, crc), adler32(piece, adler)
    return (crc << 32 | adler).to_bytes(CHECKSUM_BYTES)


def file_checksum(path: Path) -> bytes:
    """Return the same of a file's bytes, read piece by piece; b"" if there is no such file."""
    try:
        return checksum(_file_pieces(path))
    except OSError:
        return b""


def file_hash(path: Path) -> bytes:
    """Return a hash of a file's bytes, read piece by piece; b"" if there is no such file."""
    digest = blake2b(digest_size=HASH_BYTES)
    try:
        for piece in _file_pieces(path):
            digest.update(piece)
    except OSError:
        return b""
    return digest.digest()


def _file_pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece


def content_hash(*contents: bytes) -> str:
    """Hash contents for the name of a file that never changes: eight hex digits."""
    return blake2b(b"".join(contents), digest_size=4).hexdigest()


def hash_tree(folder: Path, pattern: str) -> bytes:
    """Hash the names and contents of the files below a folder, behind links too, that fit a pattern (``*.html``).

    Hidden files and what Python compiled are left out.
    """
    parts = []
    for name, path in sorted(_files_below(os.fspath(folder), "", pattern, ())):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path is a third of a build's first hash
            parts += [os.fsencode(name), file.readall()]
    return hash_bytes(*parts)


def _files_below(
    folder: str, prefix: str, pattern: str, above: tuple[tuple[int, int], ...]
) -> Iterator[tuple[str, str]]:
    """Yield the files that fit a pattern, as name from the first folder and path; ``above`` are the folders around."""
    try:
        stat = os.stat(folder)  # noqa: PTH116
        place = stat.st_dev, stat.st_ino
        entries = [*os.scandir(folder)] if place not in above else []  # else a link leads back
    except OSError:
        return
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files_below(entry.path, f"{prefix}{name}/", pattern, (*above, place))
        elif fnmatchcase(name, pattern) and entry.is_file():
            yield prefix + name, entry.path


@cache
def program_hash() -> bytes:
    """Hash all files of this program: its scripts, words and styles shape the site as its modules do."""
    return hash_tree(Path(paper_digest.__file__).parent, "*")


def site_signature(site: Path) -> bytes:
    """Hash the identity and times of a folder and of the folders in it; b"" if there is none.

    The signature changes when the folder is copied, restored from a cache, or a file directly in
    it or in a subfolder is added or removed. It also changes with a restart of the machine,
    because a power cut may have lost what was written last.
    """
    parts = [boot_id_hash()]
    try:
        with os.scandir(site) as entries:
            folders = sorted(e.path for e in entries if e.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return b""
    for folder in (str(site), *folders):
        stat = Path(folder).stat()
        parts.append(f"{folder} {stat.st_dev} {stat.st_ino} {stat.st_mtime_ns}".encode())
    return hash_bytes(*parts)


@cache
def boot_id_hash() -> bytes:
    """Hash the id of the machine's present boot; zeros on systems that have none (only Linux has)."""
    try:
        return hash_bytes(Path("/proc/sys/kernel/random/boot_id").read_bytes())
    except OSError:
        return bytes(8)
