"""Files that people put under ``docs/``: those that cannot be published are named and left out."""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs.structure.files import File

from paper_digest.builder.page_checks import page_problem
from paper_digest.model.errors import Problem


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
    return page_problem(f"docs/{file.src_uri}", lambda: file.content_bytes)


def _open_problem(file: File) -> Problem | None:
    if file.abs_src_path is None:
        return None
    try:
        with open(file.abs_src_path, "rb"):  # noqa: PTH123 - a third of the time of Path
            return None
    except OSError as error:
        cure = "see that it is a file, and that you may read it"
        return Problem(f"docs/{file.src_uri}", f"cannot be read: {error.strerror}", cure=cure)
