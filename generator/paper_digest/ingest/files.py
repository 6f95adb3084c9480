"""Files into the archive: read, merged with what is known, written, reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from paper_digest.ingest import parse
from paper_digest.ingest.writer import Absorber, Report
from paper_digest.model.errors import DigestError, SourceError
from paper_digest.model.paper import Paper, Problem
from paper_digest.store.files import Store

__all__ = ["Absorber", "Report", "last_seen", "named", "take_file", "take_files"]


def take_files(
    store: Store,
    source: ModuleType,
    opened: Iterable[tuple[str, BinaryIO]],
    note: str = "",
    said_at: Callable[[Paper], str] | None = None,
    today: date | None = None,
) -> Report:
    """Ingest files; one bad file stops no other.

    Args:
        store: the archive.
        source: a module of ``paper_digest.sources``.
        opened: ``(name, stream)`` of each file; gzip is undone.
        note: handed to ``parse`` with each file: the ISO day it was saved, or "".
        said_at: says on which day (ISO, or "") the source said what a paper holds; the last day
            it was seen, unless given.
        today: dates after it are left out.

    Raises:
        LockedError: if another run is writing.
    """
    report = Report()
    with store.lock():
        absorber = Absorber(store, report, today)
        report.problems.extend(absorber.broken)
        for name, stream in opened:
            take_file(absorber, source, name, stream, note, said_at or last_seen)
        absorber.finish()
    return report


def take_file(
    absorber: Absorber,
    source: ModuleType,
    name: str,
    stream: BinaryIO,
    note: str = "",
    said_at: Callable[[Paper], str] | None = None,
) -> bool:
    """Take the papers of one file; tells whether it could be read to its end."""
    problems = absorber.report.problems
    try:
        for batch in parse.file(source, name, stream, note):
            problems.extend(batch.problems)
            for paper in batch.papers:
                absorber.take(paper, source.NAME, (said_at or last_seen)(paper), name)
    except SourceError as error:
        problems.append(problem(error))
        return False
    return True


def last_seen(paper: Paper) -> str:
    """Return the last day a paper's page was seen: a saved page speaks on the day it shows."""
    return max((s.seen for s in paper.sightings), default="")


def named(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files, and the files of folders in order of name; hidden ones are left out."""
    for path in paths:
        if path.is_dir():
            yield from named(sorted(p for p in path.iterdir() if not p.name.startswith(".")))
        else:
            yield path


def problem(error: DigestError) -> Problem:
    """Turn an error that stops no more than one entry or answer into a problem."""
    return Problem(error.where, error.what, cure=error.cure)
