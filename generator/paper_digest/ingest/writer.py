"""Papers into the store: each found among those known, merged, written, and counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from paper_digest.identity.claims import attribute_fields
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.restatement import date_of_statement
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.identity.unmerge import split_off
from paper_digest.ingest.contested_ids import HeldRecords, settle_ids
from paper_digest.ingest.door import Door, composed
from paper_digest.ingest.paper_problems import list_limit_problems
from paper_digest.ingest.record_index import open_index
from paper_digest.ingest.report import IngestReport
from paper_digest.ingest.restate import restate, restate_edited
from paper_digest.model.batch import Batch, Request
from paper_digest.model.containment import contained
from paper_digest.model.errors import Problem, RecordError
from paper_digest.model.paper import Paper
from paper_digest.sources.future_dates import drop_future_dates
from paper_digest.sources.registry import registry
from paper_digest.sources.source import Source
from paper_digest.store.atomic import MAX_UNSYNCED_FILES
from paper_digest.store.changes import ChangeRecorder
from paper_digest.store.files import Store


class PaperWriter:
    """Takes papers into a locked store; ``finish()`` writes what is still held back.

    ``report`` may be replaced between two papers, to count another source separately; ``index`` finds every paper
    of the archive; ``store_problems`` are files of the store that could not be read.
    """

    def __init__(
        self,
        store: Store,
        report: IngestReport,
        today: date | None = None,
        show_progress: Callable[[int], None] = lambda _: None,
        match_cache: Path | None = None,
    ) -> None:
        """Look over the whole store once, and end what a killed run left undone.

        Args:
            store: the archive, locked.
            report: what to count in.
            today: dates after it are left out; without it none are.
            show_progress: is told from time to time how many entries were taken.
            match_cache: where match keys of the records are cached; without it all records are read.
        """
        self.report, self._store, self._today = report, store, today
        self._read_on, self._show_progress = today.isoformat() if today else "", show_progress
        self._ranking = registry().ranking
        self._changes = ChangeRecorder(store.root, self._read_on)
        self._pending, self._ids_to_delete = dict[str, Paper](), set[str]()
        self.store_problems: list[Problem] = []
        self.index = open_index(store, match_cache, self.store_problems)
        self._door = Door(store, self.index.ids())
        ways = self._read_record, self._replace_record, self._ranking
        self._held_records = HeldRecords(self.index, *ways)
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
            claimed_on: the ISO day on which the source said it; "" is the day of this run.
            where: the file or address it came from, for problems.
        """
        report = self.report
        report.entries += 1
        taken, is_understood = None, False
        # Without the queue: a half of that would delete a record that nothing replaces.
        with contained(report.problems, where, f"what is said of {paper.id} was not taken"):
            taken, is_understood = self._merge_known(paper, source, claimed_on, where), True
        report.blocked += not is_understood
        if taken:
            report.count_paper(*taken)
            self._changes.add(*taken, source.name)
            report.problems.extend(list_limit_problems(taken[1], taken[0], where))
            self._queue_record(*taken)
        if report.entries % MAX_UNSYNCED_FILES == 0:
            self._show_progress(report.entries)

    def _merge_known(
        self, paper: Paper, source: Source, claimed_on: str, where: str
    ) -> tuple[list[Paper], Paper] | None:
        """Return the records that a paper is, and what they become with it; ``None``, and a problem, if it is not taken."""
        if self._today:
            paper, date_problems = drop_future_dates(paper, self._today, where)
            self.report.problems.extend(date_problems)
        if fault := self._door.fault_of_fields(paper, where):
            self.report.problems.append(fault)
            return None
        paper = composed(paper)
        if not source.keeps_claims:
            stated_on = date_of_statement(paper, source.dated_by, claimed_on or self._read_on)
            paper = attribute_fields(assign_title_id(paper), source.name, stated_on)
        self.report.newest = max(self.report.newest, *(s.seen for s in paper.sightings), "")
        try:
            if not source.keeps_claims:
                paper, problems = settle_ids(paper, source.name, where, self._held_records)
                self.report.problems.extend(problems)
            olds, merged = self._merge_duplicates(paper, source)
        except RecordError as error:
            self.report.block_paper(paper, where, error.where)
            return None
        if not olds and not (paper.title or paper.abstract):
            # A correction of a paper that is not here removes nothing.
            self.report.ignored_removals += bool(paper.withdrawn or paper.notices)
        elif refusal := self._door.refusal(merged, olds, where):
            self.report.problems.append(refusal)
        elif not olds and paper.id not in self._ids_to_delete and self._store.has(paper.id):
            self.report.block_paper(paper, where, str(self._store.path(paper.id)))
        else:
            return olds, merged
        return None

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
            separated = [i for i in paper.aliases if self.index.is_separated(i, paper)]
            for part in split_off(paper, separated, self._ranking):
                self.ingest_paper(part, source, request.as_of or last_seen, request.url)

    def knows(self, paper: Paper) -> bool:
        """Tell whether the archive has a paper, as it was read from a source."""
        return bool(self.index.find_record(assign_title_id(paper)))

    def finish(self) -> None:
        """Write all that is held back, and name the pairs that a person should decide about."""
        self.flush()
        self._changes.finish()
        self.report.list_undecided(self.index.undecided_with)

    def flush(self) -> None:
        """Write all that is held back; files of swallowed ids go after the one that holds them."""
        self._store.write(self._pending.values())
        self._store.delete(self._ids_to_delete)
        self._changes.flush()
        self._pending.clear()
        self._ids_to_delete.clear()

    def _replace_record(self, old: Paper, new: Paper) -> None:
        """Put a record in the place of one that had another id; what it is now may be known already."""
        self.index.remove(old.id)
        merged, former_ids = new, {old.id}
        while same := {self.index.find_by_id(merged), *self.index.duplicates_of(merged)} - {""}:
            for paper_id in sorted(same):
                merged = merge_papers(self._read_record(paper_id), merged, self._ranking)
                self.index.remove(paper_id)
            former_ids |= same
        for paper_id in former_ids - {merged.id}:
            self._pending.pop(paper_id, None)
            self._ids_to_delete.add(paper_id)
        self._ids_to_delete.discard(merged.id)
        self._pending[merged.id] = merged
        self.index.add(merged)
        self.report.changed.add(merged.id)

    def _merge_duplicates(self, paper: Paper, source: Source) -> tuple[list[Paper], Paper]:
        """Merge a paper with every record that certainly is the same one.

        What they know together may make another record certain too.
        """
        olds, merged = dict[str, Paper](), paper
        if current_id := self.index.find_by_id(paper):
            olds[current_id] = self._read_record(current_id)
            merged = self._restate(olds[current_id], paper, merged, source)
            if merged is olds[current_id]:
                return [merged], merged
        while duplicate_ids := [i for i in self.index.duplicates_of(merged) if i not in olds]:
            for paper_id in duplicate_ids:
                olds[paper_id] = self._read_record(paper_id)
                merged = self._restate(olds[paper_id], paper, merged, source)
        return list(olds.values()), merged

    def _restate(self, old: Paper, paper: Paper, merged: Paper, source: Source) -> Paper:
        """Merge ``merged``, which holds ``paper``, into ``old``; what a person edited there stays."""
        united = restate(old, paper, merged, self._ranking, source)
        is_news = united is not old and not source.keeps_claims and old.id not in self._pending
        if is_news and self._store.was_edited(old.id):
            united, problem = restate_edited(old, paper, merged, self._ranking, source)
            self.report.problems.append(problem)
        return united

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
        for old_id in {old.id for old in olds} - {merged.id}:
            self._pending.pop(old_id, None)
            self._ids_to_delete.add(old_id)
        self._ids_to_delete.discard(merged.id)
        self._pending[merged.id] = merged
        self._release_former_ids(merged)
        self.index.add(merged)
        if len(self._pending) >= MAX_UNSYNCED_FILES:
            self.flush()

    def _release_former_ids(self, paper: Paper) -> None:
        """Take the ids of a record out of one that had them, where a person has said that they mean another paper."""
        for one in (paper.id, *paper.aliases):
            holder_id = self.index.holder_of_former_id(one)
            is_own = holder_id in {"", paper.id, *self._ids_to_delete}
            if is_own or self.index.current_id(one) == one:
                continue
            holder = self._read_record(holder_id)
            if one == paper.id or self.index.is_separated(one, holder):
                aliases = tuple(alias for alias in holder.aliases if alias != one)
                self._pending[holder_id] = msgspec.structs.replace(holder, aliases=aliases)
                self.index.add(self._pending[holder_id])
