"""Finds a phrase that two papers share although no topic has it: words that stand side by side in both.

One of the two has the phrase in its title or blurb, at the end of a run of content words, where the noun of a
noun phrase stands: "named entity" of "named entity recognition" is none. Of the other the search index
says which words follow each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.payload import has_positions
from paper_digest.search.reference_space import ReferenceSpace
from paper_digest.search.term_counts import LAST_PLACE
from paper_digest.search.tokenizer import (
    MAX_WORD_LENGTH,
    STOP_WORDS,
    index_words,
    stem,
    tokens,
)
from paper_digest.text.noun_phrases import names_subject

#: The rarest word of a phrase stands in at most this share of the reference set: "neural network" says little.
_MAX_RAREST_SHARE = 0.05
_MIN_RARITY = -math.log(_MAX_RAREST_SHARE)
_MIN_WORDS, _MAX_WORDS = 2, 4
_NO_TERM = (1 << 32) - 1  # the number of no term
_REMEMBERED_PAPERS, _REMEMBERED_PIECES = 1 << 14, 1 << 15
#: Words that end a noun phrase; "problems" and "tasks" are what a noun before them belongs to.
_BORDERS = STOP_WORDS | {
    "across",
    "against",
    "between",
    "over",
    "through",
    "toward",
    "under",
    "via",
    "without",
}
_ADVERB_ENDINGS = ("ably", "ally", "antly", "ately", "edly", "ently", "ively", "ously")
_CLAUSE_ENDS = str.maketrans(dict.fromkeys('.,;:()[]{}"!?/$%\\', " | "))


class _Piece(NamedTuple):
    """A piece of text without spaces: as it is written, its words as they are indexed, and how rare each is.

    It has no words where one of them is too common, or too rare, to compare papers by.
    """

    text: str
    words: tuple[str, ...]
    rarities: tuple[float, ...]


class _Phrase(NamedTuple):
    """A phrase of a title or blurb: its words as they are indexed, its spelling there, the sum of its words' rarities."""

    words: tuple[str, ...]
    spelling: str
    rarity: float


class NeighbouringWords:
    """The phrases of papers' titles and blurbs, and the words of all papers."""

    def __init__(
        self, papers: ForwardIndex, space: ReferenceSpace, visible_text: Callable[[str], str]
    ) -> None:
        """Take all papers, what was learned of the reference set, and what returns a paper's title and blurb."""
        self._papers, self._visible_text = papers, visible_text
        self._rarity = dict(zip(space.terms, space.idf.tolist(), strict=True))
        self._places = {row.slug: place for place, row in enumerate(papers.rows)}
        self._starts = list(accumulate(papers.posting_counts, initial=0))
        self._place_starts = list(accumulate(papers.place_counts, initial=0))
        self._payloads = np.frombuffer(papers.payloads, np.uint8)
        self._positions = np.frombuffer(papers.places, np.uint16)
        # No caches of functools: bound to this object, they would hold it until Python looks for cycles.
        self._pieces: dict[str, _Piece] = {}
        self._phrases: dict[str, list[_Phrase]] = {}

    def rarest(self, first_slug: str, second_slug: str, shared_words: tuple[str, ...]) -> str:
        """Return the phrase of the rarest words that stand side by side in both papers, or "".

        It holds at least one of ``shared_words`` (as they are indexed), which weigh most in both papers.
        """
        heavy = {*shared_words}
        shared = [
            (-phrase.rarity, sum(map(str.isupper, phrase.spelling)), phrase.spelling)
            for slug, other in ((first_slug, second_slug), (second_slug, first_slug))
            for phrase in self._phrases_of(slug)
            if not heavy.isdisjoint(phrase.words) and self._stands_in(phrase.words, other)
        ]
        return min(shared)[-1] if shared else ""

    def _phrases_of(self, slug: str) -> list[_Phrase]:
        """List the phrases in a paper's title and blurb that can be said as a subject."""
        if slug in self._phrases:
            return self._phrases[slug]
        if len(self._phrases) == _REMEMBERED_PAPERS:
            self._phrases.clear()
        phrases = self._phrases[slug] = list[_Phrase]()
        run: list[_Piece] = []
        for text in (*self._visible_text(slug).translate(_CLAUSE_ENDS).split(), "|"):
            piece = self._piece_of(text)
            if piece.words:
                run.append(piece)
                continue
            if run and (text == "|" or text.lower() in _BORDERS):
                phrases += _phrases_at_end(run)
            run = []
        return phrases

    def _piece_of(self, text: str) -> _Piece:
        """Return a piece of text with the words it is compared by."""
        if text not in self._pieces:
            if len(self._pieces) == _REMEMBERED_PIECES:
                self._pieces.clear()
            self._pieces[text] = self._make_piece(text)
        return self._pieces[text]

    def _make_piece(self, text: str) -> _Piece:
        text = text.strip("-'`*")
        if text.isascii() and text.isalnum():  # nearly all: one word
            words: tuple[str, ...] = (stem(text.lower()[:MAX_WORD_LENGTH]),)
        else:
            indexed = (word for token in tokens(text) for word in index_words(token)[1])
            words = tuple(word.text for word in indexed if word.span == 1)
        rarities = tuple(self._rarity.get(word, 0.0) for word in words)
        return _Piece(text, words, rarities) if all(rarities) else _Piece(text, (), ())

    def _stands_in(self, words: tuple[str, ...], slug: str) -> bool:
        """Return whether words follow each other in a paper."""
        place = self._places[slug]
        begin, end = self._starts[place], self._starts[place + 1]
        index, term_ids = self._papers.posting_terms.index, self._papers.term_ids
        try:
            postings = [index(term_ids.get(word, _NO_TERM), begin, end) - begin for word in words]
        except ValueError:  # it has not all of them
            return False
        is_placed = has_positions(self._payloads[begin:end])
        if not is_placed[postings].all():  # one names an author alone
            return False
        positions = self._positions[self._place_starts[place] : self._place_starts[place + 1]]
        ends = [0, *(np.flatnonzero(positions & LAST_PLACE) + 1).tolist()]
        begins: list[set[int]] = []  # where a phrase begins that has each word at its place
        for offset, posting in enumerate(postings):
            number = np.count_nonzero(is_placed[:posting])
            of_word = positions[ends[number] : ends[number + 1]] & (LAST_PLACE - 1)
            begins.append({position - offset for position in of_word.tolist()})
        return bool(set.intersection(*begins))


def _phrases_at_end(run: Sequence[_Piece]) -> Iterator[_Phrase]:
    """Yield the phrases at the end of a run of words, the shortest first; pieces with hyphens are not cut."""
    words, rarities = tuple[str, ...](), tuple[float, ...]()
    for start in range(len(run) - 1, -1, -1):
        words, rarities = run[start].words + words, run[start].rarities + rarities
        if len(words) > _MAX_WORDS:
            return
        if (
            len(words) < _MIN_WORDS
            or max(rarities) < _MIN_RARITY
            or run[start].text.endswith(_ADVERB_ENDINGS)
        ):
            continue
        spelling = " ".join(piece.text for piece in run[start:])
        if names_subject(spelling.lower()):
            yield _Phrase(words, spelling, sum(rarities))
