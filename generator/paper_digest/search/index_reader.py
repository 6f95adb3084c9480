"""Reads the files of a built index, each when it is first needed."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import numpy as np

from paper_digest.model.errors import DigestError
from paper_digest.search.build import FORMAT_VERSION, NEWER_PREFIX
from paper_digest.search.bundle import ROOT_FILE
from paper_digest.search.decoder import ByteArray, IntArray, KeyArray, ListRest, TermRange, inflate
from paper_digest.search.merged_range import merge_term_ranges, renumber_rest
from paper_digest.search.paper_numbers import PaperNumbers, renumbered_keys
from paper_digest.search.segment_reader import (
    FamilyNames,
    PackedFacets,
    SegmentEntry,
    SegmentReader,
    SortedNames,
    StoredPaper,
)

#: Gives the bytes of a file of the index by its name; raises OSError or KeyError where it has none.
ReadFile = Callable[[str], bytes]

#: Papers of the largest index that is read: scores take a few bytes of memory for each.
MAX_PAPERS = 10_000_000

_NO_KEYS: KeyArray = np.zeros(0, np.int64)
_RANGES_IN_MEMORY = 512  # joined term ranges, of some 30 kB


class _Newer(msgspec.Struct, frozen=True):
    """The root's entry of the newer segment, as ``newer_segment.write_newer`` writes it."""

    numbers: list[int]
    replaced: list[int]
    ranges: list[int]
    beginnings: str
    ends: str
    names: FamilyNames


class _Root(msgspec.Struct, frozen=True):
    """``root.bin`` as ``build.py`` writes it."""

    format: int
    documents: Annotated[int, msgspec.Meta(ge=0, le=MAX_PAPERS)]
    chunk: Annotated[int, msgspec.Meta(gt=0)]
    group: Annotated[int, msgspec.Meta(gt=0)]
    head: int
    years: list[tuple[str, int]]
    shards: str
    rests: list[int]
    beginnings: str
    ends: str
    names: FamilyNames
    newer: _Newer | None = None


class Facets(NamedTuple):
    """What papers are filtered by, each as a 1 for every paper that has it, by paper number.

    A topic holds the papers of its subtopics too. ``titles`` gives the title of each topic's name.
    """

    topics: dict[str, ByteArray]
    titles: Mapping[str, str]
    sources: dict[str, ByteArray]
    has_code: ByteArray


class IndexReader:
    """A built index, of one segment or two, whose papers are numbered as in one."""

    def __init__(self, read_file: ReadFile) -> None:
        """Read the root of the index.

        Raises:
            DigestError: if there is no index, or one that another version of this package wrote;
                any method raises it for a file that is missing or damaged.
        """
        self._read_file = read_file
        try:
            root = msgspec.json.decode(self._read_unpacked(ROOT_FILE), type=_Root)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DigestError(ROOT_FILE, "cannot be read", "build the site anew") from error
        if root.format != FORMAT_VERSION:
            raise DigestError(ROOT_FILE, "is of another version", "build the site anew")
        self.paper_count = root.documents
        self.years: Sequence[tuple[str, int]] = root.years
        self.term_ranges = SortedNames(root.shards)
        self._first_rests = list(accumulate(root.rests))
        self._newer = _NewerPapers(root.newer, self._read_unpacked, root) if root.newer else None
        base_count = len(self._newer.numbers.of_base) if self._newer else root.documents
        entry = SegmentEntry(
            "",
            root.names,
            base_count,
            root.chunk,
            root.group,
            root.head,
            root.beginnings,
            root.ends,
        )
        self._base = SegmentReader(self._read_unpacked, entry)
        self.term_range = lru_cache(_RANGES_IN_MEMORY)(self._joined_range)
        self.facets = lru_cache(1)(self._joined_facets)

    @classmethod
    def open(cls, folder: Path) -> IndexReader:
        """Read the index in a folder, such as ``site/assets/search``; see ``__init__``."""
        return cls(lambda name: (folder / name).read_bytes())

    def list_rest(self, number: int) -> ListRest:
        """Return the rest of a long posting list by its number among all rests."""
        file_number, place = self._rest_place(number)
        rest = self._base.rests(file_number)[place]
        return renumber_rest(rest, self._newer.numbers) if self._newer else rest

    def positions(self, range_number: int, term: str, rest: int | None) -> KeyArray:
        """Return where a term stands in titles and texts, as keys of a paper and a position, ascending.

        The paper is shifted by ``NUMBER_BITS``. ``rest`` is the number of the list's rest if that is
        asked for too.
        """
        lists = [self._base.places(range_number).get(term, _NO_KEYS)]
        if rest is not None:
            file_number, place = self._rest_place(rest)
            lists.append(self._base.rest_places(file_number)[place])
        if self._newer:
            newer = self._newer.places(range_number).get(term, _NO_KEYS)
            lists = [renumbered_keys(one, self._newer.numbers.of_base) for one in lists]
            lists.append(renumbered_keys(newer, self._newer.numbers.of_newer))
        return np.sort(np.concatenate(lists))

    def _rest_place(self, number: int) -> tuple[int, int]:
        """Return the file of a rest, and its place there."""
        file_number = max(0, bisect_right(self._first_rests, number) - 1)
        return file_number, number - self._first_rests[file_number]

    def paper(self, number: int) -> StoredPaper:
        """Return what is stored of a paper; the oldest one has number 0."""
        if not self._newer:
            return self._base.paper(number)
        is_newer, place = self._newer.numbers.place(number)
        return (self._newer.segment if is_newer else self._base).paper(place)

    def words_beginning(self, prefix: str, max_files: int) -> list[tuple[str, int]]:
        """List the plain words that begin so, with the logarithm of how many papers hold each."""
        return self._listed_words("b", prefix, max_files)

    def words_ending(self, suffix: str, max_files: int) -> list[tuple[str, int]]:
        """List the plain words that end so, as ``words_beginning`` does."""
        reversed_words = self._listed_words("e", suffix[::-1], max_files)
        return [(word[::-1], log_frequency) for word, log_frequency in reversed_words]

    def _listed_words(self, kind: str, prefix: str, max_files: int) -> list[tuple[str, int]]:
        words = self._base.words(kind, prefix, max_files)
        return words + (self._newer.segment.words(kind, prefix, max_files) if self._newer else [])

    def _read_unpacked(self, name: str) -> bytes:
        try:
            return inflate(self._read_file(name))
        except (OSError, KeyError) as error:
            raise DigestError(name, "is missing from the search index", "build the site") from error
        except zlib.error as error:
            raise DigestError(name, "cannot be read", "build the site anew") from error

    def _joined_range(self, number: int) -> TermRange:
        content = self._base.term_range(number)
        if not self._newer:
            return content
        newer = self._newer.term_range(number)
        span = self.term_ranges.places_of(newer.terms, number)
        return merge_term_ranges(content, newer, span, self._newer.numbers)

    def _joined_facets(self) -> Facets:
        all_papers = np.arange(self.paper_count, dtype=np.int32)
        if not self._newer:
            return _flagged([(self._base.facets(), all_papers)], self.paper_count)
        numbers = self._newer.numbers
        packed = [
            (self._base.facets(), numbers.of_base),
            (self._newer.segment.facets(), numbers.of_newer),
        ]
        return _flagged(packed, self.paper_count)


class _NewerPapers:
    """The newer segment, and where its papers stand among those of the base."""

    def __init__(self, entry: _Newer, read_unpacked: Callable[[str], bytes], root: _Root) -> None:
        self.numbers = PaperNumbers(root.documents, entry.numbers, entry.replaced)
        self._first_ranges = np.cumsum(entry.ranges)
        shape = (len(entry.numbers), root.chunk, root.group, None)
        self.segment = SegmentReader(
            read_unpacked,
            SegmentEntry(NEWER_PREFIX, entry.names, *shape, entry.beginnings, entry.ends),
        )

    def term_range(self, base_range: int) -> TermRange:
        """Return its range that holds the terms of one range of the base, among others."""
        return self.segment.term_range(self._range_of(base_range))

    def places(self, base_range: int) -> Mapping[str, KeyArray]:
        """Return the positions of the terms of that range."""
        return self.segment.places(self._range_of(base_range))

    def _range_of(self, base_range: int) -> int:
        return int(np.searchsorted(self._first_ranges, base_range, side="right")) - 1


def _flagged(packed: Sequence[tuple[PackedFacets, IntArray]], paper_count: int) -> Facets:
    """Unite the facets of segments, each given with the numbers that its papers have in the archive."""
    topics: dict[str, ByteArray] = {}
    sources: dict[str, ByteArray] = {}
    has_code = np.zeros(paper_count, np.uint8)
    titles: dict[str, str] = {}
    for facets, numbers in packed:
        titles |= facets.titles
        named = [
            (topics, topic, gaps)
            for name, gaps in facets.topics.items()
            for topic in filter(None, (name, facets.above.get(name)))
        ]
        named += [(sources, name, gaps) for name, gaps in facets.sources.items()]
        flagged = [(has_code, facets.code)]
        flagged += [
            (flags.setdefault(name, np.zeros(paper_count, np.uint8)), gaps)
            for flags, name, gaps in named
        ]
        for flags, gaps in flagged:
            papers = numbers[np.cumsum(np.array(gaps, np.int64))]
            flags[papers[papers >= 0]] = 1
    return Facets(topics, titles, sources, has_code)
