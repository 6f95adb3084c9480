"""Writes a snapshot: one ZIP file of the archive's own files, its dump and its site, the same bytes each time."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from paper_digest.deliver.snapshots import metadata
from paper_digest.deliver.snapshots.layout import (
    CHECKSUMS_NAME,
    CHUNK_BYTES,
    DUMP_NAME,
    PROJECT_FOLDER,
    SITE_NAME,
    SnapshotError,
    is_safe_path,
)
from paper_digest.deliver.snapshots.metadata import Part
from paper_digest.deliver.snapshots.own_files import list_own_files
from paper_digest.model.errors import Problem
from paper_digest.model.regular_file import open_file, read_file
from paper_digest.render.exports.dump import DUMP_PATH
from paper_digest.settings.config import Config
from paper_digest.store.atomic import TEMPORARY_SUFFIX

#: ZIP knows no earlier time; a file's own would make other bytes of the same archive.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_FILE_MODE = 0o100644
_LEVEL = 6


class Written(NamedTuple):
    """A snapshot that was written: its bytes, and how many files of the archive's own it holds."""

    size: int
    own_files: int


def write_snapshot(
    root: Path, config: Config, day: str, target: Path, problems: list[Problem]
) -> Written:
    """Write the snapshot of a project whose site is built; the file is there whole, or not at all.

    Args:
        root: the project's folder.
        config: its settings.
        day: of the snapshot (ISO date).
        target: the file to write; its folder is made where it is missing.
        problems: gets one for each thing that was left out.

    Raises:
        SnapshotError: there is no site, or one without a dump.
        OSError: a file could not be read or written.
    """
    site = root / "site"
    if not (site / DUMP_PATH).is_file():
        cure = "build it: mkdocs build --strict"
        raise SnapshotError(str(site / DUMP_PATH), "is missing: there is no site", cure)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(target.name + TEMPORARY_SUFFIX)
    packed_site = target.with_name(f"{target.name}.{SITE_NAME}{TEMPORARY_SUFFIX}")
    try:
        _pack_site(site, packed_site)
        with zipfile.ZipFile(temporary, "w") as archive:
            own_files = _Writer(archive).write_all(root, config, day, packed_site, problems)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
        packed_site.unlink(missing_ok=True)
    return Written(target.stat().st_size, own_files)


class _Writer:
    """Puts files into a ZIP file and remembers their hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._hashes: dict[str, str] = {}

    def write_all(
        self, root: Path, config: Config, day: str, packed_site: Path, problems: list[Problem]
    ) -> int:
        """Write all files; returns how many of them are the archive's own."""
        given = root / metadata.CITATION_NAME
        citation = metadata.citation_file(config, day, read_file(given) if given.is_file() else b"")
        parts = [
            self._add_bytes(metadata.CITATION_NAME, citation, "How to cite it", "text/yaml"),
            self._add_path(DUMP_NAME, root / "site" / DUMP_PATH, "All papers shown, one a line"),
            self._add_path(SITE_NAME, packed_site, "The site"),
            Part(PROJECT_FOLDER, "The archive's own files, from which it is restored"),
        ]
        self._add_bytes(metadata.CRATE_NAME, metadata.crate_metadata(config, day, parts))
        count = 0
        for path in list_own_files(root, problems):
            if is_safe_path(path):
                self._add_path(PROJECT_FOLDER + path, root / path, "")
                count += 1
            else:
                cure = "give it a name that every system can have"
                problems.append(Problem(str(root / path), "is left out for its name", cure=cure))
        lines = (f"{self._hashes[path]}  {path}\n" for path in sorted(self._hashes))
        self._add_bytes(CHECKSUMS_NAME, "".join(lines).encode())
        return count

    def _add_bytes(self, path: str, data: bytes, name: str = "", media_type: str = "") -> Part:
        return self._add(path, io.BytesIO(data), len(data), name, media_type)

    def _add_path(self, path: str, source: Path, name: str) -> Part:
        with open_file(source) as file:
            return self._add(path, file, os.fstat(file.fileno()).st_size, name, "application/gzip")

    def _add(self, path: str, file: IO[bytes], size: int, name: str, media_type: str) -> Part:
        entry = zipfile.ZipInfo(path, _ZIP_TIME)
        entry.create_system, entry.external_attr = _UNIX, _FILE_MODE << 16
        entry.file_size = size  # by which 64-bit sizes are chosen
        is_packed = path.endswith(".gz")
        entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        digest = hashlib.sha256()
        with self._archive.open(entry, "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as out:
            while chunk := file.read(CHUNK_BYTES):
                digest.update(chunk)
                out.write(chunk)
        self._hashes[path] = digest.hexdigest()
        return Part(path, name, media_type, size, self._hashes[path])


def _pack_site(site: Path, target: Path) -> None:
    """Write all files of a site into a tar file without names, owners and times of this machine."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
        tarfile.open(mode="w", fileobj=packed, format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in _site_files(site, ""):
            with open_file(site / path) as file:
                entry = tarfile.TarInfo(f"site/{path}")
                entry.size = os.fstat(file.fileno()).st_size
                tar.addfile(entry, file)


def _site_files(site: Path, folder: str) -> Iterator[str]:
    with os.scandir(site / folder) as entries:
        for entry in sorted(entries, key=lambda e: e.name):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                yield from _site_files(site, path)
            elif entry.is_file(follow_symlinks=False):
                yield path
