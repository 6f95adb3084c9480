"""The kinds of work that sources state: a closed list, the same for all of them."""

from __future__ import annotations

from typing import Literal, get_args

#: What a source states a work to be; "" where it states nothing, or nothing of this list.
WorkType = Literal[
    "",
    "journal-article",
    "conference-paper",
    "book-chapter",
    "book",
    "thesis",
    "report",
    "preprint",
    "dataset",
    "software",
]

WORK_TYPES: tuple[WorkType, ...] = tuple(name for name in get_args(WorkType) if name)

#: Works that stand in a journal or a book, which has a name of its own.
PARTS: frozenset[WorkType] = frozenset({"journal-article", "conference-paper", "book-chapter"})
