"""Numbers the papers of two segments as an index of all of them would: the oldest has number 0."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from paper_digest.search.decoder import NUMBER_BITS, IntArray, KeyArray

_AUTHOR_MASK = (1 << NUMBER_BITS) - 1


class PaperNumbers:
    """The numbers that the papers of a base and of a newer segment have in the whole archive.

    ``of_base`` and ``of_newer`` give that number for each number within a segment; -1 for a paper of the
    base that was changed, and then stands in the newer segment, or removed.
    """

    def __init__(self, paper_count: int, newer: Sequence[int], replaced: Sequence[int]) -> None:
        """Take the numbers as the root holds them.

        Args:
            paper_count: papers of the archive.
            newer: number in the archive of each paper of the newer segment, ascending, as gaps.
            replaced: numbers within the base of its papers that no longer count, likewise.
        """
        self.of_newer = _from_gaps(newer)
        is_newer = np.zeros(paper_count, bool)
        is_newer[self.of_newer] = True
        base_count = paper_count - len(newer) + len(replaced)
        is_valid = np.ones(base_count, bool)
        is_valid[_from_gaps(replaced)] = False
        self._valid_base = np.flatnonzero(is_valid)
        self.of_base = np.full(base_count, -1, np.int32)
        self.of_base[is_valid] = np.flatnonzero(~is_newer)

    def place(self, number: int) -> tuple[bool, int]:
        """Say whether a paper is in the newer segment, and its number within its segment."""
        earlier = int(np.searchsorted(self.of_newer, number))
        if earlier < len(self.of_newer) and self.of_newer[earlier] == number:
            return True, earlier
        return False, int(self._valid_base[number - earlier])


def renumbered_keys(keys: KeyArray, numbers: IntArray) -> KeyArray:
    """Give the authors' keys of a segment the papers' numbers in the archive; -1 leaves a key out."""
    papers = numbers[keys >> NUMBER_BITS].astype(np.int64)
    is_valid = papers >= 0
    renumbered: KeyArray = papers[is_valid] << NUMBER_BITS | keys[is_valid] & _AUTHOR_MASK
    return renumbered


def _from_gaps(gaps: Sequence[int]) -> npt.NDArray[np.int32]:
    return np.array(list(accumulate(gaps)), np.int32)
