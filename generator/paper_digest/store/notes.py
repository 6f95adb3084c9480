"""Notes: Markdown the operator wrote about single papers, one file each in ``docs/notes/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.ids import slug
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.machine_errors import unreadable_problem
from paper_digest.model.regular_file import read_file
from paper_digest.store.folders import unreadable_folders
from paper_digest.text.written_text import text_problem
from paper_digest.text.yaml_document import parse_yaml

#: Below ``docs/``. Other files in it (images) are published as they are.
NOTES_FOLDER = "notes"

_ENDING = ".md"

#: Other endings that MkDocs takes for Markdown: it would make a page of such a file, and no paper have its words.
_OTHER_ENDINGS = frozenset({".markdown", ".mdown", ".mkdn", ".mkd"})

#: What may be front matter, which some editors put there; a note has no use for it.
_FRONT_MATTER = late_pattern(r"\A---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIRST_KEY = late_pattern(r"\s*[\w.-]+[ \t]*:(?:\s|\Z)")
#: Addresses in links: words of a note that nobody searches for.
_LINK_ADDRESS = late_pattern(r"\]\([^)\]]*\)|<https?:[^<>]*>|https?:\S+")


def is_note_path(path: str) -> bool:
    """Tell whether a path below ``docs/`` is that of a note."""
    return path.startswith(f"{NOTES_FOLDER}/") and path.endswith(_ENDING)


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
        self._others: list[tuple[str, str]] = []  # each with the slug that it may mean
        folder = docs / NOTES_FOLDER
        # A walk finds nothing behind a link that leads nowhere, and in a file.
        self.problems = [
            Problem(f"docs/{NOTES_FOLDER}", one.what, cure=one.cure)
            for one in unreadable_folders([folder])
        ]
        paths = [] if self.problems else sorted(folder.rglob("*"))
        for path in paths:
            name = path.relative_to(docs).as_posix()
            if path.suffix != _ENDING:
                self._see_other_file(name, path)
                continue
            text = _read_text(path, f"docs/{name}", self.problems)
            if path.parent.name != NOTES_FOLDER or path.parent.parent != docs:
                cure = f"move it into docs/{NOTES_FOLDER}/"
                self.problems.append(Problem(f"docs/{name}", "is not read", cure=cure))
            elif stripped := _without_front_matter(text).strip():
                first_line = text[: text.find(stripped)].count("\n") + 1
                self._by_slug[path.stem] = Note(name, stripped, first_line)

    @property
    def slugs(self) -> AbstractSet[str]:
        """The slugs that notes are named after."""
        return self._by_slug.keys()

    def _see_other_file(self, name: str, path: Path) -> None:
        """Look at the name of a file that is no note: images may lie there, but no words that nobody reads."""
        ending = path.suffix.lower()
        if path.name.startswith(".") or not path.is_file():
            return
        if ending == _ENDING or ending in _OTHER_ENDINGS:
            self.problems.append(_misnamed(name))
        else:
            self._others.append((path.name.removesuffix(".txt").removesuffix(_ENDING), name))

    def for_paper(self, paper_ids: Iterable[str]) -> tuple[Note, ...]:
        """Return the notes about a paper: under its present id, then under those it had before."""
        if not self._by_slug:
            return ()
        names = dict.fromkeys(slug(i) for i in paper_ids)
        return tuple(self._by_slug[name] for name in names if name in self._by_slug)

    def of_slugs(self, slugs: Iterable[str]) -> Iterator[Note]:
        """Yield the notes about the papers with these slugs, by name."""
        yield from (self._by_slug[name] for name in sorted(self._by_slug.keys() & set(slugs)))

    def unmatched(self, slugs: Iterable[str]) -> list[Problem]:
        """Say which notes are about none of the papers with these slugs, present and former.

        And which files would be about one, had they the ending of a note.
        """
        cure = "give it the last part of its paper's address as a name, or delete it"
        known = set(slugs) if self._by_slug or self._others else set()
        misnamed = (path for slug, path in self._others if slug in known)
        unmatched = (self._by_slug[name].path for name in sorted(self._by_slug.keys() - known))
        return [
            *map(_misnamed, misnamed),
            *(
                Problem(f"docs/{path}", "is about no paper of the archive", cure=cure)
                for path in unmatched
            ),
        ]


def _misnamed(path: str) -> Problem:
    cure = f"give it a name that ends in {_ENDING}"
    return Problem(f"docs/{path}", "is not read as a note", cure=cure)


def _without_front_matter(text: str) -> str:
    """Return the text of a note; rules that a person drew around words are no front matter, which is a mapping."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return text
    data = front[1] or ""
    try:
        is_data = not data.strip() or isinstance(parse_yaml(data.encode(), "").value, dict)
    except ConfigError:
        is_data = bool(_FIRST_KEY.match(data))
    return text[front.end() :] if is_data else text


def _read_text(path: Path, where: str, problems: list[Problem]) -> str:
    """Read a note; "" and a problem where that cannot be published."""
    try:
        data = read_file(path)
    except OSError as error:
        problems.append(unreadable_problem(error, where))
        return ""
    if problem := text_problem(where, data):
        problems.append(problem)
        return ""
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
