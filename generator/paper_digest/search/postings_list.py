"""Posting lists of terms, and of terms that follow each other, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from paper_digest.search.decoder import NUMBER_BITS, ByteArray, IntArray, KeyArray
from paper_digest.search.payload import (
    IMPACT_SHIFT,
    NAME_BITS,
    TITLE_BIT,
    is_long_name,
    names_author,
    place_bits,
    turn,
)
from paper_digest.search.query_terms import Postings

_AUTHOR_MASK = ~((1 << NAME_BITS) - 1)


class PostingsList(NamedTuple):
    """The papers that hold something, in ascending order, with one payload byte each.

    ``frequency`` counts the papers that hold it, which may be more than are listed.
    """

    documents: IntArray
    payloads: ByteArray
    frequency: int

    def among(self, papers: IntArray) -> PostingsList:
        """Return the part with some papers, as if no other had it."""
        is_there = np.isin(self.documents, papers)
        return PostingsList(
            self.documents[is_there], self.payloads[is_there], max(1, int(is_there.sum()))
        )

    def of_authors(self) -> PostingsList:
        """Return the part where it names an author."""
        is_name = names_author(self.payloads)
        return PostingsList(self.documents[is_name], self.payloads[is_name], self.frequency)

    def in_titles(self) -> PostingsList:
        """Return the part where it stands in the title."""
        is_name = self.payloads & ~np.uint8(TITLE_BIT) == 0
        in_title = (self.payloads & TITLE_BIT > 0) & ~is_name
        return PostingsList(self.documents[in_title], self.payloads[in_title], self.frequency)


def author_keys(parts: Sequence[Postings]) -> KeyArray:
    """Return the keys of the authors whose names have all parts (``decoder.TermRange``)."""
    keys = np.unique(parts[0].author_keys & _AUTHOR_MASK)
    for part in parts[1:]:
        keys = np.intersect1d(keys, part.author_keys & _AUTHOR_MASK)
    return keys


def author_keys_at(part: Postings, words_after: int, word_count: int) -> KeyArray:
    """Return the keys of the authors in whose names a term stands at that place, by the bits kept of it."""
    name_place = is_long_name(word_count) << 1 | words_after & 1
    is_there = part.author_keys & ~_AUTHOR_MASK == name_place
    return np.unique(part.author_keys[is_there] & _AUTHOR_MASK)


def authors_list(parts: Sequence[Postings]) -> PostingsList:
    """Return the papers with an author whose name has all parts."""
    first = parts[0]
    if len(parts) == 1:
        return PostingsList(first.documents, first.payloads, first.frequency).of_authors()
    papers = np.unique(author_keys(parts) >> NUMBER_BITS)
    is_listed = np.isin(first.documents, papers)
    return PostingsList(
        first.documents[is_listed], first.payloads[is_listed], max(1, int(is_listed.sum()))
    )


def postings_list(parts: Sequence[Postings]) -> PostingsList:
    """Return the papers where the parts follow each other, as far as positions modulo four say; of one part, its own list."""
    first = parts[0]
    documents, payloads = first.documents, first.payloads
    if len(parts) == 1:
        return PostingsList(documents, payloads, first.frequency)
    for part in parts[1:]:
        documents, payloads = _followed_by(documents, payloads, part)
    return PostingsList(documents, payloads, max(1, len(documents)))


def _followed_by(
    documents: IntArray, payloads: ByteArray, part: Postings
) -> tuple[IntArray, ByteArray]:
    common, here, there = np.intersect1d(
        documents, part.documents, assume_unique=True, return_indices=True
    )
    one, two = payloads[here], part.payloads[there]
    begins = place_bits(one)
    follows = turn(begins, 1) & place_bits(two)
    impact = np.minimum(one >> IMPACT_SHIFT, two >> IMPACT_SHIFT)
    places = follows | (begins & turn(follows, -1))
    joined = (impact << IMPACT_SHIFT) | (one & two & TITLE_BIT) | places
    is_row = follows > 0
    return common[is_row].astype(np.int32), joined[is_row].astype(np.uint8)
