"""Finds the papers nearest to each paper, by the words they share, and says which words.

A day's new papers must not change what thousands of old pages say. So the archive's oldest papers,
up to a round number of them, are the *stage*: how rare a word is, is counted there; papers of the
stage are compared with each other, and every later paper with the stage and with what came before
it. New papers join the stage when the archive has grown to the next round number.
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
from paper_digest.search.forward_index import Collection
from paper_digest.search.stop_words import telling
from paper_digest.search.term_counts import IMPACT, MASK, TITLE
from paper_digest.search.tfidf import Floats, Ints, Lists, spread, vectors
from paper_digest.search.tokenizer import chunks, words_of

_REASONS = 3
_SHARED = 2  # one word in common is chance more often than kinship
_LEAST = 0.08  # of cosine; below it, two papers are no relations
_COMMON = 0.05  # share of the stage above which a word tells nothing
_MOST = 1_000  # papers above which it does so too: lists so long cost more than they tell
#: Steps of an eighth within a decade: the series R20 of ISO 3.
_ROUND = (100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710,
          800, 900)  # fmt: skip


class Related(NamedTuple):
    """A neighbour: its slug, and the index words shared with it, the most telling first."""

    slug: str
    words: tuple[str, ...]


def stage(total: int) -> int:
    """Return how many papers of an archive are its stage; all, where there are few."""
    if total <= _ROUND[0]:
        return total
    tens = int(10 ** (len(str(total)) - len(str(_ROUND[0]))))
    return _ROUND[bisect_right(_ROUND, total // tens) - 1] * tens


def keys(collection: Collection) -> dict[str, bytes]:
    """Hash, for each paper, all words that decide about its neighbours."""
    ordered = [collection.rows[place] for place in collection.order()]
    size = stage(len(ordered))
    key = hash_bytes(*(part for row in ordered[:size] for part in (row.slug.encode(), row.text)))
    found = dict.fromkeys((row.slug for row in ordered[:size]), key)
    for row in ordered[size:]:
        found[row.slug] = key = hash_bytes(key, row.slug.encode(), row.text)
    return found


def related(
    collection: Collection, count: int = 6, wanted: Some[str] | None = None
) -> Iterator[tuple[str, tuple[Related, ...]]]:
    """Give each paper's slug with its nearest papers, the nearest first, at most ``count``.

    The measure is the cosine of TF-IDF vectors cut to their 40 heaviest words (Salton and
    Buckley, 1988), in whole numbers, so that no order of adding shows. ``wanted`` names the papers
    asked for, if not all. Takes about a kilobyte a paper.
    """
    order = collection.order()
    size = stage(len(order))
    terms, places, rarity = _words(collection, np.array(order[:size], np.int64))
    lists = Lists(vectors(collection, order, places, rarity, _IMPACTS), len(terms))
    slugs = [collection.rows[place].slug for place in order]
    for paper, slug in enumerate(slugs):
        if wanted is None or slug in wanted:
            near = lists.nearest(paper, max(size, paper), count, _LEAST)
            shared = lists.shared(paper, near, _REASONS)
            yield (
                slug,
                tuple(
                    Related(slugs[other], tuple(terms[word] for word in words))
                    for other, words in zip(near, shared, strict=True)
                    if len(words) >= _SHARED
                ),
            )


def spelt(words: Sequence[str], text: str) -> tuple[str, ...]:
    """Give the words as ``text`` spells them: an index word is folded and has lost its plural."""
    spellings: dict[str, str] = {}
    for shown in re.findall(r"\w+(?:['\u2019]\w+)*", text):
        for word in _index_words(shown):
            spellings.setdefault(word, shown)
    return tuple(spellings.get(word, word) for word in words)


@lru_cache(maxsize=8192)
def _index_words(shown: str) -> tuple[str, ...]:
    return tuple(word.text for chunk in chunks(shown) for word in words_of(chunk)[1])


def _words(collection: Collection, rows: Ints) -> tuple[list[str], Ints, Floats]:
    """Choose the words that compare papers, in order; their places by term; and their rarity.

    Terms in one paper of the stage or in too many are none of them.
    """
    sizes = np.frombuffer(collection.sizes, np.uint32).astype(np.int64)
    postings = spread((np.cumsum(sizes) - sizes)[rows], sizes[rows])
    numbers = np.frombuffer(collection.numbers, np.uint32)[postings]
    known = collection.vocabulary.terms
    frequencies = np.bincount(numbers, minlength=len(known))
    most = max(20, min(len(rows) * _COMMON, _MOST))
    some = np.flatnonzero((frequencies > 1) & (frequencies <= most)).tolist()
    used = sorted((known[n], n) for n in some if telling(known[n]))
    chosen = np.array([number for _, number in used], np.int64)
    places = np.full(len(known), -1, np.int64)
    places[chosen] = np.arange(len(chosen))
    rarity = np.log((len(rows) + 1) / frequencies[chosen]).astype(np.float32)
    return [term for term, _ in used], places, rarity


def _impacts() -> Floats:
    """Weigh each payload byte: how much the paper is about the word; nothing for an author."""
    levels = np.arange(256)
    weights = 0.2 + 0.75 * ((levels >> IMPACT) + 0.5) / 8 + 0.3 * (levels & TITLE > 0)
    return np.where(levels & MASK > 0, weights, 0).astype(np.float32)


_IMPACTS = _impacts()
