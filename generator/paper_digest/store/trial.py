"""An archive that is read as it lies and written in memory only, to see what a run would do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from paper_digest.model.paper import Paper
from paper_digest.store.files import Store


class TrialStore(Store):
    """Takes what is written to it, gives it back, and leaves every file alone."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._written: dict[str, Paper] = {}
        self._deleted: set[str] = set()

    def get(self, paper_id: str) -> Paper | None:
        """Return the paper as it was last written, here or on the disk."""
        if paper_id in self._deleted:
            return None
        return self._written.get(paper_id) or super().get(paper_id)

    def new_papers(self) -> list[Paper]:
        """Return the papers written here that have no file, in order of their ids."""
        return [p for i, p in sorted(self._written.items()) if not self.path(i).exists()]

    def write(self, papers: Iterable[Paper]) -> int:
        """Take papers; returns how many."""
        by_id = {paper.id: paper for paper in papers}
        self._written |= by_id
        self._deleted -= by_id.keys()
        return len(by_id)

    def delete(self, paper_ids: Iterable[str]) -> None:
        """Give these papers back no more."""
        gone = set(paper_ids)
        self._deleted |= gone
        for paper_id in gone:
            self._written.pop(paper_id, None)
