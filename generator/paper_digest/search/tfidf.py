"""Makes vectors of weighted words of the papers, in whole numbers, and finds the nearest of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.forward_index import ForwardIndex

#: Length of every vector.
VECTOR_LENGTH = 1_000
_WORDS_PER_PAPER = 40  # the heaviest ones
_BLOCK_PAPERS = 4_096  # papers whose words are weighted at a time
_WEIGHT_STEPS = 256  # to a weight of 1

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]


class TfidfVectors(NamedTuple):
    """The heaviest words of each paper; those of ``p`` are at ``starts[p]:starts[p + 1]``."""

    starts: IntArray
    words: IntArray
    weights: IntArray


def tfidf_vectors(
    forward: ForwardIndex,
    order: list[int],
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
    counts, words, weights = (
        [np.zeros(1, np.int64)],
        [np.zeros(0, np.int64)],
        [np.zeros(0, np.int64)],
    )
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
        first = np.searchsorted(owners, np.arange(len(rows)))
        packed = packed[np.arange(len(packed)) - first[owners] < _WORDS_PER_PAPER]
        owners, weight_levels = packed >> 48, 0xFFFF - (packed >> 32 & 0xFFFF)
        length = np.sqrt(np.bincount(owners, weight_levels**2, len(rows)))
        counts.append(np.bincount(owners, minlength=len(rows)))
        words.append(packed & 0xFFFFFFFF)
        weights.append(np.rint(weight_levels * VECTOR_LENGTH / length[owners]).astype(np.int64))
    return TfidfVectors(
        np.cumsum(np.concatenate(counts)), np.concatenate(words), np.concatenate(weights)
    )


class VectorIndex:
    """For each word the papers that hold it, by which the nearest of a paper are found."""

    def __init__(self, vectors: TfidfVectors, word_count: int) -> None:
        """Invert the vectors; ``word_count`` is how many words there are."""
        owners = np.repeat(np.arange(len(vectors.starts) - 1), np.diff(vectors.starts))
        packed = np.sort(vectors.words << 40 | owners << 16 | vectors.weights)
        self._vectors = vectors
        self._edges = np.searchsorted(packed >> 40, np.arange(word_count + 1))
        self._papers = (packed >> 16 & 0xFFFFFF).astype(np.int32)
        self._weights = (packed & 0xFFFF).astype(np.int32)

    def nearest(
        self, paper: int, candidate_count: int, max_papers: int, min_cosine: float
    ) -> list[int]:
        """Find the papers nearest to one among the first ``candidate_count``; of equals, the newest first.

        ``min_cosine`` is the smallest cosine that counts.
        """
        span = slice(self._vectors.starts[paper], self._vectors.starts[paper + 1])
        words, own_weights = self._vectors.words[span], self._vectors.weights[span]
        starts = self._edges[words]
        sizes = self._edges[words + 1] - starts
        postings = expand_ranges(starts, sizes)
        dot_products = np.bincount(
            self._papers[postings],
            self._weights[postings] * np.repeat(own_weights, sizes),
            candidate_count,
        )
        candidates = np.flatnonzero(
            dot_products[:candidate_count] >= min_cosine * VECTOR_LENGTH * VECTOR_LENGTH
        )
        candidates = candidates[candidates != paper]
        ranked: list[int] = candidates[np.lexsort((-candidates, -dot_products[candidates]))][
            :max_papers
        ].tolist()
        return ranked

    def shared_words(self, paper: int, others: list[int], max_words: int) -> list[list[int]]:
        """List the words that a paper shares with each of some others, those that weigh most first."""
        weight_by_word = dict(self._word_weights(paper))
        words_by_paper = []
        for other in others:
            common_words = [
                (-gain * weight_by_word[w], w)
                for w, gain in self._word_weights(other)
                if w in weight_by_word
            ]
            words_by_paper.append([word for _, word in sorted(common_words)[:max_words]])
        return words_by_paper

    def _word_weights(self, paper: int) -> Iterator[tuple[int, int]]:
        span = slice(self._vectors.starts[paper], self._vectors.starts[paper + 1])
        return zip(
            self._vectors.words[span].tolist(), self._vectors.weights[span].tolist(), strict=True
        )


def expand_ranges(starts: IntArray, sizes: IntArray) -> IntArray:
    """Return all places of some ranges, one range after another."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    positions: IntArray = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return positions
