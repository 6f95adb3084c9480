"""Caches the forward index in one file, so that a build counts the words of changed documents only.

What is to be counted is divided among the processors.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.incremental.checked_file import read_checked, write_checked
from paper_digest.incremental.parallel import fork_map
from paper_digest.search.document import Document
from paper_digest.search.forward_index import DocumentRow, ForwardIndex, build_forward_index
from paper_digest.search.term_counts import COUNTING_VERSION


class _CachedIndex(msgspec.Struct, array_like=True):
    """A forward index as it is written; each of ``document_hashes`` is of what a row was made from."""

    version: str
    document_hashes: list[bytes]
    rows: list[DocumentRow]
    terms: str
    posting_terms: bytes
    payloads: bytes
    posting_counts: bytes
    places: bytes
    place_counts: bytes
    name_terms: bytes
    name_numbers: bytes
    name_counts: bytes


class ForwardUpdate(NamedTuple):
    """A forward index that was brought up to date.

    Attributes:
        forward: the documents as they are now.
        reused_count: how many of them were counted before.
        dropped: the documents of the last build that have changed since, or are gone, as they were.
    """

    forward: ForwardIndex
    reused_count: int
    dropped: ForwardIndex


def update_forward_index(
    document_hashes: Mapping[str, bytes], make_document: Callable[[str], Document], cache_path: Path
) -> ForwardUpdate:
    """Bring the forward index of the last build up to date.

    Args:
        document_hashes: for each slug, a hash of all that its document is made from.
        make_document: makes the document of a slug.
        cache_path: the file of the last build, which is replaced. It may be deleted at any time; a
            damaged one counts as absent.
    """
    cached, cached_hashes = _read_cache(cache_path)
    is_unchanged = np.array(
        [
            document_hashes.get(row.slug) == key
            for row, key in zip(cached.rows, cached_hashes, strict=True)
        ],
        bool,
    )
    forward = cached.select(is_unchanged)
    dropped = ForwardIndex() if is_unchanged.all() else cached.select(~is_unchanged)
    del cached
    reused_slugs = {row.slug for row in forward.rows}
    changed_slugs = [slug for slug in document_hashes if slug not in reused_slugs]
    for partial_index in fork_map(
        changed_slugs, lambda slugs: build_forward_index(map(make_document, slugs))
    ):
        forward.merge(partial_index)
    if changed_slugs or dropped.rows:
        hashes = [document_hashes[row.slug] for row in forward.rows]
        write_checked(cache_path, pack_forward_index(forward, hashes))
    return ForwardUpdate(forward, len(reused_slugs), dropped)


def _read_cache(path: Path) -> tuple[ForwardIndex, list[bytes]]:
    return unpack_forward_index(read_checked(path))


def unpack_forward_index(packed: bytes) -> tuple[ForwardIndex, list[bytes]]:
    """Undo ``pack_forward_index``; an empty index where that was done by another version or not at all."""
    forward = ForwardIndex()
    try:
        cached = msgspec.msgpack.decode(packed, type=_CachedIndex)
    except msgspec.DecodeError:
        return forward, []
    if cached.version != COUNTING_VERSION:
        return forward, []
    forward.rows = cached.rows
    for term in cached.terms.split("\n") if cached.terms else ():
        forward.term_ids[term]
    forward.posting_terms = array("I", cached.posting_terms)
    forward.payloads = bytearray(cached.payloads)
    forward.posting_counts = array("I", cached.posting_counts)
    forward.places = array("H", cached.places)
    forward.place_counts = array("I", cached.place_counts)
    forward.name_terms = array("I", cached.name_terms)
    forward.name_numbers = array("H", cached.name_numbers)
    forward.name_counts = array("I", cached.name_counts)
    return forward, cached.document_hashes


def pack_forward_index(forward: ForwardIndex, document_hashes: list[bytes]) -> bytes:
    """Pack a forward index; each hash is of what a document was made from."""
    cached = _CachedIndex(
        COUNTING_VERSION,
        document_hashes,
        forward.rows,
        "\n".join(forward.term_ids.terms),
        forward.posting_terms.tobytes(),
        bytes(forward.payloads),
        forward.posting_counts.tobytes(),
        forward.places.tobytes(),
        forward.place_counts.tobytes(),
        forward.name_terms.tobytes(),
        forward.name_numbers.tobytes(),
        forward.name_counts.tobytes(),
    )
    return msgspec.msgpack.encode(cached)
