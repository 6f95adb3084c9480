"""Files that people put under ``docs/``: those that cannot be published are named and left out."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.files import File

from paper_digest.builder.page_checks import page_problem
from paper_digest.model.errors import Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import open_file


def usable_files(files: Iterable[File]) -> tuple[list[File], list[Problem]]:
    """Split files into those MkDocs can build or copy, and a problem for each of the others.

    A page has to be UTF-8 without merge conflicts; any other file has to be one that can be opened.
    """
    usable: list[File] = []
    problems: list[Problem] = []
    for file in files:
        problem = _open_problem(file)
        if not problem and file.is_documentation_page():
            problem = _page_problem(file)
        if problem:
            problems.append(problem)
        else:
            usable.append(file)
    return usable, problems


def _page_problem(file: File) -> Problem | None:
    return page_problem(f"docs/{file.src_uri}", lambda: file.content_bytes)


def _open_problem(file: File) -> Problem | None:
    if file.abs_src_path is None:
        return None
    try:
        open_file(file.abs_src_path).close()
    except OSError as error:
        return unreadable_problem(error, f"docs/{file.src_uri}")
    return None
