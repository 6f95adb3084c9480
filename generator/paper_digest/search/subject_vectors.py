"""Places papers in a space of subjects (latent semantic analysis), in whole numbers.

The space is spanned by the strongest directions of the reference set's TF-IDF vectors (Deerwester et
al., 1990), found by random projection (Halko, Martinsson and Tropp, 2011). Every product below is one
of whole numbers small enough for the floats that hold them, so that neither the order of adding nor
the number of threads matters; what LAPACK returns is rounded before it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from paper_digest.search.reference_set import training_places
from paper_digest.search.tfidf import VECTOR_LENGTH, FloatArray, IntArray, TfidfVectors

#: Length of every vector: the square stays below 2**24, up to which a 32-bit float counts.
SUBJECT_VECTOR_LENGTH = 4_000
_DIMENSIONS = 100
_SPARE_DIMENSIONS = 12  # drawn besides, because the weakest of those found are inexact
_MIN_STRENGTH = 1e-6  # of the strongest direction; what is weaker is rounding
_BASIS_SCALE = 16_000  # times VECTOR_LENGTH this stays below 2**24
_ORTHONORMAL_SCALE = 2.0**20
_BLOCK_WORDS = 8_000  # words multiplied at a time, which fit the processor's cache
_SEED = 1

_Matrix = npt.NDArray[np.float64]
_Float = TypeVar("_Float", np.float32, np.float64)


#: Returns what the function makes, made before or now.
BytesCache = Callable[[Callable[[], bytes]], bytes]


def subject_vectors(
    vectors: TfidfVectors,
    word_count: int,
    reference_count: int,
    cached_basis: BytesCache = lambda make: make(),
) -> FloatArray:
    """Return a row of whole numbers for each paper, of length ``SUBJECT_VECTOR_LENGTH``.

    The dot product of two rows says how near their subjects are. A row is zero where a paper has no
    word that counts. ``word_count`` is the number of words; the first ``reference_count`` papers
    span the space, so a row depends on them and on its own paper only; ``cached_basis`` keeps what spans it.
    """

    def span_space() -> bytes:
        training_papers = np.array(training_places(reference_count), np.int64)
        return _strongest_directions(vectors.select(training_papers), word_count).tobytes()

    numbers = np.frombuffer(cached_basis(span_space), np.float32)
    basis = numbers.reshape(word_count, len(numbers) // max(word_count, 1))
    rows = _multiply(vectors, basis)
    lengths = np.sqrt((rows.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    scaled: FloatArray = (rows * (SUBJECT_VECTOR_LENGTH / np.maximum(lengths, 1))).astype(
        np.float32
    )
    np.rint(scaled, out=scaled)
    return scaled


def _strongest_directions(vectors: TfidfVectors, word_count: int) -> FloatArray:
    """Find the directions along which the papers differ most, a column each, in whole numbers."""
    width = min(_DIMENSIONS + _SPARE_DIMENSIONS, len(vectors.starts) - 1, word_count)
    if not width:
        return np.zeros((word_count, 0), np.float32)
    by_word = _transpose(vectors, word_count)
    # random_raw is the one stream that numpy promises never to change.
    bits = np.random.PCG64(_SEED).random_raw((word_count, width)) >> np.uint64(63)
    papers = _orthonormal(_multiply(vectors, bits.astype(np.float32) * 2 - 1))
    words = _orthonormal(_multiply(by_word, papers))
    papers = _orthonormal(_multiply(vectors, words))
    projected = _multiply(by_word, papers) / (_ORTHONORMAL_SCALE * VECTOR_LENGTH)
    strengths, turns = np.linalg.eigh(projected.T @ projected)
    is_used = strengths > _MIN_STRENGTH * max(strengths[-1], _MIN_STRENGTH)
    is_used[: max(0, width - _DIMENSIONS)] = False
    directions: _Matrix = projected @ (turns[:, is_used] / np.sqrt(strengths[is_used]))
    whole: _Matrix = np.rint(directions * _BASIS_SCALE)
    return whole.astype(np.float32)


def _orthonormal(columns: FloatArray | _Matrix) -> _Matrix:
    """Return columns at right angles that span the same space, in whole numbers."""
    scale = max(float(np.abs(columns).max(initial=0)), 1.0)
    orthonormal, _ = np.linalg.qr(columns.astype(np.float64) / scale)
    return np.rint(orthonormal * _ORTHONORMAL_SCALE)


def _multiply(rows: TfidfVectors, dense: npt.NDArray[_Float]) -> npt.NDArray[_Float]:
    """Multiply sparse rows by a dense matrix of whole numbers."""
    row_count = len(rows.starts) - 1
    product: npt.NDArray[_Float] = np.zeros((row_count, dense.shape[1]), dense.dtype)
    weights: npt.NDArray[_Float] = rows.weights.astype(dense.dtype)[:, np.newaxis]
    low = 0
    while low < row_count:
        high = int(np.searchsorted(rows.starts, rows.starts[low] + _BLOCK_WORDS, "right")) - 1
        high = max(low + 1, min(high, row_count))
        begin, end = rows.starts[low], rows.starts[high]
        filled = low + np.flatnonzero(np.diff(rows.starts[low : high + 1]))
        if len(filled):
            terms = dense[rows.words[begin:end]] * weights[begin:end]
            product[filled] = np.add.reduceat(terms, rows.starts[filled] - begin, axis=0)
        low = high
    return product


def _transpose(vectors: TfidfVectors, word_count: int) -> TfidfVectors:
    """Return for each word the papers it stands in, and its weights there."""
    by_word = np.argsort(vectors.words, kind="stable")
    starts: IntArray = np.concatenate(
        [[0], np.cumsum(np.bincount(vectors.words, minlength=word_count))]
    )
    return TfidfVectors(starts, vectors.owners[by_word], vectors.weights[by_word])
