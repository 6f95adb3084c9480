"""Which files under ``docs/`` a build wrote, so that what people put where builds write is neither deleted nor replaced.

The list lies beside what it is about and not in the cache, which may be deleted any time.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from paper_digest.incremental.replace import replace_file
from paper_digest.model.errors import Problem
from paper_digest.model.printable import printable

#: Under ``docs/``; git reads it, and MkDocs publishes no file whose name begins with a dot.
GITIGNORE = ".gitignore"
#: Under ``docs/``; names a file a line.
WRITTEN_LIST = ".generated"


class WrittenDocs:
    """The files of one folder ``docs/`` that the last build into it wrote."""

    def __init__(self, docs: Path, words: Collection[str] = ()) -> None:
        """Read the list; where there is none, but an ignore file, an earlier version of the program wrote all there is.

        ``words`` are paths of which the files themselves say that a build wrote them.
        """
        self._docs, self._list, self._words = docs, docs / WRITTEN_LIST, words
        self._paths: frozenset[str] | None = frozenset()
        if self._list.is_file():
            text = self._list.read_text("utf-8", "surrogateescape")
            self._paths = frozenset(text.splitlines())
        elif (docs / GITIGNORE).exists():
            self._paths = None

    def has(self, path: str) -> bool:
        """Tell whether a build wrote the file at a path under ``docs/``."""
        return self._paths is None or path in self._paths or path in self._words

    def log(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Pass files on, each listed before it is written: a build that is killed leaves none that looks like a person's."""
        if self._paths is None:
            yield from files
            return
        self._docs.mkdir(parents=True, exist_ok=True)
        with self._list.open("a", encoding="utf-8", errors="surrogateescape", buffering=1) as log:
            for path, data in files:
                if path not in self._paths and not os.path.lexists(self._docs / path):
                    log.write(f"{path}\n")
                yield path, data

    def replace(self, paths: Iterable[str]) -> None:
        """Let the list hold these files; none takes the list away."""
        lines = "".join(f"{path}\n" for path in sorted(paths))
        if lines:
            replace_file(self._list, lines.encode("utf-8", "surrogateescape"))
        else:
            self._list.unlink(missing_ok=True)


def misplaced_problem(path: str) -> Problem:
    """Say that a person's file lies under ``docs/`` where builds write theirs."""
    what = "lies where builds write their own files, and is not published"
    return Problem(f"docs/{printable(path)}", what, cure="give it another name or folder")
