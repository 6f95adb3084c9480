"""Finds the papers nearest to each: by subject among papers of like cells, then by words as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.subject_vectors import SUBJECT_VECTOR_LENGTH
from paper_digest.search.tfidf import (
    VECTOR_LENGTH,
    FloatArray,
    IntArray,
    PaperVectors,
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
#: A candidate is packed as how near it is by subject (25 bits) and its number.
_NUMBER_BITS = 31
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1


class NearPair(NamedTuple):
    """Two papers near each other, by number, and the words both have, the heaviest first."""

    paper: int
    other: int
    shared_words: tuple[int, ...]


class NearestPapers:
    """All papers, by subject and by words; each is compared with the reference set and what came before it."""

    def __init__(
        self,
        vectors: TfidfVectors | PaperVectors,
        subjects: FloatArray,
        word_count: int,
        reference_count: int,
        centres: FloatArray,
    ) -> None:
        """Sort the papers into cells of like subjects; ``centres`` are those of the reference set.

        ``limits`` says of each paper asked for from which likeness of subject on another is compared by words.
        """
        self._vectors, self._subjects = vectors, subjects
        self._word_count, self._reference_count = word_count, reference_count
        self.limits = np.ones(len(subjects), np.int32)
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
        limits = max_papers, int(min_score * _FULL_SCORE), min_shared_words
        wanted = papers[np.argsort(self._cells[papers], kind="stable")]
        cells = self._cells[wanted]
        for cell in np.unique(cells):
            begin, end = np.searchsorted(cells, [cell, cell + 1])
            others = np.sort(np.concatenate([self._members(c) for c in self._near_cells[cell]]))
            subjects = self._subjects[others]
            for low in range(begin, end, _BLOCK_PAPERS):
                block = wanted[low : min(low + _BLOCK_PAPERS, end)]
                owners, candidates = self._candidates(block, others, subjects)
                yield from self._best(block, owners, candidates, limits)

    def _members(self, cell: int) -> IntArray:
        return self._by_cell[self._edges[cell] : self._edges[cell + 1]]

    def _candidates(
        self, block: IntArray, others: IntArray, subjects: FloatArray
    ) -> tuple[IntArray, IntArray]:
        """Return places in ``block`` and, packed, the papers nearest to each by subject.

        ``subjects`` are those of ``others``.
        """
        scores = self._subjects[block] @ subjects.T
        # A paper's page may name the reference set and what came before it.
        if others[-1] >= self._reference_count:
            bounds = np.maximum(self._reference_count, block)[:, np.newaxis]
            scores[others >= bounds] = 0
        scores[np.arange(len(block)), np.searchsorted(others, block)] = 0
        limit = np.ones((len(block), 1), np.float32)
        if scores.shape[1] > _CANDIDATES:
            limit = np.partition(scores, -_CANDIDATES, axis=1)[:, -_CANDIDATES, np.newaxis]
            limit = np.maximum(limit, 1)
        self.limits[block] = limit[:, 0]
        owners, columns = np.divmod(np.flatnonzero(scores >= limit), max(scores.shape[1], 1))
        keys = scores[owners, columns].astype(np.int64) << _NUMBER_BITS | others[columns]
        order = np.lexsort((-keys, owners))
        order = order[_ranks(owners) < _CANDIDATES]
        return owners[order], keys[order]

    def _best(
        self,
        block: IntArray,
        owners: IntArray,
        packed: IntArray,
        limits: tuple[int, int, int],
    ) -> Iterator[NearPair]:
        """Yield the pairs of some candidates that are near enough, ranked by subject and by words."""
        max_papers, min_score, min_shared_words = limits
        candidates = packed & _NUMBER_MASK
        theirs = self._vectors.select(candidates)
        products = self._word_products(block, owners, theirs)
        word_scores = products.sum(axis=1).astype(np.int64)
        scores = _SUBJECT_PARTS * (packed >> _NUMBER_BITS) + _WORD_SCALE * word_scores
        is_near = (scores >= min_score) & (np.count_nonzero(products, axis=1) >= min_shared_words)
        near = np.flatnonzero(is_near)
        near = near[np.lexsort((-candidates[near], -scores[near], owners[near]))]
        near = near[_ranks(owners[near]) < max_papers]
        shared = _heaviest(theirs.words[near], products[near])
        for paper, other, shared_words in zip(
            block[owners[near]].tolist(), candidates[near].tolist(), shared, strict=True
        ):
            yield NearPair(paper, other, shared_words)

    def _word_products(self, block: IntArray, owners: IntArray, theirs: TfidfVectors) -> FloatArray:
        """Multiply the weight of each word of the candidates by its weight in the paper of ``block``."""
        weights = np.zeros((len(block), self._word_count), np.float32)
        own = self._vectors.select(block)
        papers, places = np.nonzero(own.weights)
        weights[papers, own.words[papers, places]] = own.weights[papers, places]
        positions = (owners * self._word_count)[:, np.newaxis] + theirs.words
        products: FloatArray = weights.ravel().take(positions)
        products *= theirs.weights
        return products


def _ranks(groups: IntArray) -> IntArray:
    """Return the place of each item within its group; groups are sorted numbers."""
    first = np.searchsorted(groups, groups)
    ranks: IntArray = np.arange(len(groups)) - first
    return ranks


def _heaviest(words: npt.NDArray[np.int32], products: FloatArray) -> Iterator[tuple[int, ...]]:
    """Yield the words of each row that weigh most, the heaviest first; of equals, the first word."""
    keys = products.astype(np.int64) << _NUMBER_BITS | (_NUMBER_MASK - words)
    heaviest = -np.sort(-keys, axis=1)[:, :_MAX_SHARED_WORDS]
    shared_words = _NUMBER_MASK - (heaviest & _NUMBER_MASK)
    counts = np.count_nonzero(heaviest >> _NUMBER_BITS, axis=1)
    for row, count in zip(shared_words.tolist(), counts.tolist(), strict=True):
        yield tuple(row[:count])


def cell_centres(subjects: FloatArray, paper_count: int) -> FloatArray:
    """Return the middles of cells of like papers, in whole numbers.

    ``subjects`` are those of the papers that are learned from, of the ``paper_count`` papers to be sorted into cells.
    """
    count = max(1, paper_count // _PAPERS_PER_CELL)
    if count <= _CELLS_SEARCHED:  # all would be searched
        return np.zeros((1, subjects.shape[1]), np.float32)
    return like_groups(subjects, count)


def like_groups(subjects: FloatArray, count: int) -> FloatArray:
    """Return the middles of so many groups of like papers (spherical k-means), a row of whole numbers each."""
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
