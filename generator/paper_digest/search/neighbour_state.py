"""Which papers may have other neighbours than in the last build, found without comparing each with all.

A paper's neighbours are chosen among those nearest to it by subject. So a paper that changed can enter
or leave the list of another only where it is, or was, as near to it as the farthest of these.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from paper_digest.incremental.hashing import HASH_BYTES
from paper_digest.search.tfidf import FloatArray, IntArray

_BLOCK_PAPERS = 64  # changed papers compared with all others at a time
_HASH = np.dtype((np.void, HASH_BYTES))


class NeighbourState(msgspec.Struct, array_like=True):
    """What the papers of one build were when their neighbours were found.

    Attributes:
        space_hash: of what was learned of the reference set.
        slugs: the papers, oldest first.
        paper_hashes: of each paper, 16 bytes of all that may be shown or compared of it.
        subjects: for each paper its row of subjects, numbers of 16 bits.
        limits: for each paper, the likeness of subject from which on another is compared by words; 32 bits.
    """

    space_hash: bytes
    slugs: list[str]
    paper_hashes: bytes
    subjects: bytes
    limits: bytes

    def subject_rows(self) -> FloatArray:
        """Return the rows of subjects, one for each paper."""
        numbers = np.frombuffer(self.subjects, "<i2").astype(np.float32)
        return numbers.reshape(len(self.slugs), len(numbers) // max(len(self.slugs), 1))

    def limit_array(self) -> npt.NDArray[np.int32]:
        """Return the limits, one for each paper."""
        return np.frombuffer(self.limits, "<i4").astype(np.int32)


def places_before(
    previous: NeighbourState, slugs: list[str], paper_hashes: list[bytes]
) -> IntArray:
    """Return for each paper its place in the last build; -1 where it is new, or is not what it was."""
    places = {slug: place for place, slug in enumerate(previous.slugs)}
    before = np.array([places.get(slug, -1) for slug in slugs], np.int64)
    known = np.flatnonzero(before >= 0)
    last_hashes = np.frombuffer(previous.paper_hashes, _HASH)[before[known]]
    is_same = last_hashes == np.frombuffer(b"".join(paper_hashes), _HASH)[known]
    before[known[~is_same]] = -1
    return before


def outdated_papers(
    previous: NeighbourState, before: IntArray, subjects: FloatArray, reference_count: int
) -> npt.NDArray[np.bool_]:
    """Tell for each paper whether its neighbours may differ from those of the last build.

    Args:
        previous: the last build; what it learned of the reference set still holds.
        before: for each paper of this build what ``places_before`` returned.
        subjects: their rows of subjects.
        reference_count: how many of them, the oldest, are the reference set.
    """
    outdated = before < 0
    unchanged, changed = np.flatnonzero(~outdated), np.flatnonzero(outdated)
    rows = subjects[unchanged]
    limits = previous.limit_array()[before[unchanged]][:, np.newaxis]
    is_affected = np.zeros(len(unchanged), bool)
    is_gone = np.ones(len(previous.slugs), bool)
    is_gone[before[unchanged]] = False
    # What was among the nearest and is no more, or no longer as it was.
    last_rows = previous.subject_rows()[is_gone]
    for low in range(0, len(last_rows), _BLOCK_PAPERS):
        likeness = rows @ last_rows[low : low + _BLOCK_PAPERS].T
        is_affected |= (likeness >= limits).any(axis=1)
    # What may now be among them: a paper names those of the reference set and those before it.
    bounds = np.maximum(reference_count, unchanged)[:, np.newaxis]
    for low in range(0, len(changed), _BLOCK_PAPERS):
        block = changed[low : low + _BLOCK_PAPERS]
        likeness = rows @ subjects[block].T
        is_affected |= ((likeness >= limits) & (block < bounds)).any(axis=1)
    outdated[unchanged[is_affected]] = True
    return outdated
