"""The volumes of an archive, as its current site leads to them."""

from __future__ import annotations

from typing import NamedTuple


class SiteVolume(NamedTuple):
    """A volume: papers of the archive on a site of their own.

    Attributes:
        name: its name (``2024``).
        path: the address of its site from the root of the current one: ``2024/``, or ``../2024/``.
        url: the same address in full; "" where ``url`` of ``archive.yml`` is not set.
        papers: how many papers were given to it when it was closed.
    """

    name: str
    path: str
    url: str
    papers: int

    @property
    def address(self) -> str:
        """Its address in full where that is known, else from the root of the current site."""
        return self.url or self.path
