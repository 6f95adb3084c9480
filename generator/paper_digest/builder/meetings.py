"""The meetings of a reading group, read for a build: their papers found in the archive."""

from __future__ import annotations

import msgspec

from paper_digest.builder.records import ArchiveRecords
from paper_digest.catalog.meetings import Meetings
from paper_digest.model.errors import Problem
from paper_digest.settings.config import Config
from paper_digest.store.meetings import load_meetings, unknown_papers
from paper_digest.store.volumes import VolumeStore


def find_meetings(
    store: VolumeStore, records: ArchiveRecords, config: Config, problems: list[Problem]
) -> Meetings:
    """Read the meetings, which the site of a volume has none of.

    A paper that the site does not show is left out of its meeting; one that no record is of is a problem too.
    """
    if config.volume:
        return Meetings()
    meetings = load_meetings(store.root, config.timezone, problems)
    if not meetings:
        return Meetings()
    listed = (paper for volume in store.volumes for paper in volume.papers)
    known = records.all_ids().union(*((paper.id, *paper.former) for paper in listed))
    problems += unknown_papers(store.root, meetings, known)
    slugs = {i: one.entry.slug for one in records.summaries for i in one.ids}
    return Meetings(
        msgspec.structs.replace(m, papers=tuple(slugs[i] for i in m.papers if i in slugs))
        for m in meetings
    )
