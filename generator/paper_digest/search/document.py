"""What the index is made from, one document a paper, and the report of a build."""

from __future__ import annotations

import msgspec


class Document(msgspec.Struct, frozen=True):
    """A paper as search sees it.

    Attributes:
        slug: names the page, ``papers/<slug>/``.
        bare_id: what a reader may paste: ``2511.01234``, ``hep-th/9901001``, a DOI.
        title: plain Unicode on one line.
        text: digest and abstract, plain.
        date: ISO date or "".
        topics: names of topics; ``build_index`` takes their titles.
    """

    slug: str
    bare_id: str
    title: str
    text: str
    authors: tuple[str, ...]
    date: str
    topics: tuple[str, ...]
    has_code: bool
    sources: tuple[str, ...]


class IndexReport(msgspec.Struct, frozen=True):
    """What was written: counts, and the size of all files in bytes.

    ``reused_documents`` counts those whose words came from the cache.
    """

    documents: int
    reused_documents: int
    terms: int
    postings: int
    file_count: int
    total_bytes: int
