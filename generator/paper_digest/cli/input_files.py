"""The files named on the command line, opened with a progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import Progress

from paper_digest.ingest.files import list_files
from paper_digest.ingest.parse import UnreadableFile
from paper_digest.model.printable import printed_line
from paper_digest.model.regular_file import open_file


class _FileProgress(Progress):
    """Shows how far a file has been read by another process, with which this one shares its position.

    A stream that moved the bar itself would need the bar's lock in that process, where nobody gives it up.
    """

    _stream: BinaryIO | None = None

    @contextmanager
    def showing(self, stream: BinaryIO, name: str) -> Iterator[None]:
        """Show one file while it is read."""
        size_bytes = os.fstat(stream.fileno()).st_size
        task = self.add_task(escape(printed_line(name)), total=size_bytes or None)
        self._stream = stream
        try:
            yield
        finally:
            self._stream = None
            self.remove_task(task)

    def get_renderables(self) -> Iterable[RenderableType]:
        """Look where the file stands each time the bar is drawn."""
        if self._stream is not None and self._stream.seekable():
            position = os.lseek(self._stream.fileno(), 0, os.SEEK_CUR)
            for task in self.task_ids:
                self.update(task, completed=position)
        yield from super().get_renderables()


@contextmanager
def open_files(paths: tuple[str, ...]) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Open files one after the other, with a progress bar over their bytes on a terminal.

    Args:
        paths: files, folders, and ``-`` for standard input.

    Returns:
        Name and stream of each file; a file that cannot be opened has an ``UnreadableFile``.

    Raises:
        click.BadParameter: a path does not exist.
    """
    for name in paths:
        if name != "-" and not os.path.exists(name):  # noqa: PTH110 - a name no file can have is no error
            raise click.BadParameter(f"{name} does not exist", param_hint="FILE")
    console = Console(stderr=True)
    with _FileProgress(
        console=console, disable=not console.is_terminal, transient=True
    ) as progress:

        def opened() -> Iterator[tuple[str, BinaryIO]]:
            for name in paths:
                if name == "-":
                    yield "standard input", sys.stdin.buffer
                    continue
                for path in list_files([Path(name)]):
                    try:
                        # What is named may be a pipe; what a folder holds may not make us wait.
                        stream = path.open("rb") if str(path) == name else open_file(path)
                    except OSError as error:
                        yield str(path), UnreadableFile(error)
                        continue
                    with stream, progress.showing(stream, path.name):
                        yield str(path), stream

        yield opened()
