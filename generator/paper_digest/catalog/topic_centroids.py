"""Learns from an archive's papers what those of each topic are like, and how like them a paper is.

Of each topic, the *sure papers* are those in which its words leave no doubt. Their TF-IDF vectors,
less what all papers have in common, make its centroid (Rocchio, 1971). All sums are of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from paper_digest.catalog.topic_evidence import BUCKET_COUNT, TopicEvidence

#: A topic with fewer sure papers has no centroid.
MIN_SURE_PAPERS = 5
_MIN_PAPERS_PER_WORD = 3
_MAX_WORD_SHARE = 0.2  # of the papers; a commoner word says nothing of a topic
_IDF_STEPS = 256  # to an inverse document frequency of 1
#: Length of the vector of a paper, and of a centroid: their product stays below 2**24, up to which a
#: 32-bit float counts.
_LENGTH = 1_000
_MAX_COUNT = 255  # of a word in a paper
_BLOCK_PAPERS = 256  # compared with the centroids at a time
_CENTROID_STEPS = 16  # to one unit of a paper's vector, while centroids are summed

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float32]


class _Packed(msgspec.Struct, array_like=True):
    topics: tuple[str, ...]
    buckets: bytes
    idf: bytes
    weights: bytes


class _PaperVectors(NamedTuple):
    """The words of papers that count; those of paper ``p`` are at ``starts[p]:starts[p + 1]``.

    ``rows`` are the words' rows among those of the centroids; the weights of a paper have the length ``_LENGTH``.
    """

    starts: _Ints
    rows: _Ints
    weights: _Floats


class TopicCentroids:
    """What the papers of each topic are like."""

    def __init__(self, topics: Sequence[str], buckets: _Ints, idf: _Ints, weights: _Floats) -> None:
        """Take the topics that have a centroid, the buckets that count, and their weights.

        ``idf`` has an entry and ``weights`` a row for each bucket; ``weights`` a column for each topic.
        """
        self.topics = tuple(topics)
        self._buckets, self._idf, self._weights = buckets, idf, weights
        self._row_by_bucket = np.full(BUCKET_COUNT, -1, np.int64)
        self._row_by_bucket[buckets] = np.arange(len(buckets))

    def likenesses(self, papers: Sequence[bytes]) -> Iterator[dict[str, float]]:
        """Yield how like those of each topic each paper is, from 0 to 1; see ``TopicEvidence.words``."""
        for low in range(0, len(papers), _BLOCK_PAPERS):
            block = _vectors(papers[low : low + _BLOCK_PAPERS], self._row_by_bucket, self._idf)
            products = np.zeros((len(block.starts) - 1, len(self.topics)), np.float32)
            for paper, (begin, end) in enumerate(pairwise(block.starts.tolist())):
                rows = self._weights.take(block.rows[begin:end], axis=0)
                np.dot(block.weights[begin:end], rows, out=products[paper])
            shares = np.maximum(products, 0).astype(np.float64) / _LENGTH**2
            for row in shares.tolist():
                yield dict(zip(self.topics, row, strict=True))

    def heaviest_buckets(self, words: bytes, topic: str, count: int) -> list[int]:
        """Return the buckets of a paper's words that make it most like a topic's papers."""
        vector = _vectors([words], self._row_by_bucket, self._idf)
        parts = vector.weights * self._weights[vector.rows, self.topics.index(topic)]
        heaviest = np.lexsort((vector.rows, -parts))[:count]
        return [int(self._buckets[vector.rows[n]]) for n in heaviest if parts[n] > 0]

    def pack(self) -> bytes:
        """Return all of it as bytes, for ``unpack``."""
        return msgspec.msgpack.encode(
            _Packed(
                self.topics,
                self._buckets.astype("<u2").tobytes(),
                self._idf.astype("<u2").tobytes(),
                self._weights.astype("<i2").tobytes(),
            )
        )


def unpack_centroids(data: bytes) -> TopicCentroids:
    """Read what ``TopicCentroids.pack`` wrote."""
    packed = msgspec.msgpack.decode(data, type=_Packed)
    buckets, idf = (
        np.frombuffer(part, "<u2").astype(np.int64) for part in (packed.buckets, packed.idf)
    )
    weights = np.frombuffer(packed.weights, "<i2").astype(np.float32)
    return TopicCentroids(
        packed.topics, buckets, idf, weights.reshape(len(buckets), len(packed.topics))
    )


def learn_centroids(papers: Iterable[TopicEvidence]) -> TopicCentroids:
    """Learn the centroids of the topics that have ``MIN_SURE_PAPERS`` sure papers or more."""
    evidence = list(papers)
    words = [one.words for one in evidence]
    frequencies = np.bincount(_count_words(words)[1], minlength=BUCKET_COUNT)
    is_used = frequencies >= _MIN_PAPERS_PER_WORD
    is_used &= frequencies <= len(evidence) * _MAX_WORD_SHARE
    used = np.flatnonzero(is_used)
    idf = np.rint(np.log((len(evidence) + 1) / frequencies[used]) * _IDF_STEPS).astype(np.int64)
    row_by_bucket = np.full(BUCKET_COUNT, -1, np.int64)
    row_by_bucket[used] = np.arange(len(used))
    papers_by_topic: dict[str, list[int]] = {}
    for number, one in enumerate(evidence):
        for topic in one.sure:
            papers_by_topic.setdefault(topic, []).append(number)
    topics = sorted(t for t, its in papers_by_topic.items() if len(its) >= MIN_SURE_PAPERS)
    vectors = _vectors(words, row_by_bucket, idf)
    weights = np.zeros((len(used), len(topics)), np.float32)
    mean = _mean(vectors, np.ones(len(evidence), bool), len(used))
    for column, topic in enumerate(topics):
        is_sure = np.zeros(len(evidence), bool)
        is_sure[papers_by_topic[topic]] = True
        centroid = _mean(vectors, is_sure, len(used)) - mean
        length = np.sqrt(float((centroid**2).sum()))
        weights[:, column] = np.rint(centroid * (_LENGTH / max(length, 1.0)))
    return TopicCentroids(topics, used, idf, weights)


def _mean(vectors: _PaperVectors, is_wanted: npt.NDArray[np.bool_], row_count: int) -> _Ints:
    """Return the mean of the vectors of the papers that are wanted, in ``_CENTROID_STEPS`` to a unit."""
    places = np.repeat(is_wanted, np.diff(vectors.starts))
    total = np.bincount(vectors.rows[places], vectors.weights[places], row_count)
    mean: _Ints = np.rint(total * (_CENTROID_STEPS / max(int(is_wanted.sum()), 1))).astype(np.int64)
    return mean


def _vectors(papers: Sequence[bytes], row_by_bucket: _Ints, idf: _Ints) -> _PaperVectors:
    """Weigh the words of papers: by how often they stand there, and how rare they are."""
    owners, buckets, counts = _count_words(papers)
    rows = row_by_bucket[buckets]
    is_used = rows >= 0
    owners, rows, counts = owners[is_used], rows[is_used], counts[is_used]
    weights = np.rint(_COUNT_WEIGHTS[np.minimum(counts, _MAX_COUNT)] * idf[rows])
    lengths = np.sqrt(np.bincount(owners, weights**2, len(papers)))
    scaled: _Floats = np.rint(weights * (_LENGTH / lengths[owners])).astype(np.float32)
    starts: _Ints = np.searchsorted(owners, np.arange(len(papers) + 1)).astype(np.int64)
    return _PaperVectors(starts, rows, scaled)


def _count_words(papers: Sequence[bytes]) -> tuple[_Ints, _Ints, _Ints]:
    """Return for each different word of some papers: the paper's number, its bucket, its count."""
    buckets = np.frombuffer(b"".join(papers), np.uint16)
    owners = np.repeat(np.arange(len(papers)), [len(words) // 2 for words in papers])
    keys, counts = np.unique(owners * BUCKET_COUNT + buckets, return_counts=True)
    return keys // BUCKET_COUNT, keys % BUCKET_COUNT, counts


#: The weight of a word by its count: each doubling adds the same.
_COUNT_WEIGHTS = 1 + np.log(np.maximum(np.arange(_MAX_COUNT + 1), 1))
