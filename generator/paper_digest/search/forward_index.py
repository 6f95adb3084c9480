"""Gathers the words of all documents in flat arrays, to which documents come and from which they go."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.document import Document
from paper_digest.search.term_counts import Counter
from paper_digest.search.term_ids import Vocabulary

_BATCH = 256


class Row(NamedTuple):
    """What is kept of a document beside its words: how it is shown, ordered and filtered.

    ``text`` is a hash of all the text that is indexed.
    """

    date: str
    slug: str
    shown: bytes
    topics: tuple[str, ...]
    has_code: bool
    sources: tuple[str, ...]
    text: bytes


class Collection:
    """The words of many documents, in the order they came, in flat arrays.

    ``sizes`` tells how many of ``numbers`` and ``payloads`` belong to each of ``rows``. Takes
    about 5 bytes a posting and 400 bytes a document.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[Row] = []
        self.vocabulary = Vocabulary()
        self.numbers = array("I")
        self.payloads = bytearray()
        self.sizes = array("I")
        self._dates: dict[str, str] = {}
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def order(self) -> list[int]:
        """Places of the documents, oldest first: the order in which they are numbered."""
        keys = [(row.date, row.slug) for row in self.rows]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def add(self, documents: Iterable[Document]) -> None:
        """Count the words of more documents."""
        counter, left = Counter(self.vocabulary), iter(documents)
        while batch := list(islice(left, _BATCH)):
            self.rows.extend(map(self._row, batch))
            counts = counter.count(batch)
            self.numbers.frombytes(counts.numbers.tobytes())
            self.payloads += counts.payloads.tobytes()
            self.sizes.extend(counts.sizes.tolist())

    def take(self, other: Collection) -> None:
        """Take over the documents of another collection."""
        numbers = np.array([self.vocabulary[term] for term in other.vocabulary.terms], np.uint32)
        self.rows += other.rows
        self.numbers.frombytes(numbers[np.frombuffer(other.numbers, np.uint32)].tobytes())
        self.payloads += other.payloads
        self.sizes += other.sizes

    def keep(self, kept: npt.NDArray[np.bool_]) -> None:
        """Forget the documents that are not kept; one truth value for each."""
        if kept.all():
            return
        sizes = np.frombuffer(self.sizes, np.uint32)
        postings = np.repeat(kept, sizes)
        numbers = np.frombuffer(self.numbers, np.uint32)[postings]
        payloads = np.frombuffer(self.payloads, np.uint8)[postings]
        self.rows = [row for row, stays in zip(self.rows, kept.tolist(), strict=True) if stays]
        self.numbers = array("I", numbers.tobytes())
        self.payloads = bytearray(payloads.tobytes())
        self.sizes = array("I", sizes[kept].tobytes())

    def _row(self, document: Document) -> Row:
        """Make a document's row; equal dates and lists of names are kept once."""
        text = "\0".join((document.bare_id, document.title, document.text, *document.authors))
        return Row(
            self._dates.setdefault(document.date, document.date),
            document.slug,
            _shown(document),
            self._names.setdefault(document.topics, document.topics),
            document.has_code,
            self._names.setdefault(document.sources, document.sources),
            hash_bytes(text.encode("utf-8", "surrogatepass")),
        )


def collect(documents: Iterable[Document]) -> Collection:
    """Gather all documents; what is built from them does not depend on their order."""
    collection = Collection()
    collection.add(documents)
    return collection


def _shown(document: Document) -> bytes:
    authors = document.authors[0] if document.authors else ""
    if len(document.authors) > 1:
        authors += " et al."
    fields = (document.slug, document.title, authors, document.date)
    return "\t".join(" ".join(field.split()) for field in fields).encode("utf-8", "replace")
