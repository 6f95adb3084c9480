"""The topics of all papers of an archive, found once all are read; those that hold are taken from the cache.

What papers of a topic are like is learned from the reference set (``search/reference_set.py``) alone, and a
paper's topics depend on that and on its own record. So a new paper changes no other's topics until the archive
has grown to the next round number, and an old record in the reference set that changes its words may move a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from paper_digest.builder.cached_record import CachedRecord
from paper_digest.builder.text_cache import TextCache
from paper_digest.catalog.topic_evidence import TopicEvidence
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes
from paper_digest.search.reference_set import reference_size, training_places

if TYPE_CHECKING:  # numpy takes a tenth of a second to load, and most builds need none of it
    from paper_digest.catalog.topic_centroids import TopicCentroids

#: Papers whose evidence is in memory at a time.
_BLOCK_PAPERS = 2_000


class _Placed(msgspec.Struct, array_like=True, gc=False):
    """A paper's topics, the best first, and the hash of the record they were found for."""

    record_hash: bytes
    topics: tuple[str, ...]


class _Placements(msgspec.Struct, array_like=True):
    """The topics of papers by slug, and the hash of what was learned from."""

    training_hash: bytes
    placed: dict[str, _Placed]


class TopicPlacement:
    """Finds the topics of the papers of one build."""

    def __init__(
        self,
        classifier: TopicClassifier,
        texts: TextCache,
        records: Mapping[str, CachedRecord],
        read_evidence: Callable[[CachedRecord], TopicEvidence],
        read_training_evidence: Callable[[CachedRecord], TopicEvidence],
    ) -> None:
        """Take the papers by slug.

        ``read_evidence`` returns what a paper's topics are found from, ``read_training_evidence`` what others'
        are learned from: the same but for what a person decided.
        """
        self._classifier, self._texts, self._records = classifier, texts, records
        self._read_evidence, self._read_training_evidence = read_evidence, read_training_evidence

    def placed_records(self) -> dict[str, CachedRecord]:
        """Return the papers with their topics, which are part of the hash of a record, too."""
        placed = self._placements()
        return {slug: _with_topics(one, placed[slug]) for slug, one in self._records.items()}

    def centroids(self) -> TopicCentroids:
        """Return what the papers of each topic are like."""
        from paper_digest.catalog.topic_centroids import learn_centroids, unpack_centroids

        def learn() -> bytes:
            return learn_centroids(map(self._read_training_evidence, self._training_records)).pack()

        return unpack_centroids(
            self._texts.cached_text("topic-centroids", self._training_hash, learn)
        )

    def _placements(self) -> dict[str, tuple[str, ...]]:
        key = hash_bytes(
            self._training_hash,
            "\n".join(self._records).encode(),
            hash_of_hashes(one.record_hash for one in self._records.values()),
        )
        placed: dict[str, _Placed] = {}

        def place() -> bytes:
            placed.update(self._place())
            return msgspec.msgpack.encode(_Placements(self._training_hash, placed))

        packed = self._texts.cached_text("topics", key, place)
        placed = placed or msgspec.msgpack.decode(packed, type=_Placements).placed
        return {slug: one.topics for slug, one in placed.items()}

    def _place(self) -> dict[str, _Placed]:
        """Find the topics of the papers whose record changed, of all if what was learned changed."""
        training_hash, placed = self._training_hash, dict[str, _Placed]()
        previous = self._texts.last_value("topics", _Placements)
        if previous and previous.training_hash == training_hash:
            placed = {
                slug: one
                for slug, one in previous.placed.items()
                if slug in self._records and self._records[slug].record_hash == one.record_hash
            }
        remaining = [slug for slug in self._records if slug not in placed]
        centroids = self.centroids()
        for low in range(0, len(remaining), _BLOCK_PAPERS):
            block = [self._records[slug] for slug in remaining[low : low + _BLOCK_PAPERS]]
            evidence = list(map(self._read_evidence, block))
            likenesses = centroids.likenesses([one.words for one in evidence])
            for record, one, likeness in zip(block, evidence, likenesses, strict=True):
                topics = (topic for topic, _ in self._classifier.place(one, likeness))
                placed[record.summary.entry.slug] = _Placed(record.record_hash, tuple(topics))
        return placed

    @cached_property
    def _training_records(self) -> list[CachedRecord]:
        """The papers that are learned from, oldest first."""
        oldest = sorted(
            self._records.values(),
            key=lambda one: (one.summary.entry.filing_date, one.summary.entry.slug),
        )
        return [oldest[place] for place in training_places(reference_size(len(oldest)))]

    @cached_property
    def _training_hash(self) -> bytes:
        """A hash of what is learned from: less than the records, whose upvotes it leaves out."""
        return self._texts.cached_text(
            "topic-training",
            hash_of_hashes(one.content_hash for one in self._training_records),
            lambda: hash_bytes(*self._training_parts()),
        )

    def _training_parts(self) -> Iterator[bytes]:
        for one in map(self._read_training_evidence, self._training_records):
            yield one.words
            yield "|".join(one.sure).encode()


def _with_topics(record: CachedRecord, topics: tuple[str, ...]) -> CachedRecord:
    """Return a paper with its topics, if no person gave it others."""
    summary = record.summary
    if not summary.has_decided_topics:
        entry = msgspec.structs.replace(summary.entry, topics=topics)
        summary = msgspec.structs.replace(summary, entry=entry)
    record_hash = hash_bytes(record.record_hash, "\n".join(topics).encode())
    return msgspec.structs.replace(record, summary=summary, record_hash=record_hash)
