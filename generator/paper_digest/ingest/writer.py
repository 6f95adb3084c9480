"""Papers into the store: each found among those known, merged, written, and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from paper_digest.identity.matching import PaperIndex, assign_title_id
from paper_digest.identity.merge import attribute_fields, merge_papers
from paper_digest.model.errors import RecordError
from paper_digest.model.paper import Paper, Problem
from paper_digest.sources.future_dates import without_future
from paper_digest.store import decisions
from paper_digest.store.files import PAPERS_PER_SYNC, Store

#: Our own dump says itself who said what, and gives ids that are settled.
DUMP = "jsonl"


class Report(msgspec.Struct):
    """What a run did.

    Attributes:
        entries: how many were read; ``passed``: how many of them say that a paper is gone which
            the archive never had; ``lost``: how many had to wait because a file of the store is
            broken.
        new, changed, same: ids of the papers met.
        newest: the last day a paper was seen on by its source (ISO date).
    """

    entries: int = 0
    passed: int = 0
    lost: int = 0
    newest: str = ""
    new: set[str] = set()
    changed: set[str] = set()
    same: set[str] = set()
    problems: list[Problem] = []

    @property
    def papers(self) -> int:
        """Number of distinct papers met."""
        return len(self.new | self.changed | self.same)


class Absorber:
    """Takes papers into a locked store; ``finish()`` writes what is still held back.

    Attributes:
        report: may be replaced between two takes, to count another source on its own.
        index: knows every paper there is.
        broken: problems of the store itself, found when it was read.
    """

    def __init__(
        self,
        store: Store,
        report: Report,
        today: date | None = None,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Read the whole store once, and end what a killed run left undone.

        Args:
            store: the archive, locked.
            report: what to count in.
            today: dates after it are left out; without it none are.
            tell: is told from time to time how many entries were taken.
        """
        self.report = report
        self._store = store
        self._today = today
        self._tell = tell
        self._held: dict[str, Paper] = {}
        self._gone: set[str] = set()
        broken: list[RecordError] = []
        self.index = PaperIndex(store.read_all(broken), decisions.read_decisions(store.root))
        self.broken = [_problem(e) for e in broken]
        for former in sorted(self.index.leftover_ids):
            holder, left = self.index.current_id(former), store.get(former)
            if left and holder not in {"", former}:
                merged = merge_papers(self._known(holder), left)
                self._held[merged.id] = merged
                self.index.add(merged)
                self._gone.add(former)
        self.finish()

    def take(self, paper: Paper, source: str, at: str, where: str) -> None:
        """Merge one paper into what the archive knows.

        Args:
            paper: as its source read it.
            source: the name of that source.
            at: the ISO day on which the source said it, or "".
            where: the file or address it came from, for problems.
        """
        report = self.report
        report.entries += 1
        if self._today:
            paper, late = without_future(paper, self._today, where)
            report.problems.extend(late)
        if source != DUMP:
            paper = attribute_fields(assign_title_id(paper), source, at)
        report.newest = max(report.newest, *(s.seen for s in paper.sightings), "")
        try:
            olds, merged = self._merged(paper)
        except RecordError as error:
            self._lose(paper, where, error.where)
            return
        if not olds and not (paper.title or paper.abstract):
            report.passed += 1
        elif not olds and paper.id not in self._gone and self._store.path(paper.id).exists():
            self._lose(paper, where, str(self._store.path(paper.id)))
        else:
            self._note(olds, merged)
            self._hold(olds, merged)
        if report.entries % PAPERS_PER_SYNC == 0:
            self._tell(report.entries)

    def finish(self) -> None:
        """Write all that is held back; files of swallowed ids go after the one that holds them."""
        self._store.write(self._held.values())
        self._store.delete(self._gone)
        self._held.clear()
        self._gone.clear()

    def _merged(self, paper: Paper) -> tuple[list[Paper], Paper]:
        """Merge a paper with every record that certainly is the same one.

        What they know together may make another record certain too.
        """
        olds: dict[str, Paper] = {}
        merged = paper
        if own := self.index.find_by_id(paper):
            olds[own] = self._known(own)
            merged = merge_papers(olds[own], paper)
            if merged is olds[own]:
                return [merged], merged
        while found := [i for i in self.index.duplicates_of(merged) if i not in olds]:
            for paper_id in found:
                olds[paper_id] = self._known(paper_id)
                merged = merge_papers(olds[paper_id], merged)
        return list(olds.values()), merged

    def _known(self, paper_id: str) -> Paper:
        """Read a paper the index knows.

        Raises:
            RecordError: its file was broken or removed since the index was made.
        """
        known = self._held.get(paper_id) or self._store.get(paper_id)
        if known is None:
            raise RecordError(str(self._store.path(paper_id)), "is gone", "run the command again")
        return known

    def _hold(self, olds: list[Paper], merged: Paper) -> None:
        if len(olds) == 1 and merged is olds[0]:
            return
        for old in olds:
            if old.id != merged.id:
                self._held.pop(old.id, None)
                self._gone.add(old.id)
        self._gone.discard(merged.id)
        self._held[merged.id] = merged
        self.index.add(merged)
        if len(self._held) >= PAPERS_PER_SYNC:
            self.finish()

    def _note(self, olds: list[Paper], merged: Paper) -> None:
        report, ids = self.report, {old.id for old in olds}
        fresh = not ids - report.new
        same = len(olds) == 1 and merged is olds[0]
        if same and not fresh and merged.id not in report.changed:
            report.same.add(merged.id)
        elif not same:
            for group in (report.new, report.changed, report.same):
                group.difference_update(ids)
            (report.new if fresh else report.changed).add(merged.id)

    def _lose(self, paper: Paper, where: str, broken: str) -> None:
        """Note that what was said of a paper cannot be kept, because its file is broken."""
        self.report.lost += 1
        what = f"what is said of {paper.id} was not taken, because {broken} cannot be read"
        cure = "restore that file from git or delete it, then ingest again"
        self.report.problems.append(Problem(where, what, cure=cure))


def _problem(error: RecordError) -> Problem:
    return Problem(error.where, error.what, cure=error.cure)
