"""Builds the search index: reads every document once, then writes small files and a root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.base_segment import (
    BaseSegment,
    MemberPlaces,
    base_documents,
    describe_base,
    members_of,
)
from paper_digest.search.bundle import ROOT_FILE
from paper_digest.search.cache import update_forward_index
from paper_digest.search.codec import deflate
from paper_digest.search.document import Document, IndexReport
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.inverted_index import InvertedIndex, invert
from paper_digest.search.newer_segment import write_newer
from paper_digest.search.result_chunks import first_paper_by_year
from paper_digest.search.segment_writer import (
    FileWriter,
    IndexSizes,
    Topics,
    WriteFile,
    write_base,
)

#: Raised whenever a reader of another version could not read the files.
FORMAT_VERSION = 8
#: What the names of the newer segment's files begin with.
NEWER_PREFIX = "n"


def index_sizes(document_count: int) -> IndexSizes:
    """Return sizes that grow with the archive: small pieces cost files, large ones bytes a query."""
    for max_documents, sizes in (
        (20_000, IndexSizes(16, 5_000, 1_000, 20_000)),
        (60_000, IndexSizes(26, 6_500, 1_500, 26_000)),
        (250_000, IndexSizes(28, 8_000, 2_500, 32_000)),
    ):
        if document_count <= max_documents:
            return sizes
    return IndexSizes(28, 16_000, 2_500, 16_000)


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
    update = update_forward_index(document_hashes, documents_by_slug.__getitem__, cache_path)
    return write_index(update.forward, topic_titles, write, update.reused_count, parent_topics)


def write_index(
    forward: ForwardIndex,
    topic_titles: Mapping[str, str],
    write: WriteFile,
    reused_count: int = 0,
    parent_topics: Mapping[str, str] | None = None,
) -> IndexReport:
    """Write the index of collected documents, in one segment; see ``build_index``."""
    writer, topics = FileWriter(write), Topics(topic_titles, parent_topics or {})
    inverted, entry = _write_base_files(forward, forward.document_order(), topics, writer)
    _write_root(writer, entry, forward)
    return IndexReport(
        documents=len(forward.rows),
        reused_documents=reused_count,
        terms=len(inverted.terms),
        postings=len(inverted.documents),
        file_count=writer.file_count,
        total_bytes=writer.total_bytes,
    )


def write_new_base(
    forward: ForwardIndex, size: int, key: bytes, topics: Topics, write: WriteFile
) -> BaseSegment:
    """Write the oldest ``size`` papers as the base of an index in two segments; return what it is.

    ``key`` is a hash of all else that its files are made from.
    """
    places = forward.document_order()[:size]
    members = members_of(forward)
    inverted, entry = _write_base_files(forward, places, topics, FileWriter(write))
    return describe_base(key, [members[place] for place in places], entry, inverted)


def rewrite_base(
    base: BaseSegment, forward: ForwardIndex, topics: Topics, write: WriteFile
) -> None:
    """Write the files of a base again, as they were."""
    documents, places = base_documents(base, forward)
    _write_base_files(documents, places, topics, FileWriter(write))


def _write_base_files(
    forward: ForwardIndex, places: Sequence[int], topics: Topics, writer: FileWriter
) -> tuple[InvertedIndex, dict[str, Any]]:
    inverted = invert(forward, places)
    rows = [forward.rows[place] for place in places]
    entry = write_base(inverted, rows, topics, index_sizes(len(rows)), writer)
    return inverted, entry


def write_beside_base(
    base: BaseSegment,
    forward: ForwardIndex,
    places: MemberPlaces,
    topics: Topics,
    write: WriteFile,
) -> None:
    """Write all files of an index in two segments but those of the base: the newer segment and the root.

    ``places`` says where the papers of ``forward`` are.
    """
    entry = base.root_entry()
    sizes = index_sizes(len(base.members))
    if places.newer or places.replaced_members:
        writer = FileWriter(write, NEWER_PREFIX)
        entry["newer"] = write_newer(base, forward, places, topics, sizes.shard_bytes, writer)
    _write_root(FileWriter(write), entry, forward)


def _write_root(writer: FileWriter, entry: dict[str, Any], forward: ForwardIndex) -> None:
    rows = [forward.rows[place] for place in forward.document_order()]
    root = {
        "format": FORMAT_VERSION,
        "documents": len(rows),
        "years": first_paper_by_year(rows),
        **entry,
    }
    writer.write(ROOT_FILE, deflate(msgspec.json.encode(root)))
