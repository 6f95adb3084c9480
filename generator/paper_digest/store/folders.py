"""Lists the folders of an archive; one that cannot be listed is named, and never taken for an empty one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.machine_errors import unreadable_problem


def list_folder(folder: Path, problems: list[Problem] | None = None) -> list[os.DirEntry[str]]:
    """Return what lies in a folder, in order of names; nothing where there is no such folder.

    Raises:
        RecordError: it is no folder, or may not be read; with ``problems``, that is appended there instead.
    """
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=attrgetter("name"))
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return []
        problem = unreadable_problem(error, str(folder))
    if problems is None:
        raise RecordError(problem.where, problem.what, problem.cure)
    problems.append(problem)
    return []


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder, or a link to one; no where a link leads in a circle."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def folder_files(folder: Path, problems: list[Problem] | None = None) -> list[Path]:
    """Return the paths of what lies in a folder, in order of names; a file holds nothing.

    Raises:
        RecordError: it may not be read, or is a link that leads to no folder (its disk is not there), behind which
            nobody knows what lies; with ``problems``, that is appended there instead.
    """
    if not folder.is_dir() and not folder.is_symlink():
        return []
    return [Path(entry.path) for entry in list_folder(folder, problems)]


def unreadable_folders(folders: Iterable[Path]) -> list[Problem]:
    """Return a problem for each of these folders that is there and cannot be listed."""
    problems: list[Problem] = []
    for folder in folders:
        list_folder(folder, problems)
    return problems
