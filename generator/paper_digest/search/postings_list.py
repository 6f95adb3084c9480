"""Posting lists of terms, and of terms that follow each other, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from paper_digest.search.decoder import ByteArray, IntArray
from paper_digest.search.query_terms import Postings
from paper_digest.search.term_counts import IMPACT_SHIFT, POSITION_BITS, TITLE_BIT

_POSITIONS = 4  # positions in a paper are known modulo this


class PostingsList(NamedTuple):
    """The papers that hold something, in ascending order, with one payload byte each.

    ``frequency`` counts the papers that hold it, which may be more than are listed.
    """

    documents: IntArray
    payloads: ByteArray
    frequency: int

    def of_authors(self) -> PostingsList:
        """Return the part where it names an author."""
        names_author = self.payloads & POSITION_BITS == 0
        return PostingsList(
            self.documents[names_author], self.payloads[names_author], self.frequency
        )


def place_bits(payloads: ByteArray) -> ByteArray:
    """Return the positions (modulo four) of a word in each paper, as bits.

    A word that also names an author has none listed; where it has an impact it stands in the text
    too, so anywhere.
    """
    bits = payloads & POSITION_BITS
    anywhere = (bits == 0) & (payloads >> IMPACT_SHIFT > 0)
    return np.where(anywhere, POSITION_BITS, bits).astype(np.uint8)


def turn(bits: ByteArray, steps: int) -> ByteArray:
    """Move positions (modulo four) some steps on."""
    steps %= _POSITIONS
    moved = bits.astype(np.int64)
    return ((moved << steps | moved >> (_POSITIONS - steps)) & POSITION_BITS).astype(np.uint8)


def postings_list(parts: Sequence[Postings]) -> PostingsList:
    """Return the papers where the parts follow each other; of one part, its own list."""
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
    places = follows | (begins & turn(follows, _POSITIONS - 1))
    joined = (impact << IMPACT_SHIFT) | (one & two & TITLE_BIT) | places
    is_row = follows > 0
    return common[is_row].astype(np.int32), joined[is_row].astype(np.uint8)
