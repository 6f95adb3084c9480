"""The terms that one query asks of an index.

A query sees only the term ranges it has asked for itself, so its answer depends on nothing that was
asked before it, although files once read stay in memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from paper_digest.search.decoder import NUMBER_BITS, KeyArray
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.inverted_index import utf16_sort_key


class Postings:
    """The papers that hold a term, in ascending order, with one payload byte each.

    ``frequency`` counts the papers that hold it; as long as ``rest`` names the rest of the list,
    ``documents`` holds the best of them only. ``split`` is the length of a compound's first part.
    ``author_keys`` says which authors the term names (``decoder.TermRange``).
    """

    _range: int | None = None
    _loaded_rest: int | None = None
    _positions: KeyArray | None = None

    def __init__(self, reader: IndexReader, range_number: int, place: int) -> None:
        """Take a term by its place in a term range."""
        content = reader.term_range(range_number)
        span = slice(content.starts[place], content.starts[place + 1])
        self.term = content.terms[place]
        self.split = content.splits[place]
        self.frequency = int(content.frequencies[place])
        self.documents = content.documents[span]
        self.payloads = content.payloads[span]
        self.author_keys = content.author_keys[place]
        rest = int(content.rests[place])
        self.rest = None if rest < 0 else rest
        self._range = range_number

    @classmethod
    def united(cls, term: str, lists: Sequence[Postings]) -> Postings:
        """Unite the authors of several terms under the name of one; the texts are left out."""
        united = cls.__new__(cls)
        united.term, united.split, united.rest = term, 0, None
        united.author_keys = np.unique(np.concatenate([one.author_keys for one in lists]))
        united.documents = np.unique(united.author_keys >> NUMBER_BITS).astype(np.int32)
        united.payloads = np.zeros(len(united.documents), np.uint8)
        united.frequency = max(1, len(united.documents))
        return united

    def add_rest(self, reader: IndexReader) -> None:
        """Read the rest of a long list."""
        if self.rest is None:
            return
        rest = reader.list_rest(self.rest)
        documents = np.concatenate((self.documents, rest.documents))
        order = np.argsort(documents, kind="stable")
        self.documents = documents[order]
        self.payloads = np.concatenate((self.payloads, rest.payloads))[order]
        self.author_keys = np.sort(np.concatenate((self.author_keys, rest.author_keys)))
        self._loaded_rest, self._positions, self.rest = self.rest, None, None

    def positions(self, reader: IndexReader) -> KeyArray:
        """Return where the term stands in the titles and texts of the papers that were read (``IndexReader``)."""
        if self._range is None:
            return np.zeros(0, np.int64)
        if self._positions is None:
            self._positions = reader.positions(self._range, self.term, self._loaded_rest)
        return self._positions


class QueryTerms:
    """The term ranges that a query, or one of its words, has asked for, and the terms in them."""

    def __init__(self, reader: IndexReader) -> None:
        """Start with none."""
        self.reader = reader
        self._ranges: set[int] = set()
        self._postings: dict[tuple[int, int], Postings] = {}

    def branch(self) -> QueryTerms:
        """Return a copy for one word of the query: what it asks for, the other words do not see."""
        branched = QueryTerms(self.reader)
        branched._ranges = set(self._ranges)
        branched._postings = self._postings
        return branched

    def join(self, branched: QueryTerms) -> None:
        """See what a branch has asked for, too."""
        self._ranges |= branched._ranges

    def ask(self, prefixes: Iterable[str], max_ranges: int = 1) -> None:
        """Ask for the term ranges where words that begin so may stand, ``max_ranges`` for each."""
        for prefix in prefixes:
            self._ranges.update(self.reader.term_ranges.files_of(prefix, max_ranges))

    def find(self, term: str) -> Postings | None:
        """Return the postings of a term, if its range was asked for and holds it."""
        number = self.reader.term_ranges.file_of(term)
        if number not in self._ranges:
            return None
        terms = self.reader.term_range(number).terms
        place = bisect_left(terms, utf16_sort_key(term), key=utf16_sort_key)
        if place == len(terms) or terms[place] != term:
            return None
        return self._at(number, place)

    def initial(self, letter: str, other_words: Collection[str]) -> Postings | None:
        """Return the authors with a word that begins so, but for some words, as if one term named them.

        Every list is read whole, whatever was asked for.
        """
        numbers = self.reader.term_ranges.files_of(letter, self.reader.term_ranges.count)
        named: list[Postings] = []
        for number in numbers:
            for place, term in enumerate(self.reader.term_range(number).terms):
                if term.startswith(letter) and term not in other_words:
                    named.append(Postings(self.reader, number, place))
                    named[-1].add_rest(self.reader)
        return Postings.united(letter + "*", named) if named else None

    def commoner(self, term: str, min_frequency: int) -> list[Postings]:
        """List the terms in the range of ``term`` that so many papers hold, the commonest first."""
        number = self.reader.term_ranges.file_of(term)
        frequencies = self.reader.term_range(number).frequencies
        places = np.argsort(-frequencies, kind="stable")
        return [self._at(number, int(n)) for n in places[frequencies[places] >= min_frequency]]

    def completions(self, prefix: str, max_ranges: int, max_terms: int) -> list[Postings]:
        """List the commonest terms that begin so in the ranges asked for, the commonest first."""
        candidates: list[tuple[int, int, int]] = []
        for number in self.reader.term_ranges.files_of(prefix, max_ranges):
            if number not in self._ranges:
                continue
            terms, _, frequencies, *_ = self.reader.term_range(number)
            first = bisect_left(terms, utf16_sort_key(prefix), key=utf16_sort_key)
            for place in range(first, len(terms)):
                if not terms[place].startswith(prefix):
                    break
                candidates.append((-int(frequencies[place]), number, place))
        return [self._at(number, place) for _, number, place in sorted(candidates)[:max_terms]]

    def _at(self, number: int, place: int) -> Postings:
        key = (number, place)
        if key not in self._postings:
            self._postings[key] = Postings(self.reader, number, place)
        return self._postings[key]
