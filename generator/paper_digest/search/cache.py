"""Caches the forward index in one file, so that a build counts the words of changed documents only.

What is to be counted is divided among the processors.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path

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
    name_terms: bytes
    name_numbers: bytes
    name_counts: bytes


def update_forward_index(
    document_hashes: Mapping[str, bytes], make_document: Callable[[str], Document], cache_path: Path
) -> tuple[ForwardIndex, int]:
    """Return the forward index of some documents, and how many of them came from the last build.

    Args:
        document_hashes: for each slug, a hash of all that its document is made from.
        make_document: makes the document of a slug.
        cache_path: the file of the last build, which is replaced. It may be deleted at any time; a
            damaged one counts as absent.
    """
    forward, cached_hashes = _read_cache(cache_path)
    unchanged = [
        document_hashes.get(row.slug) == key
        for row, key in zip(forward.rows, cached_hashes, strict=True)
    ]
    forward.retain(np.array(unchanged, bool))
    reused_slugs = {row.slug for row in forward.rows}
    changed_slugs = [slug for slug in document_hashes if slug not in reused_slugs]
    for partial_index in fork_map(
        changed_slugs, lambda slugs: build_forward_index(map(make_document, slugs))
    ):
        forward.merge(partial_index)
    if not all(unchanged) or len(reused_slugs) < len(document_hashes):
        _write_cache(cache_path, forward, [document_hashes[row.slug] for row in forward.rows])
    return forward, len(reused_slugs)


def _read_cache(path: Path) -> tuple[ForwardIndex, list[bytes]]:
    forward = ForwardIndex()
    try:
        cached = msgspec.msgpack.decode(read_checked(path), type=_CachedIndex)
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
    forward.name_terms = array("I", cached.name_terms)
    forward.name_numbers = array("H", cached.name_numbers)
    forward.name_counts = array("I", cached.name_counts)
    return forward, cached.document_hashes


def _write_cache(path: Path, forward: ForwardIndex, document_hashes: list[bytes]) -> None:
    cached = _CachedIndex(
        COUNTING_VERSION,
        document_hashes,
        forward.rows,
        "\n".join(forward.term_ids.terms),
        forward.posting_terms.tobytes(),
        bytes(forward.payloads),
        forward.posting_counts.tobytes(),
        forward.name_terms.tobytes(),
        forward.name_numbers.tobytes(),
        forward.name_counts.tobytes(),
    )
    write_checked(path, msgspec.msgpack.encode(cached))
