"""Notes: Markdown the operator wrote about single papers, one file each in ``docs/notes/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from paper_digest.model.ids import slug

#: Below ``docs/``. Other files in it (images) are published as they are.
NOTES_FOLDER = "notes"

#: Front matter, which some editors put there; a note has no use for it.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
#: Addresses in links: words of a note that nobody searches for.
_LINK_ADDRESS = re.compile(r"\]\([^)]*\)|<https?:[^>]*>|https?:\S+")


def is_note_path(path: str) -> bool:
    """Tell whether a path below ``docs/`` is that of a note."""
    return path.startswith(f"{NOTES_FOLDER}/") and path.endswith(".md")


class Note(NamedTuple):
    """One note: its path below ``docs/`` and its Markdown, which is trusted."""

    path: str
    text: str

    @property
    def search_text(self) -> str:
        """The text without addresses, for search."""
        return _LINK_ADDRESS.sub(" ", self.text)


class Notes:
    """All notes of an archive; ``problems`` are files that cannot be used, each with its cure."""

    def __init__(self, docs: Path) -> None:
        """Read ``docs/notes/``."""
        self._by_slug: dict[str, Note] = {}
        self.problems: list[str] = []
        for path in sorted((docs / NOTES_FOLDER).rglob("*.md")):
            name = path.relative_to(docs).as_posix()
            try:
                text = path.read_text("utf-8-sig")
            except UnicodeDecodeError:
                self.problems.append(f"docs/{name}: is not UTF-8; save it as UTF-8")
                continue
            if path.parent.name != NOTES_FOLDER or path.parent.parent != docs:
                self.problems.append(f"docs/{name}: is not read; move it into docs/{NOTES_FOLDER}/")
            elif text := _FRONT_MATTER.sub("", text).strip():
                self._by_slug[path.stem] = Note(name, text)

    def for_paper(self, paper_ids: Iterable[str]) -> tuple[Note, ...]:
        """Return the notes about a paper: under its present id, then under those it had before."""
        if not self._by_slug:
            return ()
        names = dict.fromkeys(slug(i) for i in paper_ids)
        return tuple(self._by_slug[name] for name in names if name in self._by_slug)

    def unmatched(self, slugs: Iterable[str]) -> list[str]:
        """Say which notes are about none of the papers with these slugs, present and former."""
        cure = "give it the last part of its paper's address as a name, or delete it"
        unmatched_slugs = self._by_slug.keys() - set(slugs) if self._by_slug else ()
        return [
            f"docs/{self._by_slug[name].path}: is about no paper of the archive; {cure}"
            for name in sorted(unmatched_slugs)
        ]
