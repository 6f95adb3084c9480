"""The archive on disk: one file per paper, written whole or not at all, by one run at a time."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from paper_digest.incremental.file_times import FileTimes
from paper_digest.incremental.lock import try_lock
from paper_digest.model.errors import LockedError, Problem, RecordError
from paper_digest.model.ids import folder, is_paper_id, slug
from paper_digest.model.machine_errors import named, unreadable_problem
from paper_digest.model.paper import Paper
from paper_digest.model.regular_file import read_file
from paper_digest.store import atomic, record_checksum, record_format
from paper_digest.store.folders import is_folder, list_folder

#: What is written below ``archive/``, and may be half-written after a kill.
_WRITTEN_FILES = ("papers/*/*.md", "runs/*.jsonl", "changes/*.jsonl", "*.jsonl")


class Store:
    """The papers under ``root/papers/``; ``root`` is the ``archive/`` folder.

    Reading needs no lock, because a file is replaced in one step; writing happens inside
    ``with store.lock():``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.papers_folder = root / "papers"

    def relative_path(self, paper_id: str) -> str:
        """Name the file of an id below ``root``, whether it exists or not."""
        return f"{self.papers_folder.name}/{folder(paper_id)}/{slug(paper_id)}.md"

    def path(self, paper_id: str) -> Path:
        """Return the path of the file of an id, whether it exists or not."""
        return self.root / self.relative_path(paper_id)

    def paths(self) -> Iterator[Path]:
        """Walk over all files, in order of folder and name."""
        return (self.root / name for name in self.relative_paths())

    def relative_paths(self, problems: list[Problem] | None = None) -> Iterator[str]:
        """Name the same files below ``root``: ``papers/2511/2511.01234.md``.

        Raises:
            RecordError: a folder of papers may not be read (with ``problems``, that is appended there
                instead), or the folder of all of them is none.
        """
        for place in filter(is_folder, list_folder(self.papers_folder)):
            prefix = f"{self.papers_folder.name}/{place.name}/"
            names = [entry.name for entry in list_folder(Path(place.path), problems)]
            yield from [prefix + name for name in names if name.endswith(".md")]

    def signatures(self, times: FileTimes, problems: list[Problem]) -> dict[str, bytes]:
        """Return what the file system says of each file, by its name below ``root``; b"" where it may change unseen.

        Args:
            times: of ``papers_folder``.
            problems: gets one for each folder that may not be read.
        """
        known, root = times.signatures, f"{self.root}/"
        return {name: known.get(root + name, b"") for name in self.relative_paths(problems)}

    def read_paper(self, relative_path: str) -> Paper:
        """Read the file of this name (see ``relative_paths``).

        Raises:
            RecordError: if it is broken, or lies where its id does not belong.
        """
        return self.parse_paper(self.read_bytes(relative_path), relative_path)

    def read_bytes(self, relative_path: str) -> bytes:
        """Return the bytes of the file of this name.

        Raises:
            RecordError: it is no file, or may not be read.
        """
        path = f"{self.root}/{relative_path}"
        try:
            return read_file(path)
        except OSError as error:
            problem = unreadable_problem(error, path)
            raise RecordError(path, problem.what, problem.cure) from error

    def parse_paper(self, data: bytes, relative_path: str) -> Paper:
        """Read the bytes of the file of this name; raises ``RecordError`` as ``read_paper`` does."""
        where = f"{self.root}/{relative_path}"
        paper = record_format.decode_paper(data, where)
        if relative_path != self.relative_path(paper.id):
            raise RecordError(
                where, f"holds {paper.id}", f"move it to {self.relative_path(paper.id)}"
            )
        return paper

    def get(self, paper_id: str) -> Paper | None:
        """Read the paper with this id, or return ``None`` where the store has none.

        Raises:
            RecordError: see ``read_paper``; of a link that leads nowhere too.
        """
        path = self.path(paper_id)
        is_there = path.exists() or path.is_symlink()
        return self.read_paper(self.relative_path(paper_id)) if is_there else None

    def read_all(self, problems: list[Problem] | None = None) -> Iterator[Paper]:
        """Read all papers.

        Raises:
            RecordError: a file is broken; with ``problems``, that is appended there instead.
        """
        for name in self.relative_paths():
            try:
                yield self.read_paper(name)
            except RecordError as error:
                if problems is None:
                    raise
                problems.append(error.problem)

    def write(self, papers: Iterable[Paper]) -> int:
        """Write the papers whose text differs from what is there; returns how many files changed.

        Raises:
            RecordError: a paper could not be read again (see ``check``); the ones before it are written.
        """
        return atomic.replace_files(self._changed_files(papers))

    def _changed_files(self, papers: Iterable[Paper]) -> Iterator[tuple[Path, bytes]]:
        for paper in papers:
            path = self.path(paper.id)
            data = record_format.encode_checked(paper, str(path))
            before = path.read_bytes() if path.exists() else b""
            if not before or record_checksum.without_checksum(before) != data:
                yield path, record_checksum.with_checksum(data)

    def has(self, paper_id: str) -> bool:
        """Tell whether there is a file of this id, whether it can be read or not."""
        return self.path(paper_id).exists()

    def was_edited(self, paper_id: str) -> bool:
        """Tell whether a person changed a record since the program wrote it; no where nobody knows."""
        path = self.path(paper_id)
        return path.exists() and record_checksum.was_edited(path.read_bytes())

    def check(self, paper: Paper) -> None:
        """See that a paper could be written and read again.

        Raises:
            RecordError: it could not, and why.
        """
        if not is_paper_id(paper.id):
            raise RecordError(str(self.papers_folder), f"{paper.id!r} is no id", "")
        record_format.encode_checked(paper, str(self.path(paper.id)))

    def delete(self, paper_ids: Iterable[str]) -> None:
        """Remove the files of these ids, where they exist."""
        for paper_id in paper_ids:
            self.path(paper_id).unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs from writing; deletes the temporary files a killed run left.

        Raises:
            LockedError: at once, if another run is writing.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        path = self.root / ".lock"
        # Without a buffer: closing would write it once more, onto a full disk, and name no file.
        with path.open("a+b", buffering=0) as handle:
            if not try_lock(handle.fileno()):
                handle.seek(0)
                holder = handle.read().decode("utf-8", "replace").strip() or "another run"
                cure = "wait until it ends, then run the command again"
                raise LockedError(str(path), f"the archive is being written by {holder}", cure)
            handle.truncate(0)
            with named(path):
                handle.write(f"process {os.getpid()} on {socket.gethostname()}".encode())
            for pattern in _WRITTEN_FILES:
                for leftover in self.root.glob(pattern + atomic.TEMPORARY_SUFFIX):
                    _delete_leftover(leftover)
            try:
                yield
            finally:
                handle.truncate(0)


def _delete_leftover(path: Path) -> None:
    """Delete a temporary file that a killed run left; a folder of that name is somebody else's."""
    if not path.is_dir() or path.is_symlink():
        path.unlink()
