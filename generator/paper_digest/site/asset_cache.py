"""Caches the theme's scripts and style sheets as they are served: making them is a tenth of a build with nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from paper_digest.incremental.checked_file import view_checked, write_checked
from paper_digest.incremental.hashing import hash_bytes, program_hash
from paper_digest.incremental.manifest import CACHE_FOLDER
from paper_digest.text.language import active_language, catalogue_hash


class _CachedFiles(msgspec.Struct, array_like=True):
    """Files by path below the site, and a hash of what they were made from."""

    key: bytes
    files: dict[str, str]


def theme_cache(root: Path) -> Path:
    """Name the file of an archive, which may be deleted at any time."""
    return root / CACHE_FOLDER / "theme.bin"


def cached_files(
    cache: Path | None, sources: object, make: Callable[[], dict[str, str]]
) -> dict[str, str]:
    """Return the files that an earlier build made of the same sources, or make them.

    Args:
        cache: the file they are cached in; ``None`` where they are made in any case.
        sources: what they are made from, beside the program and the active language.
        make: makes them, by path below the site.
    """
    if cache is None:
        return make()
    language = active_language().encode()
    key = hash_bytes(program_hash(), language, catalogue_hash(), msgspec.msgpack.encode(sources))
    try:
        cached = msgspec.msgpack.decode(view_checked(cache), type=_CachedFiles)
    except (msgspec.DecodeError, UnicodeDecodeError):
        cached = _CachedFiles(b"", {})
    if cached.key == key:
        return cached.files
    files = make()
    write_checked(cache, msgspec.msgpack.encode(_CachedFiles(key, files)))
    return files
