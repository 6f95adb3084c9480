"""Turns collected words round: for every term, the documents it stands in."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.forward_index import Collection
from paper_digest.search.term_counts import IMPACT, MASK, TITLE

_IMPACT_BITS = 0xFF >> IMPACT << IMPACT
_LAST_UNIT = "\uffff"  # the last letter that is one unit of UTF-16
_BLOCK = 1 << 18  # postings converted at a time, to keep temporaries small


class Inverted(NamedTuple):
    """All postings, ordered by term and then by document number (0: the oldest).

    The postings of ``terms[i]`` are ``documents[starts[i]:starts[i + 1]]``, with one payload
    byte each; ``splits[i]`` is the length of a compound's first part, or 0.
    """

    terms: list[str]
    splits: list[int]
    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    payloads: npt.NDArray[np.uint8]


def invert(collection: Collection) -> Inverted:
    """Sort all postings by term and document, in place, as one machine word each.

    A compound and the same letters written as one word become one term; a compound that
    stands in one document only is left out, for its parts find it.
    """
    terms, splits, ranks = _merged(collection)
    order = np.array(collection.order(), np.int64)
    places = np.empty(len(order), np.uint64)
    places[order] = np.arange(len(order), dtype=np.uint64)
    numbers = np.frombuffer(collection.numbers, np.uint32)
    payloads = np.frombuffer(collection.payloads, np.uint8)
    owners = np.repeat(places.astype(np.uint32), np.frombuffer(collection.sizes, np.uint32))
    packed = np.empty(len(numbers), np.uint64)
    for at in range(0, len(packed), _BLOCK):
        block = slice(at, at + _BLOCK)
        part = ranks[numbers[block]] << np.uint64(32)
        part |= owners[block].astype(np.uint64) << np.uint64(8)
        packed[block] = part | payloads[block]
    del owners
    packed.sort()
    packed = packed[: np.searchsorted(packed, np.uint64(len(terms) << 32))]
    packed = _without_doubles(packed)
    edges = np.arange(len(terms) + 1, dtype=np.uint64) << np.uint64(32)
    starts = np.searchsorted(packed, edges)
    sorted_payloads = packed.astype(np.uint8)
    packed >>= np.uint64(8)
    packed &= np.uint64(0xFFFFFF)
    return Inverted(terms, splits, starts, packed.astype(np.int32), sorted_payloads)


def sort_key(term: str) -> bytes:
    """Order terms as JavaScript compares strings: by UTF-16 unit."""
    return term.encode("utf-16-be", "surrogatepass")


def _merged(collection: Collection) -> tuple[list[str], list[int], npt.NDArray[np.uint64]]:
    """List the terms to index, their splits, and the place of each spelling among them.

    A spelling that is left out is placed behind the last term.
    """
    spellings = collection.vocabulary.terms
    numbers = np.frombuffer(collection.numbers, np.uint32)
    frequencies = np.bincount(numbers, minlength=len(spellings)).tolist()
    found: dict[str, int] = {}
    splits: dict[str, int] = {}
    for spelling, frequency in zip(spellings, frequencies, strict=True):
        if not frequency:
            continue
        if spelling[0] != "#" and "-" in spelling:
            head, _, tail = spelling.partition("-")
            found[head + tail] = found.get(head + tail, 0) + frequency
            if tail:
                splits[head + tail] = max(splits.get(head + tail, 0), len(head))
        else:
            found[spelling] = found.get(spelling, 0) + max(frequency, 2)
    terms = sorted(term for term, known in found.items() if known > 1)
    if any(not term.isascii() and max(term) > _LAST_UNIT for term in terms):
        terms.sort(key=sort_key)  # without such letters both orders are one
    del found
    place = {term: number for number, term in enumerate(terms)}
    ranks = [
        place.get(spelling.replace("-", "") if spelling[0] != "#" else spelling, len(terms))
        for spelling in spellings
    ]
    return terms, [splits.get(term, 0) for term in terms], np.array(ranks, np.uint64)


def _without_doubles(packed: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Join the postings of a document that holds both spellings of a term."""
    doubles: list[int] = []
    for at in range(0, len(packed), _BLOCK):
        owners = packed[at : at + _BLOCK + 1] >> np.uint64(8)
        doubles += (np.flatnonzero(owners[1:] == owners[:-1]) + at).tolist()
    for place in doubles:
        one, other = int(packed[place]), int(packed[place + 1])
        flags = (one | other) & (TITLE | MASK)
        impact = max(one & _IMPACT_BITS, other & _IMPACT_BITS)
        packed[place + 1] = other & ~0xFF | flags | impact
    kept = np.ones(len(packed), bool)
    kept[doubles] = False
    end = 0
    for at in range(0, len(packed), _BLOCK):  # in place, for it is the largest array there is
        left = packed[at : at + _BLOCK][kept[at : at + _BLOCK]]
        packed[end : end + len(left)] = left
        end += len(left)
    return packed[:end]
