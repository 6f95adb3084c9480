"""Citation files: ``.bib`` and CSL ``.json`` for every topic and every month.

A file for each day, author and search would repeat each paper many times over; those lists are
put together in the browser, from the BibTeX and RIS on the papers' pages and the ``citation`` of
the API's records.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from paper_digest.catalog.catalog import Catalog, CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render import citation
from paper_digest.render.exports.record_reader import Records

#: Papers of a topic in one file, the newest; the months hold all.
MOST = 500

_BETWEEN = b"\0"


def groups(catalog: Catalog, records: Records) -> Iterator[OutputGroup[SiteFile]]:
    """Make the files of all topics and months, newest paper first."""
    for month, found in catalog.by_month.items():
        yield _group(f"exports/months/{month}", found, "", records)
    for name, found in catalog.by_topic.items():
        left = len(found) > MOST
        head = f"The newest {MOST} of {len(found)} papers.\n\n" if left else ""
        yield _group(f"exports/topics/{name}", found[:MOST], head, records)


def _group(
    stem: str, shown: tuple[CatalogEntry, ...], head: str, records: Records
) -> OutputGroup[SiteFile]:
    keys = "\n".join(records.citation_keys[e.slug] for e in shown)
    marks = (records.record_hash(e.slug) for e in shown)
    inputs = hash_bytes(*marks, keys.encode(), head.encode())
    return OutputGroup(stem, inputs, partial(_files, stem, shown, head, records))


def _files(
    stem: str, shown: tuple[CatalogEntry, ...], head: str, records: Records
) -> Iterator[SiteFile]:
    found = [cited(e.slug, records) for e in shown]
    # BibTeX takes text between entries for a comment.
    yield f"{stem}.bib", head.encode() + b"\n".join(bib for bib, _ in found)
    yield f"{stem}.json", b"[" + b",\n".join(item for _, item in found) + b"]\n"


def cited(slug: str, records: Records) -> tuple[bytes, bytes]:
    """Return a paper's citations as BibTeX and CSL-JSON, made once for all files that hold them."""
    key = records.citation_keys[slug]

    def make() -> bytes:
        paper = records.paper(slug)
        item = msgspec.json.encode(citation.csl(paper, key))
        return citation.bibtex(paper, key).encode() + _BETWEEN + item

    made = records.cached_text(
        f"cited/{slug}", hash_bytes(records.record_hash(slug), key.encode()), make
    )
    bib, _, item = made.partition(_BETWEEN)
    return bib, item
