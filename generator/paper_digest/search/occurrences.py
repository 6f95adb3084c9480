"""Packs which authors a word names in each paper, and where it stands in title and text.

``README.md`` gives the bytes; ``decoder.py`` and ``codec.js`` unpack them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from paper_digest.search.codec import encode_varints
from paper_digest.search.document_spans import DOCUMENT_SHIFT, TERM_SHIFT, PackedArray
from paper_digest.search.inverted_index import InvertedIndex
from paper_digest.search.payload import ID_SIGN, has_positions, names_author
from paper_digest.search.tfidf import expand_ranges

_LAST_NUMBER = np.uint64(0xFFFF)

_IntArray = npt.NDArray[np.int64]


def author_numbers(index: InvertedIndex, terms: _IntArray) -> bytes:
    """Write, for each posting that names authors, which ones of the document.

    ``terms`` are numbers of terms that stand in one row, so that their postings do too.
    """
    keys, payloads = _postings(index, terms)
    is_id = np.array([index.terms[number][0] == ID_SIGN for number in terms.tolist()])
    is_listed = names_author(payloads) & ~np.repeat(is_id, _lengths(index, terms))
    return _coded(*_numbers(index.names, keys[is_listed]))


def positions(index: InvertedIndex, terms: _IntArray) -> bytes:
    """Write, for each posting of a word in title or text, its positions; ``terms`` as above.

    The payload says which rests they leave by four: those of each rest come by themselves, divided by four.
    """
    keys, payloads = _postings(index, terms)
    is_listed = has_positions(payloads)
    packed = index.places.of_terms(int(terms[0]), int(terms[-1]))
    places, counts = _numbers(packed, keys[is_listed])
    is_known = np.repeat(~names_author(payloads[is_listed]), counts)
    groups = np.repeat(np.arange(len(counts)), counts) << 2 | np.where(is_known, places & 3, 0)
    order = np.argsort(groups, kind="stable")
    groups = groups[order]
    numbers = np.where(is_known, places >> 2, places)[order]
    group_counts = np.diff(np.flatnonzero(np.diff(groups, prepend=-1, append=-1)))
    return _coded(numbers, group_counts)


def _lengths(index: InvertedIndex, terms: _IntArray) -> _IntArray:
    lengths: _IntArray = index.starts[terms + 1] - index.starts[terms]
    return lengths


def _postings(index: InvertedIndex, terms: _IntArray) -> tuple[PackedArray, npt.NDArray[np.uint8]]:
    """Return the term and document of each posting of some terms, packed, and its payload."""
    span = slice(index.starts[terms[0]], index.starts[terms[-1] + 1])
    owners = np.repeat(terms, _lengths(index, terms)).astype(np.uint64) << TERM_SHIFT
    return owners | index.documents[span].astype(np.uint64) << DOCUMENT_SHIFT, index.payloads[span]


def _numbers(packed: PackedArray, keys: PackedArray) -> tuple[_IntArray, _IntArray]:
    """Return what is packed of some postings, one after another, and how many numbers each has."""
    firsts = np.searchsorted(packed, keys)
    counts = np.searchsorted(packed, keys | _LAST_NUMBER, side="right") - firsts
    return (packed[expand_ranges(firsts, counts)] & _LAST_NUMBER).astype(np.int64), counts


def _coded(numbers: _IntArray, counts: _IntArray) -> bytes:
    """Write the numbers of each posting as varints.

    One is written as the step from the one before it, twice that, and 1 more where another follows.
    """
    ends = np.cumsum(counts)
    steps = np.diff(numbers, prepend=0)
    steps[ends - counts] = numbers[ends - counts]
    has_next = np.ones(len(numbers), np.int64)
    has_next[ends - 1] = 0
    return encode_varints(steps * 2 + has_next)
