"""Counts the words of documents; what a document counts depends on no other document."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from paper_digest.incremental.hashing import content_hash
from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.document import Document
from paper_digest.search.payload import (
    FEW_AUTHORS_PAYLOAD,
    IMPACT_SHIFT,
    NAME_BITS,
    TITLE_BIT,
    is_long_name,
)
from paper_digest.search.ranking import RANKING
from paper_digest.search.term_ids import STOP_WORD_FLAG, TermIds, TokenTable
from paper_digest.search.tokenizer import name_tokens, tokens

_COUNTED_BY = (RANKING.impact, RANKING.words, RANKING.payload, RANKING.fields.max_few_authors)
#: Changes whenever the same document would be counted otherwise, which voids every cached count; its
#: number is raised by hand when the code does so, the rest follows the table of ranking.
COUNTING_VERSION = f"7-{content_hash(msgspec.json.encode(_COUNTED_BY))}"

_IMPACT = RANKING.impact
_MAX_FEW_AUTHORS = RANKING.fields.max_few_authors
#: The greatest place of an author that is not taken for another's; later ones count as one author.
MAX_AUTHOR_NUMBER = 0x3FFF
# The position of the first word of a text, but after a longer title.
_TEXT_START = RANKING.payload.text_start
#: Set with the last position of a posting in ``TermCounts.places``.
LAST_PLACE = 0x8000
_LAST_POSITION = 0x7FFF  # later ones count as one of the last four
_FIELD_COUNT = 3
_IN_TITLE, _IN_TEXT, _IN_AUTHORS = range(_FIELD_COUNT)
_ARXIV_VERSION = late_pattern(r"(?<=\d)v\d+$")
_IntArray = npt.NDArray[np.int64]
_ByteArray = npt.NDArray[np.uint8]


class TermCounts(NamedTuple):
    """The distinct terms of some documents, by number, one payload byte each.

    ``posting_counts`` says how many of them belong to each document. ``places`` lists the positions of
    each posting that has any, ascending, the last of them with ``LAST_PLACE``; ``place_counts`` says how
    many of them belong to each document. ``name_terms`` lists the words of every author, ``name_numbers`` the place of that author among those of the document and where
    in the name the word stands (``TermCounter._name_numbers``), and
    ``name_counts`` how many of these words belong to each document.
    """

    posting_terms: npt.NDArray[np.uint32]
    payloads: _ByteArray
    posting_counts: _IntArray
    places: npt.NDArray[np.uint16]
    place_counts: _IntArray
    name_terms: npt.NDArray[np.uint32]
    name_numbers: npt.NDArray[np.uint16]
    name_counts: _IntArray


def id_term(bare_id: str) -> str:
    """Return the term that finds a paper by its id; its ``#`` sets it off from every word."""
    return "#" + _ARXIV_VERSION.sub("", "".join(bare_id.split()).lower())


class TermCounter:
    """Counts documents, a batch at a time."""

    def __init__(self, term_ids: TermIds) -> None:
        """Number the terms by ``term_ids``, which grows."""
        self._term_ids = term_ids
        self._token_table = TokenTable(term_ids)

    def count(self, documents: Sequence[Document]) -> TermCounts:
        """Count the words of some documents; a few hundred at a time are quickest."""
        if self._token_table.is_full:
            self._token_table.reset()
        token_numbers = array("I")
        author_numbers = array("H")
        field_lengths = []
        for document in documents:
            for text in (document.title, document.text):
                length_before = len(token_numbers)
                token_numbers.extend(map(self._token_table.__getitem__, tokens(text)))
                field_lengths.append(len(token_numbers) - length_before)
            length_before = len(token_numbers)
            author_numbers.extend([0] * (length_before - len(author_numbers)))
            for number, name in enumerate(document.authors):
                numbers = [self._token_table[token] for token in name_tokens(name)]
                token_numbers.extend(numbers)
                author_numbers.extend(self._name_numbers(number, numbers))
            field_lengths.append(len(token_numbers) - length_before)
        id_terms = np.array([self._term_ids[id_term(one.bare_id)] for one in documents], np.int64)
        field_of_token = np.repeat(np.arange(len(field_lengths)), field_lengths)
        has_few_authors = np.array([len(one.authors) <= _MAX_FEW_AUTHORS for one in documents])
        return _count_occurrences(
            self._token_table,
            np.array(token_numbers, np.int64),
            np.array(author_numbers, np.uint16),
            field_of_token,
            id_terms,
            has_few_authors,
        )

    def _name_numbers(self, author: int, tokens_of_name: Sequence[int]) -> list[int]:
        """Return, for each token of a name, the author's place and two bits of where its first word stands.

        The lower bit says whether an odd number of words follow, the higher one whether the name is long.
        """
        counts = [self._token_table.position_counts[token] for token in tokens_of_name]
        remaining = word_count = sum(counts)
        numbers = []
        for count in counts:
            place_bits = is_long_name(word_count) << 1 | (remaining - 1) & 1
            numbers.append(min(author, MAX_AUTHOR_NUMBER) << NAME_BITS | place_bits)
            remaining -= count
        return numbers


def _count_occurrences(
    token_table: TokenTable,
    token_numbers: _IntArray,
    author_numbers: npt.NDArray[np.uint16],
    field_of_token: _IntArray,
    id_terms: _IntArray,
    has_few_authors: npt.NDArray[np.bool_],
) -> TermCounts:
    """Count the words of tokens, each given with the field of the document that it stands in."""
    sizes = np.array(token_table.position_counts, np.int64)[token_numbers]
    owners = field_of_token // _FIELD_COUNT
    first_positions = _first_positions(sizes, field_of_token, len(id_terms))
    starts = np.array(token_table.starts, np.int64)
    repeats = starts[token_numbers + 1] - starts[token_numbers]
    order = np.cumsum(repeats) - repeats
    places = np.arange(int(repeats.sum())) + np.repeat(starts[token_numbers] - order, repeats)
    field = np.repeat(field_of_token, repeats)
    position = np.repeat(first_positions, repeats) + np.array(token_table.offsets)[places]
    flags = np.array(token_table.flags)[places]
    field_kind = field % _FIELD_COUNT
    is_indexed = (flags & STOP_WORD_FLAG == 0) | (field_kind != _IN_TEXT)
    masks = (1 << (position & 3)).astype(np.uint8)
    masks[field_kind == _IN_AUTHORS] = 0
    keys = np.repeat(owners, repeats) << 32 | np.array(token_table.word_terms, np.int64)[places]
    counted = np.where(field_of_token % _FIELD_COUNT == _IN_AUTHORS, 0.0, sizes)
    document_lengths = np.bincount(owners, counted, len(id_terms)).astype(np.float64)
    is_name = is_indexed & (field_kind == _IN_AUTHORS)
    name_keys, name_numbers = keys[is_name], np.repeat(author_numbers, repeats)[is_name]
    name_numbers = name_numbers ^ (np.array(token_table.offsets, np.uint16)[places][is_name] & 1)
    posting_keys, payloads = _pack_payloads(
        keys[is_indexed],
        masks[is_indexed],
        field_kind[is_indexed],
        document_lengths,
        id_terms,
        has_few_authors,
    )
    is_placed = is_indexed & (field_kind != _IN_AUTHORS)
    return TermCounts(
        (posting_keys & 0xFFFFFFFF).astype(np.uint32),
        payloads,
        np.bincount(posting_keys >> 32, minlength=len(id_terms)),
        *_list_places(keys[is_placed], position[is_placed], len(id_terms)),
        (name_keys & 0xFFFFFFFF).astype(np.uint32),
        name_numbers,
        np.bincount(name_keys >> 32, minlength=len(id_terms)),
    )


def _first_positions(sizes: _IntArray, field_of_token: _IntArray, document_count: int) -> _IntArray:
    """Return the position of each token's first word: the title's from 0, the text's after a break."""
    owners, kinds = field_of_token // _FIELD_COUNT, field_of_token % _FIELD_COUNT
    before = np.cumsum(sizes) - sizes
    within_field: _IntArray = before - before[np.searchsorted(field_of_token, field_of_token)]
    in_title = np.where(kinds == _IN_TITLE, sizes, 0)
    title_sizes = np.bincount(owners, in_title, document_count).astype(np.int64)
    text_starts = np.maximum(_TEXT_START, (title_sizes + 4) // 4 * 4)
    return within_field + np.where(kinds == _IN_TEXT, text_starts[owners], 0)


def _list_places(
    keys: _IntArray, positions: _IntArray, document_count: int
) -> tuple[npt.NDArray[np.uint16], _IntArray]:
    """List the positions of each posting in title and text, and count them in each document."""
    is_late = positions > _LAST_POSITION
    positions = np.where(is_late, _LAST_POSITION & ~3 | positions & 3, positions)
    packed = np.unique(keys << 16 | positions)
    is_last = np.diff(packed >> 16, append=-1) != 0
    places: npt.NDArray[np.uint16] = packed & _LAST_POSITION | is_last * LAST_PLACE
    return places.astype(np.uint16), np.bincount(packed >> 48, minlength=document_count)


def _pack_payloads(
    keys: _IntArray,
    position_masks: _ByteArray,
    field_kinds: _IntArray,
    document_lengths: npt.NDArray[np.float64],
    id_terms: _IntArray,
    has_few_authors: npt.NDArray[np.bool_],
) -> tuple[_IntArray, _ByteArray]:
    """Gather the occurrences of each term in each document into a payload byte; return the keys of these.

    The saturation is BM25's (Robertson and Zaragoza, 2009; k1 and b are ``saturation`` and
    ``length_share`` of the table of ranking) against a fixed typical length, so that a document's counts depend on nothing but itself.
    """
    total = len(id_terms)
    keys = np.concatenate((keys, np.arange(total) << 32 | id_terms))
    position_masks = np.concatenate((position_masks, np.zeros(total, np.uint8)))
    field_kinds = np.concatenate((field_kinds, np.full(total, _IN_AUTHORS)))
    order = np.argsort(keys, kind="stable")
    keys, position_masks, field_kinds = keys[order], position_masks[order], field_kinds[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    documents = keys[firsts] >> 32
    in_text = (field_kinds != _IN_AUTHORS).astype(np.int64)
    occurrences = np.add.reduceat(in_text, firsts)
    names_author = np.maximum.reduceat(field_kinds, firsts) == _IN_AUTHORS
    in_title = np.minimum.reduceat(field_kinds, firsts) == _IN_TITLE
    mask = np.bitwise_or.reduceat(position_masks, firsts)
    lengths = document_lengths[documents] / _IMPACT.typical_words
    norms = _IMPACT.saturation * (1 - _IMPACT.length_share + _IMPACT.length_share * lengths)
    saturated = occurrences / (occurrences + norms) - _IMPACT.lowest
    level = (saturated * (_IMPACT.levels / _IMPACT.range)).astype(np.int64)
    level = np.clip(level, names_author & (occurrences > 0), _IMPACT.levels - 1)
    level[occurrences == 0] = 0
    payloads = level << IMPACT_SHIFT | in_title * TITLE_BIT | np.where(names_author, 0, mask)
    payloads = np.where(
        (occurrences == 0) & has_few_authors[documents], FEW_AUTHORS_PAYLOAD, payloads
    )
    return keys[firsts], payloads.astype(np.uint8)
