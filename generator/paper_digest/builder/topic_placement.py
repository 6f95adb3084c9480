"""The topics of all papers of an archive, found once all are read; the cached records have those that hold.

What papers of a topic are like is learned from the reference set (``search/reference_set.py``) alone, and a
paper's topics depend on that and on its own record. So a new paper changes no other's topics until the archive
has grown to the next round number, and an old record in the reference set that changes its words may move a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from paper_digest.builder.cached_record import CachedRecord
from paper_digest.builder.text_cache import TextCache
from paper_digest.catalog.entry import hash_entry
from paper_digest.catalog.topic_evidence import TopicEvidence
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes
from paper_digest.search.reference_set import reference_size, training_places

if TYPE_CHECKING:  # numpy takes a tenth of a second to load, and most builds need none of it
    from paper_digest.catalog.topic_centroids import TopicCentroids

#: Papers whose evidence is in memory at a time.
_BLOCK_PAPERS = 2_000


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

    def place_records(self) -> dict[str, CachedRecord]:
        """Find the topics of the papers whose record changed, of all if what was learned changed; return these."""
        training_hash, placed = self._training_hash, dict[str, CachedRecord]()
        remaining = [
            slug for slug, one in self._records.items() if one.training_hash != training_hash
        ]
        if not remaining:
            return placed
        centroids = self.centroids()
        for low in range(0, len(remaining), _BLOCK_PAPERS):
            slugs = remaining[low : low + _BLOCK_PAPERS]
            records = [self._records[slug] for slug in slugs]
            evidence = list(map(self._read_evidence, records))
            likenesses = centroids.likenesses([one.words for one in evidence])
            for slug, record, one, likeness in zip(
                slugs, records, evidence, likenesses, strict=True
            ):
                topics = tuple(topic for topic, _ in self._classifier.place(one, likeness))
                placed[slug] = _with_topics(record, topics, training_hash)
        return placed

    def centroids(self) -> TopicCentroids:
        """Return what the papers of each topic are like."""
        from paper_digest.catalog.topic_centroids import learn_centroids, unpack_centroids

        def learn() -> bytes:
            evidence = map(self._read_training_evidence, self._training_records())
            return learn_centroids(evidence).pack()

        return unpack_centroids(
            self._texts.cached_text("topic-centroids", self._training_hash, learn)
        )

    def _training_records(self) -> list[CachedRecord]:
        """Return the papers that are learned from, oldest first."""
        oldest = sorted(
            self._records.values(),
            key=lambda one: (one.summary.entry.filing_date, one.summary.entry.slug),
        )
        return [oldest[place] for place in training_places(reference_size(len(oldest)))]

    @cached_property
    def _training_hash(self) -> bytes:
        """A hash of what is learned from: less than the records, whose upvotes it leaves out."""
        records = self._training_records()
        return self._texts.cached_text(
            "topic-training",
            hash_of_hashes(one.content_hash for one in records),
            lambda: hash_bytes(*self._training_parts(records)),
        )

    def _training_parts(self, records: Iterable[CachedRecord]) -> Iterator[bytes]:
        for one in map(self._read_training_evidence, records):
            yield one.words
            yield "|".join(one.sure).encode()


def _with_topics(
    record: CachedRecord, topics: tuple[str, ...], training_hash: bytes
) -> CachedRecord:
    """Return a paper with its topics, if no person gave it others."""
    summary = record.summary
    if not summary.has_decided_topics:
        entry = msgspec.structs.replace(summary.entry, topics=topics)
        summary = msgspec.structs.replace(summary, entry=entry)
    return msgspec.structs.replace(
        record,
        summary=summary,
        training_hash=training_hash,
        placed_hash=hash_bytes(record.record_hash, "\n".join(topics).encode()),
        entry_hash=hash_entry(summary.entry),
    )
