"""Makes the summary of a paper from its record, as persons corrected it."""

from __future__ import annotations

from paper_digest.builder.cached_record import RecordSummary
from paper_digest.builder.person_edits import PersonEdits
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.topic_evidence import TopicEvidence
from paper_digest.catalog.topics import TopicClassifier, subject_phrases
from paper_digest.sources.registry import registry
from paper_digest.store import overrides
from paper_digest.store.files import Store


class SummaryMaker:
    """Makes the summaries of one build."""

    def __init__(self, store: Store, edits: PersonEdits, classifier: TopicClassifier) -> None:
        """Take the papers, what persons said of them, and what finds the topics' words in them."""
        self._store, self._edits, self._classifier = store, edits, classifier

    def make(self, data: bytes, name: str) -> tuple[RecordSummary, TopicEvidence]:
        """Return the summary of a paper, and the evidence of its topics.

        Args:
            data: the bytes of its file.
            name: the file's path below the store's root.
        """
        from paper_digest.render import citation

        stored = self._store.parse_paper(data, name)
        ids = (stored.id, *stored.aliases)
        override = self._edits.override_for(ids)
        paper = overrides.apply_fixes(stored, override, registry().ranking)
        phrases = self._classifier.find_phrases(paper)
        decided = self._edits.decided_topics(override)
        summary = RecordSummary(
            ids,
            catalog_entry(paper, decided or ()),
            citation.citation_key(paper),
            max(paper.updated, paper.announced, paper.published),
            stored.disputed_ids,
            "|".join(subject_phrases(phrases)),
            decided is not None,
            paper.doi,
        )
        return summary, self._classifier.evidence(paper, phrases, decided)

    def evidence(self, name: str) -> TopicEvidence:
        """Return the evidence of the topics of the paper in a file."""
        return self.make(self._store.read_bytes(name), name)[1]

    def unedited_evidence(self, name: str) -> TopicEvidence:
        """Return the same without what a person decided."""
        paper = self._store.read_paper(name)
        return self._classifier.evidence(paper, self._classifier.find_phrases(paper), None)
