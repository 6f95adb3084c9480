"""What a run did: papers met, new and changed, and the problems it had."""

from __future__ import annotations

import msgspec

from paper_digest.model.errors import Problem


class IngestReport(msgspec.Struct):
    """What a run did.

    Attributes:
        entries: how many were read; ``ignored_removals``: how many of them say that a paper is gone
            which the archive never had; ``blocked``: how many have to wait because a file of the
            store is broken.
        new, changed, unchanged: ids of the papers met.
        newest: the last day a paper was seen on by its source (ISO date).
    """

    entries: int = 0
    ignored_removals: int = 0
    blocked: int = 0
    newest: str = ""
    new: set[str] = set()
    changed: set[str] = set()
    unchanged: set[str] = set()
    problems: list[Problem] = []

    @property
    def paper_count(self) -> int:
        """Number of distinct papers met."""
        return len(self.new | self.changed | self.unchanged)
