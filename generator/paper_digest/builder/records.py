"""The papers a site shows: summaries of all of them in memory, the full record of one on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from paper_digest.builder.cached_record import CachedRecord, RecordSummary
from paper_digest.builder.person_edits import PersonEdits
from paper_digest.builder.record_blocks import RecordBlocks
from paper_digest.builder.record_cache import (
    RECORDS_TABLES,
    read_evidence,
    read_records,
    shared_slug_problem,
)
from paper_digest.builder.summary_maker import SummaryMaker
from paper_digest.builder.text_cache import TEXTS_TABLE, TextCache
from paper_digest.builder.topic_placement import TopicPlacement
from paper_digest.catalog.entry import CatalogEntry, hash_entry
from paper_digest.catalog.topic_evidence import TopicEvidence
from paper_digest.catalog.topics import TopicClassifier, subject_phrases
from paper_digest.incremental.file_times import FileTimes
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes, program_hash
from paper_digest.incremental.sqlite import open_database
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.sources.registry import registry
from paper_digest.store import overrides
from paper_digest.store.files import Store
from paper_digest.store.notes import Note, Notes
from paper_digest.store.overrides import Override

if TYPE_CHECKING:
    from paper_digest.catalog.topic_centroids import TopicCentroids

SCHEMA_VERSION = 11
_TABLES = RECORDS_TABLES + TEXTS_TABLE


class ArchiveRecords:
    """The papers of a store that are not hidden, with the operator's overrides and notes applied.

    ``read_errors`` are the files that could not be read; ``hidden_ids`` all ids of hidden papers, ``hidden_dois``
    the DOIs of those that have one.
    """

    def __init__(
        self,
        store: Store,
        overrides_by_id: dict[str, Override],
        notes: Notes,
        topics: tuple[Topic, ...],
        cache_path: Path,
        times: FileTimes | None = None,
    ) -> None:
        """Read what changed since the cache at ``cache_path`` was written (``read_records``); it may be deleted any time."""
        self._store, self._classifier = store, TopicClassifier(topics)
        common_hash = hash_bytes(program_hash(), msgspec.json.encode(topics))
        self._edits = PersonEdits(overrides_by_id, notes, topics, common_hash)
        self._summary_maker = SummaryMaker(store, self._edits, self._classifier)
        self._cache_path = cache_path
        self._database = open_database(cache_path, _TABLES, SCHEMA_VERSION)
        self.texts = TextCache(self._database, common_hash)
        self.cached_text, self.new_text = self.texts.cached_text, self.texts.new_text
        self.problems: list[Problem] = []
        #: The paper whose record was asked for last: what fails now is most likely made of it.
        self.last_read_slug = ""
        self._blocks = RecordBlocks(self._database)
        self._records = read_records(
            store,
            self._blocks,
            self._edits.hash_for,
            self._summary_maker.make,
            self.problems,
            times,
        )
        self._read_by_slug, hidden = dict[str, CachedRecord](), list[RecordSummary]()
        for one in self._records:
            summary = one.summary
            if self._is_edited(one) and self._edits.is_hidden(summary.ids):
                hidden.append(summary)
            elif (first := self._read_by_slug.setdefault(summary.entry.slug, one)) is not one:
                self.problems.append(shared_slug_problem(store, first, one))
        ways = self._evidence, self._training_evidence
        self._placement = TopicPlacement(self._classifier, self.texts, self._read_by_slug, *ways)
        removed = (one.id for one in overrides_by_id.values() if one.removed)
        self.hidden_ids = tuple(sorted({*removed, *(i for one in hidden for i in one.ids)}))
        self.hidden_dois = tuple(sorted({one.doi for one in hidden if one.doi}))

    @cached_property
    def _cached_by_slug(self) -> dict[str, CachedRecord]:
        """The papers with their topics, which `digest check` has no need of."""
        placed = self._placement.place_records()
        if placed:
            by_name = {one.name: one for one in placed.values()}
            self._records = [by_name.get(one.name, one) for one in self._records]
            self._blocks.replace(self._records)
            self._read_by_slug.update(placed)
        return self._read_by_slug

    def all_ids(self) -> set[str]:
        """Return the present and former ids of all papers, hidden ones too."""
        return {i for one in self.unplaced_summaries for i in one.ids} | {*self.hidden_ids}

    @property
    def unplaced_summaries(self) -> Iterable[RecordSummary]:
        """The summaries, of which some may have no topics yet, or those of the last build."""
        return (one.summary for one in self._read_by_slug.values())

    @property
    def summaries(self) -> Iterable[RecordSummary]:
        """The summary of each paper, in order of folder and name."""
        return (one.summary for one in self._cached_by_slug.values())

    @property
    def pinned_ids(self) -> frozenset[str]:
        """The ids of the papers pinned to the top of the home page."""
        edited = [self._cached_by_slug[slug].summary for slug in self.edited_slugs()]
        overrides_of = ((one.entry.id, self._edits.override_for(one.ids)) for one in edited)
        return frozenset(paper_id for paper_id, one in overrides_of if one and one.pin)

    @cached_property
    def record_hashes(self) -> dict[str, bytes]:
        """A hash by slug of each paper's record, of its overrides, and of the notes about it."""
        return {slug: one.placed_hash for slug, one in self._cached_by_slug.items()}

    @cached_property
    def records_hash(self) -> bytes:
        """One hash of all of them."""
        hashes = self.record_hashes
        return hash_of_hashes(hashes[slug] for slug in sorted(hashes))

    def entry_hash(self, entry: CatalogEntry) -> bytes:
        """Hash an entry; that of a record is known."""
        one = self._cached_by_slug[entry.slug]
        return one.entry_hash if one.summary.entry is entry else hash_entry(entry)

    def record_hash(self, slug: str) -> bytes:
        """Return the same of one paper."""
        return self.record_hashes[slug]

    def newest_date(self, slug: str) -> str:
        """Return the newest date in a paper's record."""
        return self._cached_by_slug[slug].summary.newest_date

    def paper(self, slug: str) -> Paper:
        """Read a paper's record, the operator's fixes applied."""
        self.last_read_slug = slug
        return self._cached_paper(slug)

    def edited_slugs(self) -> list[str]:
        """Name the papers of which a person fixed or noted something."""
        return [slug for slug, one in self._cached_by_slug.items() if self._is_edited(one)]

    def _is_edited(self, one: CachedRecord) -> bool:
        return one.decision_hash != self._edits.unedited_hash

    def unedited(self, slug: str) -> tuple[Paper, str]:
        """Return a paper as its record has it, and the phrases it then holds (``RecordSummary.phrases``)."""
        paper = self._store.read_paper(self._cached_by_slug[slug].name)
        return paper, "|".join(subject_phrases(self._classifier.find_phrases(paper)))

    def record_path(self, slug: str) -> str:
        """Return the path of a paper's file, below the folder of ``archive/``."""
        return f"{self._store.root.name}/{self._cached_by_slug[slug].name}"

    def ids(self, slug: str) -> tuple[str, ...]:
        """Return a paper's present id, then those it had before."""
        return self._cached_by_slug[slug].summary.ids

    def disputed_ids(self) -> dict[str, tuple[str, ...]]:
        """Return, by id, the slugs of the papers that an id was given for without being theirs."""
        holders: dict[str, tuple[str, ...]] = {}
        for summary in self.summaries:
            for paper_id in summary.disputed_ids:
                holders[paper_id] = (*holders.get(paper_id, ()), summary.entry.slug)
        return holders

    def replace_notes(self, notes: Notes) -> list[RecordSummary]:
        """Use these notes from now on; returns the papers that have any, or had."""
        before, self._edits.notes = self._edits.notes, notes
        return [
            summary
            for summary in self.summaries
            if before.for_paper(summary.ids) or notes.for_paper(summary.ids)
        ]

    def centroids(self) -> TopicCentroids:
        """Return what the papers of each topic are like."""
        return self._placement.centroids()

    def notes(self, slug: str) -> tuple[Note, ...]:
        """Return the operator's notes about a paper."""
        return self._edits.notes.for_paper(self._cached_by_slug[slug].summary.ids)

    @property
    def noted_slugs(self) -> AbstractSet[str]:
        """The slugs under which there are notes: of papers, or of ids they had before."""
        return self._edits.notes.slugs

    @cached_property
    def citation_keys(self) -> dict[str, str]:
        """Citation keys by slug, no two alike."""
        from paper_digest.render.citation.keys import unique_keys

        papers = self._cached_by_slug
        own_keys = {slug: one.summary.citation_key for slug, one in papers.items()}
        return unique_keys(own_keys, lambda slug: papers[slug].summary.entry.filing_date)

    def after_fork(self) -> None:
        """Open the cache anew in a forked process: it may neither use its parent's connection nor close it."""
        self._parent_database = self._database
        self._database = open_database(self._cache_path, _TABLES, SCHEMA_VERSION, verify=False)
        self.texts.reopen(self._database)

    def close(self) -> None:
        """Write new texts to the cache, and close it."""
        with closing(self._database):
            self.texts.flush()

    @cached_property
    def _cached_paper(self) -> Callable[[str], Paper]:
        return lru_cache(maxsize=64)(self._read_paper)

    def _read_paper(self, slug: str) -> Paper:
        one = self._cached_by_slug[slug]
        return overrides.apply_fixes(
            self._store.read_paper(one.name),
            self._edits.override_for(one.summary.ids),
            registry().ranking,
        )

    def _evidence(self, one: CachedRecord) -> TopicEvidence:
        """Return what the topics of a paper are found from: as cached, else from its record."""
        return read_evidence(self._database, one) or self._summary_maker.evidence(one.name)

    def _training_evidence(self, one: CachedRecord) -> TopicEvidence:
        """Return the same without what a person decided, from which no other paper's topics are learned."""
        if self._is_edited(one):
            return self._summary_maker.unedited_evidence(one.name)
        return self._evidence(one)
