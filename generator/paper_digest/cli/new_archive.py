"""Makes an empty archive: from a fork with the sample papers, or in an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from paper_digest.store.atomic import replace_file
from paper_digest.store.files import Store

#: The settings of a new archive, in the package ``settings``; a fork keeps its own.
NEW_CONFIG_FILE = "new_archive.yml"


def count_papers(root: Path) -> int:
    """Count the papers that ``empty_archive`` would delete."""
    return sum(1 for _ in Store(root / "archive").paths())


def empty_archive(root: Path) -> Iterator[str]:
    """Empty ``root/archive`` and say what was done, line by line.

    Raises:
        LockedError: if another run is writing.
    """
    store = Store(root / "archive")
    with store.lock():
        paths = list(store.paths())
        for path in paths:
            path.unlink()
        for place in sorted({p.parent for p in paths}):
            if not any(place.iterdir()):
                place.rmdir()
    yield f"{len(paths):,} papers deleted; {store.root} is empty."
    config = root / "archive.yml"
    if config.exists():
        yield f"{config} was kept: set title, description, url and follow in it."
    else:
        template = resources.files("paper_digest.settings") / NEW_CONFIG_FILE
        replace_file(config, template.read_bytes())
        yield f"{config} was written: set its title, description and url."
    yield "Then: digest ingest, digest build, mkdocs build."
