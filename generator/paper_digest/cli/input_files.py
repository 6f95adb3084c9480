"""The files named on the command line, opened with a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.progress import Progress

from paper_digest.ingest.files import list_files
from paper_digest.ingest.parse import UnreadableFile


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
        if name != "-" and not Path(name).exists():
            raise click.BadParameter(f"{name} does not exist", param_hint="FILE")
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:

        def opened() -> Iterator[tuple[str, BinaryIO]]:
            for name in paths:
                if name == "-":
                    yield "standard input", sys.stdin.buffer
                    continue
                for path in list_files([Path(name)]):
                    try:
                        stream = progress.open(path, "rb", description=path.name)
                    except OSError as error:
                        yield str(path), UnreadableFile(error)
                        continue
                    with stream:
                        yield str(path), stream

        yield opened()
