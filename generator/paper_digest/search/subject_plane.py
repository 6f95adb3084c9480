"""Projects the space of subjects to a plane in which like papers lie together, in whole numbers.

A few hundred *landmarks*, the middles of groups of like papers of the reference set, are laid out by
t-SNE (van der Maaten and Hinton, 2008) over the graph of their nearest neighbours, each of which pulls
alike. A paper is placed between the landmarks nearest to it. So its place is a function of the
reference set and of itself: no new paper moves another. There is no random number in it, and what is
computed in floats is rounded in each round, so that the order of adding does not show.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from paper_digest.search.nearest import like_groups
from paper_digest.search.reference_set import MIN_PLANE_PAPERS
from paper_digest.search.subject_vectors import SUBJECT_VECTOR_LENGTH
from paper_digest.search.tfidf import FloatArray, IntArray

#: Largest coordinate. The smallest is 1; a paper at 0, 0 has no place.
MAX_COORDINATE = 65_535

_MAX_LANDMARKS = 400
_PAPERS_PER_LANDMARK = 8
_GRAPH_NEIGHBOURS = 8
_ROUNDS = 250
_EARLY_ROUNDS = 62  # in which neighbours pull harder, so that they find each other
_EARLY_PULL = 8
_EARLY_MOMENTUM, _MOMENTUM = 0.5, 0.8
_STEP_OF_LANDMARKS = 0.25  # of a step, for each landmark
_MIN_STEP = 40.0
_FIRST_SPREAD = 0.01
_GRID = 2.0**20  # to a unit of the layout, to which it is rounded in each round
_LANDMARKS_OF_PAPER = 3
_MARGIN = 1.0  # around the landmarks, in units of the layout
_BLOCK_PAPERS = 2_048

PlacedRows = npt.NDArray[np.uint16]
_Layout = npt.NDArray[np.float64]


class _PackedPlane(msgspec.Struct, array_like=True):
    landmarks: bytes
    positions: bytes


class SubjectPlane:
    """The plane of a reference set."""

    def __init__(self, landmarks: FloatArray, positions: IntArray) -> None:
        """Take the rows of subjects of the landmarks, and where each lies."""
        self._landmarks, self._positions = landmarks, positions

    def place(self, subjects: FloatArray) -> PlacedRows:
        """Return the place (x, y) of each row of subjects.

        A row of zeros, and any row where the plane has no landmarks, lies at 0, 0.
        """
        places = np.zeros((len(subjects), 2), np.uint16)
        if not len(self._landmarks):
            return places
        for low in range(0, len(subjects), _BLOCK_PAPERS):
            block = slice(low, low + _BLOCK_PAPERS)
            places[block] = self._place(subjects[block])
        places[~subjects.any(axis=1)] = 0
        return places

    def _place(self, subjects: FloatArray) -> IntArray:
        if len(self._landmarks) == 1:
            return np.repeat(self._positions, len(subjects), axis=0)
        likeness = (subjects @ self._landmarks.T).astype(np.int64)
        count = min(_LANDMARKS_OF_PAPER + 1, len(self._landmarks))
        # Of equals the first: keys of likeness and number are never the same.
        keys = likeness * len(self._landmarks) + np.arange(len(self._landmarks))[::-1]
        closest = np.argpartition(-keys, count - 1, axis=1)[:, :count]
        order = np.argsort(-np.take_along_axis(keys, closest, axis=1), axis=1)
        nearest = np.take_along_axis(closest, order, axis=1)
        likeness = np.take_along_axis(likeness, nearest, axis=1)
        # A landmark weighs by how much nearer it is than the first one left out: nothing jumps there.
        weights = (likeness[:, :-1] - likeness[:, -1:] + 1) >> 10
        weights = weights * weights + 1
        total = weights.sum(axis=1, keepdims=True)
        sums = (self._positions[nearest[:, :-1]] * weights[:, :, np.newaxis]).sum(axis=1)
        places: IntArray = (2 * sums + total) // (2 * total)
        return places


def learn_plane(subjects: FloatArray) -> bytes:
    """Lay out the plane of some rows of subjects, those of the reference set; read by ``unpack_plane``."""
    rows = subjects[subjects.any(axis=1)]
    if len(rows) < MIN_PLANE_PAPERS:
        return msgspec.msgpack.encode(_PackedPlane(b"", b""))
    landmarks = np.unique(
        like_groups(rows, min(_MAX_LANDMARKS, len(rows) // _PAPERS_PER_LANDMARK)), axis=0
    )
    positions = _whole_positions(_lay_out(landmarks))
    return msgspec.msgpack.encode(
        _PackedPlane(landmarks.astype("<i2").tobytes(), positions.astype("<u2").tobytes())
    )


def unpack_plane(data: bytes) -> SubjectPlane:
    """Read what ``learn_plane`` returned."""
    packed = msgspec.msgpack.decode(data, type=_PackedPlane)
    positions = np.frombuffer(packed.positions, "<u2").astype(np.int64).reshape(-1, 2)
    landmarks = np.frombuffer(packed.landmarks, "<i2").astype(np.float32)
    return SubjectPlane(landmarks.reshape(len(positions), -1 if len(positions) else 0), positions)


def _lay_out(landmarks: FloatArray) -> _Layout:
    """Return where t-SNE puts the landmarks, which begin where their strongest subjects put them."""
    count = len(landmarks)
    pull = _pull(landmarks)
    layout = _first_layout(landmarks)
    if count == 1:
        return layout
    motion = np.zeros_like(layout)
    step = max(count * _STEP_OF_LANDMARKS, _MIN_STEP)
    for number in range(_ROUNDS):
        is_early = number < _EARLY_ROUNDS
        across = layout[:, np.newaxis, 0] - layout[:, 0]
        along = layout[:, np.newaxis, 1] - layout[:, 1]
        nearness = 1 / (1 + across * across + along * along)
        np.fill_diagonal(nearness, 0)
        force = ((_EARLY_PULL if is_early else 1) * pull - nearness / nearness.sum()) * nearness
        slope = np.stack([(force * across).sum(axis=1), (force * along).sum(axis=1)], axis=1)
        motion *= _EARLY_MOMENTUM if is_early else _MOMENTUM
        motion = np.rint((motion - step * slope) * _GRID) / _GRID
        layout = layout + motion
    return layout


def _pull(landmarks: FloatArray) -> _Layout:
    """Return how much each pair pulls each other: all add up to 1."""
    likeness = (landmarks @ landmarks.T).astype(np.int64)
    np.fill_diagonal(likeness, np.iinfo(np.int64).min)
    neighbours = min(_GRAPH_NEIGHBOURS, len(landmarks) - 1)
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :neighbours]
    graph = np.zeros(likeness.shape)
    np.put_along_axis(graph, nearest, 1, axis=1)
    total = max(graph.sum(), 1)
    pull: _Layout = (graph + graph.T) / (2 * total)
    return pull


def _first_layout(landmarks: FloatArray) -> _Layout:
    """Return the two strongest subjects but one, which most papers share; a column each."""
    columns = landmarks.astype(np.float64)[:, ::-1][:, 1:3]
    padded = np.zeros((len(landmarks), 2))
    padded[:, : columns.shape[1]] = columns
    # No two at one place, from which nothing would part them.
    padded[:, 0] += np.arange(len(landmarks)) / len(landmarks)
    spread = _FIRST_SPREAD / SUBJECT_VECTOR_LENGTH
    rounded: _Layout = np.rint(padded * spread * _GRID) / _GRID
    return rounded


def _whole_positions(layout: _Layout) -> IntArray:
    """Return a layout in whole numbers from 1 to ``MAX_COORDINATE``, as wide as high."""
    low, high = layout.min(axis=0), layout.max(axis=0)
    size = (high - low).max() + 2 * _MARGIN
    middle = (low + high) / 2
    positions: IntArray = np.rint(
        1 + ((layout - middle) / size + 0.5) * (MAX_COORDINATE - 1)
    ).astype(np.int64)
    return positions
