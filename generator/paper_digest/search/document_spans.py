"""Finds what belongs to some documents in the flat arrays of a forward index, and packs it to be sorted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.tfidf import expand_ranges

#: Bits of a packed number below that of the document, and below that of the term.
DOCUMENT_SHIFT = np.uint64(16)
TERM_SHIFT = np.uint64(40)

_BLOCK_DOCUMENTS = 1 << 11  # at a time, to keep temporaries small

PackedArray = npt.NDArray[np.uint64]


def packed_number(
    terms: PackedArray, owners: PackedArray, numbers: npt.NDArray[np.uint16]
) -> PackedArray:
    """Pack numbers that belong to terms of documents, each into one machine word."""
    return terms << TERM_SHIFT | owners << DOCUMENT_SHIFT | numbers


class DocumentBlock(NamedTuple):
    """Items of some documents: their places in the flat array, and where they go in the sorted one."""

    items: npt.NDArray[np.int64]
    owners: npt.NDArray[np.uint64]
    span: slice


class DocumentSpans:
    """The places in a flat array of what belongs to some documents."""

    def __init__(self, counts: Sequence[int], places: npt.NDArray[np.int64]) -> None:
        sizes = np.frombuffer(counts, np.uint32).astype(np.int64)  # type: ignore[call-overload]
        self._starts = (np.cumsum(sizes) - sizes)[places]
        self._sizes = sizes[places]
        self.total = int(self._sizes.sum())

    def blocks(self) -> Iterator[DocumentBlock]:
        """Yield the documents in order, some thousands at a time, to keep temporaries small."""
        done = 0
        for at in range(0, len(self._sizes), _BLOCK_DOCUMENTS):
            sizes = self._sizes[at : at + _BLOCK_DOCUMENTS]
            items = expand_ranges(self._starts[at : at + _BLOCK_DOCUMENTS], sizes)
            owners = np.repeat(np.arange(at, at + len(sizes), dtype=np.uint64), sizes)
            yield DocumentBlock(items, owners, slice(done, done + len(items)))
            done += len(items)
