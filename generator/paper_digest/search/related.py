"""Finds the papers nearest to each paper, by the words they share, and says which words.

A day's new papers must not change what thousands of old pages say. So the archive's oldest papers,
up to a round number of them, are the *reference set*: how rare a word is, is counted there; papers
of the set are compared with each other, and every later paper with the set and with the papers
before it. New papers join the set when the archive has grown to the next round number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection as Some
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.payload import POSITION_BITS, text_scores
from paper_digest.search.stop_words import is_content_word
from paper_digest.search.tfidf import (
    FloatArray,
    IntArray,
    VectorIndex,
    expand_ranges,
    tfidf_vectors,
)
from paper_digest.search.tokenizer import index_words, tokens

_MAX_SHARED_WORDS = 3
_MIN_SHARED_WORDS = 2  # one word in common is most often chance
_MIN_COSINE = 0.08  # below it, two papers are not related
_MAX_TERM_SHARE = 0.05  # share of the reference set above which a word says nothing of a subject
_MAX_TERM_PAPERS = 1_000  # papers with a word above which it costs more time than it is worth
#: Steps of an eighth within a decade: the series R20 of ISO 3.
_ROUND_SIZES = (100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710,
          800, 900)  # fmt: skip


class NearestPaper(NamedTuple):
    """A paper near another: its slug, and the index words both have, the heaviest first."""

    slug: str
    shared_words: tuple[str, ...]


def reference_size(paper_count: int) -> int:
    """Return how many papers of an archive are its reference set: all, or the next lower round number."""
    if paper_count <= _ROUND_SIZES[0]:
        return paper_count
    power_of_ten = int(10 ** (len(str(paper_count)) - len(str(_ROUND_SIZES[0]))))
    return _ROUND_SIZES[bisect_right(_ROUND_SIZES, paper_count // power_of_ten) - 1] * power_of_ten


def neighbour_hashes(forward: ForwardIndex) -> dict[str, bytes]:
    """Hash, for each slug, all that decides which papers are nearest to it."""
    ordered = [forward.rows[place] for place in forward.document_order()]
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


def related_papers(
    forward: ForwardIndex, max_papers: int = 6, wanted_slugs: Some[str] | None = None
) -> Iterator[tuple[str, tuple[NearestPaper, ...]]]:
    """Yield each paper's slug with its nearest papers, the nearest first, at most ``max_papers``.

    The measure is the cosine of TF-IDF vectors cut to their 40 heaviest words (Salton and
    Buckley, 1988), in whole numbers, so that the sums do not depend on the order of adding.
    ``wanted_slugs`` names the papers asked for, if not all. Takes about 1 kB of memory a paper.
    """
    order = forward.document_order()
    reference_count = reference_size(len(order))
    terms, word_by_term, idf = _choose_words(forward, np.array(order[:reference_count], np.int64))
    vector_index = VectorIndex(
        tfidf_vectors(forward, order, word_by_term, idf, _PAYLOAD_WEIGHTS), len(terms)
    )
    slugs = [forward.rows[place].slug for place in order]
    for paper, slug in enumerate(slugs):
        if wanted_slugs is None or slug in wanted_slugs:
            nearest_papers = vector_index.nearest(
                paper, max(reference_count, paper), max_papers, _MIN_COSINE
            )
            shared = vector_index.shared_words(paper, nearest_papers, _MAX_SHARED_WORDS)
            yield (
                slug,
                tuple(
                    NearestPaper(slugs[other], tuple(terms[word] for word in words))
                    for other, words in zip(nearest_papers, shared, strict=True)
                    if len(words) >= _MIN_SHARED_WORDS
                ),
            )


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
    (natural logarithm of papers by papers with the word). Terms that one paper of the reference set
    has, or too many have, are left out.
    """
    sizes = np.frombuffer(forward.posting_counts, np.uint32).astype(np.int64)
    postings = expand_ranges((np.cumsum(sizes) - sizes)[rows], sizes[rows])
    posting_terms = np.frombuffer(forward.posting_terms, np.uint32)[postings]
    spellings = forward.term_ids.terms
    frequencies = np.bincount(posting_terms, minlength=len(spellings))
    max_papers = max(20, min(len(rows) * _MAX_TERM_SHARE, _MAX_TERM_PAPERS))
    candidates = np.flatnonzero((frequencies > 1) & (frequencies <= max_papers)).tolist()
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
