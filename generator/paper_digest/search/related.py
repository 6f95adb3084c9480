"""Finds the papers nearest to each paper, by subject and shared words, and says which words.

A day's new papers must not change what thousands of old pages say. So the archive's oldest papers,
up to a round number of them, are the *reference set*: how rare a word is, is counted there, and it
spans the space of subjects; papers of the set are compared with each other, and every later paper
with the set and with the papers before it. New papers join the set when the archive has grown to the next round number.
"""

from __future__ import annotations

import re
from collections.abc import Collection as Some
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.nearest import NearestPapers
from paper_digest.search.reference_space import ReferenceSpace, learn_space, unpack_space
from paper_digest.search.subject_vectors import subject_rows
from paper_digest.search.tfidf import FloatArray, IntArray
from paper_digest.search.tokenizer import index_words, tokens

_MIN_SHARED_WORDS = 2  # one word in common is most often chance
_MIN_SCORE = 0.15  # below this likeness, two papers are not related


class NearestPaper(NamedTuple):
    """A paper near another: its slug, and the index words both have, the heaviest first."""

    slug: str
    shared_words: tuple[str, ...]


class PaperComparison:
    """The papers of an archive in the space of their reference set, ready to be compared.

    ``slugs`` are the papers, oldest first, and ``subjects`` their rows of subjects. Takes about 1.5 kB of
    memory a paper.
    """

    def __init__(
        self,
        papers: ForwardIndex,
        space: ReferenceSpace,
        last_subjects: FloatArray,
        last_places: IntArray,
    ) -> None:
        """Place the papers in the space.

        Args:
            papers: the papers.
            space: the space.
            last_subjects: rows of subjects that are known.
            last_places: for each paper, oldest first, its row among these; -1 where it is not known.
        """
        order = papers.document_order()
        self.slugs = [papers.rows[place].slug for place in order]
        self._space, self._vectors = space, space.vectors(papers, order)
        self.subjects: FloatArray = np.zeros((len(order), space.basis.shape[1]), np.float32)
        absent, known = np.flatnonzero(last_places < 0), np.flatnonzero(last_places >= 0)
        self.subjects[absent] = subject_rows(self._vectors.select(absent), space.basis)
        if len(known):
            self.subjects[known] = last_subjects[last_places[known]]
        #: What ``NearestPapers`` says of the papers asked for last.
        self.limits = np.ones(len(order), np.int32)

    def nearest(
        self, wanted: IntArray, max_papers: int
    ) -> Iterator[tuple[str, tuple[NearestPaper, ...]]]:
        """Yield the slug of each paper wanted, by its number, and the papers nearest to it, the nearest first."""
        terms, slugs = self._space.terms, self.slugs
        comparison = NearestPapers(
            self._vectors,
            self.subjects,
            len(terms),
            self._space.reference_count,
            self._space.centres,
        )
        nearest: dict[int, list[NearestPaper]] = {paper: [] for paper in wanted.tolist()}
        for pair in comparison.pairs(wanted, max_papers, _MIN_SCORE, _MIN_SHARED_WORDS):
            shared_words = tuple(terms[word] for word in pair.shared_words)
            nearest[pair.paper].append(NearestPaper(slugs[pair.other], shared_words))
        self.limits = comparison.limits
        return ((slugs[paper], tuple(near)) for paper, near in nearest.items())


def related_papers(
    papers: ForwardIndex,
    max_papers: int = 6,
    wanted_slugs: Some[str] | None = None,
    unedited: ForwardIndex | None = None,
) -> Iterator[tuple[str, tuple[NearestPaper, ...]]]:
    """Yield each paper's slug with its nearest papers, the nearest first, at most ``max_papers``.

    Two papers are near by their subjects and by the words they share (``nearest.py``). All sums are
    of whole numbers, so that neither the order of adding nor the machine matters. ``wanted_slugs``
    names the papers asked for, if not all; ``unedited`` has the papers that were edited, as their records have them.
    """
    space = unpack_space(learn_space(papers, unedited or ForwardIndex()))
    nothing_known = np.zeros((0, 0), np.float32), np.full(len(papers.rows), -1)
    comparison = PaperComparison(papers, space, *nothing_known)
    wanted = [
        number
        for number, slug in enumerate(comparison.slugs)
        if wanted_slugs is None or slug in wanted_slugs
    ]
    return comparison.nearest(np.array(wanted, np.int64), max_papers)


def original_spelling(terms: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the words as ``text`` spells them: an index word is folded and has lost its plural."""
    spellings: dict[str, str] = {}
    for spelling in re.findall(r"\w+(?:['\u2019]\w+)*", text):
        for word in _terms_of_word(spelling):
            spellings.setdefault(word, spelling)
    return tuple(spellings.get(word, word) for word in terms)


@lru_cache(maxsize=8192)
def _terms_of_word(spelling: str) -> tuple[str, ...]:
    return tuple(word.text for token in tokens(spelling) for word in index_words(token)[1])
