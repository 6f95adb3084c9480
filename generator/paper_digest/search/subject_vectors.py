"""Places papers in a space of subjects (latent semantic analysis), in whole numbers.

The space is spanned by the strongest directions of the reference set's TF-IDF vectors (Deerwester et
al., 1990), found by random projection (Halko, Martinsson and Tropp, 2011). Every product below is one
of whole numbers small enough for the floats that hold them, so that neither the order of adding nor
the number of threads matters; what LAPACK returns is rounded before it is used.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from paper_digest.search.tfidf import VECTOR_LENGTH, FloatArray, TfidfVectors

#: Length of every vector: the square stays below 2**24, up to which a 32-bit float counts.
SUBJECT_VECTOR_LENGTH = 4_000
_DIMENSIONS = 100
_SPARE_DIMENSIONS = 12  # drawn besides, because the weakest of those found are inexact
_MIN_STRENGTH = 1e-6  # of the strongest direction; what is weaker is rounding
_BASIS_SCALE = 16_000  # times VECTOR_LENGTH this stays below 2**24
_ORTHONORMAL_SCALE = 2.0**20
_GRAM_LENGTH = (
    2.0**26
)  # of a column; a product of two stays below 2**53, up to which a float counts
#: Papers of the first round, evenly drawn: it only turns the columns to where the second finds the directions.
_FIRST_ROUND_PAPERS = 3_000
_BLOCK_PAPERS = 32  # papers multiplied at a time, whose words fit the processor's cache
_SEED = 1

_Matrix = npt.NDArray[np.float64]
_Float = TypeVar("_Float", np.float32, np.float64)


def subject_rows(vectors: TfidfVectors, basis: FloatArray) -> FloatArray:
    """Return a row of whole numbers for each paper, of length ``SUBJECT_VECTOR_LENGTH``.

    The dot product of two rows says how near their subjects are. A row is zero where a paper has no
    word that counts. ``basis`` is what ``strongest_directions`` returned; a row depends on it and on its paper alone.
    """
    rows = _multiply(vectors, basis)
    lengths = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    scaled: FloatArray = (rows * (SUBJECT_VECTOR_LENGTH / np.maximum(lengths, 1))).astype(
        np.float32
    )
    np.rint(scaled, out=scaled)
    return scaled


def strongest_directions(vectors: TfidfVectors, word_count: int) -> FloatArray:
    """Find the directions along which papers differ most, a column each, in whole numbers.

    The papers span the space of subjects; ``word_count`` is the number of words.
    """
    width = min(_DIMENSIONS + _SPARE_DIMENSIONS, len(vectors.words), word_count)
    if not width:
        return np.zeros((word_count, 0), np.float32)
    # random_raw is the one stream that numpy promises never to change.
    bits = np.random.PCG64(_SEED).random_raw((word_count, width)) >> np.uint64(63)
    drawn = _evenly_drawn(vectors, _FIRST_ROUND_PAPERS)
    papers = _rescaled(_multiply(drawn, bits.astype(np.float32) * 2 - 1))
    words = _rescaled(_multiply_transposed(drawn, papers, word_count))
    papers = _orthonormal(_multiply(vectors, words))
    projected = _multiply_transposed(vectors, papers, word_count)
    projected /= _ORTHONORMAL_SCALE * VECTOR_LENGTH
    strengths, turns = np.linalg.eigh(projected.T @ projected)
    is_used = strengths > _MIN_STRENGTH * max(strengths.max(initial=0), _MIN_STRENGTH)
    is_used[: max(0, len(strengths) - _DIMENSIONS)] = False
    directions: _Matrix = projected @ (turns[:, is_used] / np.sqrt(strengths[is_used]))
    whole: _Matrix = np.rint(directions * _BASIS_SCALE)
    return whole.astype(np.float32)


def _evenly_drawn(vectors: TfidfVectors, count: int) -> TfidfVectors:
    """Return the vectors of so many papers, or of all where there are fewer."""
    total = len(vectors.words)
    return vectors if total <= count else vectors.select(np.arange(count) * total // count)


def _rescaled(columns: FloatArray | _Matrix) -> _Matrix:
    """Return columns of length ``_ORTHONORMAL_SCALE`` in whole numbers: two rounds need no right angles."""
    lengths = np.sqrt((columns.astype(np.float64) ** 2).sum(axis=0))
    rounded: _Matrix = np.rint(columns * (_ORTHONORMAL_SCALE / np.maximum(lengths, 1)))
    return rounded


def _orthonormal(columns: FloatArray | _Matrix) -> _Matrix:
    """Return columns at right angles that span the same space, in whole numbers; fewer, where it needs fewer.

    They are found from the products of the columns with each other, which costs a third of a QR
    decomposition of all rows.
    """
    lengths = np.sqrt((columns.astype(np.float64) ** 2).sum(axis=0))
    whole = np.rint(columns * (_GRAM_LENGTH / np.maximum(lengths, 1)))
    strengths, turns = np.linalg.eigh(whole.T @ whole)
    is_used = strengths > _MIN_STRENGTH * strengths.max(initial=0)
    orthonormal = whole @ (turns[:, is_used] / np.sqrt(strengths[is_used]))
    rounded: _Matrix = np.rint(orthonormal * _ORTHONORMAL_SCALE)
    return rounded


def _multiply(rows: TfidfVectors, dense: npt.NDArray[_Float]) -> npt.NDArray[_Float]:
    """Multiply sparse rows by a dense matrix of whole numbers."""
    product: npt.NDArray[_Float] = np.zeros((len(rows.words), dense.shape[1]), dense.dtype)
    for low in range(0, len(product) if dense.size else 0, _BLOCK_PAPERS):
        block = slice(low, low + _BLOCK_PAPERS)
        weights: npt.NDArray[_Float] = rows.weights[block, np.newaxis].astype(dense.dtype)
        product[block] = np.matmul(weights, dense[rows.words[block]])[:, 0]
    return product


def _multiply_transposed(rows: TfidfVectors, dense: _Matrix, word_count: int) -> _Matrix:
    """Multiply the transpose of sparse rows by a dense matrix of whole numbers."""
    product = np.zeros((word_count, dense.shape[1]))
    is_filled = rows.weights > 0
    owners, words, weights = (
        np.nonzero(is_filled)[0],
        rows.words[is_filled],
        rows.weights[is_filled],
    )
    by_word = np.argsort(words, kind="stable")
    owners, words, weights = owners[by_word], words[by_word], weights[by_word].astype(np.float64)
    starts = np.searchsorted(words, np.arange(word_count + 1)).tolist()
    # A product for each word: no array of all terms is written and read again.
    for word, (begin, end) in enumerate(pairwise(starts)):
        if begin < end:
            np.dot(weights[begin:end], dense.take(owners[begin:end], axis=0), out=product[word])
    return product
