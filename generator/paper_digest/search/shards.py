"""Cuts the inverted index into term ranges of a few kilobytes, and long lists into head and rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.codec import (
    deflate,
    encode_front_coded,
    encode_rice,
    encode_varints,
    shared_prefix_lengths,
)
from paper_digest.search.inverted_index import InvertedIndex
from paper_digest.search.occurrences import author_numbers, positions
from paper_digest.search.payload import IMPACT_SHIFT, TITLE_BIT

_BYTES_PER_POSTING = 1.9  # about, packed
_BYTES_PER_TERM = 3.5  # as above
#: Shares of a range's bytes: the fewest, as many as are wanted, the most.
_SPLIT_INTERVAL = np.array((0.75, 1, 1.25))


class Shard(NamedTuple):
    """One term range: the first term of it, and its packed bytes, those of the positions by themselves."""

    first_term: str
    packed: bytes
    places: bytes = b""


class RestShard(NamedTuple):
    """The rests of some long lists: the place of the first among the rests of all, and packed bytes."""

    first_list: int
    packed: bytes
    places: bytes


class SplitIndex(NamedTuple):
    """Every posting list, cut after the best ``head_postings`` postings of it.

    ``long_terms`` holds the numbers of the terms that have a rest, ascending.
    """

    heads: InvertedIndex
    rests: InvertedIndex
    long_terms: list[int]


def split_long_lists(inverted: InvertedIndex, head_postings: int) -> SplitIndex:
    """Split lists of more than ``head_postings`` postings: titles and high impact first, newest on ties."""
    lengths = np.diff(inverted.starts)
    long_terms = np.flatnonzero(lengths > head_postings)
    in_head = np.ones(len(inverted.documents), bool)
    for term in long_terms:
        low, high = inverted.starts[term], inverted.starts[term + 1]
        payloads = inverted.payloads[low:high]
        payload_scores = (payloads & TITLE_BIT) | payloads >> IMPACT_SHIFT
        by_score = np.lexsort((inverted.documents[low:high], payload_scores))
        in_head[low + by_score[:-head_postings]] = False
    head_lengths = np.minimum(lengths, head_postings)
    return SplitIndex(
        _select_postings(inverted, in_head, head_lengths),
        _select_postings(inverted, ~in_head, lengths - head_lengths),
        [int(term) for term in long_terms],
    )


def _select_postings(
    inverted: InvertedIndex, is_selected: npt.NDArray[np.bool_], lengths: npt.NDArray[np.int64]
) -> InvertedIndex:
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    return inverted._replace(
        starts=starts,
        documents=inverted.documents[is_selected],
        payloads=inverted.payloads[is_selected],
    )


def range_edges(inverted: InvertedIndex, range_bytes: int) -> list[int]:
    """Cut the terms into ranges of about so many bytes: the places where they begin, and the end.

    Each range ends where the next needs the fewest letters to be told from it, for every reader loads
    these letters (Bayer and Unterauer 1977, Prefix B-trees, "split interval").
    """
    costs = packed_costs(inverted)
    edges = [0]
    while edges[-1] < len(inverted.terms):
        spent = costs[edges[-1] - 1] if edges[-1] else 0
        low, wanted, high = np.searchsorted(costs, spent + range_bytes * _SPLIT_INTERVAL).tolist()
        low, wanted = max(low, edges[-1] + 1), max(wanted, edges[-1] + 1)
        shared = shared_prefix_lengths(inverted.terms[low - 1 : high + 1])[1:]
        edges.append(
            min(
                range(low, low + len(shared)),
                key=lambda place: (shared[place - low], abs(place - wanted)),
                default=wanted,
            )
        )
    edges[-1] = len(inverted.terms)
    return edges


def packed_costs(inverted: InvertedIndex) -> npt.NDArray[np.float64]:
    """Estimate the packed bytes of each term with those before it."""
    costs: npt.NDArray[np.float64] = np.cumsum(
        np.diff(inverted.starts) * _BYTES_PER_POSTING + _BYTES_PER_TERM
    )
    return costs


def term_ranges(
    split_index: SplitIndex,
    frequencies: npt.NDArray[np.int64],
    document_count: int,
    edges: Sequence[int],
    *,
    has_lengths: bool = False,
) -> Iterator[Shard]:
    """Pack the terms from one edge to the next, in order; ``README.md`` gives the bytes.

    ``has_lengths`` writes the length of each list as well, which does not follow from the frequency
    where that counts the papers of another segment too.
    """
    heads = split_index.heads
    lengths = np.diff(heads.starts)
    long_terms_before = np.searchsorted(
        np.array(split_index.long_terms, np.int64), np.array(edges, np.int64)
    )
    for place, (low, high) in enumerate(pairwise(edges)):
        lines = encode_front_coded(heads.terms[low:high], heads.splits[low:high])
        span = slice(heads.starts[low], heads.starts[high])
        numbers = np.arange(low, high)
        author_places = author_numbers(heads, numbers)
        header = (len(lines), int(long_terms_before[place]), len(author_places))
        counts = frequencies[low:high].tolist()
        if has_lengths:
            counts += lengths[low:high].tolist()
        yield Shard(
            heads.terms[low],
            deflate(
                encode_varints(header) + lines,
                encode_varints(counts),
                heads.payloads[span].tobytes(),
                author_places,
                encode_rice(heads.documents[span], lengths[low:high], document_count),
            ),
            deflate(positions(heads, numbers)),
        )


def rest_shards(
    split_index: SplitIndex, document_count: int, shard_bytes: int
) -> Iterator[RestShard]:
    """Pack what the heads do not hold, in term order, about ``shard_bytes`` bytes a file."""
    index = split_index.rests
    lengths = np.diff(index.starts)[split_index.long_terms]
    at = 0
    while at < len(split_index.long_terms):
        end = at + max(
            1, int(np.searchsorted(np.cumsum(lengths[at:]) * _BYTES_PER_POSTING, shard_bytes))
        )
        counts = lengths[at:end]
        low = index.starts[split_index.long_terms[at]]
        span = slice(low, low + int(counts.sum()))
        numbers = np.array(split_index.long_terms[at : at + len(counts)])
        author_places = author_numbers(index, numbers)
        yield RestShard(
            at,
            deflate(
                encode_varints([len(counts), len(author_places), *counts.tolist()]),
                index.payloads[span].tobytes(),
                author_places,
                encode_rice(index.documents[span], counts, document_count),
            ),
            deflate(positions(index, numbers)),
        )
        at += len(counts)
