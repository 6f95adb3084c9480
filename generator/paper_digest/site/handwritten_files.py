"""Files that people put under ``docs/``: those that cannot be published are named and left out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from paper_digest.builder.generated import is_generated
from paper_digest.builder.page_checks import page_problem
from paper_digest.builder.standard_pages import absent_pages, standard_page
from paper_digest.builder.written_docs import WrittenDocs, misplaced_problem
from paper_digest.model.errors import Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.printable import printable
from paper_digest.model.regular_file import open_file
from paper_digest.settings.config import Config
from paper_digest.store.notes import NOTES_FOLDER, is_note_path


def words_and_files(files: Files, config: MkDocsConfig, settings: Config) -> list[File]:
    """Return the files that people put under ``docs/``, without notes, and the program's pages of words for those they did not.

    Args:
        files: all that MkDocs sees there.
        config: MkDocs' settings.
        settings: those of the archive.
    """
    standard = absent_pages(Path(config.docs_dir))
    own = [
        f
        for f in files
        if not is_generated(f.src_uri)
        and not is_note_path(f.src_uri)
        and f.src_uri not in {NOTES_FOLDER, *standard}  # no folder: who reads the notes says so
    ]
    pages = ((path, standard_page(path, settings)) for path in standard)
    return [*own, *(File.generated(config, path, content=page) for path, page in pages)]


def usable_files_of(
    files: Files, config: MkDocsConfig, settings: Config
) -> tuple[list[File], list[Problem]]:
    """Return those of ``words_and_files`` that MkDocs can build or copy, and a problem for each other file of a person's."""
    usable, problems = usable_files(words_and_files(files, config, settings))
    paths = [f.src_uri for f in files if f.abs_src_path and is_generated(f.src_uri)]
    if paths:  # a build by `digest build` wrote them, or else a person did
        written = WrittenDocs(Path(config.docs_dir))
        problems += [misplaced_problem(path) for path in sorted(paths) if not written.has(path)]
    return usable, problems


def usable_files(files: Iterable[File]) -> tuple[list[File], list[Problem]]:
    """Split files into those MkDocs can build or copy, and a problem for each of the others.

    A page has to be UTF-8 without merge conflicts; any other file has to be one that can be opened. The name of
    either has to be UTF-8, as addresses are.
    """
    usable: list[File] = []
    problems: list[Problem] = []
    for file in files:
        problem = _name_problem(file) or _open_problem(file)
        if not problem and file.is_documentation_page():
            problem = _page_problem(file)
        if problem:
            problems.append(problem)
        else:
            usable.append(file)
    return usable, problems


def _name_problem(file: File) -> Problem | None:
    name = printable(file.src_uri)
    if name == file.src_uri:
        return None
    return Problem(f"docs/{name}", "has a name that is not UTF-8", cure="rename it")


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
