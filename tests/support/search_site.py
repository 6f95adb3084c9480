"""Writes the index of some papers, and the worker's scripts, into a folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from paper_digest.search.base_segment import member_places, members_of, with_replaced
from paper_digest.search.build import build_index, write_beside_base, write_new_base
from paper_digest.search.bundle import LUNR_INDEX_FILE, lunr_worker_scripts, worker_scripts
from paper_digest.search.document import Document
from paper_digest.search.forward_index import build_forward_index
from paper_digest.search.lunr_index import lunr_index
from paper_digest.search.segment_writer import Topics


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


def write_lunr_site(folder: Path, documents: list[Document], **titles: str) -> None:
    """Write lunr's index of ``documents`` and its worker's scripts into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LUNR_INDEX_FILE).write_bytes(lunr_index(documents, titles, {}))
    for name, content in lunr_worker_scripts().items():
        (folder / name).write_bytes(content)


def write_two_segments(
    before: Sequence[Document],
    documents: Sequence[Document],
    base_size: int,
    titles: Mapping[str, str],
    write: Callable[[str, bytes], None],
) -> None:
    """Write an index whose base holds the oldest of ``before``, and whose papers are now ``documents``."""
    old = build_forward_index(before)
    topics = Topics(titles, {})
    base = write_new_base(old, base_size, b"", topics, write)
    new = build_forward_index(documents)
    now = {one.slug: one for one in documents}
    was_changed = [now.get(row.slug) != one for row, one in zip(old.rows, before, strict=True)]
    dropped = old.select(np.array(was_changed, bool))
    places = member_places(base, members_of(new), new.document_order())
    with_dropped = with_replaced(base, dropped, places)
    assert with_dropped
    write_beside_base(with_dropped, new, places, topics, write)
