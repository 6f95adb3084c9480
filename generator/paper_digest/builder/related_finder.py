"""Finds the related papers of one build and every paper's place on the map: anew only where a change may show.

What is learned of the reference set is learned from its papers' records, without what a person fixed or
noted: a decision about one old paper then moves that paper, not all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import islice

import msgspec
import numpy as np

from paper_digest.builder.neighbouring_words import NeighbouringWords
from paper_digest.builder.records import ArchiveRecords
from paper_digest.builder.related_cache import CachedRelated, pack_related
from paper_digest.builder.search_document import make_search_document
from paper_digest.builder.shared_phrases import PhraseCounts, SharedPhrases, count_phrases
from paper_digest.catalog.catalog import Catalog, RelatedPaper
from paper_digest.catalog.entry import catalog_entry
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes, program_hash, split_hashes
from paper_digest.search.forward_index import DocumentRow, ForwardIndex, build_forward_index
from paper_digest.search.neighbour_state import NeighbourState, outdated_papers, places_before
from paper_digest.search.reference_space import (
    ReferenceSpace,
    learn_space,
    reference_rows,
    training_subjects,
    unpack_space,
)
from paper_digest.search.related import NearestPaper, PaperComparison, original_spelling
from paper_digest.search.subject_plane import SubjectPlane, learn_plane, unpack_plane
from paper_digest.search.tfidf import FloatArray, IntArray

#: Related papers shown on a paper's page.
MAX_RELATED_PAPERS = 5


class RelatedFinder:
    """Finds the related papers of one build."""

    def __init__(self, records: ArchiveRecords, catalog: Catalog, papers: ForwardIndex) -> None:
        """Take all papers, and their words."""
        self._records, self._catalog, self._papers = records, catalog, papers
        self._phrases = catalog.phrases

    def find(self) -> bytes:
        """Return ``CachedRelated``, packed; what the last build found stays where it holds."""
        unedited, phrases = self._unedited_papers()
        reference = reference_rows(self._papers, unedited)
        space_hash = self._space_hash(reference, phrases)
        space = unpack_space(self._learned(space_hash, unedited))
        rows = [self._papers.rows[place] for place in self._papers.document_order()]
        last, state = self._last_build(space_hash)
        slugs = [row.slug for row in rows]
        hashes = self._paper_hashes(rows, last, state)
        places = places_before(state, slugs, hashes)
        comparison = PaperComparison(self._papers, space, state.subject_rows(), places)
        is_outdated = outdated_papers(state, places, comparison.subjects, space.reference_count)
        outdated = np.flatnonzero(is_outdated)
        shared = SharedPhrases(
            self._phrases,
            self._phrase_counts(space_hash, (phrases[row.slug] for row in reference)),
        )
        neighbouring = NeighbouringWords(self._papers, space, self._visible_text)
        anew = {
            slug: self._shown(slug, near, shared, neighbouring)
            for slug, near in comparison.nearest(outdated, MAX_RELATED_PAPERS)
        }
        limits = comparison.limits
        limits[~is_outdated] = state.limit_array()[places[~is_outdated]]
        new_state = NeighbourState(
            space_hash,
            slugs,
            b"".join(hashes),
            comparison.subjects.astype("<i2").tobytes(),
            limits.astype("<i4").tobytes(),
        )
        packed = last.papers | anew
        papers = dict(zip(slugs, map(packed.__getitem__, slugs), strict=True))
        plane = self._plane(space_hash, space, unedited)
        on_map = _places_on_map(plane, comparison.subjects, places, last.places)
        return msgspec.msgpack.encode(
            CachedRelated(
                papers,
                msgspec.msgpack.encode(new_state),
                on_map,
                b"".join(map(self._records.record_hashes.__getitem__, slugs)),
            )
        )

    def _last_build(self, space_hash: bytes) -> tuple[CachedRelated, NeighbourState]:
        """Return what the last build found, of no paper where it learned something else."""
        last = self._records.texts.last_value("related", CachedRelated)
        if last and last.state:
            with suppress(msgspec.DecodeError):  # another version's
                state = msgspec.msgpack.decode(last.state, type=NeighbourState)
                if state.space_hash == space_hash:
                    return last, state
        return CachedRelated({}, b"", b"", b""), NeighbourState(space_hash, [], b"", b"", b"")

    def _learned(self, space_hash: bytes, unedited: ForwardIndex) -> bytes:
        return self._records.cached_text(
            "subjects", space_hash, lambda: learn_space(self._papers, unedited)
        )

    def _phrase_counts(self, space_hash: bytes, phrases: Iterable[str]) -> PhraseCounts:
        packed = self._records.cached_text(
            "phrase-counts", space_hash, lambda: msgspec.msgpack.encode(count_phrases(phrases))
        )
        return msgspec.msgpack.decode(packed, type=PhraseCounts)

    def _plane(
        self, space_hash: bytes, space: ReferenceSpace, unedited: ForwardIndex
    ) -> SubjectPlane:
        def learn() -> bytes:
            return learn_plane(training_subjects(space, self._papers, unedited))

        return unpack_plane(self._records.cached_text("plane", space_hash, learn))

    def _unedited_papers(self) -> tuple[ForwardIndex, dict[str, str]]:
        """Return the edited papers as their records have them, and the phrases of all as records have them."""
        phrases = dict(self._phrases)
        documents = []
        for slug in self._records.edited_slugs():
            paper, phrases[slug] = self._records.unedited(slug)
            documents.append(make_search_document(paper, catalog_entry(paper, ())))
        return build_forward_index(documents), phrases

    def _space_hash(self, reference: list[DocumentRow], phrases: Mapping[str, str]) -> bytes:
        return hash_bytes(
            program_hash(),
            hash_of_hashes(row.text_hash for row in reference),
            "\n".join([row.slug for row in reference]).encode(),
            "\n".join([phrases[row.slug] for row in reference]).encode(),
        )

    def _paper_hashes(
        self, rows: list[DocumentRow], last: CachedRelated, state: NeighbourState
    ) -> list[bytes]:
        """Hash all that is compared or shown of each paper; of a record that did not change, it is known."""
        hashes = split_hashes(last.record_hashes), split_hashes(state.paper_hashes)
        known = dict(zip(*hashes, strict=True))
        record_hashes = self._records.record_hashes
        return [known.get(record_hashes[row.slug]) or self._paper_hash(row) for row in rows]

    def _paper_hash(self, row: DocumentRow) -> bytes:
        """Hash all of a paper that is compared or shown."""
        text = f"{row.date}\0{self._phrases[row.slug]}\0{self._visible_text(row.slug)}"
        return hash_bytes(row.text_hash, text.encode())

    def _visible_text(self, slug: str) -> str:
        """Return title and blurb, from which the shared words take their spelling."""
        entry = self._catalog.by_slug[slug]
        return f"{entry.title} | {entry.blurb}"

    def _shown(
        self,
        slug: str,
        near: tuple[NearestPaper, ...],
        shared: SharedPhrases,
        neighbouring: NeighbouringWords,
    ) -> bytes:
        """Pack the papers near one, with what they share as its page says it."""
        terms = [word for one in near for word in one.shared_words]
        words = iter(original_spelling(terms, self._visible_text(slug)))
        return pack_related(
            tuple(
                RelatedPaper(
                    one.slug,
                    tuple(islice(words, len(one.shared_words))),
                    shared.rarest(slug, one.slug)
                    or neighbouring.rarest(slug, one.slug, one.shared_words),
                )
                for one in near
            )
        )


def _places_on_map(
    plane: SubjectPlane, subjects: FloatArray, last_numbers: IntArray, last_places: bytes
) -> bytes:
    """Return the places of papers on the map, packed; those of the last build stay.

    ``last_numbers`` says of each paper which it was in the last build; -1 where it is new or changed.
    """
    places = np.zeros((len(subjects), 2), np.uint16)
    is_new = last_numbers < 0
    places[is_new] = plane.place(subjects[is_new])
    known = np.frombuffer(last_places, "<u2").reshape(-1, 2)
    places[~is_new] = known[last_numbers[~is_new]]
    return places.astype("<u2").tobytes()
