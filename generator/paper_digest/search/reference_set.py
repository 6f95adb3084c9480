"""The reference set: the oldest papers of an archive, up to a round number, from which the rest is judged.

What is learned from all papers would change with each new one, and with it what thousands of old pages
say. So it is learned from the reference set, which new papers join only when the archive has grown to the
next round number, an eighth further on.
"""

from __future__ import annotations

from bisect import bisect_right

#: Steps of an eighth within a decade: the series R20 of ISO 3.
_ROUND_SIZES = (100, 112, 125, 140, 160, 180, 200, 224, 250, 280, 315, 355, 400, 450, 500, 560, 630, 710,
          800, 900)  # fmt: skip

#: Papers of a reference set below which it spans no plane: too few to tell what lies near what.
MIN_PLANE_PAPERS = 50

_MAX_TRAINING_PAPERS = 6_000  # what is learned from more differs little


def reference_size(paper_count: int) -> int:
    """Return how many papers of an archive are its reference set: all, or the next lower round number."""
    if paper_count <= _ROUND_SIZES[0]:
        return paper_count
    power_of_ten = int(10 ** (len(str(paper_count)) - len(str(_ROUND_SIZES[0]))))
    return _ROUND_SIZES[bisect_right(_ROUND_SIZES, paper_count // power_of_ten) - 1] * power_of_ten


def training_places(reference_count: int) -> list[int]:
    """Return the places in the reference set of the papers to learn from: all, or so many evenly drawn."""
    size = min(reference_count, _MAX_TRAINING_PAPERS)
    return [place * reference_count // size for place in range(size)]
