"""Finds the papers nearest to each paper, by subject and shared words, and says which words.

A day's new papers must not change what thousands of old pages say. So the archive's oldest papers,
up to a round number of them, are the *reference set*: how rare a word is, is counted there, and it
spans the space of subjects; papers of the set are compared with each other, and every later paper
with the set and with the papers before it. New papers join the set when the archive has grown to the next round number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Some
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.nearest import NearestPapers
from paper_digest.search.payload import POSITION_BITS, text_scores
from paper_digest.search.reference_set import reference_size
from paper_digest.search.stop_words import is_content_word
from paper_digest.search.subject_vectors import subject_vectors
from paper_digest.search.tfidf import (
    FloatArray,
    IntArray,
    expand_ranges,
    tfidf_vectors,
)
from paper_digest.search.tokenizer import index_words, tokens

_MIN_SHARED_WORDS = 2  # one word in common is most often chance
_MIN_SCORE = 0.15  # below this likeness, two papers are not related
_MAX_TERM_SHARE = 0.2  # share of the reference set above which a word says nothing of a subject
_LARGE_SET = 1_000  # papers of a reference set from which on a word of two of them says nothing


class NearestPaper(NamedTuple):
    """A paper near another: its slug, and the index words both have, the heaviest first."""

    slug: str
    shared_words: tuple[str, ...]


class _HashedRow(NamedTuple):
    slug: str
    text_hash: bytes


def reference_slugs(forward: ForwardIndex) -> list[str]:
    """Name the papers of the reference set, oldest first."""
    order = forward.document_order()
    return [forward.rows[place].slug for place in order[: reference_size(len(order))]]


def neighbour_hashes(
    forward: ForwardIndex, reason_by_slug: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Hash, for each slug, all that decides which papers are nearest to it, and why.

    ``reason_by_slug`` is what else of a paper may be given as a reason.
    """
    reasons = reason_by_slug or {}
    ordered = [
        _HashedRow(row.slug, hash_bytes(row.text_hash, reasons.get(row.slug, "").encode()))
        for row in map(forward.rows.__getitem__, forward.document_order())
    ]
    reference_count = reference_size(len(ordered))
    chain_hash = hash_bytes(
        *(part for row in ordered[:reference_count] for part in (row.slug.encode(), row.text_hash))
    )
    hash_by_slug = dict.fromkeys((row.slug for row in ordered[:reference_count]), chain_hash)
    for row in ordered[reference_count:]:
        hash_by_slug[row.slug] = chain_hash = hash_bytes(
            chain_hash, row.slug.encode(), row.text_hash
        )
    return hash_by_slug


#: Returns bytes by a key of what they are made from: made before, or made now.
KeyedCache = Callable[[bytes, Callable[[], bytes]], bytes]


def _make_anew(_: bytes, make: Callable[[], bytes]) -> bytes:
    return make()


def related_papers(
    forward: ForwardIndex,
    max_papers: int = 6,
    wanted_slugs: Some[str] | None = None,
    cached: KeyedCache = _make_anew,
) -> Iterator[tuple[str, tuple[NearestPaper, ...]]]:
    """Yield each paper's slug with its nearest papers, the nearest first, at most ``max_papers``.

    Two papers are near by their subjects and by the words they share (``nearest.py``). All sums are
    of whole numbers, so that neither the order of adding nor the machine matters. ``wanted_slugs``
    names the papers asked for, if not all; ``cached`` keeps what is learned from the reference set alone.
    Takes about 1.5 kB of memory a paper.
    """
    order = forward.document_order()
    reference_count = reference_size(len(order))
    terms, word_by_term, idf = _choose_words(forward, np.array(order[:reference_count], np.int64))
    vectors = tfidf_vectors(forward, order, word_by_term, idf, _PAYLOAD_WEIGHTS)
    reference_rows = (forward.rows[place] for place in order[:reference_count])
    basis_key = hash_bytes(
        *(p for row in reference_rows for p in (row.slug.encode(), row.text_hash))
    )
    subjects = subject_vectors(vectors, len(terms), reference_count, partial(cached, basis_key))
    slugs = [forward.rows[place].slug for place in order]
    wanted = [
        paper for paper, slug in enumerate(slugs) if wanted_slugs is None or slug in wanted_slugs
    ]
    nearest: dict[int, list[NearestPaper]] = {paper: [] for paper in wanted}
    for pair in NearestPapers(vectors, subjects, len(terms), reference_count).pairs(
        np.array(wanted, np.int64), max_papers, _MIN_SCORE, _MIN_SHARED_WORDS
    ):
        shared_words = tuple(terms[word] for word in pair.shared_words)
        nearest[pair.paper].append(NearestPaper(slugs[pair.other], shared_words))
    return ((slugs[paper], tuple(near)) for paper, near in nearest.items())


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


def _choose_words(forward: ForwardIndex, rows: IntArray) -> tuple[list[str], IntArray, FloatArray]:
    """Choose the words by which papers are compared.

    Returns the words, sorted; for each term its place among them or -1; and the rarity of each word
    (natural logarithm of papers by papers with the word). Terms that too few or too many papers of the
    reference set have are left out.
    """
    sizes = np.frombuffer(forward.posting_counts, np.uint32).astype(np.int64)
    postings = expand_ranges((np.cumsum(sizes) - sizes)[rows], sizes[rows])
    posting_terms = np.frombuffer(forward.posting_terms, np.uint32)[postings]
    spellings = forward.term_ids.terms
    frequencies = np.bincount(posting_terms, minlength=len(spellings))
    min_papers = 2 if len(rows) < _LARGE_SET else 3
    max_papers = max(20, len(rows) * _MAX_TERM_SHARE)
    is_candidate = (frequencies >= min_papers) & (frequencies <= max_papers)
    candidates = np.flatnonzero(is_candidate).tolist()
    chosen_terms = sorted((spellings[n], n) for n in candidates if is_content_word(spellings[n]))
    chosen = np.array([number for _, number in chosen_terms], np.int64)
    word_by_term = np.full(len(spellings), -1, np.int64)
    word_by_term[chosen] = np.arange(len(chosen))
    idf = np.log((len(rows) + 1) / frequencies[chosen]).astype(np.float32)
    return [term for term, _ in chosen_terms], word_by_term, idf


def _payload_weights() -> FloatArray:
    """Weigh each payload byte: how much the paper is about the word; nothing for an author."""
    names_author = np.arange(256) & POSITION_BITS == 0
    return np.where(names_author, 0, text_scores()).astype(np.float32)


_PAYLOAD_WEIGHTS = _payload_weights()
