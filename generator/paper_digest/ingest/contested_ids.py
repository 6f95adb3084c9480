"""Ids that come with a paper and are another's: whose they are is settled before the paper is merged."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from paper_digest.identity.authorities import is_authority, is_certain_of
from paper_digest.identity.disputes import drop_disputed_id, settle_dispute
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.ingest.paper_problems import shared_id_problem
from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper


class HeldRecords(NamedTuple):
    """The records of an archive: how they are found, read, and replaced by one that lost an id; whom to believe."""

    known: PaperIndex
    read: Callable[[str], Paper]
    replace: Callable[[Paper, Paper], None]
    ranking: SourceRanking


def settle_ids(
    paper: Paper, source: str, where: str, records: HeldRecords
) -> tuple[Paper, list[Problem]]:
    """Give a paper and the records of the archive their own ids where they bear one of another's.

    Every id is settled, the DOI too, and in the same way in whatever order papers come: whoever
    gives an id out keeps it, with those who do not contradict it; of others all lose it.

    Args:
        paper: what comes in; ``source`` states it, in a file or at an address ``where``.
        source: its name.
        where: for problems.
        records: those of the archive; what loses an id is replaced there.

    Returns:
        The paper, and a problem for each id that is given for it and for another.

    Raises:
        RecordError: a record that bears such an id cannot be read.
    """
    problems: list[Problem] = []
    settled: set[tuple[str, str]] = set()
    stated_id = paper.id
    while True:
        own_ids = (i for i in _ids(paper) if not is_authority(source, i))
        if lost_id := next((i for i in own_ids if _is_lost(i, records)), ""):
            paper = drop_disputed_id(paper, lost_id, records.ranking)
            continue
        clash = next((c for c in records.known.clashes_of(paper) if c not in settled), None)
        if clash is None:
            break
        settled.add(clash)
        contested_id, holder_id = clash
        holder = records.read(holder_id)
        settled_paper, new_holder = settle_dispute(
            paper, holder, contested_id, source, records.ranking
        )
        if settled_paper is paper and new_holder is holder:
            continue
        paper = settled_paper
        if new_holder is not holder:
            _replace(holder, new_holder, records)
            if not is_authority(source, contested_id):
                _take_from_all(contested_id, records)
        # Of a title's id the pair is named among those that a person should decide about.
        if not contested_id.startswith("title:"):
            problems.append(shared_id_problem(contested_id, paper, new_holder, where))
    if paper.id != stated_id and paper.id_kind == "title":
        # Under this id nobody knew it, so no address has to lead on from there.
        paper = msgspec.structs.replace(paper, id=records.known.find_record(paper) or paper.id)
    return paper, problems


def _replace(old: Paper, freed: Paper, records: HeldRecords) -> None:
    """Put a record that lost an id in the place of the old; the id it has now may be another's too."""
    while clash := next((c for c in records.known.clashes_of(freed) if c[1] != old.id), None):
        contested_id, other_id = clash
        other = records.read(other_id)
        if not is_certain_of(other, contested_id):
            _replace(other, drop_disputed_id(other, contested_id, records.ranking), records)
        elif is_certain_of(freed, contested_id):
            break  # two sources that give ids out contradict each other; merging goes by the id
        if not is_certain_of(freed, contested_id):
            freed = drop_disputed_id(freed, contested_id, records.ranking)
    records.replace(old, freed)


def _take_from_all(paper_id: str, records: HeldRecords) -> None:
    """Take an id that nobody has for certain from all that bear it, those that have it as their DOI too."""
    bearers = [records.read(bearer) for bearer in records.known.bearers_of(paper_id)]
    if not paper_id.startswith("title:") and not any(is_certain_of(b, paper_id) for b in bearers):
        for bearer in bearers:
            _replace(bearer, drop_disputed_id(bearer, paper_id, records.ranking), records)


def _ids(paper: Paper) -> tuple[str, ...]:
    doi = (f"doi:{paper.doi.lower()}",) if paper.doi else ()
    return tuple(dict.fromkeys((paper.id, *paper.aliases, *doi)))


def _is_lost(paper_id: str, records: HeldRecords) -> bool:
    """Tell whether an id was given for several papers, and none has it from the source that gives it out."""
    return records.known.is_disputed(paper_id) and not any(
        is_certain_of(records.read(bearer), paper_id)
        for bearer in records.known.bearers_of(paper_id)
    )
