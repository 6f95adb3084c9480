"""The papers proposed for the reading group, those with the most votes first."""

from __future__ import annotations

from collections.abc import Iterable

from paper_digest.store.proposals import Proposal


class Proposals:
    """All proposals of papers that no meeting is about, the most voted first; their papers are slugs."""

    def __init__(self, proposals: Iterable[Proposal] = ()) -> None:
        """Take them in the order they were made, which decides between those of as many votes."""
        self.all = tuple(sorted(proposals, key=lambda one: -one.votes))
        self.slugs = frozenset(one.slug for one in self.all)

    def hash_of(self, slug: str) -> bytes:
        """Return what a paper's page says of its proposal as bytes; b"" for a paper that is not proposed."""
        return b"proposed" if slug in self.slugs else b""
