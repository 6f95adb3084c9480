"""Related papers as they are kept between builds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from paper_digest.catalog.catalog import RelatedPaper
from paper_digest.incremental.hashing import HASH_BYTES, hash_bytes


class _Named(msgspec.Struct, array_like=True, gc=False):
    """The first field of a ``RelatedPaper``; the others are skipped."""

    slug: str


_decode_related = msgspec.msgpack.Decoder(tuple[RelatedPaper, ...]).decode
_decode_named = msgspec.msgpack.Decoder(tuple[_Named, ...]).decode


def pack_related(related: tuple[RelatedPaper, ...]) -> bytes:
    """Pack the related papers of one paper: a hash, and what it is of."""
    packed = msgspec.msgpack.encode(related)
    return hash_bytes(packed) + packed


class CachedRelated(msgspec.Struct, array_like=True):
    """What a build found of all papers, oldest first.

    Attributes:
        papers: the related papers of each, packed by ``pack_related``.
        state: the ``NeighbourState`` they were found in, packed.
        places: where each lies on the map: x and y, numbers of 16 bits; 0, 0 where nothing says so.
        record_hashes: of each the hash of its record.
    """

    papers: dict[str, bytes]
    state: bytes
    places: bytes
    record_hashes: bytes


class RelatedPapers(Mapping[str, tuple[RelatedPaper, ...]]):
    """The related papers of each paper, by slug; unpacked one by one to save memory."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, slug: str) -> tuple[RelatedPaper, ...]:
        """Return a paper's neighbours, the nearest first."""
        return _decode_related(self._packed[slug][HASH_BYTES:])

    def __iter__(self) -> Iterator[str]:
        """Name the papers."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Count the papers."""
        return len(self._packed)

    def hashes(self) -> dict[str, bytes]:
        """Return, by slug, a hash of the related papers of each paper."""
        return {slug: packed[:HASH_BYTES] for slug, packed in self._packed.items()}

    def naming(self, slugs: AbstractSet[str]) -> Iterator[str]:
        """Name the papers that have one of these among their related ones."""
        for slug, packed in self._packed.items():
            if not slugs.isdisjoint([near.slug for near in _decode_named(packed[HASH_BYTES:])]):
                yield slug
