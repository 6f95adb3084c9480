"""Cuts the inverted index into term ranges of a few kilobytes; what is too long goes apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.codec import deflate, front_code, rice, varints
from paper_digest.search.inverted_index import Inverted
from paper_digest.search.term_counts import IMPACT, TITLE

_BYTES_A_POSTING = 1.9  # about what one takes, packed
_BYTES_A_TERM = 3.5


class Shard(NamedTuple):
    """One term range: the first term of it, and its packed bytes."""

    first: str
    packed: bytes


class Rests(NamedTuple):
    """The rests of some long lists: the place of the first one among all, and packed bytes."""

    first: int
    packed: bytes


class Parts(NamedTuple):
    """Every posting list, cut at ``head`` postings: the best of it, and the rest.

    ``long`` names the terms (by number) that have a rest, in order.
    """

    heads: Inverted
    rests: Inverted
    long: list[int]


def part(index: Inverted, head: int) -> Parts:
    """Split lists of more than ``head`` postings: titles and high impact first, newest on ties."""
    lengths = np.diff(index.starts)
    long = np.flatnonzero(lengths > head)
    kept = np.ones(len(index.documents), bool)
    for term in long:
        low, high = index.starts[term], index.starts[term + 1]
        payloads = index.payloads[low:high]
        worth = (payloads & TITLE) | payloads >> IMPACT
        best = np.lexsort((index.documents[low:high], worth))
        kept[low + best[:-head]] = False
    head_lengths = np.minimum(lengths, head)
    return Parts(
        _selected(index, kept, head_lengths),
        _selected(index, ~kept, lengths - head_lengths),
        [int(term) for term in long],
    )


def _selected(
    index: Inverted, kept: npt.NDArray[np.bool_], lengths: npt.NDArray[np.int64]
) -> Inverted:
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    return index._replace(
        starts=starts, documents=index.documents[kept], payloads=index.payloads[kept]
    )


def cut(parts: Parts, frequencies: npt.NDArray[np.int64], total: int, size: int) -> Iterator[Shard]:
    """Pack term ranges of about ``size`` bytes each, in order.

    A shard is: the length of the term lines; how many long terms lie before it; the lines; a
    varint of the document frequency of each term; a payload byte a posting; the gaps.
    """
    index = parts.heads
    lengths = np.diff(index.starts)
    costs = np.cumsum(lengths * _BYTES_A_POSTING + _BYTES_A_TERM)
    edges = [0]
    while edges[-1] < len(index.terms):
        spent = costs[edges[-1] - 1] if edges[-1] else 0
        edges.append(max(edges[-1] + 1, int(np.searchsorted(costs, spent + size))))
    edges[-1] = len(index.terms)
    before = np.searchsorted(np.array(parts.long, np.int64), np.array(edges, np.int64))
    for place, (low, high) in enumerate(pairwise(edges)):
        lines = front_code(index.terms[low:high], index.splits[low:high])
        span = slice(index.starts[low], index.starts[high])
        yield Shard(
            index.terms[low],
            deflate(
                varints((len(lines), int(before[place]))) + lines,
                varints(frequencies[low:high].tolist()),
                index.payloads[span].tobytes(),
                rice(index.documents[span], lengths[low:high], total),
            ),
        )


def rests(parts: Parts, total: int, size: int) -> Iterator[Rests]:
    """Pack what the heads left over, in term order, about ``size`` bytes a file.

    A file is: how many lists there are; a varint of the length of each; a payload byte a
    posting; the gaps.
    """
    index = parts.rests
    lengths = np.diff(index.starts)[parts.long]
    at = 0
    while at < len(parts.long):
        end = at + max(1, int(np.searchsorted(np.cumsum(lengths[at:]) * _BYTES_A_POSTING, size)))
        counts = lengths[at:end]
        low = index.starts[parts.long[at]]
        span = slice(low, low + int(counts.sum()))
        yield Rests(
            at,
            deflate(
                varints([len(counts), *counts.tolist()]),
                index.payloads[span].tobytes(),
                rice(index.documents[span], counts, total),
            ),
        )
        at += len(counts)
