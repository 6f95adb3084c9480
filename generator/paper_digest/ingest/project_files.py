"""Files of the project that an entry of ``follow:`` names: found inside it, and read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from paper_digest.ingest.files import PaperWriter, ingest_file, list_files
from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.paper import Paper
from paper_digest.model.printable import printable
from paper_digest.model.regular_file import open_file
from paper_digest.sources.source import Source
from paper_digest.text.dates import iso_day


def ingest_project_file(
    writer: PaperWriter,
    source: Source,
    path: Path,
    root: Path,
    saved_on: str,
    is_wanted: Callable[[Paper], bool],
) -> bool:
    """Take one file of the project; return whether it could be read."""
    name = str(path.relative_to(root))
    try:
        with open_file(path) as stream:
            return ingest_file(writer, source, name, stream, saved_on, is_wanted)
    except OSError as error:
        what = unreadable_problem(error, name).what
        where = printable(name)
        writer.report.problems.append(Problem(where, what, cure="correct its name in archive.yml"))
        return False


def split_file_options(
    options: Mapping[str, object], source: str, root: Path
) -> tuple[list[Path], str, dict[str, object]]:
    """Take ``files`` and ``date`` out of the options of an entry.

    Returns:
        The files, relative to the project and inside it; the ISO day they were saved, or ""; and
        the options that are left, which are the source's own.

    Raises:
        ConfigError: for anything else than a list of names, and a day; or no file is there and nothing else asked for.
    """
    options = dict(options)
    if "files" not in options:
        return [], "", options
    where = f"archive.yml: source {source}"
    given, saved_on = options.pop("files"), str(options.pop("date", ""))
    if saved_on and iso_day(saved_on) != saved_on:
        raise ConfigError(where, f"option “date” holds {saved_on!r}", "write it as 2025-11-20")
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list) or not names:
        raise ConfigError(where, "option “files” is no list of files", "write files: [papers.bib]")
    files = list(_files_inside(names, root, where))
    if not files and not options:  # with none and no options a source would be asked for all it has
        what = f"option “files” names empty folders alone: {', '.join(map(str, names))}"
        raise ConfigError(where, what, "put the files there, or take the entry out")
    return files, saved_on, options


def _files_inside(names: Iterable[object], root: Path, where: str) -> Iterator[Path]:
    for name in names:
        path = root / str(name)
        # Not Path.resolve(), which gives up on a link that leads to itself.
        place = Path(os.path.realpath(path))
        if not isinstance(name, str) or not place.is_relative_to(os.path.realpath(root)):
            what = f"option “files” holds {name!r}, which lies outside the project"
            raise ConfigError(where, what, "copy the file into the project")
        yield from list_files([path])
