"""Reads the files of one segment of the index, each when it is first needed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.search.decoder import (
    KeyArray,
    ListRest,
    TermRange,
    decode_front_coded,
    decode_positions,
    decode_rests,
    decode_term_range,
)
from paper_digest.search.inverted_index import utf16_sort_key

_HASH_LETTERS = 8
_FILES_IN_MEMORY = 512  # unpacked files of each kind; a term range takes some 30 kB
_FILES_OF_PLACES = 128  # the same of positions, which take twice as much


class FamilyNames(msgspec.Struct, frozen=True):
    """The hashes in the names of each kind of file; those of the documents in one string.

    A newer segment has no rests.
    """

    terms: str
    places: str
    beginnings: str
    ends: str
    facets: str
    documents: str
    rests: str = ""
    rest_places: str = msgspec.field(default="", name="restPlaces")


class PackedFacets(msgspec.Struct, frozen=True):
    """The file of facets as ``result_chunks.packed_facets`` writes it: paper numbers as gaps."""

    topics: dict[str, list[int]]
    titles: dict[str, str]
    above: dict[str, str]
    sources: dict[str, list[int]]
    code: list[int]


class StoredPaper(NamedTuple):
    """What the index holds of a paper to show it; ``authors`` names the first one."""

    slug: str
    title: str
    authors: str
    date: str


class SortedNames:
    """The first terms of a row of files, in the order in which JavaScript compares strings."""

    def __init__(self, front_coded: str) -> None:
        """Take the names as the root holds them."""
        self._keys = [utf16_sort_key(name) for name in decode_front_coded(front_coded)[0]]
        self.count = len(self._keys)

    def file_of(self, term: str) -> int:
        """Return the number of the file in which a term stands, if it stands in any."""
        return max(0, bisect_right(self._keys, utf16_sort_key(term)) - 1)

    def files_of(self, prefix: str, max_files: int) -> range:
        """Return the numbers of the first ``max_files`` files that may hold words that begin so."""
        first = self.file_of(prefix)
        last = min(self.file_of(prefix + "\uffff"), first + max_files - 1, len(self._keys) - 1)
        return range(first, last + 1)

    def places_of(self, sorted_terms: Sequence[str], number: int) -> slice:
        """Return the places of those of some sorted terms that the file of this number is for."""
        first, after = self._keys[number : number + 1], self._keys[number + 1 : number + 2]
        low = bisect_left(sorted_terms, first[0], key=utf16_sort_key) if number else 0
        high = len(sorted_terms)
        if after:
            high = bisect_left(sorted_terms, after[0], key=utf16_sort_key)
        return slice(low, high)


class SegmentEntry(NamedTuple):
    """What the root says of a segment.

    Attributes:
        prefix: what the names of its files begin with.
        names: the hashes in these names.
        paper_count: papers of the segment.
        papers_per_chunk: papers in a file of results.
        chunks_per_hash: files of results that share a hash.
        head_postings: postings of a list in its term range; None where all are.
        beginnings: the first word of each file of words, front-coded.
        ends: the same of the words written backwards.
    """

    prefix: str
    names: FamilyNames
    paper_count: int
    papers_per_chunk: int
    chunks_per_hash: int
    head_postings: int | None
    beginnings: str
    ends: str


class SegmentReader:
    """A segment; every file is read and unpacked once, at first need, and so kept for a while."""

    def __init__(self, read_unpacked: Callable[[str], bytes], entry: SegmentEntry) -> None:
        """Read through ``read_unpacked``, which gives the content of a file by its name."""
        self._read_file, self._entry, self._names = read_unpacked, entry, entry.names
        self._spellings = {"b": SortedNames(entry.beginnings), "e": SortedNames(entry.ends)}
        self.term_range = lru_cache(_FILES_IN_MEMORY)(self._read_term_range)
        self.rests = lru_cache(_FILES_IN_MEMORY)(self._read_rests)
        self.places = lru_cache(_FILES_OF_PLACES)(self._read_places)
        self.rest_places = lru_cache(_FILES_OF_PLACES)(self._read_rest_places)
        self._rows = lru_cache(_FILES_IN_MEMORY)(self._read_rows)
        self._words = lru_cache(_FILES_IN_MEMORY)(self._read_words)

    def paper(self, number: int) -> StoredPaper:
        """Return what is stored of a paper by its number within the segment."""
        return self._rows(number // self._entry.papers_per_chunk)[
            number % self._entry.papers_per_chunk
        ]

    def words(self, kind: str, prefix: str, max_files: int) -> list[tuple[str, int]]:
        """List words that begin so of the lists by beginnings (``b``) or by ends (``e``)."""
        return [
            (word, log_frequency)
            for number in self._spellings[kind].files_of(prefix, max_files)
            for word, log_frequency in self._words(kind, number)
            if word.startswith(prefix)
        ]

    def facets(self) -> PackedFacets:
        """Return what its papers are filtered by."""
        return msgspec.json.decode(self._read("f", 0, self._names.facets), type=PackedFacets)

    def _read(self, kind: str, number: int, name_hash: str) -> bytes:
        return self._read_file(f"{self._entry.prefix}{kind}{number}-{name_hash}.bin")

    def _read_term_range(self, number: int) -> TermRange:
        content = self._read("t", number, self._names.terms)
        return decode_term_range(content, self._entry.paper_count, self._entry.head_postings)

    def _read_rests(self, number: int) -> list[ListRest]:
        return decode_rests(self._read("r", number, self._names.rests), self._entry.paper_count)

    def _read_places(self, number: int) -> dict[str, KeyArray]:
        content = self._read("p", number, self._names.places)
        terms = self.term_range(number)
        keys = decode_positions(content, terms.documents, terms.payloads, terms.starts)
        return dict(zip(terms.terms, keys, strict=True))

    def _read_rest_places(self, number: int) -> list[KeyArray]:
        rests = self.rests(number)
        documents = np.concatenate([rest.documents for rest in rests])
        payloads = np.concatenate([rest.payloads for rest in rests])
        starts = np.cumsum([0, *(len(rest.documents) for rest in rests)])
        content = self._read("q", number, self._names.rest_places)
        return decode_positions(content, documents, payloads, starts)

    def _read_words(self, kind: str, number: int) -> list[tuple[str, int]]:
        names = self._names
        content = self._read(kind, number, names.beginnings if kind == "b" else names.ends)
        return list(zip(*decode_front_coded(content.decode("utf-8")), strict=True))

    def _read_rows(self, number: int) -> list[StoredPaper]:
        at = number // self._entry.chunks_per_hash * _HASH_LETTERS
        content = self._read("d", number, self._names.documents[at : at + _HASH_LETTERS])
        return [StoredPaper(*line.split("\t")) for line in content.decode("utf-8").split("\n")]
