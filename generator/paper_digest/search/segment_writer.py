"""Writes one segment of the index, and what its entry of the root says of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from paper_digest.incremental.hashing import content_hash
from paper_digest.search.codec import encode_front_coded, gaps
from paper_digest.search.forward_index import DocumentRow
from paper_digest.search.inverted_index import InvertedIndex, utf16_sort_key
from paper_digest.search.result_chunks import packed_facets, spelling_shards, stored_fields
from paper_digest.search.shards import (
    Shard,
    range_edges,
    rest_shards,
    split_long_lists,
    term_ranges,
)

_MIN_CHUNKS_PER_HASH = 8  # chunks that share the hash in their names, to keep the root small
_MAX_HASHES = 256  # of chunks: the root of a large archive would be little else

WriteFile = Callable[[str, bytes], None]


class IndexSizes(NamedTuple):
    """How finely an index is cut: papers a chunk, bytes a term range, postings of a list in a range, bytes of rests a file."""

    papers_per_chunk: int
    shard_bytes: int
    head_postings: int
    rest_bytes: int


class Topics(NamedTuple):
    """What readers call the topics: the title of each name, and the topic above each subtopic."""

    titles: Mapping[str, str]
    parents: Mapping[str, str]


class FileWriter:
    """Names the files, hands them on to be written, and counts files and bytes."""

    def __init__(self, write: WriteFile, prefix: str = "") -> None:
        """Write through ``write(name, bytes)``; ``prefix`` begins the names of a family."""
        self._write, self._prefix = write, prefix
        self.file_count = 0
        self.total_bytes = 0

    def write(self, name: str, content: bytes) -> None:
        """Write one file."""
        self._write(name, content)
        self.file_count += 1
        self.total_bytes += len(content)

    def write_family(self, kind: str, contents: Sequence[bytes], first_number: int = 0) -> str:
        """Write numbered files that share one hash in their names; return the hash."""
        family_hash = content_hash(*contents)
        for number, content in enumerate(contents, first_number):
            self.write(f"{self._prefix}{kind}{number}-{family_hash}.bin", content)
        return family_hash


def write_base(
    inverted: InvertedIndex,
    rows: Sequence[DocumentRow],
    topics: Topics,
    sizes: IndexSizes,
    writer: FileWriter,
) -> dict[str, Any]:
    """Write the files of an index, or of its base, but the root; return what the root says of them."""
    total = len(rows)
    split_index = split_long_lists(inverted, sizes.head_postings)
    frequencies = np.diff(inverted.starts)
    edges = range_edges(split_index.heads, sizes.shard_bytes)
    term_shards = list(term_ranges(split_index, frequencies, total, edges))
    rest_shard_files = list(rest_shards(split_index, total, sizes.rest_bytes))
    root = {
        "chunk": sizes.papers_per_chunk,
        "group": files_per_hash(-(-total // sizes.papers_per_chunk)),
        "head": sizes.head_postings,
        "shards": front_coded_text(_shard_separators(inverted.terms, term_shards)),
        "rests": gaps([one.first_list for one in rest_shard_files]),
        "names": {
            "terms": writer.write_family("t", [shard.packed for shard in term_shards]),
            "rests": writer.write_family("r", [one.packed for one in rest_shard_files]),
            "places": writer.write_family("p", [shard.places for shard in term_shards]),
            "restPlaces": writer.write_family("q", [one.places for one in rest_shard_files]),
        },
    }
    write_words(root, inverted, writer)
    write_rows(root, rows, topics, root, writer)
    return root


def write_words(root: dict[str, Any], inverted: InvertedIndex, writer: FileWriter) -> None:
    """Write the words that spellings are corrected by, and say so in the root."""
    for name, is_reversed in (("beginnings", False), ("ends", True)):
        word_shards = list(spelling_shards(inverted, reversed_words=is_reversed))
        root[name] = front_coded_text([shard.first_term for shard in word_shards])
        packed = [shard.packed for shard in word_shards]
        root["names"][name] = writer.write_family(name[0], packed)


def write_rows(
    root: dict[str, Any],
    rows: Sequence[DocumentRow],
    topics: Topics,
    base_root: Mapping[str, Any],
    writer: FileWriter,
) -> None:
    """Write what is shown of the papers and what they are filtered by, and say so in the root.

    ``base_root`` is the root of the index, or of its base, which says how many papers go into a file, and
    how many files share a hash.
    """
    chunks, group_size = list(stored_fields(rows, base_root["chunk"])), base_root["group"]
    groups = [chunks[at : at + group_size] for at in range(0, len(chunks), group_size)]
    root["names"]["facets"] = writer.write_family(
        "f", [packed_facets(rows, topics.titles, topics.parents)]
    )
    root["names"]["documents"] = "".join(
        writer.write_family("d", group, place * group_size) for place, group in enumerate(groups)
    )


def files_per_hash(file_count: int) -> int:
    """Return how many of so many files of rows share a hash: a power of two, so that few names change as an archive grows."""
    return max(_MIN_CHUNKS_PER_HASH, 1 << (max(file_count - 1, 0) // _MAX_HASHES).bit_length())


def front_coded_text(terms: Sequence[str]) -> str:
    """Write sorted terms as one text, as ``encode_front_coded`` does."""
    return encode_front_coded(terms).decode("utf-8")


def _shard_separators(terms: Sequence[str], term_shards: Sequence[Shard]) -> list[str]:
    """Shorten each shard's first term to the shortest prefix that sorts after the term before it."""
    separators: list[str] = []
    for shard in term_shards:
        previous_term = terms[
            bisect_left(terms, utf16_sort_key(shard.first_term), key=utf16_sort_key) - 1
        ]
        pairs = zip(previous_term, shard.first_term, strict=False)
        shared_length = next(
            (place for place, (one, other) in enumerate(pairs) if one != other), len(previous_term)
        )
        separators.append(shard.first_term[: shared_length + 1] if separators else "")
    return separators
