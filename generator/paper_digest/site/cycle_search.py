"""How often Python searches for cycles of objects during a build, and that it does not when all is written."""

from __future__ import annotations

import gc

#: Objects made between searches, which find few cycles: with Python's own thresholds they take a twelfth
#: of a build's time.
_THRESHOLDS = (50_000, 20, 50)


class CycleSearch:
    """The search during one build, from when this is made until ``end``."""

    def __init__(self) -> None:
        self._thresholds_before = gc.get_threshold()
        gc.unfreeze()  # what an earlier build of this process left
        gc.set_threshold(*_THRESHOLDS)

    def end(self) -> None:
        """Set Python's thresholds back.

        What the build has read stays out of later searches until the next build: the first, and the one at
        Python's end, would look at all of it, for a twelfth of the time of a build that made little.
        """
        gc.freeze()
        gc.set_threshold(*self._thresholds_before)
