"""Measures the map beside the plainest planes: which neighbours stay neighbours, and which lie among their like."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.reference_space import learn_space, training_subjects, unpack_space
from paper_digest.search.related import PaperComparison
from paper_digest.search.subject_plane import learn_plane, unpack_plane
from search import papers as corpus_papers

_PAPERS = 10_000
_ASKED = 1_000  # papers whose neighbours are compared, evenly drawn
_NEAREST = 10  # by subject
_ON_MAP = 50  # among which these are looked for
_Array = npt.NDArray[np.float64]


def measure_map(corpus: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    documents = list(corpus_papers(corpus, _PAPERS))
    index = build_forward_index(documents)
    space = unpack_space(learn_space(index, ForwardIndex()))
    nothing_known = np.zeros((0, 0), np.float32), np.full(_PAPERS, -1)
    comparison = PaperComparison(index, space, *nothing_known)
    category = {one.slug: one.topics[0] for one in documents}
    categories = np.array([category[slug] for slug in comparison.slugs])
    subjects = comparison.subjects
    start = time.process_time()
    plane = unpack_plane(learn_plane(training_subjects(space, index, ForwardIndex())))
    learned = time.process_time()
    places = plane.place(subjects)
    placed = time.process_time()
    centred = subjects - subjects.mean(axis=0)
    _, turns = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    ways = {
        "ours": places,
        "the two strongest subjects": subjects[:, -2:],
        "the second and third": subjects[:, -3:-1],
        "principal components": centred @ turns[:, -2:],
    }
    yield f"## The map: {_PAPERS:,} papers of arXiv, {_ASKED:,} of them asked"
    yield ""
    yield f"| by | of the {_NEAREST} nearest by subject among the {_ON_MAP} nearest on the map | of these {_ON_MAP} in the same category |"
    yield "| --- | --- | --- |"
    for name, plan in ways.items():
        kept, pure = _kept_and_pure(plan.astype(np.float64), subjects, categories)
        yield f"| {name} | {kept:.3f} | {pure:.3f} |"
    yield "| goal | .35 | .36 |"
    yield ""
    yield (
        f"{learned - start:.1f} s of processor time to lay it out, once for each reference set, and "
        f"{(placed - learned) / _PAPERS * 1e6:.0f} µs a paper to place it."
    )
    yield ""


def _kept_and_pure(
    plan: _Array, subjects: npt.NDArray[np.float32], categories: npt.NDArray[np.str_]
) -> tuple[float, float]:
    kept = pure = 0.0
    for paper in range(0, _PAPERS, _PAPERS // _ASKED):
        likeness = subjects @ subjects[paper]
        likeness[paper] = -np.inf
        nearest = np.argpartition(-likeness, _NEAREST)[:_NEAREST]
        distance = ((plan - plan[paper]) ** 2).sum(axis=1)
        distance[paper] = np.inf
        around = np.argpartition(distance, _ON_MAP)[:_ON_MAP]
        kept += len(np.intersect1d(nearest, around)) / _NEAREST
        pure += float((categories[around] == categories[paper]).mean())
    return kept / _ASKED, pure / _ASKED
