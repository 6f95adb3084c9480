"""Replaces a file that can be made anew: a reader, or a kill, finds the old one or the new one.

Nothing is flushed to the disk, so a power cut may leave an empty file: this is for caches and pages.
Files of the archive are written by ``store/atomic.py``.
"""

from __future__ import annotations

from pathlib import Path

from paper_digest.model.machine_errors import named


def replace_file(path: Path, data: bytes, temporary_suffix: str = ".tmp") -> None:
    """Write ``data`` to a temporary file in the folder of ``path`` and rename it to ``path``.

    Args:
        path: the file; its folder is made where it is missing.
        data: the whole content.
        temporary_suffix: ends the temporary file's name; two processes that may write one file at
            the same time need two.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + temporary_suffix)
    try:
        with named(temporary):
            temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
