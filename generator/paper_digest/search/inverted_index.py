"""Inverts a forward index: for every term, the documents that hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.document_spans import (
    TERM_SHIFT,
    DocumentSpans,
    PackedArray,
    packed_number,
)
from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.payload import (
    IMPACT_SHIFT,
    POSITION_BITS,
    TITLE_BIT,
)
from paper_digest.search.term_places import TermPlaces

_IMPACT_MASK = 0xFF >> IMPACT_SHIFT << IMPACT_SHIFT
_LAST_UTF16_LETTER = "\uffff"  # the last character that is one unit of UTF-16
#: A word is looked for in two halves as well where at least one in so many of its papers joins them by a hyphen.
#: Of 40,000 papers that keeps 99 % of those that write the halves apart, and a typed word has halves a tenth as often:
#: somebody once wrote nearly every word with a hyphen, and each look for halves reads positions.
_PAPERS_PER_HYPHEN = 50
_NONE_OLDER: Mapping[str, int] = MappingProxyType({})
_BLOCK_POSTINGS = 1 << 18  # postings converted at a time, to keep temporaries small


class InvertedIndex(NamedTuple):
    """All postings, ordered by term and then by document number (0: the oldest).

    The postings of ``terms[i]`` are ``documents[starts[i]:starts[i + 1]]``, with one payload
    byte each; ``splits[i]`` is the length of a compound's first part, or 0 where hardly any paper has
    a hyphen in it. ``names`` lists, sorted,
    for every word of every author the term (shifted 40 bits), the document (16 bits) and the place of
    the author among those of the document; ``places`` has the positions of words likewise.
    """

    terms: list[str]
    splits: list[int]
    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    payloads: npt.NDArray[np.uint8]
    names: PackedArray
    places: TermPlaces


def invert(
    forward: ForwardIndex, places: Sequence[int], older_frequencies: Mapping[str, int] = _NONE_OLDER
) -> InvertedIndex:
    """Sort the postings of some documents by term and document, as one machine word each.

    The document at ``places[i]`` of the forward index gets the number ``i``. A compound and the same
    letters written as one word become one term; a compound that stands in one of the documents only
    is left out, for its parts find it, unless an older segment has it, whose terms and their numbers of
    papers are ``older_frequencies``.
    """
    at = np.array(places, np.int64)
    spans = DocumentSpans(forward.posting_counts, at)
    posting_terms = np.frombuffer(forward.posting_terms, np.uint32)
    payloads = np.frombuffer(forward.payloads, np.uint8)
    frequencies = np.zeros(len(forward.term_ids.terms), np.int64)
    for block in spans.blocks():
        frequencies += np.bincount(posting_terms[block.items], minlength=len(frequencies))
    terms, splits, term_numbers = _merge_spellings(forward, frequencies, older_frequencies)
    packed = np.empty(spans.total, np.uint64)
    for block in spans.blocks():
        part = term_numbers[posting_terms[block.items]] << np.uint64(32)
        part |= block.owners << np.uint64(8)
        packed[block.span] = part | payloads[block.items]
    packed.sort()
    packed = packed[: np.searchsorted(packed, np.uint64(len(terms) << 32))]
    packed = _merge_repeats(packed)
    edges = np.arange(len(terms) + 1, dtype=np.uint64) << np.uint64(32)
    starts = np.searchsorted(packed, edges)
    sorted_payloads = packed.astype(np.uint8)
    packed >>= np.uint64(8)
    packed &= np.uint64(0xFFFFFF)
    documents = packed.astype(np.int32)
    del packed
    names = _invert_names(forward, term_numbers, at, len(terms))
    placed = TermPlaces(forward, term_numbers, at, len(terms))
    return InvertedIndex(terms, splits, starts, documents, sorted_payloads, names, placed)


def _invert_names(
    forward: ForwardIndex,
    term_numbers: npt.NDArray[np.uint64],
    places: npt.NDArray[np.int64],
    term_count: int,
) -> PackedArray:
    """Sort the words of the documents' authors by term, document and author, each once."""
    spans = DocumentSpans(forward.name_counts, places)
    name_terms = np.frombuffer(forward.name_terms, np.uint32)
    name_numbers = np.frombuffer(forward.name_numbers, np.uint16)
    packed = np.empty(spans.total, np.uint64)
    for block in spans.blocks():
        terms = term_numbers[name_terms[block.items]]
        packed[block.span] = packed_number(terms, block.owners, name_numbers[block.items])
    packed = np.unique(packed)
    return packed[: np.searchsorted(packed, np.uint64(term_count) << TERM_SHIFT)]


def utf16_sort_key(term: str) -> bytes:
    """Order terms as JavaScript compares strings: by UTF-16 unit."""
    return term.encode("utf-16-be", "surrogatepass")


def _merge_spellings(
    forward: ForwardIndex,
    frequencies: npt.NDArray[np.int64],
    older_frequencies: Mapping[str, int],
) -> tuple[list[str], list[int], npt.NDArray[np.uint64]]:
    """List the terms to index, their splits, and the place of each spelling among them.

    The place of a spelling that is left out is the number of terms.
    """
    spellings = forward.term_ids.terms
    present = np.flatnonzero(frequencies)
    joined_spellings: list[str] = []
    frequency_by_term: dict[str, int] = {}
    splits: dict[str, int] = {}
    hyphens: Counter[str] = Counter()
    for number, frequency in zip(present.tolist(), frequencies[present].tolist(), strict=True):
        joined = spelling = spellings[number]
        if spelling[0] != "#" and "-" in spelling:
            head, _, tail = spelling.partition("-")
            joined = head + tail
            if tail:
                splits[joined] = max(splits.get(joined, 0), len(head))
                hyphens[joined] += frequency
            counted = max(frequency, 2 * (joined in older_frequencies))
        else:
            counted = max(frequency, 2)
        frequency_by_term[joined] = frequency_by_term.get(joined, 0) + counted
        joined_spellings.append(joined)
    terms = sorted(term for term, known in frequency_by_term.items() if known > 1)
    if any(not term.isascii() and max(term) > _LAST_UTF16_LETTER for term in terms):
        terms.sort(key=utf16_sort_key)  # without such letters both orders are one
    for term, number in hyphens.items():
        known = frequency_by_term[term] + older_frequencies.get(term, 0)
        if number * _PAPERS_PER_HYPHEN < known:
            del splits[term]
    del frequency_by_term
    number_by_term = {term: number for number, term in enumerate(terms)}
    term_numbers = np.full(len(spellings), len(terms), np.uint64)
    term_numbers[present] = [number_by_term.get(joined, len(terms)) for joined in joined_spellings]
    return terms, [splits.get(term, 0) for term in terms], term_numbers


def _joined_payload(one: int, other: int) -> int:
    """Join the payloads of two spellings in one document: what names an author still does."""
    names_author = not (one & POSITION_BITS and other & POSITION_BITS)
    texts = [byte for byte in (one, other) if byte & (_IMPACT_MASK | POSITION_BITS)]
    if not texts:
        return one
    impact = max(byte & _IMPACT_MASK for byte in texts)
    title = TITLE_BIT & (texts[0] | texts[-1])
    if names_author:
        return title | max(impact, 1 << IMPACT_SHIFT)
    return title | impact | (one | other) & POSITION_BITS


def _merge_repeats(packed: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Join the postings of a document that holds both spellings of a term."""
    repeats: list[int] = []
    for at in range(0, len(packed), _BLOCK_POSTINGS):
        owners = packed[at : at + _BLOCK_POSTINGS + 1] >> np.uint64(8)
        repeats += (np.flatnonzero(owners[1:] == owners[:-1]) + at).tolist()
    for place in repeats:
        one, other = int(packed[place]), int(packed[place + 1])
        packed[place + 1] = other & ~0xFF | _joined_payload(one & 0xFF, other & 0xFF)
    is_retained = np.ones(len(packed), bool)
    is_retained[repeats] = False
    end = 0
    for at in range(
        0, len(packed), _BLOCK_POSTINGS
    ):  # in place, for it is the largest array there is
        remaining = packed[at : at + _BLOCK_POSTINGS][is_retained[at : at + _BLOCK_POSTINGS]]
        packed[end : end + len(remaining)] = remaining
        end += len(remaining)
    return packed[:end]
