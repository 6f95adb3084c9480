"""Learns from the reference set what papers are compared by: words, how rare they are, and subjects."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

import msgspec
import numpy as np

from paper_digest.search.forward_index import DocumentRow, ForwardIndex
from paper_digest.search.nearest import cell_centres
from paper_digest.search.payload import POSITION_BITS, text_scores
from paper_digest.search.reference_set import reference_size, training_places
from paper_digest.search.stop_words import is_content_word
from paper_digest.search.subject_vectors import strongest_directions, subject_rows
from paper_digest.search.tfidf import (
    FloatArray,
    IntArray,
    PaperVectors,
    TfidfVectors,
    tfidf_vectors,
)

_MAX_TERM_SHARE = 0.2  # share of the reference set above which a word says nothing of a subject
_LARGE_SET = 1_000  # papers of a reference set from which on a word of two of them says nothing


class _PackedSpace(msgspec.Struct, array_like=True):
    terms: str
    idf: bytes
    basis: bytes
    centres: bytes
    reference_count: int


class ReferenceSpace(NamedTuple):
    """What was learned.

    Attributes:
        terms: the words by which papers are compared, sorted.
        idf: the rarity of each (natural logarithm of papers by papers with the word).
        basis: the directions of subjects, a row for each word.
        centres: the middles of cells of like papers, a row each.
        reference_count: how many papers the reference set has.
    """

    terms: list[str]
    idf: FloatArray
    basis: FloatArray
    centres: FloatArray
    reference_count: int

    def vectors(self, papers: ForwardIndex, order: Sequence[int]) -> PaperVectors:
        """Return the vectors of papers by these words, in an order of their rows."""
        word_by_term = np.full(len(papers.term_ids.terms), -1, np.int64)
        for word, term in enumerate(self.terms):
            number = papers.term_ids.get(term)
            if number is not None:
                word_by_term[number] = word
        places = np.array(order, np.int64)

        def make(numbers: IntArray) -> TfidfVectors:
            chosen = places[numbers]
            return tfidf_vectors(papers, chosen, word_by_term, self.idf, _PAYLOAD_WEIGHTS)

        return PaperVectors(len(places), make)


def reference_rows(papers: ForwardIndex, unedited: ForwardIndex) -> list[DocumentRow]:
    """Return the rows of the papers of the reference set, oldest first, as they are learned from.

    Args:
        papers: all papers as they are shown.
        unedited: those of them that differ from their records, as the records have them.
    """
    order = papers.document_order()
    members = (papers.rows[place] for place in order[: reference_size(len(order))])
    as_recorded = {row.slug: row for row in unedited.rows}
    rows = (as_recorded.get(row.slug, row) for row in members)
    return sorted(rows, key=attrgetter("date", "slug"))


def learn_space(papers: ForwardIndex, unedited: ForwardIndex) -> bytes:
    """Learn from the reference set of some papers (see ``reference_rows``); read by ``unpack_space``."""
    members = _members(papers, unedited)
    order = members.document_order()
    terms, word_by_term, idf = _choose_words(members)
    learned_from = [order[place] for place in training_places(len(order))]
    training = tfidf_vectors(members, learned_from, word_by_term, idf, _PAYLOAD_WEIGHTS)
    basis = strongest_directions(training, len(terms))
    centres = cell_centres(subject_rows(training, basis), len(order))
    packed = _PackedSpace("\n".join(terms), _pack(idf), _pack(basis), _pack(centres), len(order))
    return msgspec.msgpack.encode(packed)


def unpack_space(data: bytes) -> ReferenceSpace:
    """Read what ``learn_space`` returned."""
    packed = msgspec.msgpack.decode(data, type=_PackedSpace)
    terms = packed.terms.split("\n") if packed.terms else []
    idf, basis, centres = map(_unpack, (packed.idf, packed.basis, packed.centres))
    dimensions = len(basis) // max(len(terms), 1)
    return ReferenceSpace(
        terms,
        idf,
        basis.reshape(len(terms), dimensions),
        centres.reshape(-1, dimensions) if dimensions else np.zeros((1, 0), np.float32),
        packed.reference_count,
    )


def training_subjects(
    space: ReferenceSpace, papers: ForwardIndex, unedited: ForwardIndex
) -> FloatArray:
    """Return the rows of subjects of the papers that ``space`` was learned from (see ``learn_space``)."""
    members = _members(papers, unedited)
    order = members.document_order()
    learned_from = [order[place] for place in training_places(len(order))]
    vectors = space.vectors(members, learned_from).select(np.arange(len(learned_from)))
    return subject_rows(vectors, space.basis)


def _pack(array: FloatArray) -> bytes:
    return array.astype("<f4").tobytes()


def _unpack(data: bytes) -> FloatArray:
    return np.frombuffer(data, "<f4").astype(np.float32)


def _members(papers: ForwardIndex, unedited: ForwardIndex) -> ForwardIndex:
    """Return the papers of the reference set alone, as they are learned from."""
    order = papers.document_order()
    is_member = np.zeros(len(order), bool)
    is_member[order[: reference_size(len(order))]] = True
    slugs = {row.slug for row, member in zip(papers.rows, is_member, strict=True) if member}
    is_edited_member = np.array([row.slug in slugs for row in unedited.rows], bool)
    if not is_edited_member.any():
        return papers.select(is_member)
    edited = {row.slug for row in unedited.rows}
    is_member &= np.array([row.slug not in edited for row in papers.rows], bool)
    members = papers.select(is_member).compacted()
    members.merge(unedited.select(is_edited_member))
    return members


def _choose_words(papers: ForwardIndex) -> tuple[list[str], IntArray, FloatArray]:
    """Choose the words by which papers are compared; ``papers`` are the reference set.

    Returns the words, sorted; for each term its place among them or -1; and the rarity of each word
    (natural logarithm of papers by papers with the word). Terms that too few or too many of the
    papers have are left out.
    """
    count = len(papers.rows)
    posting_terms = np.frombuffer(papers.posting_terms, np.uint32)
    spellings = papers.term_ids.terms
    frequencies = np.bincount(posting_terms, minlength=len(spellings))
    min_papers = 2 if count < _LARGE_SET else 3
    max_papers = max(20, count * _MAX_TERM_SHARE)
    is_candidate = (frequencies >= min_papers) & (frequencies <= max_papers)
    candidates = np.flatnonzero(is_candidate).tolist()
    chosen_terms = sorted((spellings[n], n) for n in candidates if is_content_word(spellings[n]))
    chosen = np.array([number for _, number in chosen_terms], np.int64)
    word_by_term = np.full(len(spellings), -1, np.int64)
    word_by_term[chosen] = np.arange(len(chosen))
    idf = np.log((count + 1) / frequencies[chosen]).astype(np.float32)
    return [term for term, _ in chosen_terms], word_by_term, idf


def _payload_weights() -> FloatArray:
    """Weigh each payload byte: how much the paper is about the word; nothing for an author."""
    names_author = np.arange(256) & POSITION_BITS == 0
    return np.where(names_author, 0, text_scores()).astype(np.float32)


_PAYLOAD_WEIGHTS = _payload_weights()
