"""The nearest papers: the same as comparing all by hand, and the same bytes with any threads."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from paper_digest.search.nearest import NearestPapers, cell_centres
from paper_digest.search.subject_vectors import (
    SUBJECT_VECTOR_LENGTH,
    strongest_directions,
    subject_rows,
)
from paper_digest.search.tfidf import VECTOR_LENGTH, FloatArray, TfidfVectors

WORDS, WORDS_EACH = 200, 12
DIGEST = """
from test_nearest import made_up_vectors, subject_vectors
from hashlib import sha256
print(sha256(subject_vectors(made_up_vectors(700, 3), 600).tobytes()).hexdigest())
"""


def made_up_vectors(count: int, seed: int) -> TfidfVectors:
    """Draw papers of words near each other, so that some are about the same."""
    draw = np.random.default_rng(seed)
    rows = [
        np.sort(draw.choice(60, WORDS_EACH, replace=False) + draw.integers(WORDS - 60))
        for _ in range(count)
    ]
    weights = draw.integers(1, 100, (count, WORDS_EACH)).astype(float)
    weights *= VECTOR_LENGTH / np.linalg.norm(weights, axis=1, keepdims=True)
    return TfidfVectors(np.array(rows, np.int32), np.rint(weights).astype(np.float32))


def subject_vectors(vectors: TfidfVectors, reference_count: int) -> FloatArray:
    """Place papers in the space that the first of them span."""
    reference = vectors.select(np.arange(reference_count))
    return subject_rows(vectors, strongest_directions(reference, WORDS))


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_those_of_comparing_all_papers(seed: int) -> None:
    count, reference_count = 120, 100
    vectors = made_up_vectors(count, seed)
    subjects = subject_vectors(vectors, reference_count)
    words = np.zeros((count, WORDS), np.int64)
    words[np.arange(count)[:, np.newaxis], vectors.words] = vectors.weights
    by_subject = subjects.astype(np.int64) @ subjects.T.astype(np.int64)
    likeness = 5 * by_subject + 3 * 16 * (words @ words.T)
    centres = cell_centres(subjects[:reference_count], reference_count)
    found = NearestPapers(vectors, subjects, WORDS, reference_count, centres).pairs(
        np.arange(count), 5, 0.2, 2
    )
    pairs = list(found)
    for some in (np.arange(reference_count), np.arange(reference_count, count), np.array([3])):
        alone = list(
            NearestPapers(vectors, subjects, WORDS, reference_count, centres).pairs(some, 5, 0.2, 2)
        )
        assert alone == [pair for pair in pairs if pair.paper in some]
    for paper in range(count):
        others = [o for o in range(max(paper, reference_count)) if o != paper]
        nearest_by_subject = sorted(others, key=lambda o: (-by_subject[paper, o], -o))[:30]
        wanted = sorted(
            (
                o
                for o in nearest_by_subject
                if by_subject[paper, o] > 0
                and likeness[paper, o] >= 0.2 * 8 * SUBJECT_VECTOR_LENGTH**2
                and np.count_nonzero(words[paper] * words[o]) >= 2
            ),
            key=lambda o: (-likeness[paper, o], -o),
        )[:5]
        assert [pair.other for pair in pairs if pair.paper == paper] == wanted
    for pair in pairs:
        gains = [int(words[pair.paper, w] * words[pair.other, w]) for w in pair.shared_words]
        assert 2 <= len(gains) <= 3
        assert all(a >= b > 0 for a, b in pairwise(gains))


def test_vectors_have_their_length_and_depend_on_the_reference_set_alone() -> None:
    vectors = made_up_vectors(90, 1)
    subjects = subject_vectors(vectors, 60)
    lengths = np.linalg.norm(subjects.astype(np.float64), axis=1)
    assert np.all(np.abs(lengths - SUBJECT_VECTOR_LENGTH) < 6)
    fewer = subject_vectors(vectors.select(np.arange(70)), 60)
    assert np.array_equal(subjects[:70], fewer)


def test_a_paper_without_words_has_no_subject() -> None:
    empty = TfidfVectors(np.zeros((2, 1), np.int32), np.array([[0], [VECTOR_LENGTH]], np.float32))
    assert not subject_vectors(empty, 2)[0].any()
    nothing = TfidfVectors(np.zeros((0, 1), np.int32), np.zeros((0, 1), np.float32))
    assert subject_vectors(nothing, 0).shape[0] == 0


def test_the_number_of_threads_changes_no_byte() -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": "tests/search"},
            check=True,
            capture_output=True,
        ).stdout
        for threads in ("1", "3")
    }
    assert len(hashes) == 1
