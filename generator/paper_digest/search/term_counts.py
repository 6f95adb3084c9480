"""Counts the words of documents: what an index needs to know of each, apart from all others."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.document import Document
from paper_digest.search.term_ids import SINGLE, STOP, Chunks, Vocabulary
from paper_digest.search.tokenizer import chunks

#: Raised whenever the same document would be counted otherwise; it voids every cached count.
VERSION = 3

TITLE = 16  # payload bit: the word stands in the title
MASK = 15  # payload bits: positions of the word, modulo four; none at all for an author's name
#: The payload of a word that names one of few authors and stands nowhere in the text; 0 if of many.
ONE_OF_FEW = TITLE
IMPACT = 5  # payload shift: eight levels of how much the document is about the word

_TYPICAL_LENGTH = 170
_FEW_AUTHORS = 8
_FIELDS = 3
_IN_TITLE, _IN_TEXT, _IN_AUTHORS = range(_FIELDS)
_ARXIV_VERSION = re.compile(r"(?<=\d)v\d+$")
#: Positions modulo four that a word of each span covers from each first position.
_MASKS = np.array(
    [[sum(1 << (at + step & 3) for step in range(span)) for at in range(4)] for span in range(5)],
    np.uint8,
)

_Ints = npt.NDArray[np.int64]
_Bytes = npt.NDArray[np.uint8]


class Counts(NamedTuple):
    """The distinct terms of some documents, by number, one payload byte each.

    ``sizes`` tells how many of them belong to each document.
    """

    numbers: npt.NDArray[np.uint32]
    payloads: _Bytes
    sizes: _Ints


def id_term(bare_id: str) -> str:
    """Make the term that finds a paper by its id; no word of a text looks like it."""
    return "#" + _ARXIV_VERSION.sub("", "".join(bare_id.split()).lower())


class Counter:
    """Counts documents, a batch at a time."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Number the terms by ``vocabulary``, which grows."""
        self._vocabulary = vocabulary
        self._chunks = Chunks(vocabulary)

    def count(self, documents: Sequence[Document]) -> Counts:
        """Count the words of some documents (a few hundred at a time keep it quick)."""
        if self._chunks.full:
            self._chunks.forget()
        found = array("I")
        lengths = []
        for document in documents:
            for text in (document.title, document.text, "\n".join(document.authors)):
                before = len(found)
                found.extend(map(self._chunks.__getitem__, chunks(text)))
                lengths.append(len(found) - before)
        ids = np.array([self._vocabulary[id_term(one.bare_id)] for one in documents], np.int64)
        fields = np.repeat(np.arange(len(lengths)), lengths)
        few = np.array([len(one.authors) <= _FEW_AUTHORS for one in documents])
        return _tally(self._chunks, np.array(found, np.int64), fields, ids, few)


def _tally(
    table: Chunks, found: _Ints, fields: _Ints, ids: _Ints, few: npt.NDArray[np.bool_]
) -> Counts:
    """Turn chunks, and which field of which document each stands in, into counts."""
    sizes = np.array(table.sizes, np.int64)[found]
    ends = np.cumsum(sizes)
    starts = np.array(table.starts, np.int64)
    repeats = starts[found + 1] - starts[found]
    order = np.cumsum(repeats) - repeats
    places = np.arange(int(repeats.sum())) + np.repeat(starts[found] - order, repeats)
    field = np.repeat(fields, repeats)
    owners = fields // _FIELDS
    # A title's last word and the text's first one are no neighbours: the field is added.
    begins = ends - sizes + fields % _FIELDS
    begins -= begins[np.searchsorted(owners, owners)]
    position = np.repeat(begins, repeats) + np.array(table.offsets)[places]
    flags = np.array(table.flags)[places]
    part = field % _FIELDS
    keep = np.where(part == _IN_AUTHORS, flags & SINGLE == 0, flags & STOP == 0)
    keep |= part == _IN_TITLE
    masks = _MASKS[np.array(table.spans)[places], position & 3]
    masks[part == _IN_AUTHORS] = 0
    keys = np.repeat(owners, repeats) << 32 | np.array(table.numbers, np.int64)[places]
    counted = np.where(fields % _FIELDS == _IN_AUTHORS, 0.0, sizes)
    words = np.bincount(owners, counted, len(ids)).astype(np.float64)
    return _payloads(keys[keep], masks[keep], part[keep], words, ids, few)


def _payloads(
    keys: _Ints,
    masks: _Bytes,
    parts: _Ints,
    words: npt.NDArray[np.float64],
    ids: _Ints,
    few: npt.NDArray[np.bool_],
) -> Counts:
    """Gather the occurrences of each term in each document into a payload byte.

    The saturation is BM25's with k1 = 1.2 and b = 0.6 (Robertson and Zaragoza, 2009) against a
    fixed typical length, so that a document's counts depend on nothing but itself.
    """
    total = len(ids)
    keys = np.concatenate((keys, np.arange(total) << 32 | ids))
    masks = np.concatenate((masks, np.zeros(total, np.uint8)))
    parts = np.concatenate((parts, np.full(total, _IN_AUTHORS)))
    order = np.argsort(keys, kind="stable")
    keys, masks, parts = keys[order], masks[order], parts[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    documents = keys[firsts] >> 32
    in_text = (parts != _IN_AUTHORS).astype(np.int64)
    occurrences = np.add.reduceat(in_text, firsts)
    named = np.maximum.reduceat(parts, firsts) == _IN_AUTHORS
    titled = np.minimum.reduceat(parts, firsts) == _IN_TITLE
    mask = np.bitwise_or.reduceat(masks, firsts)
    norms = 1.2 * (0.4 + 0.6 * words[documents] / _TYPICAL_LENGTH)
    level = ((occurrences / (occurrences + norms) - 0.2) * (8 / 0.75)).astype(np.int64)
    level = np.clip(level, named & (occurrences > 0), 7)
    level[occurrences == 0] = 0
    payloads = level << IMPACT | titled * TITLE | np.where(named, 0, mask)
    payloads = np.where((occurrences == 0) & few[documents], ONE_OF_FEW, payloads)
    return Counts(
        (keys[firsts] & 0xFFFFFFFF).astype(np.uint32),
        payloads.astype(np.uint8),
        np.bincount(documents, minlength=total),
    )
