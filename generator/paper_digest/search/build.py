"""Builds the search index: reads every document once, then writes small files and a root."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.incremental.hashing import content_hash, hash_bytes
from paper_digest.search.cache import update_forward_index
from paper_digest.search.codec import deflate, encode_front_coded
from paper_digest.search.document import Document, IndexReport
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.inverted_index import invert, utf16_sort_key
from paper_digest.search.result_chunks import (
    first_paper_by_year,
    packed_facets,
    spelling_shards,
    stored_fields,
)
from paper_digest.search.shards import Shard, rest_shards, shards, split_long_lists

#: Raised whenever a reader of another version could not read the files.
FORMAT_VERSION = 5
ROOT_FILE = "root.bin"
_CHUNKS_PER_HASH = 8  # chunks that share the hash in their names, to keep the root small

WriteFile = Callable[[str, bytes], None]


class IndexSizes(NamedTuple):
    """How finely an index is cut: papers a chunk, bytes a term range, postings of a list in a range."""

    papers_per_chunk: int
    shard_bytes: int
    head_postings: int


def index_sizes(document_count: int) -> IndexSizes:
    """Return sizes that grow with the archive: small pieces cost files, large ones bytes a query."""
    for max_documents, sizes in (
        (3_000, IndexSizes(20, 5_000, 1_000)),
        (20_000, IndexSizes(23, 6_000, 1_000)),
        (60_000, IndexSizes(26, 6_500, 1_500)),
    ):
        if document_count <= max_documents:
            return sizes
    return IndexSizes(28, 8_000, 2_500)


def build_index(
    documents: Iterable[Document],
    topic_titles: Mapping[str, str],
    write: WriteFile,
    cache_path: Path | None = None,
    parent_topics: Mapping[str, str] | None = None,
) -> IndexReport:
    """Write the index of ``documents`` through ``write(name, bytes)``.

    The same documents give the same bytes, in whatever order they come. Every name but
    ``root.bin`` holds a hash of the contents. ``cache_path`` is a file that makes the next build read
    the words of unchanged documents from it. ``parent_topics`` gives the topic above a subtopic.
    """
    if cache_path is None:
        return write_index(
            build_forward_index(documents), topic_titles, write, parent_topics=parent_topics
        )
    documents_by_slug = {document.slug: document for document in documents}
    document_hashes = {
        slug: hash_bytes(msgspec.msgpack.encode(document))
        for slug, document in documents_by_slug.items()
    }
    forward, reused_count = update_forward_index(
        document_hashes, documents_by_slug.__getitem__, cache_path
    )
    return write_index(forward, topic_titles, write, reused_count, parent_topics)


def write_index(
    forward: ForwardIndex,
    topic_titles: Mapping[str, str],
    write: WriteFile,
    reused_count: int = 0,
    parent_topics: Mapping[str, str] | None = None,
) -> IndexReport:
    """Write the index of collected documents; see ``build_index``."""
    rows = [forward.rows[place] for place in forward.document_order()]
    total = len(rows)
    sizes = index_sizes(total)
    writer = _FileWriter(write)
    inverted = invert(forward)
    split_index = split_long_lists(inverted, sizes.head_postings)
    frequencies = np.diff(inverted.starts)
    term_shards = list(shards(split_index, frequencies, total, sizes.shard_bytes))
    prefix_shards = list(spelling_shards(inverted, reversed_words=False))
    suffix_shards = list(spelling_shards(inverted, reversed_words=True))
    chunks = list(stored_fields(rows, sizes.papers_per_chunk))
    groups = [chunks[at : at + _CHUNKS_PER_HASH] for at in range(0, len(chunks), _CHUNKS_PER_HASH)]
    rest_shard_files = list(rest_shards(split_index, total, 4 * sizes.shard_bytes))
    root = {
        "format": FORMAT_VERSION,
        "documents": total,
        "chunk": sizes.papers_per_chunk,
        "group": _CHUNKS_PER_HASH,
        "head": sizes.head_postings,
        "years": first_paper_by_year(rows),
        "shards": _front_coded_text(_shard_separators(inverted.terms, term_shards)),
        "rests": [one.first_list for one in rest_shard_files],
        "beginnings": _front_coded_text([shard.first_term for shard in prefix_shards]),
        "ends": _front_coded_text([shard.first_term for shard in suffix_shards]),
        "names": {
            "terms": writer.write_family("t", [shard.packed for shard in term_shards]),
            "rests": writer.write_family("r", [one.packed for one in rest_shard_files]),
            "beginnings": writer.write_family("b", [shard.packed for shard in prefix_shards]),
            "ends": writer.write_family("e", [shard.packed for shard in suffix_shards]),
            "facets": writer.write_family(
                "f", [packed_facets(rows, topic_titles, parent_topics or {})]
            ),
            "documents": "".join(
                writer.write_family("d", group, place * _CHUNKS_PER_HASH)
                for place, group in enumerate(groups)
            ),
        },
    }
    writer.write(ROOT_FILE, deflate(msgspec.json.encode(root)))
    return IndexReport(
        documents=total,
        reused_documents=reused_count,
        terms=len(inverted.terms),
        postings=len(inverted.documents),
        file_count=writer.file_count,
        total_bytes=writer.total_bytes,
    )


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


class _FileWriter:
    """Names the files, hands them on to be written, and counts files and bytes."""

    def __init__(self, write: WriteFile) -> None:
        self._write = write
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
            self.write(f"{kind}{number}-{family_hash}.bin", content)
        return family_hash


def _front_coded_text(terms: Sequence[str]) -> str:
    return encode_front_coded(terms).decode("utf-8")
