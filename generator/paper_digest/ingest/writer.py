"""Papers into the store: each found among those known, merged, written, and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from paper_digest.identity.disputes import AUTHORITIES, drop_disputed_id
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.merge import attribute_fields, merge_papers
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.ingest.report import IngestReport
from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.paper import Paper
from paper_digest.sources.future_dates import drop_future_dates
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source
from paper_digest.store import decisions
from paper_digest.store.atomic import MAX_UNSYNCED_FILES
from paper_digest.store.files import Store


class PaperWriter:
    """Takes papers into a locked store; ``finish()`` writes what is still held back.

    Attributes:
        report: may be replaced between two papers, to count another source separately.
        index: finds every paper of the archive by what is known of it.
        store_problems: broken files of the store, met when it was read.
    """

    def __init__(
        self,
        store: Store,
        report: IngestReport,
        today: date | None = None,
        show_progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Read the whole store once, and end what a killed run left undone.

        Args:
            store: the archive, locked.
            report: what to count in.
            today: dates after it are left out; without it none are.
            show_progress: is told from time to time how many entries were taken.
        """
        self.report = report
        self._store = store
        self._today = today
        self._show_progress = show_progress
        self._ranking = registry().ranking
        self._pending: dict[str, Paper] = {}
        self._ids_to_delete: set[str] = set()
        self.store_problems: list[Problem] = []
        self.index = PaperIndex(
            store.read_all(self.store_problems), decisions.read_decisions(store.root)
        )
        for former in sorted(self.index.leftover_ids):
            current_id, leftover = self.index.current_id(former), store.get(former)
            if leftover and current_id not in {"", former}:
                merged = merge_papers(self._read_record(current_id), leftover, self._ranking)
                self._pending[merged.id] = merged
                self.index.add(merged)
                self._ids_to_delete.add(former)
        self.flush()

    def ingest_paper(self, paper: Paper, source: Source, claimed_on: str, where: str) -> None:
        """Merge one paper into what the archive knows.

        Args:
            paper: as its source read it.
            source: that source.
            claimed_on: the ISO day on which the source said it, or "".
            where: the file or address it came from, for problems.
        """
        report = self.report
        report.entries += 1
        if self._today:
            paper, date_problems = drop_future_dates(paper, self._today, where)
            report.problems.extend(date_problems)
        if not source.keeps_claims:
            paper = attribute_fields(assign_title_id(paper), source.name, claimed_on)
        report.newest = max(report.newest, *(s.seen for s in paper.sightings), "")
        try:
            if not source.keeps_claims:
                paper = self._settle_disputed_id(paper, source.name, where)
            olds, merged = self._merge_duplicates(paper)
        except RecordError as error:
            self._report_blocked(paper, where, error.where)
            return
        if not olds and not (paper.title or paper.abstract):
            report.ignored_removals += 1
        elif (
            not olds and paper.id not in self._ids_to_delete and self._store.path(paper.id).exists()
        ):
            self._report_blocked(paper, where, str(self._store.path(paper.id)))
        else:
            self._count_outcome(olds, merged)
            self._queue_record(olds, merged)
        if report.entries % MAX_UNSYNCED_FILES == 0:
            self._show_progress(report.entries)

    def ingest_batch(
        self,
        batch: Batch,
        source: Source,
        request: Request,
        is_wanted: Callable[[Paper], bool] = lambda _: True,
    ) -> None:
        """Take the problems of a batch, and its papers that are wanted.

        What a paper claims is of the day its bytes speak for, else of the last day its source lists
        it: a saved page speaks on the day it shows.
        """
        self.report.problems.extend(batch.problems)
        for paper in filter(is_wanted, batch.papers):
            last_seen = max((s.seen for s in paper.sightings), default="")
            self.ingest_paper(paper, source, request.as_of or last_seen, request.url)

    def flush(self) -> None:
        """Write all that is held back; files of swallowed ids go after the one that holds them."""
        self._store.write(self._pending.values())
        self._store.delete(self._ids_to_delete)
        self._pending.clear()
        self._ids_to_delete.clear()

    def _settle_disputed_id(self, paper: Paper, source: str, where: str) -> Paper:
        """Give a paper its own id where the one it came with belongs to another paper.

        An id is believed of the source that gives it out. Where none of two sources does, both
        papers are held under their own DOI, else their title.
        """
        is_authority = AUTHORITIES.get(paper.id_kind) == source
        holder_id = self.index.clashing_record(paper)
        if not holder_id:
            disputed = self.index.is_disputed(paper.id) and not is_authority
            return drop_disputed_id(paper, paper.id) if disputed else paper
        holder = self._read_record(holder_id)
        entries = {(s.source, s.entry) for s in paper.sightings if s.entry}
        if entries & {(s.source, s.entry) for s in holder.sightings}:
            return paper
        holder_is_certain = any(c.source == AUTHORITIES.get(paper.id_kind) for c in holder.claims)
        if is_authority and holder_is_certain:
            return paper
        contested_id = paper.id if paper.id in {holder.id, *holder.aliases} else holder_id
        what = (
            f"{contested_id} is given for {paper.title!r}, and for {holder.title!r}: titles and "
            "authors disagree, so they are held as two papers"
        )
        cure = f"mend the id where it is wrong; if they are one: digest review --same {contested_id} ..."
        self.report.problems.append(Problem(where, what, cure=cure))
        if not holder_is_certain:
            self._replace_record(holder, drop_disputed_id(holder, contested_id))
        return paper if is_authority else drop_disputed_id(paper, contested_id)

    def _replace_record(self, old: Paper, new: Paper) -> None:
        """Put a record in the place of one that had another id."""
        self.index.remove(old.id)
        if old.id != new.id:
            self._pending.pop(old.id, None)
            self._ids_to_delete.add(old.id)
        self._ids_to_delete.discard(new.id)
        existing = self._read_record(new.id) if new.id in self.index else None
        merged = merge_papers(existing, new, self._ranking) if existing else new
        self._pending[merged.id] = merged
        self.index.add(merged)
        self.report.changed.add(merged.id)

    def _merge_duplicates(self, paper: Paper) -> tuple[list[Paper], Paper]:
        """Merge a paper with every record that certainly is the same one.

        What they know together may make another record certain too.
        """
        olds: dict[str, Paper] = {}
        merged = paper
        if current_id := self.index.find_by_id(paper):
            olds[current_id] = self._read_record(current_id)
            merged = merge_papers(olds[current_id], paper, self._ranking)
            if merged is olds[current_id]:
                return [merged], merged
        while duplicate_ids := [i for i in self.index.duplicates_of(merged) if i not in olds]:
            for paper_id in duplicate_ids:
                olds[paper_id] = self._read_record(paper_id)
                merged = merge_papers(olds[paper_id], merged, self._ranking)
        return list(olds.values()), merged

    def _read_record(self, paper_id: str) -> Paper:
        """Read a paper the index knows.

        Raises:
            RecordError: its file was broken or removed since the index was made.
        """
        record = self._pending.get(paper_id) or self._store.get(paper_id)
        if record is None:
            raise RecordError(str(self._store.path(paper_id)), "is gone", "run the command again")
        return record

    def _queue_record(self, olds: list[Paper], merged: Paper) -> None:
        if len(olds) == 1 and merged is olds[0]:
            return
        for old in olds:
            if old.id != merged.id:
                self._pending.pop(old.id, None)
                self._ids_to_delete.add(old.id)
        self._ids_to_delete.discard(merged.id)
        self._pending[merged.id] = merged
        self.index.add(merged)
        if len(self._pending) >= MAX_UNSYNCED_FILES:
            self.flush()

    def _count_outcome(self, olds: list[Paper], merged: Paper) -> None:
        report, ids = self.report, {old.id for old in olds}
        is_new = not ids - report.new
        is_unchanged = len(olds) == 1 and merged is olds[0]
        if is_unchanged and not is_new and merged.id not in report.changed:
            report.unchanged.add(merged.id)
        elif not is_unchanged:
            for group in (report.new, report.changed, report.unchanged):
                group.difference_update(ids)
            (report.new if is_new else report.changed).add(merged.id)

    def _report_blocked(self, paper: Paper, where: str, broken_file: str) -> None:
        """Note that what was said of a paper cannot be kept, because its file is broken."""
        self.report.blocked += 1
        what = f"what is said of {paper.id} was not taken, because {broken_file} cannot be read"
        cure = "restore that file from git or delete it, then ingest again"
        self.report.problems.append(Problem(where, what, cure=cure))
