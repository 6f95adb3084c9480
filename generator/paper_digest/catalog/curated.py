"""What curators wrote beside the records: meetings, proposals, lists and picks, by the papers they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from paper_digest.catalog.by_paper import group_by_paper
from paper_digest.catalog.meetings import Meetings
from paper_digest.catalog.picks import Picks
from paper_digest.catalog.proposals import Proposals
from paper_digest.store.curated_lists import CuratedList


class CuratedLists:
    """All lists, by title; their papers are slugs."""

    def __init__(self, lists: Iterable[CuratedList] = ()) -> None:
        self.all = tuple(lists)
        self._by_slug = group_by_paper(self.all, lambda one: one.slugs)

    def about(self, slug: str) -> tuple[CuratedList, ...]:
        """Return the lists that a paper stands in."""
        return self._by_slug.get(slug, ())

    def hash_of(self, slug: str) -> bytes:
        """Return what a paper's page says of its lists as bytes; b"" for a paper in none."""
        named = [(one.name, one.title) for one in self.about(slug)]
        return msgspec.msgpack.encode(named) if named else b""


class CuratedContent(NamedTuple):
    """What curators wrote: the meetings of a reading group, lists, picks of the week, and proposals."""

    meetings: Meetings = Meetings()
    lists: CuratedLists = CuratedLists()
    picks: Picks = Picks()
    proposals: Proposals = Proposals()

    def hash_of(self, slug: str) -> bytes:
        """Return what a paper's page says of all of it as bytes; b"" where that is nothing."""
        return b"".join(part.hash_of(slug) for part in self)
