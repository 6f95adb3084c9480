"""Files that people put under ``docs/``: those that cannot be published are named and left out."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.files import File

from paper_digest.model.errors import Problem
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line


def usable_files(files: Iterable[File]) -> tuple[list[File], list[Problem]]:
    """Split files into those MkDocs can build or copy, and a problem for each of the others.

    A page has to be UTF-8 without merge conflicts; any other file has to be one that can be opened.
    """
    usable: list[File] = []
    problems: list[Problem] = []
    for file in files:
        problem = _page_problem(file) if file.is_documentation_page() else _open_problem(file)
        if problem:
            problems.append(problem)
        else:
            usable.append(file)
    return usable, problems


def _page_problem(file: File) -> Problem | None:
    where = f"docs/{file.src_uri}"
    try:
        data = file.content_bytes
        data.decode("utf-8-sig")
    except OSError as error:
        return _unreadable(where, error)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(where, "is not UTF-8", line, "save it as UTF-8")
    conflict = conflict_line(data)
    return Problem(where, CONFLICT_FAULT, conflict, CONFLICT_CURE) if conflict else None


def _open_problem(file: File) -> Problem | None:
    if file.abs_src_path is None:
        return None
    try:
        with open(file.abs_src_path, "rb"):  # noqa: PTH123 - a third of the time of Path
            return None
    except OSError as error:
        return _unreadable(f"docs/{file.src_uri}", error)


def _unreadable(where: str, error: OSError) -> Problem:
    cure = "see that it is a file, and that you may read it"
    return Problem(where, f"cannot be read: {error.strerror}", cure=cure)
