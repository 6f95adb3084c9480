"""The plane of subjects: the same each time, moved by no new paper, with like papers together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search.reference_set import MIN_PLANE_PAPERS
from paper_digest.search.subject_plane import MAX_COORDINATE, learn_plane, unpack_plane
from paper_digest.search.subject_vectors import SUBJECT_VECTOR_LENGTH
from paper_digest.search.tfidf import FloatArray

DIMENSIONS = 12


def subjects(count: int, seed: int, groups: int = 6) -> FloatArray:
    """Draw rows of subjects around the middles of some groups; a paper's group is its number modulo theirs."""
    draw = np.random.default_rng(seed)
    middles = draw.normal(size=(groups, DIMENSIONS))
    rows = middles[np.arange(count) % groups] + draw.normal(size=(count, DIMENSIONS)) * 0.3
    rows *= SUBJECT_VECTOR_LENGTH / np.sqrt((rows**2).sum(axis=1, keepdims=True))
    whole: FloatArray = np.rint(rows).astype(np.float32)
    return whole


@pytest.mark.parametrize("seed", range(3))
def test_the_same_reference_set_gives_the_same_plane(seed: int) -> None:
    rows = subjects(200, seed)
    assert learn_plane(rows) == learn_plane(rows.copy())


@given(st.lists(st.integers(0, 299), max_size=40), st.integers(0, 50))
def test_where_a_paper_lies_depends_on_no_other(others: list[int], seed: int) -> None:
    more = subjects(300, seed)
    alone = PLANE.place(more)
    assert (PLANE.place(more[others]) == alone[others]).all()


def test_every_paper_with_a_word_that_counts_lies_within_the_map_and_no_other_does() -> None:
    rows = subjects(300, 9)
    rows[::7] = 0
    places = PLANE.place(rows)
    has_place = places.all(axis=1)
    assert (has_place == rows.any(axis=1)).all()
    assert not places[~has_place].any()
    assert places.max() <= MAX_COORDINATE


@pytest.mark.parametrize("seed", range(3))
def test_papers_of_a_group_lie_together(seed: int) -> None:
    rows = subjects(300, seed)
    places = unpack_plane(learn_plane(rows)).place(rows).astype(float)
    distances = np.hypot(*(places[:, np.newaxis] - places).transpose(2, 0, 1))
    nearest = np.argsort(distances, axis=1, kind="stable")[:, 1:11]
    assert (nearest % 6 == np.arange(300)[:, np.newaxis] % 6).mean() > 0.9


@pytest.mark.parametrize("count", [0, 1, MIN_PLANE_PAPERS - 1])
def test_too_few_papers_span_no_plane(count: int) -> None:
    rows = subjects(count, 1)
    assert not unpack_plane(learn_plane(rows)).place(subjects(5, 2)).any()


def test_papers_that_are_all_alike_lie_together() -> None:
    rows = np.repeat(subjects(1, 1), 80, axis=0)
    places = unpack_plane(learn_plane(rows)).place(rows)
    assert places.all()
    assert (places == places[0]).all()


PLANE = unpack_plane(learn_plane(subjects(200, 1)))
