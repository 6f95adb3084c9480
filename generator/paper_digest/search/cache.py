"""Keeps the collection in one file, so that a build counts the words of changed documents only.

The processors share the counting.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import numpy as np

from paper_digest.incremental.parallel import fork_map
from paper_digest.search.document import Document
from paper_digest.search.forward_index import Collection, Row, collect
from paper_digest.search.term_counts import VERSION


class _Kept(msgspec.Struct, array_like=True):
    """A collection as it is written; ``keys`` says what each row was made from."""

    version: int
    keys: list[bytes]
    rows: list[Row]
    terms: str
    numbers: bytes
    payloads: bytes
    sizes: bytes


def gathered(
    keys: Mapping[str, bytes], make: Callable[[str], Document], path: Path
) -> tuple[Collection, int]:
    """Gather the documents named by slug, and count those taken from the last build.

    Args:
        keys: for each slug, a hash of all that its document is made from.
        make: makes the document of a slug.
        path: what was gathered last time, and will be found next time; it may be deleted at any
            time, and a damaged file is begun anew.
    """
    collection, known = _read(path)
    same = [keys.get(row.slug) == key for row, key in zip(collection.rows, known, strict=True)]
    collection.keep(np.array(same, bool))
    reused = {row.slug for row in collection.rows}
    wanted = [slug for slug in keys if slug not in reused]
    for part in fork_map(wanted, lambda slugs: collect(map(make, slugs))):
        collection.take(part)
    if not all(same) or len(reused) < len(keys):
        _write(path, collection, [keys[row.slug] for row in collection.rows])
    return collection, len(reused)


def _read(path: Path) -> tuple[Collection, list[bytes]]:
    collection = Collection()
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
    except (FileNotFoundError, msgspec.DecodeError):
        return collection, []
    if kept.version != VERSION:
        return collection, []
    collection.rows = kept.rows
    for term in kept.terms.split("\n") if kept.terms else ():
        collection.vocabulary[term]
    collection.numbers = array("I", kept.numbers)
    collection.payloads = bytearray(kept.payloads)
    collection.sizes = array("I", kept.sizes)
    return collection, kept.keys


def _write(path: Path, collection: Collection, keys: list[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = _Kept(
        VERSION,
        keys,
        collection.rows,
        "\n".join(collection.vocabulary.terms),
        collection.numbers.tobytes(),
        bytes(collection.payloads),
        collection.sizes.tobytes(),
    )
    beside = path.with_name(path.name + ".tmp")
    beside.write_bytes(msgspec.msgpack.encode(made))
    # One step, so that a build that is killed leaves the last file or the new one.
    beside.replace(path)
