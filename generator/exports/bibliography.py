"""Citation files: ``.bib`` and CSL ``.json`` for every topic and every month.

A file for each day, author and search would repeat each paper many times over; those lists are
put together in the browser, from the BibTeX and RIS on the papers' pages and the ``citation`` of
the API's records.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from generator import citation
from generator.catalog import Catalog, Entry
from generator.exports.records import Records
from generator.kept.fingerprint import hashed
from generator.kept.group import File, Group

#: Papers in one file: the newest of a topic; the months hold all.
MOST = 2000

_BETWEEN = b"\0"


def groups(catalog: Catalog, records: Records) -> Iterator[Group[File]]:
    """Make the files of all topics and months, newest paper first."""
    lists = {f"exports/months/{month}": found for month, found in catalog.by_month.items()}
    lists |= {f"exports/topics/{name}": found for name, found in catalog.by_topic.items()}
    for stem, entries in lists.items():
        shown = entries[:MOST]
        keys = "\n".join(records.cites[e.slug] for e in shown)
        marks = (records.mark(e.slug) for e in shown)
        inputs = hashed(*marks, keys.encode(), str(len(entries)).encode())
        yield Group(stem, inputs, partial(_files, stem, entries, records))


def _files(stem: str, entries: tuple[Entry, ...], records: Records) -> Iterator[File]:
    shown = [cited(e.slug, records) for e in entries[:MOST]]
    left = len(entries) - len(shown)
    # BibTeX takes text between entries for a comment.
    head = f"The newest {MOST} of {len(entries)} papers.\n\n".encode() if left else b""
    yield f"{stem}.bib", head + b"\n".join(bib for bib, _ in shown)
    yield f"{stem}.json", b"[" + b",\n".join(item for _, item in shown) + b"]\n"


def cited(slug: str, records: Records) -> tuple[bytes, bytes]:
    """Return a paper's citations as BibTeX and CSL-JSON, made once for all files that hold them."""
    key = records.cites[slug]

    def make() -> bytes:
        paper = records.paper(slug)
        item = msgspec.json.encode(citation.csl(paper, key))
        return citation.bibtex(paper, key).encode() + _BETWEEN + item

    made = records.text(f"cited/{slug}", hashed(records.mark(slug), key.encode()), make)
    bib, _, item = made.partition(_BETWEEN)
    return bib, item
