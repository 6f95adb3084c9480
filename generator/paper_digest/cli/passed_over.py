"""What an operator wrote and nothing takes up: files of another name, files that are not there, names that no paper has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.ingest.project_files import split_file_options
from paper_digest.model.errors import DigestError, Problem
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import open_file
from paper_digest.settings.config import Config
from paper_digest.settings.joined_names import composed_name
from paper_digest.settings.settings_file import CONFIG_FILE, place_problem
from paper_digest.settings.taxonomy import TOPICS_FILE
from paper_digest.store.folders import list_folder

#: What is read in the folder of a project, each by this name alone.
_SETTINGS_FILES = (CONFIG_FILE, TOPICS_FILE, "mkdocs.yml")


def misnamed_files(root: Path) -> Iterator[Problem]:
    """Name files beside ``archive.yml`` that have the name of one that is read, but for capitals or the ending ``.yaml``."""
    others = [e.name for e in list_folder(root) if e.name not in _SETTINGS_FILES]
    for name in _SETTINGS_FILES:
        forms = (name, name.removesuffix(".yml") + ".yaml")
        for other in others:
            # Where capitals make no difference to the disk, it is the same file.
            if other.lower() in forms and not _is_same(root / name, root / other):
                cure = f"put what it says into {name}, or delete it"
                yield Problem(
                    str(root / other), f"is passed over: {name} is what is read", cure=cure
                )


def _is_same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def missing_files(root: Path, config: Config) -> Iterator[Problem]:
    """Look for the files that entries of ``follow:`` name, which an ingest would not read."""
    for number, entry in enumerate(config.follow):
        options = {name: entry[name] for name in entry.keys() & {"files"}}
        try:
            files, _, _ = split_file_options(options, str(entry["source"]), root)
        except DigestError:
            continue  # said of the entry
        for path in files:
            try:
                open_file(path).close()
            except OSError as error:
                what = unreadable_problem(error, str(path)).what
                named = f"file {path.relative_to(root)} {what}"
                where = f"{CONFIG_FILE}: source {entry['source']}"
                problem = Problem(where, named, cure="correct its name, or put it there")
                yield place_problem(problem, root, "follow", number, "files")


def unused_names(
    config: Config, entries: Iterable[CatalogEntry]
) -> Iterator[tuple[tuple[str, str], Problem]]:
    """Yield each spelling of ``author_names`` and ``organisation_names`` that no paper prints.

    Args:
        config: the archive's settings.
        entries: of all papers, those of volumes too.

    Returns:
        The path of the setting, and the problem, whose ``where`` has no line yet.
    """
    if not (config.author_names or config.organisation_names):
        return
    authors, organisations = set[str](), set[str]()
    for entry in entries:
        authors.update(entry.authors)
        organisations.add(entry.organisation)
    yield from _unused("author_names", config.author_names, authors)
    yield from _unused("organisation_names", config.organisation_names, organisations)


def _unused(
    setting: str, names: Iterable[str], printed: Iterable[str]
) -> Iterator[tuple[tuple[str, str], Problem]]:
    composed = {composed_name(name) for name in printed}
    for spelling in names:
        if composed_name(spelling) not in composed:
            what = f"no paper that the site shows prints {spelling!r}"
            cure = "write it letter by letter as papers have it, or take it out"
            yield (setting, spelling), Problem(f"{CONFIG_FILE}: {setting}", what, cure=cure)
