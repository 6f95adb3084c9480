"""A group of outputs: pages or files made together, and a hash of what they are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")

#: A file of the site: its path under ``docs/``, and what it holds.
SiteFile = tuple[str, bytes]


class OutputGroup(NamedTuple, Generic[Item]):
    """Items that are made together.

    Attributes:
        name: path of the first item under ``docs/``, without ending.
        inputs_hash: hash of all that the items are made from except settings and program. A group
            is not made again if all three are those of the last build; ``None`` makes it in every
            build.
        make: makes the items.
        has_free_links: the items hold an operator's Markdown, whose links may lead to any page: they
            are made again when a page comes or goes.
        is_report: the items say what became of all other groups, and are made after them.
    """

    name: str
    inputs_hash: bytes | None
    make: Callable[[], Iterable[Item]]
    has_free_links: bool = False
    is_report: bool = False
