"""Caches the forward index between builds, so that a build counts the words of changed documents only.

It stands in two files: one of nearly all documents, and one of those that came or changed since that was
written, which is the only one that most builds write. A document counts where its hash is that of the
build, so nobody need say which of the first file are void. What is to be counted is divided among the processors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.incremental.checked_file import view_checked, write_checked
from paper_digest.incremental.parallel import fork_map
from paper_digest.incremental.reading_cache import newer_words_path
from paper_digest.search.document import Document
from paper_digest.search.forward_index import DocumentRow, ForwardIndex, build_forward_index
from paper_digest.search.term_counts import COUNTING_VERSION

#: Both files are written as one when so many documents of the first came, changed or went since: one in so many.
_RENEW_IF_ONE_IN = 16


class _CachedIndex(msgspec.Struct, array_like=True):
    """A forward index as it is written; each of ``document_hashes`` is of what a row was made from."""

    version: str
    document_hashes: list[bytes]
    rows: list[DocumentRow]
    terms: str
    posting_terms: memoryview
    payloads: memoryview
    posting_counts: memoryview
    places: memoryview
    place_counts: memoryview
    name_terms: memoryview
    name_numbers: memoryview
    name_counts: memoryview


class ForwardUpdate(NamedTuple):
    """A forward index that was brought up to date.

    Attributes:
        forward: the documents as they are now.
        reused_count: how many of them were counted before.
        dropped: documents of earlier builds that have changed since, or are gone, as they were; those
            of the last build are all there.
    """

    forward: ForwardIndex
    reused_count: int
    dropped: ForwardIndex


class _CachedWords(NamedTuple):
    """What one of the files has: documents that hold, and others."""

    forward: ForwardIndex
    dropped: ForwardIndex


def update_forward_index(
    document_hashes: Mapping[str, bytes], make_document: Callable[[str], Document], cache_path: Path
) -> ForwardUpdate:
    """Bring the forward index of the last build up to date.

    Args:
        document_hashes: for each slug, a hash of all that its document is made from.
        make_document: makes the document of a slug.
        cache_path: the file of the last build; ``newer_words_path`` names the other. Both may be
            deleted at any time; a damaged one counts as absent.
    """
    newer_path = newer_words_path(cache_path)
    newer = _read_part(newer_path, document_hashes, set())
    older = _read_part(cache_path, document_hashes, {row.slug for row in newer.forward.rows})
    reused = {row.slug for part in (older, newer) for row in part.forward.rows}
    changed_slugs = [slug for slug in document_hashes if slug not in reused]
    added = newer.forward
    for partial_index in fork_map(
        changed_slugs, lambda slugs: build_forward_index(map(make_document, slugs))
    ):
        added.merge(partial_index)
    forward, dropped = older.forward, older.dropped
    older_count = len(forward.rows)
    if added.rows:
        forward.merge(added)
    changed_count = len(added.rows) + len(dropped.rows)
    if changed_count > older_count // _RENEW_IF_ONE_IN:
        _write_part(cache_path, forward, document_hashes)
        newer_path.unlink(missing_ok=True)
    elif changed_slugs or newer.dropped.rows:
        _write_part(newer_path, added, document_hashes)
    if newer.dropped.rows:
        dropped.merge(newer.dropped.compacted())
    return ForwardUpdate(forward, len(reused), dropped)


def _read_part(
    path: Path, document_hashes: Mapping[str, bytes], left_out: AbstractSet[str]
) -> _CachedWords:
    """Read a file; the documents in ``left_out`` are had from the other one, and count as dropped."""
    cached, hashes = unpack_forward_index(view_checked(path))
    holds = np.array(
        [
            document_hashes.get(row.slug) == key and row.slug not in left_out
            for row, key in zip(cached.rows, hashes, strict=True)
        ],
        bool,
    )
    return _CachedWords(
        cached.select(holds), ForwardIndex() if holds.all() else cached.select(~holds)
    )


def _write_part(path: Path, part: ForwardIndex, document_hashes: Mapping[str, bytes]) -> None:
    hashes = [document_hashes[row.slug] for row in part.rows]
    write_checked(path, pack_forward_index(part, hashes))


def unpack_forward_index(packed: bytes | memoryview) -> tuple[ForwardIndex, list[bytes]]:
    """Undo ``pack_forward_index``; an empty index where that was done by another version or not at all."""
    forward = ForwardIndex()
    try:
        cached = msgspec.msgpack.decode(packed, type=_CachedIndex)
    except msgspec.DecodeError:
        return forward, []
    if cached.version != COUNTING_VERSION:
        return forward, []
    forward.rows = cached.rows
    forward.term_ids.restore(cached.terms.split("\n") if cached.terms else [])
    forward.payloads = bytearray(cached.payloads)
    for target, column in (
        (forward.posting_terms, cached.posting_terms),
        (forward.posting_counts, cached.posting_counts),
        (forward.places, cached.places),
        (forward.place_counts, cached.place_counts),
        (forward.name_terms, cached.name_terms),
        (forward.name_numbers, cached.name_numbers),
        (forward.name_counts, cached.name_counts),
    ):
        target.frombytes(column)
    return forward, cached.document_hashes


def pack_forward_index(forward: ForwardIndex, document_hashes: list[bytes]) -> bytes:
    """Pack a forward index; each hash is of what a document was made from."""
    cached = _CachedIndex(
        COUNTING_VERSION,
        document_hashes,
        forward.rows,
        "\n".join(forward.term_ids.terms),
        memoryview(forward.posting_terms).cast("B"),
        memoryview(forward.payloads),
        memoryview(forward.posting_counts).cast("B"),
        memoryview(forward.places).cast("B"),
        memoryview(forward.place_counts).cast("B"),
        memoryview(forward.name_terms).cast("B"),
        memoryview(forward.name_numbers).cast("B"),
        memoryview(forward.name_counts).cast("B"),
    )
    return msgspec.msgpack.encode(cached)
