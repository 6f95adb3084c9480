"""Finds the papers nearest to each: by subject among papers of like cells, then by words as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from paper_digest.search.subject_vectors import SUBJECT_VECTOR_LENGTH
from paper_digest.search.tfidf import (
    VECTOR_LENGTH,
    FloatArray,
    IntArray,
    TfidfVectors,
)

_PAPERS_PER_CELL = 320
_CELLS_SEARCHED = 20  # those nearest to a paper's own, itself included
_CELL_ROUNDS = 6  # of Lloyd's algorithm
_CANDIDATES = 30  # nearest by subject, which are then ranked by words as well
_MAX_SHARED_WORDS = 3
_BLOCK_PAPERS = 128  # papers compared with others at a time
#: Five parts subject and three parts words, measured beside each alone (``make bench-quality``).
_SUBJECT_PARTS, _WORD_PARTS = 5, 3
_WORD_SCALE = _WORD_PARTS * (SUBJECT_VECTOR_LENGTH // VECTOR_LENGTH) ** 2
_FULL_SCORE = (_SUBJECT_PARTS + _WORD_PARTS) * SUBJECT_VECTOR_LENGTH**2


class NearPair(NamedTuple):
    """Two papers near each other, by number, and the words both have, the heaviest first."""

    paper: int
    other: int
    shared_words: tuple[int, ...]


class NearestPapers:
    """All papers, by subject and by words; each is compared with the reference set and what came before it."""

    def __init__(
        self, vectors: TfidfVectors, subjects: FloatArray, word_count: int, reference_count: int
    ) -> None:
        """Sort the papers into cells of like subjects, whose middles the reference set decides."""
        self._vectors, self._subjects = vectors, subjects
        self._word_count, self._reference_count = word_count, reference_count
        centres = _cell_centres(subjects[:reference_count])
        self._cells = _nearest_cells(subjects, centres)
        self._by_cell = np.argsort(self._cells, kind="stable")
        self._edges = np.searchsorted(self._cells[self._by_cell], np.arange(len(centres) + 1))
        near = -(centres @ centres.T).astype(np.int64)
        self._near_cells = np.argsort(near, axis=1, kind="stable")[:, :_CELLS_SEARCHED]

    def pairs(
        self, papers: IntArray, max_papers: int, min_score: float, min_shared_words: int
    ) -> Iterator[NearPair]:
        """Yield the nearest of each of some papers, the nearest first; of equals, the newest.

        ``min_score`` (0 to 1) is the smallest likeness that counts; pairs with fewer shared words
        than ``min_shared_words`` do not. The papers come in no particular order.
        """
        wanted = papers[np.argsort(self._cells[papers], kind="stable")]
        for cell in np.unique(self._cells[wanted]):
            begin, end = np.searchsorted(self._cells[wanted], [cell, cell + 1])
            others = np.sort(np.concatenate([self._members(c) for c in self._near_cells[cell]]))
            for low in range(begin, end, _BLOCK_PAPERS):
                block = wanted[low : min(low + _BLOCK_PAPERS, end)]
                owners, candidates, subject_scores = self._candidates(block, others)
                yield from self._best(
                    block,
                    owners,
                    candidates,
                    subject_scores,
                    (max_papers, int(min_score * _FULL_SCORE), min_shared_words),
                )

    def _members(self, cell: int) -> IntArray:
        return self._by_cell[self._edges[cell] : self._edges[cell + 1]]

    def _candidates(self, block: IntArray, others: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return places in ``block``, papers near it by subject, and how near they are."""
        scores = (self._subjects[block] @ self._subjects[others].T).astype(np.int64)
        # A paper's page may name the reference set and what came before it.
        bounds = np.maximum(self._reference_count, block)[:, np.newaxis]
        is_allowed = (others < bounds) & (others != block[:, np.newaxis]) & (scores > 0)
        keys = np.where(is_allowed, scores << 32 | others, -1)
        if keys.shape[1] > _CANDIDATES:
            keys = np.partition(keys, -_CANDIDATES, axis=1)[:, -_CANDIDATES:]
        owners, columns = np.nonzero(keys >= 0)
        keys = keys[owners, columns]
        return owners, keys & 0xFFFFFFFF, keys >> 32

    def _best(
        self,
        block: IntArray,
        owners: IntArray,
        candidates: IntArray,
        subject_scores: IntArray,
        limits: tuple[int, int, int],
    ) -> Iterator[NearPair]:
        max_papers, min_score, min_shared_words = limits
        weights = np.zeros((len(block), self._word_count), np.int32)
        own = self._vectors.select(block)
        weights[own.owners, own.words] = own.weights
        theirs = self._vectors.select(candidates)
        places = np.repeat(owners * self._word_count, np.diff(theirs.starts)) + theirs.words
        products = weights.ravel()[places] * theirs.weights
        sums = np.concatenate([[0], np.cumsum(products)])
        word_scores = sums[theirs.starts[1:]] - sums[theirs.starts[:-1]]
        sums = np.concatenate([[0], np.cumsum(products > 0)])
        shared_counts = sums[theirs.starts[1:]] - sums[theirs.starts[:-1]]
        scores = _SUBJECT_PARTS * subject_scores + _WORD_SCALE * word_scores
        counts = np.flatnonzero((scores >= min_score) & (shared_counts >= min_shared_words))
        ranked = counts[np.lexsort((-candidates[counts], -scores[counts], owners[counts]))]
        first = np.searchsorted(owners[ranked], np.arange(len(block)))
        ranked = ranked[np.arange(len(ranked)) - first[owners[ranked]] < max_papers]
        shared = self._shared_words(block[owners[ranked]], candidates[ranked])
        for pair, words in zip(ranked.tolist(), shared, strict=True):
            yield NearPair(int(block[owners[pair]]), int(candidates[pair]), words)

    def _shared_words(self, papers: IntArray, others: IntArray) -> Iterator[tuple[int, ...]]:
        """Yield the words of each pair of papers, those that weigh most in both first."""
        pair_numbers = np.arange(len(papers)) * self._word_count
        keys, weights = [], []
        for one in (self._vectors.select(papers), self._vectors.select(others)):
            by_key = np.argsort(pair_numbers[one.owners] + one.words)
            keys.append((pair_numbers[one.owners] + one.words)[by_key])
            weights.append(one.weights[by_key])
        shared, first, second = np.intersect1d(
            keys[0], keys[1], assume_unique=True, return_indices=True
        )
        pairs = shared // max(self._word_count, 1)
        heaviest = np.lexsort((shared, -weights[0][first] * weights[1][second], pairs))
        words = shared[heaviest] % max(self._word_count, 1)
        edges = np.searchsorted(pairs[heaviest], np.arange(len(papers) + 1))
        for begin, end in pairwise(edges.tolist()):
            yield tuple(words[begin:end][:_MAX_SHARED_WORDS].tolist())


def _cell_centres(subjects: FloatArray) -> FloatArray:
    """Return the middles of cells of like papers (spherical k-means), in whole numbers."""
    count = max(1, len(subjects) // _PAPERS_PER_CELL)
    if count <= _CELLS_SEARCHED:  # all would be searched
        return np.zeros((1, subjects.shape[1]), np.float32)
    centres = subjects[np.arange(count) * len(subjects) // count]
    for _ in range(_CELL_ROUNDS):
        cells = _nearest_cells(subjects, centres)
        by_cell = np.argsort(cells, kind="stable")
        filled = np.unique(cells)
        sums = np.add.reduceat(
            subjects[by_cell].astype(np.float64), np.searchsorted(cells[by_cell], filled), axis=0
        )
        lengths = np.maximum(np.sqrt((sums**2).sum(axis=1, keepdims=True)), 1)
        centres = centres.copy()
        centres[filled] = np.rint(sums * (SUBJECT_VECTOR_LENGTH / lengths))
    return centres


def _nearest_cells(subjects: FloatArray, centres: FloatArray) -> IntArray:
    """Return for each paper the cell whose middle is nearest; of equals the first."""
    blocks = [
        np.argmax(subjects[low : low + 4_096] @ centres.T, axis=1)
        for low in range(0, len(subjects), 4_096)
    ]
    return np.concatenate([np.zeros(0, np.int64), *blocks])
