"""The meetings of an archive's reading group, by the papers they are about."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from paper_digest.catalog.by_paper import group_by_paper
from paper_digest.store.meetings import Meeting


class Meetings:
    """All meetings, the newest first; their papers are slugs."""

    def __init__(self, meetings: Iterable[Meeting] = ()) -> None:
        self.all = tuple(meetings)
        self._by_slug = group_by_paper(self.all, lambda meeting: meeting.papers)

    def about(self, slug: str) -> tuple[Meeting, ...]:
        """Return the meetings about a paper, the newest first."""
        return self._by_slug.get(slug, ())

    def hash_of(self, slug: str) -> bytes:
        """Return what a paper's page says of its meetings as bytes; b"" for a paper without any."""
        return msgspec.msgpack.encode(self.about(slug)) if slug in self._by_slug else b""

    def since(self, day: str) -> tuple[Meeting, ...]:
        """Return the meetings of a day (``YYYY-MM-DD``) and later ones, the next first."""
        return tuple(m for m in reversed(self.all) if m.day >= day)
