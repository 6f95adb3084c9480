"""Holds the words of all documents in flat arrays; documents can be added and removed."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.search.document import Document
from paper_digest.search.term_counts import TermCounter
from paper_digest.search.term_ids import TermIds

_BATCH_DOCUMENTS = 256
_encode_fields = msgspec.msgpack.Encoder().encode


class DocumentRow(NamedTuple):
    """What the index needs of a document besides its words: to show, order and filter it.

    ``stored_fields`` is its line of a results file; ``text_hash`` is of all the text that is indexed, and
    ``row_hash`` of all these fields.
    """

    date: str
    slug: str
    stored_fields: bytes
    topics: tuple[str, ...]
    has_code: bool
    sources: tuple[str, ...]
    text_hash: bytes
    row_hash: bytes


class ForwardIndex:
    """The words of many documents, in the order they came, in flat arrays.

    ``posting_counts`` says how many of ``posting_terms`` (numbers of ``term_ids``) and ``payloads``
    belong to each of ``rows``; ``place_counts`` says so of ``places``, positions in title and text (``TermCounts``);
    ``name_counts`` of ``name_terms`` and ``name_numbers``, the
    words of authors and which author each is of. Takes about 8 bytes a posting and 400 bytes a document.
    """

    def __init__(self) -> None:
        """Start empty."""
        self.rows: list[DocumentRow] = []
        self.term_ids = TermIds()
        self.posting_terms = array("I")
        self.payloads = bytearray()
        self.posting_counts = array("I")
        self.places = array("H")
        self.place_counts = array("I")
        self.name_terms = array("I")
        self.name_numbers = array("H")
        self.name_counts = array("I")
        self._order: list[int] = []
        self._interned_dates: dict[str, str] = {}
        self._interned_names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def document_order(self) -> Sequence[int]:
        """Return the places of the documents, oldest first: the order in which they are numbered."""
        if len(self._order) != len(self.rows):  # rows are added, and never changed
            keys = [(row.date, row.slug) for row in self.rows]
            self._order = sorted(range(len(keys)), key=keys.__getitem__)
        return self._order

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Count the words of more documents."""
        counter, remaining = TermCounter(self.term_ids), iter(documents)
        while batch := list(islice(remaining, _BATCH_DOCUMENTS)):
            self.rows.extend(map(self._shared_row, batch))
            counts = counter.count(batch)
            self.posting_terms.frombytes(counts.posting_terms.tobytes())
            self.payloads += counts.payloads.tobytes()
            self.posting_counts.extend(counts.posting_counts.tolist())
            self.places.frombytes(counts.places.tobytes())
            self.place_counts.extend(counts.place_counts.tolist())
            self.name_terms.frombytes(counts.name_terms.tobytes())
            self.name_numbers.frombytes(counts.name_numbers.tobytes())
            self.name_counts.extend(counts.name_counts.tolist())

    def merge(self, other: ForwardIndex) -> None:
        """Add the documents of another forward index."""
        merged_ids = np.array([self.term_ids[term] for term in other.term_ids.terms], np.uint32)
        self.rows += other.rows
        self.posting_terms.frombytes(
            merged_ids[np.frombuffer(other.posting_terms, np.uint32)].tobytes()
        )
        self.payloads += other.payloads
        self.posting_counts += other.posting_counts
        self.places += other.places
        self.place_counts += other.place_counts
        self.name_terms.frombytes(merged_ids[np.frombuffer(other.name_terms, np.uint32)].tobytes())
        self.name_numbers += other.name_numbers
        self.name_counts += other.name_counts

    def select(self, is_selected: npt.NDArray[np.bool_]) -> ForwardIndex:
        """Return an index of the selected documents; there is one truth value for each.

        It shares the numbers of the terms with this one.
        """
        if is_selected.all():
            return self
        selected = ForwardIndex()
        selected.term_ids = self.term_ids
        selected._interned_dates, selected._interned_names = (
            self._interned_dates,
            self._interned_names,
        )
        runs = _runs(is_selected)
        selected.rows = [row for begin, end in runs for row in self.rows[begin:end]]
        for counts, copied, columns in (
            (
                self.posting_counts,
                selected.posting_counts,
                ((self.posting_terms, selected.posting_terms), (self.payloads, selected.payloads)),
            ),
            (self.place_counts, selected.place_counts, ((self.places, selected.places),)),
            (
                self.name_counts,
                selected.name_counts,
                (
                    (self.name_terms, selected.name_terms),
                    (self.name_numbers, selected.name_numbers),
                ),
            ),
        ):
            edges = [0, *np.cumsum(np.frombuffer(counts, np.uint32)).tolist()]
            _copy_runs(counts, copied, runs)
            for source, target in columns:
                _copy_runs(source, target, [(edges[begin], edges[end]) for begin, end in runs])
        return selected

    def compacted(self) -> ForwardIndex:
        """Return the same documents with numbers for their own terms alone."""
        compact = ForwardIndex()
        posting_terms = np.frombuffer(self.posting_terms, np.uint32)
        name_terms = np.frombuffer(self.name_terms, np.uint32)
        used = np.unique(np.concatenate((posting_terms, name_terms)))
        for number in used.tolist():
            compact.term_ids[self.term_ids.terms[number]]
        compact.rows = self.rows
        for target, numbers in (
            (compact.posting_terms, posting_terms),
            (compact.name_terms, name_terms),
        ):
            target.frombytes(np.searchsorted(used, numbers).astype(np.uint32).tobytes())
        compact.payloads, compact.posting_counts = self.payloads, self.posting_counts
        compact.places, compact.place_counts = self.places, self.place_counts
        compact.name_numbers, compact.name_counts = self.name_numbers, self.name_counts
        return compact

    def _shared_row(self, document: Document) -> DocumentRow:
        """Make a document's row; equal dates and lists of names share one object, to save memory."""
        row = document_row(document)
        return row._replace(
            date=self._interned_dates.setdefault(row.date, row.date),
            topics=self._interned_names.setdefault(row.topics, row.topics),
            sources=self._interned_names.setdefault(row.sources, row.sources),
        )


def _runs(is_selected: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the places where what is selected begins and ends, run by run: mostly there are few."""
    edges = np.flatnonzero(np.diff(is_selected.astype(np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _copy_runs(
    source: array[int] | bytearray, target: array[int] | bytearray, runs: list[tuple[int, int]]
) -> None:
    """Append some runs of items, as they lie in memory."""
    with memoryview(source) as items:
        size = items.itemsize
        with items.cast("B") as data:
            for begin, end in runs:
                part = data[begin * size : end * size]
                if isinstance(target, bytearray):
                    target += part
                else:
                    target.frombytes(part)


def document_row(document: Document) -> DocumentRow:
    """Return what an index needs of a document besides its words."""
    text = "\0".join((document.bare_id, document.title, document.text, *document.authors))
    fields = (
        document.date,
        document.slug,
        _stored_fields(document),
        document.topics,
        document.has_code,
        document.sources,
        hash_bytes(text.encode("utf-8", "surrogatepass")),
    )
    return DocumentRow(*fields, row_hash=hash_bytes(_encode_fields(fields)))


def build_forward_index(documents: Iterable[Document]) -> ForwardIndex:
    """Count the words of all documents; what is built from them does not depend on their order."""
    forward = ForwardIndex()
    forward.add_documents(documents)
    return forward


def _stored_fields(document: Document) -> bytes:
    authors = document.authors[0] if document.authors else ""
    if len(document.authors) > 1:
        authors += " et al."
    fields = (document.slug, document.title, authors, document.date)
    return "\t".join(" ".join(field.split()) for field in fields).encode("utf-8", "replace")
