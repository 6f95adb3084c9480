"""Builds the search index: reads every document once, then writes small files and a root."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.cache import gathered
from paper_digest.search.codec import deflate, front_code, name_hash
from paper_digest.search.document import Document, IndexReport
from paper_digest.search.forward_index import Collection, collect
from paper_digest.search.inverted_index import invert, sort_key
from paper_digest.search.result_chunks import facets, shown, spelling, years
from paper_digest.search.shards import Shard, cut, part, rests

#: Raised whenever a reader of another version could not read the files.
FORMAT = 3
ROOT = "root.bin"
_GROUP = 8  # chunks that share the hash in their names, to keep the root small

Write = Callable[[str, bytes], None]


class Sizes(NamedTuple):
    """How finely an index is cut: papers a chunk, bytes a term range, postings kept in it."""

    chunk: int
    shard: int
    head: int


def sizes_for(documents: int) -> Sizes:
    """Grow the pieces with the archive: small ones cost files, large ones cost bytes a query."""
    for most, sizes in (
        (3_000, Sizes(20, 5_000, 1_000)),
        (20_000, Sizes(23, 6_000, 1_000)),
        (60_000, Sizes(26, 6_500, 1_500)),
    ):
        if documents <= most:
            return sizes
    return Sizes(28, 8_000, 2_500)


def build_index(
    documents: Iterable[Document],
    topic_titles: Mapping[str, str],
    write: Write,
    cache: Path | None = None,
    above: Mapping[str, str] | None = None,
) -> IndexReport:
    """Write the index of ``documents`` through ``write(name, bytes)``.

    The same documents give the same bytes, in whatever order they come. Every name but
    ``root.bin`` holds a hash of the contents. ``cache`` is a file that makes the next build read
    the words of unchanged documents from it. ``above`` gives the topic above a subtopic.
    """
    if cache is None:
        return write_index(collect(documents), topic_titles, write, above=above)
    held = {document.slug: document for document in documents}
    keys = {slug: hash_bytes(msgspec.msgpack.encode(one)) for slug, one in held.items()}
    collection, reused = gathered(keys, held.__getitem__, cache)
    return write_index(collection, topic_titles, write, reused, above)


def write_index(
    collection: Collection,
    topic_titles: Mapping[str, str],
    write: Write,
    reused: int = 0,
    above: Mapping[str, str] | None = None,
) -> IndexReport:
    """Write the index of collected documents; see ``build_index``."""
    rows = [collection.rows[place] for place in collection.order()]
    total = len(rows)
    sizes = sizes_for(total)
    files = _Files(write)
    index = invert(collection)
    parts = part(index, sizes.head)
    frequencies = np.diff(index.starts)
    shards = list(cut(parts, frequencies, total, sizes.shard))
    beginnings = list(spelling(index, backwards=False))
    ends = list(spelling(index, backwards=True))
    chunks = list(shown(rows, sizes.chunk))
    groups = [chunks[at : at + _GROUP] for at in range(0, len(chunks), _GROUP)]
    rest = list(rests(parts, total, 4 * sizes.shard))
    root = {
        "format": FORMAT,
        "documents": total,
        "chunk": sizes.chunk,
        "group": _GROUP,
        "head": sizes.head,
        "years": years(rows),
        "shards": _text(_separators(index.terms, shards)),
        "rests": [one.first for one in rest],
        "beginnings": _text([shard.first for shard in beginnings]),
        "ends": _text([shard.first for shard in ends]),
        "names": {
            "terms": files.family("t", [shard.packed for shard in shards]),
            "rests": files.family("r", [one.packed for one in rest]),
            "beginnings": files.family("b", [shard.packed for shard in beginnings]),
            "ends": files.family("e", [shard.packed for shard in ends]),
            "facets": files.family("f", [facets(rows, topic_titles, above or {})]),
            "documents": "".join(
                files.family("d", group, place * _GROUP) for place, group in enumerate(groups)
            ),
        },
    }
    files.put(ROOT, deflate(msgspec.json.encode(root)))
    return IndexReport(
        documents=total,
        reused=reused,
        terms=len(index.terms),
        postings=len(index.documents),
        files=files.count,
        size=files.size,
    )


def _separators(terms: Sequence[str], shards: Sequence[Shard]) -> list[str]:
    """Shorten each shard's first term to what still sorts behind the term before it."""
    shortened: list[str] = []
    for shard in shards:
        before = terms[bisect_left(terms, sort_key(shard.first), key=sort_key) - 1]
        pairs = zip(before, shard.first, strict=False)
        kept = next(
            (place for place, (one, other) in enumerate(pairs) if one != other), len(before)
        )
        shortened.append(shard.first[: kept + 1] if shortened else "")
    return shortened


class _Files:
    """Names and counts what is written."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self.count = 0
        self.size = 0

    def put(self, name: str, content: bytes) -> None:
        """Write one file."""
        self._write(name, content)
        self.count += 1
        self.size += len(content)

    def family(self, kind: str, contents: Sequence[bytes], first: int = 0) -> str:
        """Write numbered files that share one hash, and give the hash."""
        shared = name_hash(*contents)
        for number, content in enumerate(contents, first):
            self.put(f"{kind}{number}-{shared}.bin", content)
        return shared


def _text(terms: Sequence[str]) -> str:
    return front_code(terms).decode("utf-8")
