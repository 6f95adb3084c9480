"""Reads the files of a built index, each when it is first needed."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.model.errors import DigestError
from paper_digest.search.build import FORMAT_VERSION, ROOT_FILE
from paper_digest.search.decoder import (
    ByteArray,
    ListRest,
    TermRange,
    decode_front_coded,
    decode_rests,
    decode_term_range,
    inflate,
)
from paper_digest.search.inverted_index import utf16_sort_key

#: Gives the bytes of a file of the index by its name; raises OSError or KeyError where it has none.
ReadFile = Callable[[str], bytes]

_HASH_LETTERS = 8
_FILES_IN_MEMORY = 512  # unpacked files of each kind; a term range takes some 30 kB


class _Names(msgspec.Struct, frozen=True):
    """The hashes in the names of each kind of file; those of the documents in one string."""

    terms: str
    rests: str
    beginnings: str
    ends: str
    facets: str
    documents: str


class _Root(msgspec.Struct, frozen=True):
    """``root.bin`` as ``build.write_index`` writes it."""

    format: int
    documents: int
    chunk: int
    group: int
    head: int
    years: list[tuple[str, int]]
    shards: str
    rests: list[int]
    beginnings: str
    ends: str
    names: _Names


class _PackedFacets(msgspec.Struct, frozen=True):
    """The file of facets as ``result_chunks.packed_facets`` writes it: paper numbers as gaps."""

    topics: dict[str, list[int]]
    titles: dict[str, str]
    above: dict[str, str]
    sources: dict[str, list[int]]
    code: list[int]


class Facets(NamedTuple):
    """What papers are filtered by, each as a 1 for every paper that has it, by paper number.

    A topic holds the papers of its subtopics too. ``titles`` gives the title of each topic's name.
    """

    topics: dict[str, ByteArray]
    titles: Mapping[str, str]
    sources: dict[str, ByteArray]
    has_code: ByteArray


class StoredPaper(NamedTuple):
    """What the index holds of a paper to show it; ``authors`` names the first one."""

    slug: str
    title: str
    authors: str
    date: str


class SortedNames:
    """The first terms of a row of files, in the order in which JavaScript compares strings."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names, which are sorted."""
        self._keys = [utf16_sort_key(name) for name in names]
        self.count = len(names)

    def file_of(self, term: str) -> int:
        """Return the number of the file in which a term stands, if it stands in any."""
        return max(0, bisect_right(self._keys, utf16_sort_key(term)) - 1)

    def files_of(self, prefix: str, max_files: int) -> range:
        """Return the numbers of the first ``max_files`` files that may hold words that begin so."""
        first = self.file_of(prefix)
        last = min(self.file_of(prefix + "\uffff"), first + max_files - 1, len(self._keys) - 1)
        return range(first, last + 1)


class IndexReader:
    """A built index; every file is read and unpacked once, at first need, and so kept for a while."""

    def __init__(self, read_file: ReadFile) -> None:
        """Read the root of the index.

        Raises:
            DigestError: if there is no index, or one that another version of this package wrote;
                any method raises it for a file that is missing or damaged.
        """
        self._read_file = read_file
        try:
            self._root = msgspec.json.decode(self._read_unpacked(ROOT_FILE), type=_Root)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DigestError(ROOT_FILE, "cannot be read", "build the site anew") from error
        if self._root.format != FORMAT_VERSION:
            raise DigestError(ROOT_FILE, "is of another version", "build the site anew")
        self.paper_count = self._root.documents
        self.years: Sequence[tuple[str, int]] = self._root.years
        self.term_ranges = SortedNames(decode_front_coded(self._root.shards)[0])
        self._spellings = {
            "b": SortedNames(decode_front_coded(self._root.beginnings)[0]),
            "e": SortedNames(decode_front_coded(self._root.ends)[0]),
        }
        self.term_range = lru_cache(_FILES_IN_MEMORY)(self._read_term_range)
        self.facets = lru_cache(1)(self._read_facets)
        self._rests = lru_cache(_FILES_IN_MEMORY)(self._read_rests)
        self._rows = lru_cache(_FILES_IN_MEMORY)(self._read_rows)
        self._words = lru_cache(_FILES_IN_MEMORY)(self._read_words)

    @classmethod
    def open(cls, folder: Path) -> IndexReader:
        """Read the index in a folder, such as ``site/assets/search``; see ``__init__``."""
        return cls(lambda name: (folder / name).read_bytes())

    def list_rest(self, number: int) -> ListRest:
        """Return the rest of a long posting list by its number among all rests."""
        file_number = max(0, bisect_right(self._root.rests, number) - 1)
        return self._rests(file_number)[number - self._root.rests[file_number]]

    def paper(self, number: int) -> StoredPaper:
        """Return what is stored of a paper; the oldest one has number 0."""
        return self._rows(number // self._root.chunk)[number % self._root.chunk]

    def words_beginning(self, prefix: str, max_files: int) -> list[tuple[str, int]]:
        """List the plain words that begin so, with the logarithm of how many papers hold each."""
        return self._listed_words("b", prefix, max_files)

    def words_ending(self, suffix: str, max_files: int) -> list[tuple[str, int]]:
        """List the plain words that end so, as ``words_beginning`` does."""
        reversed_words = self._listed_words("e", suffix[::-1], max_files)
        return [(word[::-1], log_frequency) for word, log_frequency in reversed_words]

    def _listed_words(self, kind: str, prefix: str, max_files: int) -> list[tuple[str, int]]:
        return [
            (word, log_frequency)
            for number in self._spellings[kind].files_of(prefix, max_files)
            for word, log_frequency in self._words(kind, number)
            if word.startswith(prefix)
        ]

    def _read(self, kind: str, number: int, name_hash: str) -> bytes:
        return self._read_unpacked(f"{kind}{number}-{name_hash}.bin")

    def _read_unpacked(self, name: str) -> bytes:
        try:
            return inflate(self._read_file(name))
        except (OSError, KeyError) as error:
            raise DigestError(name, "is missing from the search index", "build the site") from error
        except zlib.error as error:
            raise DigestError(name, "cannot be read", "build the site anew") from error

    def _read_term_range(self, number: int) -> TermRange:
        content = self._read("t", number, self._root.names.terms)
        return decode_term_range(content, self.paper_count, self._root.head)

    def _read_rests(self, number: int) -> list[ListRest]:
        return decode_rests(self._read("r", number, self._root.names.rests), self.paper_count)

    def _read_words(self, kind: str, number: int) -> list[tuple[str, int]]:
        names = self._root.names
        content = self._read(kind, number, names.beginnings if kind == "b" else names.ends)
        return list(zip(*decode_front_coded(content.decode("utf-8")), strict=True))

    def _read_rows(self, number: int) -> list[StoredPaper]:
        at = number // self._root.group * _HASH_LETTERS
        content = self._read("d", number, self._root.names.documents[at : at + _HASH_LETTERS])
        return [StoredPaper(*line.split("\t")) for line in content.decode("utf-8").split("\n")]

    def _read_facets(self) -> Facets:
        content = self._read("f", 0, self._root.names.facets)
        packed = msgspec.json.decode(content, type=_PackedFacets)
        topics: dict[str, ByteArray] = {}
        for name, gaps in packed.topics.items():
            papers = self._flags(gaps)
            for topic in filter(None, (name, packed.above.get(name))):
                topics[topic] = topics[topic] | papers if topic in topics else papers
        sources = {name: self._flags(gaps) for name, gaps in packed.sources.items()}
        return Facets(topics, packed.titles, sources, self._flags(packed.code))

    def _flags(self, gaps: Sequence[int]) -> ByteArray:
        flags = np.zeros(self.paper_count, np.uint8)
        flags[np.cumsum(np.array(gaps, np.int64))] = 1
        return flags
