"""What is made together and kept together: pages or files, and a hash of what they are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

Item = TypeVar("Item")

#: A file of the site: its path under ``docs/``, and what it holds.
SiteFile = tuple[str, bytes]


class OutputGroup(NamedTuple, Generic[Item]):
    """Items that are made together.

    ``name`` is the path of the first under ``docs/``, without ending. ``inputs`` hashes all that
    the items are made from but the settings and the program: a group whose inputs, settings and
    program are those of the last build is not made again; ``None`` has it made every time.
    """

    name: str
    inputs_hash: bytes | None
    make: Callable[[], Iterable[Item]]
