"""Files into the archive: read, merged with what is known, written, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from paper_digest.ingest import parse
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.writer import PaperWriter
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Paper
from paper_digest.model.printable import printable
from paper_digest.sources.source import Source
from paper_digest.store.files import Store

__all__ = [
    "IngestReport",
    "PaperWriter",
    "ingest_file",
    "ingest_files",
    "list_files",
]


def ingest_files(
    store: Store,
    source: Source,
    named_streams: Iterable[tuple[str, BinaryIO]],
    saved_on: str = "",
    today: date | None = None,
    match_cache: Path | None = None,
) -> IngestReport:
    """Ingest files; one bad file stops no other.

    Args:
        store: the archive.
        source: whose files they are.
        named_streams: ``(name, stream)`` of each file; gzip is undone.
        saved_on: the ISO day they were saved, or "".
        today: dates after it are left out.
        match_cache: where match keys of the records are cached; without it all records are read.

    Raises:
        LockedError: if another run is writing.
    """
    report = IngestReport()
    with store.lock():
        writer = PaperWriter(store, report, today, match_cache=match_cache)
        report.problems.extend(writer.store_problems)
        for name, stream in named_streams:
            ingest_file(writer, source, name, stream, saved_on)
        writer.finish()
    return report


def ingest_file(
    writer: PaperWriter,
    source: Source,
    name: str,
    stream: BinaryIO,
    saved_on: str = "",
    is_wanted: Callable[[Paper], bool] = lambda _: True,
) -> bool:
    """Take the papers of one file; return whether it could be read to its end."""
    name = printable(name)  # records and logs hold it
    try:
        for batch in parse.parse_file(source, name, stream, saved_on):
            writer.ingest_batch(batch, source, Request(name, saved_on), is_wanted)
            writer.report.paper_names.extend(batch.paper_names)
    except SourceError as error:
        writer.report.problems.append(error.problem)
        return False
    return True


def list_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files, and the files of folders in order of name.

    Of what lies in folders, hidden files are left out, and links to folders, which may lead in circles.
    """
    for path in paths:
        if path.is_dir():
            visible = (p for p in path.iterdir() if not p.name.startswith("."))
            yield from list_files(sorted(p for p in visible if not (p.is_symlink() and p.is_dir())))
        else:
            yield path
