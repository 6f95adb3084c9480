"""Papers as vectors of weighed words, in whole numbers, and the nearest of them to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from paper_digest.search.forward_index import Collection

#: Length of every vector.
UNIT = 1_000
_WORDS = 40  # of each paper: its heaviest ones stand for it
_BLOCK = 4_096  # papers weighed at a time
_FINE = 256  # steps of a weight

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Vectors(NamedTuple):
    """The heaviest words of each paper; those of ``p`` are at ``starts[p]:starts[p + 1]``."""

    starts: Ints
    words: Ints
    weights: Ints


def vectors(
    collection: Collection, order: list[int], places: Ints, rarity: Floats, impacts: Floats
) -> Vectors:
    """Weigh the words of all papers.

    Args:
        collection: the papers.
        order: the places of the papers among the collection's rows; they are numbered by it.
        places: for each term of the vocabulary its place among the words used, or -1.
        rarity: the weight of each word used.
        impacts: the weight of each payload byte: how much the paper is about the word.
    """
    numbers = np.frombuffer(collection.numbers, np.uint32)
    payloads = np.frombuffer(collection.payloads, np.uint8)
    sizes = np.frombuffer(collection.sizes, np.uint32).astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    rarity = np.append(rarity, np.float32(0))  # what words that are not used weigh: place -1
    counts, words, weights = (
        [np.zeros(1, np.int64)],
        [np.zeros(0, np.int64)],
        [np.zeros(0, np.int64)],
    )
    for low in range(0, len(order), _BLOCK):
        rows = np.array(order[low : low + _BLOCK])
        picked = spread(starts[rows], sizes[rows])
        owners = np.repeat(np.arange(len(rows)), sizes[rows])
        word = places[numbers[picked]]
        level = np.rint(rarity[word] * impacts[payloads[picked]] * _FINE).astype(np.int64)
        # One machine word each: the paper, then the heaviest, then the word.
        packed = owners << 48 | (0xFFFF - level) << 32 | word
        packed = np.sort(packed[level > 0])
        owners = packed >> 48
        first = np.searchsorted(owners, np.arange(len(rows)))
        packed = packed[np.arange(len(packed)) - first[owners] < _WORDS]
        owners, level = packed >> 48, 0xFFFF - (packed >> 32 & 0xFFFF)
        length = np.sqrt(np.bincount(owners, level**2, len(rows)))
        counts.append(np.bincount(owners, minlength=len(rows)))
        words.append(packed & 0xFFFFFFFF)
        weights.append(np.rint(level * UNIT / length[owners]).astype(np.int64))
    return Vectors(
        np.cumsum(np.concatenate(counts)), np.concatenate(words), np.concatenate(weights)
    )


class Lists:
    """For each word the papers that hold it, to find the nearest of a paper."""

    def __init__(self, of: Vectors, words: int) -> None:
        """Turn the vectors round; ``words`` is how many there are."""
        owners = np.repeat(np.arange(len(of.starts) - 1), np.diff(of.starts))
        packed = np.sort(of.words << 40 | owners << 16 | of.weights)
        self._of = of
        self._edges = np.searchsorted(packed >> 40, np.arange(words + 1))
        self._owners = (packed >> 16 & 0xFFFFFF).astype(np.int32)
        self._weights = (packed & 0xFFFF).astype(np.int32)

    def nearest(self, paper: int, limit: int, count: int, least: float) -> list[int]:
        """Find the papers nearest to one among the first ``limit``; of equals, the newest first.

        ``least`` is the smallest cosine that counts.
        """
        span = slice(self._of.starts[paper], self._of.starts[paper + 1])
        words, own = self._of.words[span], self._of.weights[span]
        starts = self._edges[words]
        sizes = self._edges[words + 1] - starts
        picked = spread(starts, sizes)
        sums = np.bincount(
            self._owners[picked], self._weights[picked] * np.repeat(own, sizes), limit
        )
        found = np.flatnonzero(sums[:limit] >= least * UNIT * UNIT)
        found = found[found != paper]
        ranked: list[int] = found[np.lexsort((-found, -sums[found]))][:count].tolist()
        return ranked

    def shared(self, paper: int, others: list[int], count: int) -> list[list[int]]:
        """Name the words that bring a paper to each of some others, those that tell most first."""
        mine = dict(self._weighed(paper))
        found = []
        for other in others:
            both = [(-gain * mine[w], w) for w, gain in self._weighed(other) if w in mine]
            found.append([word for _, word in sorted(both)[:count]])
        return found

    def _weighed(self, paper: int) -> Iterator[tuple[int, int]]:
        span = slice(self._of.starts[paper], self._of.starts[paper + 1])
        return zip(self._of.words[span].tolist(), self._of.weights[span].tolist(), strict=True)


def spread(starts: Ints, sizes: Ints) -> Ints:
    """Name all places of some ranges, one range after another."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    found: Ints = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return found
