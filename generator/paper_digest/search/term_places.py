"""Sorts the positions of words by term, a stretch of terms at a time: all at once they would be the largest array of a build."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from paper_digest.search.document_spans import (
    DocumentSpans,
    PackedArray,
    packed_number,
)
from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.payload import has_positions
from paper_digest.search.term_counts import LAST_PLACE

_MIN_STRETCH = 1 << 21  # positions that are sorted at once, at least
_MAX_STRETCHES = 8  # each reads through all documents


class TermPlaces:
    """The positions of the words of some documents, numbered as in an inverted index.

    Args:
        forward: the documents.
        term_numbers: the number of each term of ``forward``; ``term_count`` for those that are left out.
        places: for each document its place in ``forward``.
        term_count: terms that are not left out.
    """

    def __init__(
        self,
        forward: ForwardIndex,
        term_numbers: PackedArray,
        places: npt.NDArray[np.int64],
        term_count: int,
    ) -> None:
        """Count the positions of each term."""
        self._forward, self._term_numbers, self._places = forward, term_numbers, places
        counts = np.zeros(term_count + 1, np.int64)
        for terms, _ in self._blocks():
            counts += np.bincount(terms.astype(np.int64), minlength=term_count + 1)
        self._ends = np.cumsum(counts[:term_count])
        self._first = self._after = 0
        self._stretch: PackedArray = np.zeros(0, np.uint64)

    def of_terms(self, first: int, last: int) -> PackedArray:
        """Return the packed positions of the terms from ``first`` to ``last``, and maybe of others, sorted."""
        if not self._first <= first <= last < self._after:
            self._sort_stretch(first, last)
        return self._stretch

    def with_terms(self, moved: PackedArray, term_count: int) -> TermPlaces:
        """Return the same with other numbers of the terms: ``moved`` has one for each, of ``term_count``."""
        numbers = np.append(moved, np.uint64(term_count))[self._term_numbers]
        return TermPlaces(self._forward, numbers, self._places, term_count)

    def _sort_stretch(self, first: int, last: int) -> None:
        before = self._ends[first - 1] if first else 0
        size = max(_MIN_STRETCH, int(self._ends[-1]) // _MAX_STRETCHES)
        self._first = first
        self._after = max(last + 1, int(np.searchsorted(self._ends, before + size, side="right")))
        self._stretch = np.empty(int(self._ends[self._after - 1] - before), np.uint64)
        end = 0
        for terms, packed in self._blocks():
            own = packed[(terms >= self._first) & (terms < self._after)]
            self._stretch[end : end + len(own)] = own
            end += len(own)
        self._stretch.sort()

    def _blocks(self) -> Iterator[tuple[PackedArray, PackedArray]]:
        """Yield the term of each position, and all of it packed, some thousands of documents at a time."""
        posting_terms = np.frombuffer(self._forward.posting_terms, np.uint32)
        payloads = np.frombuffer(self._forward.payloads, np.uint8)
        positions = np.frombuffer(self._forward.places, np.uint16)
        postings = DocumentSpans(self._forward.posting_counts, self._places)
        spans = DocumentSpans(self._forward.place_counts, self._places)
        for of_postings, block in zip(postings.blocks(), spans.blocks(), strict=True):
            listed = of_postings.items[has_positions(payloads[of_postings.items])]
            own = positions[block.items]
            is_last = own & LAST_PLACE > 0
            numbers = self._term_numbers[posting_terms[listed]]
            terms = numbers[np.cumsum(is_last) - is_last]
            yield terms, packed_number(terms, block.owners, own & np.uint16(LAST_PLACE - 1))
