"""Notes: Markdown the operator wrote about single papers, one file each in ``docs/notes/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from paper_digest.model.errors import Problem
from paper_digest.model.ids import slug
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import read_file
from paper_digest.text.merge_conflict import CONFLICT_CURE, CONFLICT_FAULT, conflict_line

#: Below ``docs/``. Other files in it (images) are published as they are.
NOTES_FOLDER = "notes"

#: Front matter, which some editors put there; a note has no use for it.
_FRONT_MATTER = late_pattern(r"\A---[ \t]*\n(?:.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
#: Addresses in links: words of a note that nobody searches for.
_LINK_ADDRESS = late_pattern(r"\]\([^)\]]*\)|<https?:[^<>]*>|https?:\S+")


def is_note_path(path: str) -> bool:
    """Tell whether a path below ``docs/`` is that of a note."""
    return path.startswith(f"{NOTES_FOLDER}/") and path.endswith(".md")


class Note(NamedTuple):
    """One note.

    Attributes:
        path: its path below ``docs/``, or below the project's folder in ``archive/``.
        text: its Markdown, which is trusted.
        first_line: the line of the file on which the text begins.
    """

    path: str
    text: str
    first_line: int = 1

    @property
    def file_name(self) -> str:
        """Its path below the project's folder; that of what a list is about lies in ``archive/``."""
        return self.path if self.path.startswith("archive/") else f"docs/{self.path}"

    @property
    def search_text(self) -> str:
        """The text without addresses, for search."""
        return _LINK_ADDRESS.sub(" ", self.text)


class Notes:
    """All notes of an archive; ``problems`` are files that cannot be used, each with its cure."""

    def __init__(self, docs: Path) -> None:
        """Read ``docs/notes/``."""
        self._by_slug: dict[str, Note] = {}
        self.problems: list[Problem] = []
        try:
            paths = sorted((docs / NOTES_FOLDER).rglob("*.md"))
        except OSError as error:
            paths = []
            self.problems.append(unreadable_problem(error, f"docs/{NOTES_FOLDER}"))
        for path in paths:
            name = path.relative_to(docs).as_posix()
            text = _read_text(path, f"docs/{name}", self.problems)
            if path.parent.name != NOTES_FOLDER or path.parent.parent != docs:
                cure = f"move it into docs/{NOTES_FOLDER}/"
                self.problems.append(Problem(f"docs/{name}", "is not read", cure=cure))
            elif stripped := _FRONT_MATTER.sub("", text).strip():
                first_line = text[: text.find(stripped)].count("\n") + 1
                self._by_slug[path.stem] = Note(name, stripped, first_line)

    @property
    def slugs(self) -> AbstractSet[str]:
        """The slugs that notes are named after."""
        return self._by_slug.keys()

    def for_paper(self, paper_ids: Iterable[str]) -> tuple[Note, ...]:
        """Return the notes about a paper: under its present id, then under those it had before."""
        if not self._by_slug:
            return ()
        names = dict.fromkeys(slug(i) for i in paper_ids)
        return tuple(self._by_slug[name] for name in names if name in self._by_slug)

    def unmatched(self, slugs: Iterable[str]) -> list[Problem]:
        """Say which notes are about none of the papers with these slugs, present and former."""
        cure = "give it the last part of its paper's address as a name, or delete it"
        unmatched_slugs = self._by_slug.keys() - set(slugs) if self._by_slug else ()
        return [
            Problem(
                f"docs/{self._by_slug[name].path}", "is about no paper of the archive", cure=cure
            )
            for name in sorted(unmatched_slugs)
        ]


def _read_text(path: Path, where: str, problems: list[Problem]) -> str:
    """Read a note; "" and a problem where that cannot be published."""
    try:
        data = read_file(path)
        if line := conflict_line(data):
            problems.append(Problem(where, CONFLICT_FAULT, line, CONFLICT_CURE))
            return ""
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        problems.append(unreadable_problem(error, where))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(Problem(where, "is not UTF-8", line, "save it as UTF-8"))
    return ""
