"""Makes vectors of the weighted words of papers, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.forward_index import ForwardIndex

#: Length of every vector: the square stays below 2**24, up to which a 32-bit float counts.
VECTOR_LENGTH = 1_000
_WORDS_PER_PAPER = 60  # the heaviest ones
_BLOCK_PAPERS = 4_096  # papers whose words are weighted at a time
_WEIGHT_STEPS = 256  # to a weight of 1

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]


class TfidfVectors(NamedTuple):
    """The heaviest words of each paper: a row of equally many places, of which the last may be empty.

    ``words`` numbers them, ``weights`` are whole numbers. An empty place holds word 0 and weighs 0.
    """

    words: npt.NDArray[np.int32]
    weights: FloatArray

    def select(self, papers: IntArray) -> TfidfVectors:
        """Return the vectors of some papers, in the order given."""
        return TfidfVectors(self.words.take(papers, axis=0), self.weights.take(papers, axis=0))


class PaperVectors:
    """The vectors of papers by number, each made when it is first asked for: most builds ask for few."""

    def __init__(self, count: int, make: Callable[[IntArray], TfidfVectors]) -> None:
        """Take how many papers there are, and what makes the vectors of some of them."""
        self._make, self._is_made = make, np.zeros(count, bool)
        shape = count, _WORDS_PER_PAPER
        self._vectors = TfidfVectors(np.zeros(shape, np.int32), np.zeros(shape, np.float32))

    def select(self, papers: IntArray) -> TfidfVectors:
        """Return the vectors of some papers, in the order given."""
        absent = np.unique(papers[~self._is_made[papers]])
        if len(absent):
            self._vectors.words[absent], self._vectors.weights[absent] = self._make(absent)
            self._is_made[absent] = True
        return self._vectors.select(papers)


def tfidf_vectors(
    forward: ForwardIndex,
    order: Sequence[int] | IntArray,
    word_by_term: IntArray,
    idf: FloatArray,
    payload_weights: FloatArray,
) -> TfidfVectors:
    """Weight the words of all papers and cut each paper to its heaviest ones.

    Args:
        forward: the papers.
        order: places of the papers among the rows of ``forward``; papers are numbered in this order.
        word_by_term: for each term its place among the words used, or -1.
        idf: the weight of each word used.
        payload_weights: the weight of each payload byte: how much the paper is about the word.
    """
    posting_terms = np.frombuffer(forward.posting_terms, np.uint32)
    payloads = np.frombuffer(forward.payloads, np.uint8)
    sizes = np.frombuffer(forward.posting_counts, np.uint32).astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    idf = np.append(idf, np.float32(0))  # what words that are not used weigh: place -1
    words = np.zeros((len(order), _WORDS_PER_PAPER), np.int32)
    weights = np.zeros((len(order), _WORDS_PER_PAPER), np.float32)
    for low in range(0, len(order), _BLOCK_PAPERS):
        rows = np.array(order[low : low + _BLOCK_PAPERS])
        postings = expand_ranges(starts[rows], sizes[rows])
        owners = np.repeat(np.arange(len(rows)), sizes[rows])
        word = word_by_term[posting_terms[postings]]
        weight_levels = np.rint(
            idf[word] * payload_weights[payloads[postings]] * _WEIGHT_STEPS
        ).astype(np.int64)
        # One machine word each: the paper, then the heaviest, then the word.
        packed = owners << 48 | (0xFFFF - weight_levels) << 32 | word
        packed = np.sort(packed[weight_levels > 0])
        owners = packed >> 48
        ranks = np.arange(len(packed)) - np.searchsorted(owners, np.arange(len(rows)))[owners]
        is_heavy = ranks < _WORDS_PER_PAPER
        packed, owners, ranks = packed[is_heavy], owners[is_heavy], ranks[is_heavy]
        weight_levels = 0xFFFF - (packed >> 32 & 0xFFFF)
        length = np.sqrt(np.bincount(owners, weight_levels**2, len(rows)))
        words[low + owners, ranks] = packed & 0xFFFFFFFF
        weights[low + owners, ranks] = np.rint(weight_levels * VECTOR_LENGTH / length[owners])
    return TfidfVectors(words, weights)


def expand_ranges(starts: IntArray, sizes: IntArray) -> IntArray:
    """Return all places of some ranges, one range after another."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    positions: IntArray = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return positions
