"""Which files of a project are the archive's own: what a snapshot holds and an earlier day is made of."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from paper_digest.builder.generated import is_generated
from paper_digest.builder.standard_pages import absent_pages
from paper_digest.builder.written_docs import GITIGNORE, WRITTEN_LIST
from paper_digest.model.errors import Problem
from paper_digest.store.atomic import TEMPORARY_SUFFIX

#: Folders of a project that hold nothing but the archive's own; what builds write in ``docs`` is left out.
OWN_FOLDERS = ("archive", "docs", "theme", "wheels", ".github")
#: Its own files beside them. No other is taken: a file of passwords may lie there too.
OWN_NAMES = (
    "archive.yml",
    "topics.yml",
    "mkdocs.yml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "CITATION.cff",
    "requirements.txt",
    "program.txt",
    ".paper-digest.json",
    ".gitignore",
    ".gitattributes",
)
_LEFT_OUT = frozenset({"archive/.lock", f"docs/{GITIGNORE}", f"docs/{WRITTEN_LIST}"})


def list_own_files(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the paths of the archive's own files below ``root``, in order.

    Args:
        root: the project's folder.
        problems: gets one for whatever is neither a file nor a folder (a link to a file, a pipe), and is left out;
            so is a link to a folder around it.

    Raises:
        OSError: a folder may not be read.
    """
    written = {f"docs/{path}" for path in absent_pages(root / "docs")} | _LEFT_OUT
    paths = [name for name in (*OWN_NAMES, *OWN_FOLDERS) if os.path.lexists(root / name)]
    real_root = Path(os.path.realpath(root))
    above = frozenset({real_root, *real_root.parents})
    for path in sorted(paths):
        for file in _files_below(root, path, above, problems):
            is_built = file.startswith("docs/") and is_generated(file.removeprefix("docs/"))
            if not is_built and file not in written and not file.endswith(TEMPORARY_SUFFIX):
                yield file


def _files_below(
    root: Path, path: str, above: frozenset[Path], problems: list[Problem]
) -> Iterator[str]:
    """Yield the files at or below a path; ``above`` are the folders around it, by their real paths."""
    place = root / path
    if place.is_dir():
        # Links to folders are followed, as builds follow them: an archive may lie on several disks.
        real = Path(os.path.realpath(place))
        if real in above:
            cure = "take the link away"
            problems.append(
                Problem(str(place), "leads to a folder around it, and is left out", cure=cure)
            )
            return
        for below in sorted(place.iterdir()):
            yield from _files_below(root, f"{path}/{below.name}", above | {real}, problems)
    elif place.is_symlink() or not place.is_file():
        cure = "put the file itself there"
        problems.append(Problem(str(place), "is a link or no file, and is left out", cure=cure))
    else:
        yield path
