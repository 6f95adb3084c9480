"""Files into the archive: read, merged with what is known, written, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from paper_digest.ingest import parse
from paper_digest.ingest.writer import IngestReport, PaperWriter
from paper_digest.model.errors import DigestError, Problem, SourceError
from paper_digest.model.paper import Paper
from paper_digest.store.files import Store

__all__ = [
    "IngestReport",
    "PaperWriter",
    "ingest_file",
    "ingest_files",
    "last_sighting_date",
    "list_files",
]


def ingest_files(
    store: Store,
    source: ModuleType,
    named_streams: Iterable[tuple[str, BinaryIO]],
    saved_on: str = "",
    claim_date: Callable[[Paper], str] | None = None,
    today: date | None = None,
) -> IngestReport:
    """Ingest files; one bad file stops no other.

    Args:
        store: the archive.
        source: a module of ``paper_digest.sources``.
        named_streams: ``(name, stream)`` of each file; gzip is undone.
        saved_on: handed to ``parse`` with each file: the ISO day it was saved, or "".
        claim_date: says on which day (ISO, or "") the source said what a paper holds; the last day
            it was seen, unless given.
        today: dates after it are left out.

    Raises:
        LockedError: if another run is writing.
    """
    report = IngestReport()
    with store.lock():
        writer = PaperWriter(store, report, today)
        report.problems.extend(writer.store_problems)
        for name, stream in named_streams:
            ingest_file(writer, source, name, stream, saved_on, claim_date or last_sighting_date)
        writer.flush()
    return report


def ingest_file(
    writer: PaperWriter,
    source: ModuleType,
    name: str,
    stream: BinaryIO,
    saved_on: str = "",
    claim_date: Callable[[Paper], str] | None = None,
) -> bool:
    """Take the papers of one file; tells whether it could be read to its end."""
    problems = writer.report.problems
    try:
        for batch in parse.parse_file(source, name, stream, saved_on):
            problems.extend(batch.problems)
            for paper in batch.papers:
                writer.ingest_paper(
                    paper, source.NAME, (claim_date or last_sighting_date)(paper), name
                )
    except SourceError as error:
        problems.append(as_problem(error))
        return False
    return True


def last_sighting_date(paper: Paper) -> str:
    """Return the last day a paper's page was seen: a saved page speaks on the day it shows."""
    return max((s.seen for s in paper.sightings), default="")


def list_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files, and the files of folders in order of name; hidden ones are left out."""
    for path in paths:
        if path.is_dir():
            yield from list_files(sorted(p for p in path.iterdir() if not p.name.startswith(".")))
        else:
            yield path


def as_problem(error: DigestError) -> Problem:
    """Turn an error that stops no more than one entry or answer into a problem."""
    return Problem(error.where, error.what, cure=error.cure)
