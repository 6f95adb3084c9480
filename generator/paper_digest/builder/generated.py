"""What under ``docs/`` a build writes and may delete, and what people write there by hand."""

from __future__ import annotations

import re
from pathlib import Path

from paper_digest.render import exports
from paper_digest.render.pages import search
from paper_digest.store.notes import NOTES_FOLDER

#: Folders and files of ``docs/`` that hold nothing but what a build writes.
GENERATED = (
    "papers",
    "topics",
    "dates",
    "authors",
    "organisations",
    "index.md",
    "trending.md",
    "statistics.md",
    "starred.md",
    "status.md",
    "search.md",
    search.INDEX_FOLDER,
    *exports.GENERATED,
)


def is_generated(path: str) -> bool:
    """Tell whether a path under ``docs/`` is one that a build writes."""
    return path in GENERATED or path.partition("/")[0] in GENERATED


def handwritten_pages(docs: Path) -> tuple[str, ...]:
    """List the pages that people wrote by hand, by path under ``docs/``; notes are no pages."""
    pages: list[Path] = []
    for top in docs.iterdir() if docs.exists() else ():
        if not is_generated(top.name) and top.name != NOTES_FOLDER:
            pages += top.rglob("*.md") if top.is_dir() else [top] if top.suffix == ".md" else []
    paths = (path.relative_to(docs).as_posix() for path in pages)
    return tuple(sorted(path for path in paths if not re.search(r"(^|/)\.", path)))
