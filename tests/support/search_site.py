"""Writes the index of some papers, and the worker's scripts, into a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from paper_digest.search.build import build_index
from paper_digest.search.bundle import worker_scripts
from paper_digest.search.document import Document


def write_site(
    folder: Path,
    documents: list[Document],
    above: Mapping[str, str] | None = None,
    **titles: str,
) -> None:
    """Write an index of ``documents`` and the worker's scripts into a folder.

    ``above`` gives the topic above a subtopic, ``titles`` what topics are called.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def write(name: str, content: bytes) -> None:
        (folder / name).write_bytes(content)

    build_index(documents, titles, write, parent_topics=above)
    for name, content in worker_scripts().items():
        write(name, content)
