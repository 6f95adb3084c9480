"""What under ``docs/`` a build writes and may delete, and what people write there by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from glob import escape, iglob
from itertools import chain
from pathlib import Path

from paper_digest.builder.page_checks import page_problem
from paper_digest.builder.standard_pages import absent_pages
from paper_digest.builder.written_docs import GITIGNORE, WRITTEN_LIST, WrittenDocs
from paper_digest.incremental.sync_docs import DocsChanges, sync
from paper_digest.model.printable import printable
from paper_digest.render.generated_paths import generated_paths
from paper_digest.store.notes import is_note_path

_GITIGNORE_HEAD = (
    b"# Written by `digest build`: what it makes from archive/. Without this line it is yours.\n"
)


def is_generated(path: str) -> bool:
    """Tell whether a path under ``docs/`` is one that a build writes."""
    return any(path == one or path.startswith(f"{one}/") for one in generated_paths())


def own_paths(docs: Path) -> Iterator[str]:
    """Name what people wrote under ``docs/``, behind links too; hidden files, which no site shows, are left out."""
    standard = absent_pages(docs)
    # Path.glob passes over links to folders; folders of generated pages are not looked into.
    for top in sorted(iglob("*", root_dir=docs)):  # noqa: PTH207
        if not is_generated(top) and top not in standard:
            below = sorted(iglob(f"{escape(top)}/**/*", root_dir=docs, recursive=True))  # noqa: PTH207
            yield from (path for path in (top, *below) if not is_generated(path))


def handwritten_pages(docs: Path) -> tuple[str, ...]:
    """List the pages that people wrote by hand and that can be published, by path under ``docs/``."""
    named = (path for path in own_paths(docs) if path == printable(path))
    pages = (path for path in named if path.endswith(".md") and not is_note_path(path))
    return tuple(sorted(p for p in pages if not page_problem("", (docs / p).read_bytes)))


def ignore_patterns() -> tuple[str, ...]:
    """Return what a build writes under ``docs/`` as patterns of a ``.gitignore`` that lies there."""
    return tuple(f"/{path}" for path in generated_paths())


def gitignore_files(docs: Path) -> tuple[tuple[str, bytes], ...]:
    """Return the file that keeps git from what a build writes; none where a person wrote one."""
    if not _is_ours(docs / GITIGNORE):
        return ()
    standard = (f"/{path}" for path in absent_pages(docs))
    patterns = (*ignore_patterns(), *standard, f"/{GITIGNORE}", f"/{WRITTEN_LIST}")
    lines = "".join(f"{pattern}\n" for pattern in patterns)
    return ((GITIGNORE, _GITIGNORE_HEAD + lines.encode()),)


def delete_generated(docs: Path) -> list[str]:
    """Delete what builds wrote under ``docs/``; returns the paths of the files deleted there."""
    words = (*absent_pages(docs), *((GITIGNORE,) if _is_ours(docs / GITIGNORE) else ()))
    written = WrittenDocs(docs, words)
    changes = sync(docs, (), (*generated_paths(), *words), written.has)
    written.replace(())
    return changes.deleted


def write_generated(docs: Path, files: Iterable[tuple[str, bytes]]) -> DocsChanges:
    """Make what builds write under ``docs/`` exactly some files; what people put in their place stays, and is none of them."""
    written = WrittenDocs(docs, (*absent_pages(docs), GITIGNORE))
    logged = written.log(chain(files, gitignore_files(docs)))
    changes = sync(docs, logged, generated_paths(), written.has)
    written.replace((*changes.written, *changes.unchanged))
    return changes


def _is_ours(gitignore: Path) -> bool:
    """Tell whether a ``.gitignore`` is absent or was written by a build."""
    return not gitignore.exists() or gitignore.read_bytes().startswith(_GITIGNORE_HEAD)
