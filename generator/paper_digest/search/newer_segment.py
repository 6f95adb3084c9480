"""Writes the papers that are newer than the base, or were changed since, as a segment beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from paper_digest.search.base_segment import BaseSegment, MemberPlaces, members_of
from paper_digest.search.codec import gaps
from paper_digest.search.decoder import decode_front_coded
from paper_digest.search.document_spans import TERM_SHIFT, PackedArray
from paper_digest.search.forward_index import ForwardIndex
from paper_digest.search.inverted_index import (
    InvertedIndex,
    invert,
    utf16_sort_key,
)
from paper_digest.search.segment_writer import FileWriter, Topics, write_rows, write_words
from paper_digest.search.shards import SplitIndex, packed_costs, term_ranges

#: Bytes of its term ranges by those of the base: a query reads one of each for every word.
_RANGE_SHARE = 0.25
_MAX_RANGE_BYTES = 2_000  # it stays small, however large the base is


def write_newer(
    base: BaseSegment,
    forward: ForwardIndex,
    places: MemberPlaces,
    topics: Topics,
    shard_bytes: int,
    writer: FileWriter,
) -> dict[str, Any]:
    """Write the files of the newer segment; return what the root says of them.

    Its term ranges end where some of the base do, so that each range of the base is answered by one of
    them. With each term stands its frequency in the whole archive.
    """
    base_root = base.root_entry()
    frequency_by_term = base.frequency_by_term()
    inverted = invert(forward, places.newer, frequency_by_term)
    replaced = _frequencies_of_replaced(base, places, frequency_by_term)
    new_words = _select_terms(inverted, [t not in frequency_by_term for t in inverted.terms])
    inverted = _with_empty_lists(inverted, replaced)
    lengths = np.diff(inverted.starts)
    frequencies = np.array(
        [
            frequency_by_term.get(term, 0) - replaced.get(term, 0) + length
            for term, length in zip(inverted.terms, lengths.tolist(), strict=True)
        ],
        np.int64,
    )
    separators = decode_front_coded(base_root["shards"])[0]
    range_bytes = min(shard_bytes * _RANGE_SHARE, _MAX_RANGE_BYTES)
    edges, first_ranges = _aligned_edges(inverted, separators, range_bytes)
    split_index = SplitIndex(inverted, inverted, [])
    paper_count = len(places.newer)
    shards = list(term_ranges(split_index, frequencies, paper_count, edges, has_lengths=True))
    root: dict[str, Any] = {
        "numbers": gaps(places.newer_numbers),
        "replaced": gaps(places.replaced_members),
        "ranges": gaps(first_ranges),
        "names": {
            "terms": writer.write_family("t", [shard.packed for shard in shards]),
            "places": writer.write_family("p", [shard.places for shard in shards]),
        },
    }
    write_words(root, new_words, writer)
    rows = [forward.rows[place] for place in places.newer]
    write_rows(root, rows, topics, base_root, writer)
    return root


def _frequencies_of_replaced(
    base: BaseSegment, places: MemberPlaces, frequency_by_term: Mapping[str, int]
) -> dict[str, int]:
    """Count for each term of the base the papers that no longer count."""
    replaced = base.replaced_members()
    members = {base.members[number] for number in places.replaced_members}
    chosen = [place for place, key in enumerate(members_of(replaced)) if key in members]
    inverted = invert(replaced, chosen, frequency_by_term)
    lengths = np.diff(inverted.starts).tolist()
    return {
        term: length
        for term, length in zip(inverted.terms, lengths, strict=True)
        if term in frequency_by_term
    }


def _with_empty_lists(inverted: InvertedIndex, terms: Mapping[str, int]) -> InvertedIndex:
    """Add terms, which no paper holds, where they are absent."""
    lengths = dict(zip(inverted.terms, np.diff(inverted.starts).tolist(), strict=True))
    if terms.keys() <= lengths.keys():
        return inverted
    splits = dict(zip(inverted.terms, inverted.splits, strict=True))
    all_terms = sorted(terms.keys() | lengths.keys(), key=utf16_sort_key)
    counts = np.array([lengths.get(term, 0) for term in all_terms], np.int64)
    places = {term: place for place, term in enumerate(all_terms)}
    moved = np.array([places[term] for term in inverted.terms], np.uint64)
    return inverted._replace(
        terms=all_terms,
        splits=[splits.get(term, 0) for term in all_terms],
        starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))),
        names=_with_moved_terms(inverted.names, moved),
        places=inverted.places.with_terms(moved, len(all_terms)),
    )


def _with_moved_terms(packed: PackedArray, moved: PackedArray) -> PackedArray:
    """Give packed names other numbers of their terms, in the same order."""
    terms = moved[(packed >> TERM_SHIFT).astype(np.int64)]
    return terms << TERM_SHIFT | packed & ((np.uint64(1) << TERM_SHIFT) - np.uint64(1))


def _select_terms(inverted: InvertedIndex, is_selected: Sequence[bool]) -> InvertedIndex:
    """Return the terms that are selected with their frequencies; the postings are left out."""
    chosen = np.flatnonzero(is_selected)
    lengths = np.diff(inverted.starts)[chosen]
    return inverted._replace(
        terms=[inverted.terms[place] for place in chosen.tolist()],
        starts=np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))),
    )


def _aligned_edges(
    inverted: InvertedIndex, separators: Sequence[str], range_bytes: float
) -> tuple[list[int], list[int]]:
    """Cut the terms into ranges that end where some of the base do.

    Returns where each begins among the terms, and the end; and the range of the base with which each begins.
    """
    keys = list(map(utf16_sort_key, inverted.terms))
    base_edges = [bisect_left(keys, utf16_sort_key(one)) for one in separators]
    base_edges = [*(base_edges or [0]), len(keys)]
    base_edges[0] = 0
    costs = np.concatenate((np.zeros(1), packed_costs(inverted)))
    edges, first_ranges = [0], [0]
    for number, (low, high) in enumerate(pairwise(base_edges)):
        spent = costs[high] - costs[edges[-1]]
        if spent > range_bytes and edges[-1] < low < len(keys):
            edges.append(low)
            first_ranges.append(number)
    return [*edges, len(keys)], first_ranges
