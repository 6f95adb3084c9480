"""Inverts a forward index: for every term, the documents that hold it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.payload import IMPACT_SHIFT, POSITION_BITS, TITLE_BIT

_IMPACT_MASK = 0xFF >> IMPACT_SHIFT << IMPACT_SHIFT
_LAST_UTF16_LETTER = "\uffff"  # the last character that is one unit of UTF-16
_BLOCK_POSTINGS = 1 << 18  # postings converted at a time, to keep temporaries small


class InvertedIndex(NamedTuple):
    """All postings, ordered by term and then by document number (0: the oldest).

    The postings of ``terms[i]`` are ``documents[starts[i]:starts[i + 1]]``, with one payload
    byte each; ``splits[i]`` is the length of a compound's first part, or 0. ``name_keys`` lists, sorted,
    for every word of every author the term (shifted 32 bits) and the document, ``name_numbers``
    the place of the author among those of the document.
    """

    terms: list[str]
    splits: list[int]
    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    payloads: npt.NDArray[np.uint8]
    name_keys: npt.NDArray[np.uint64]
    name_numbers: npt.NDArray[np.uint16]


def invert(forward: ForwardIndex) -> InvertedIndex:
    """Sort all postings by term and document, in place, as one machine word each.

    A compound and the same letters written as one word become one term; a compound that
    stands in one document only is left out, for its parts find it.
    """
    terms, splits, term_numbers = _merge_spellings(forward)
    order = np.array(forward.document_order(), np.int64)
    document_numbers = np.empty(len(order), np.uint64)
    document_numbers[order] = np.arange(len(order), dtype=np.uint64)
    numbers = np.frombuffer(forward.posting_terms, np.uint32)
    payloads = np.frombuffer(forward.payloads, np.uint8)
    owners = np.repeat(
        document_numbers.astype(np.uint32), np.frombuffer(forward.posting_counts, np.uint32)
    )
    packed = np.empty(len(numbers), np.uint64)
    for at in range(0, len(packed), _BLOCK_POSTINGS):
        block = slice(at, at + _BLOCK_POSTINGS)
        part = term_numbers[numbers[block]] << np.uint64(32)
        part |= owners[block].astype(np.uint64) << np.uint64(8)
        packed[block] = part | payloads[block]
    del owners
    packed.sort()
    packed = packed[: np.searchsorted(packed, np.uint64(len(terms) << 32))]
    packed = _merge_repeats(packed)
    edges = np.arange(len(terms) + 1, dtype=np.uint64) << np.uint64(32)
    starts = np.searchsorted(packed, edges)
    sorted_payloads = packed.astype(np.uint8)
    packed >>= np.uint64(8)
    packed &= np.uint64(0xFFFFFF)
    name_keys, name_numbers = _invert_names(forward, term_numbers, document_numbers, len(terms))
    return InvertedIndex(
        terms, splits, starts, packed.astype(np.int32), sorted_payloads, name_keys, name_numbers
    )


def _invert_names(
    forward: ForwardIndex,
    term_numbers: npt.NDArray[np.uint64],
    document_numbers: npt.NDArray[np.uint64],
    term_count: int,
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint16]]:
    """Sort the words of all authors by term, document and author, each once."""
    keys = term_numbers[np.frombuffer(forward.name_terms, np.uint32)] << np.uint64(32)
    keys |= np.repeat(document_numbers, np.frombuffer(forward.name_counts, np.uint32))
    numbers = np.frombuffer(forward.name_numbers, np.uint16)
    order = np.lexsort((numbers, keys))
    keys, numbers = keys[order], numbers[order]
    is_first = np.ones(len(keys), bool)
    is_first[1:] = (keys[1:] != keys[:-1]) | (numbers[1:] != numbers[:-1])
    is_first &= keys < np.uint64(term_count << 32)
    return keys[is_first], numbers[is_first]


def utf16_sort_key(term: str) -> bytes:
    """Order terms as JavaScript compares strings: by UTF-16 unit."""
    return term.encode("utf-16-be", "surrogatepass")


def _merge_spellings(forward: ForwardIndex) -> tuple[list[str], list[int], npt.NDArray[np.uint64]]:
    """List the terms to index, their splits, and the place of each spelling among them.

    The place of a spelling that is left out is the number of terms.
    """
    spellings = forward.term_ids.terms
    posting_terms = np.frombuffer(forward.posting_terms, np.uint32)
    frequencies = np.bincount(posting_terms, minlength=len(spellings)).tolist()
    frequency_by_term: dict[str, int] = {}
    splits: dict[str, int] = {}
    for spelling, frequency in zip(spellings, frequencies, strict=True):
        if not frequency:
            continue
        if spelling[0] != "#" and "-" in spelling:
            head, _, tail = spelling.partition("-")
            frequency_by_term[head + tail] = frequency_by_term.get(head + tail, 0) + frequency
            if tail:
                splits[head + tail] = max(splits.get(head + tail, 0), len(head))
        else:
            frequency_by_term[spelling] = frequency_by_term.get(spelling, 0) + max(frequency, 2)
    terms = sorted(term for term, known in frequency_by_term.items() if known > 1)
    if any(not term.isascii() and max(term) > _LAST_UTF16_LETTER for term in terms):
        terms.sort(key=utf16_sort_key)  # without such letters both orders are one
    del frequency_by_term
    number_by_term = {term: number for number, term in enumerate(terms)}
    term_numbers = [
        number_by_term.get(
            spelling.replace("-", "") if spelling[0] != "#" else spelling, len(terms)
        )
        for spelling in spellings
    ]
    return terms, [splits.get(term, 0) for term in terms], np.array(term_numbers, np.uint64)


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
