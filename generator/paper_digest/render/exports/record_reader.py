"""The interface through which exports read full records, and an implementation in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.paper import Paper


class RecordReader(Protocol):
    """The shown papers by slug; ``builder.records.ArchiveRecords`` reads them from the store."""

    @property
    def citation_keys(self) -> Mapping[str, str]:
        """Citation keys, no two alike; in the order in which papers are exported."""

    def paper(self, slug: str) -> Paper:
        """Return a paper's record."""

    def record_hash(self, slug: str) -> bytes:
        """Return a hash of the record."""

    def newest_date(self, slug: str) -> str:
        """Return the newest date the record knows."""

    def cached_text(self, name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        """Return the text cached under ``name``; it is made if it was cached with another key."""

    def new_text(self, name: str, key: bytes, text: bytes) -> None:
        """Cache a text under ``name``, whatever is cached there."""


class InMemoryRecords:
    """Papers in memory."""

    def __init__(self, papers: Mapping[str, Paper], citation_keys: Mapping[str, str]) -> None:
        self._papers, self.citation_keys = papers, citation_keys

    def paper(self, slug: str) -> Paper:
        """Return a paper's record."""
        return self._papers[slug]

    def record_hash(self, slug: str) -> bytes:
        """Return a hash of the record."""
        return hash_bytes(msgspec.msgpack.encode(self._papers[slug]))

    def newest_date(self, slug: str) -> str:
        """Return the newest date the record knows."""
        paper = self._papers[slug]
        return max(paper.updated, paper.announced, paper.published)

    def cached_text(self, name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
        """Make a text."""
        del name, key
        return make()

    def new_text(self, name: str, key: bytes, text: bytes) -> None:
        """Do nothing: each text is made when it is asked for."""
