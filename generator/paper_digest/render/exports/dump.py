"""The dump: every record in full, one JSON object per line; ``digest ingest jsonl`` reads it.

It is made of parts, papers of one folder of the store, each a gzip member of its own: members behind one
another are a gzip file too (RFC 1952, section 2.2), and new papers mostly change the last of a folder.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

import msgspec

from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_of_hashes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.ids import folder
from paper_digest.model.paper import Paper
from paper_digest.render.exports.record_reader import RecordReader

DUMP_PATH = "api/papers.jsonl.gz"

#: A gzip header without file name and time, so that the same papers give the same bytes
#: (RFC 1952, section 2.3); the system byte says "unknown".
_DEFLATE_IN_GZIP = 31
#: Many times what the packer looks back on (32 kB), so that parts pack like a whole.
_PAPERS_PER_MEMBER = 128


class Dump:
    """A gzip member that grows by one paper at a time and is never held unpacked."""

    def __init__(self) -> None:
        self._encode = msgspec.json.Encoder().encode
        self._packer = zlib.compressobj(9, zlib.DEFLATED, _DEFLATE_IN_GZIP)
        self._packed = bytearray()

    def add(self, paper: Paper) -> None:
        """Write one paper, claims and all."""
        self._packed += self._packer.compress(self._encode(paper) + b"\n")

    def finish(self) -> tuple[str, bytes]:
        """End the file and return it."""
        self._packed += self._packer.flush()
        return DUMP_PATH, bytes(self._packed)


def dump_group(catalog: Catalog, records: RecordReader) -> OutputGroup[SiteFile]:
    """Make the dump of all papers that are shown."""
    folders: dict[str, list[str]] = defaultdict(list)
    for slug in records.citation_keys:
        folders[folder(catalog.by_slug[slug].id)].append(slug)
    parts = {
        f"{name}/{start}": slugs[start : start + _PAPERS_PER_MEMBER]
        for name, slugs in folders.items()
        for start in range(0, len(slugs), _PAPERS_PER_MEMBER)
    }
    part_hashes = {
        name: hash_of_hashes(map(records.record_hash, slugs)) for name, slugs in parts.items()
    }

    def make() -> Iterator[SiteFile]:
        members = [
            records.cached_text(
                f"dump/{name}", part_hashes[name], partial(_gzip_member, slugs, records)
            )
            for name, slugs in parts.items()
        ]
        yield DUMP_PATH, b"".join(members) or Dump().finish()[1]

    return OutputGroup(DUMP_PATH.removesuffix(".gz"), hash_of_hashes(part_hashes.values()), make)


def _gzip_member(slugs: list[str], records: RecordReader) -> bytes:
    dump = Dump()
    for slug in slugs:
        dump.add(records.paper(slug))
    return dump.finish()[1]
