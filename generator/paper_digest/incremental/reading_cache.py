"""The caches of builds for commands that only read: they work where nothing may be written, too."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from paper_digest.incremental.manifest import CACHE_FOLDER

#: The caches that such commands use.
RECORDS_CACHE, WORDS_CACHE = "records.db", "words.bin"


def newer_words_path(words_cache: Path) -> Path:
    """Name the file of the papers that came or changed since that of the words of all was written (``search/cache.py``)."""
    return words_cache.with_stem(f"{words_cache.stem}-newer")


#: All files of them.
_FILES = RECORDS_CACHE, WORDS_CACHE, newer_words_path(Path(WORDS_CACHE)).name


@contextmanager
def reading_cache(root: Path) -> Iterator[Path]:
    """Give the folder of an archive's caches, or copies in a temporary folder where it cannot be written.

    What is cached there already is used in either case; what is found out is lost with the copies.
    """
    folder = root / CACHE_FOLDER
    if _may_be_written(folder):
        yield folder
        return
    with TemporaryDirectory(prefix="paper-digest-") as copies:
        for name in _FILES:
            with suppress(OSError):  # it is not there, or may not be read: it is made anew
                shutil.copyfile(folder / name, Path(copies, name))
        yield Path(copies)


def _may_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    caches = [path for name in _FILES if (path := folder / name).exists()]
    return os.access(folder, os.W_OK | os.X_OK) and all(
        path.is_file() and os.access(path, os.W_OK) for path in caches
    )
