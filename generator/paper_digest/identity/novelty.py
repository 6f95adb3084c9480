"""Whether a source said anything new: figures and statements repeated on a later day are not."""

from __future__ import annotations

from typing import Any

import msgspec

from paper_digest.identity.claims import claims_table, unclaimed_part
from paper_digest.model import sightings
from paper_digest.model.paper import Paper


def says_something_new(old: Paper, merged: Paper) -> bool:
    """Tell whether more than days of counting or reading differ between two states of a record."""
    return merged != old and _without_reading_days(merged) != _without_reading_days(old)


def _without_reading_days(paper: Paper) -> tuple[Any, ...]:
    claims = {
        key: [(v.quality, v.value, v.superseded) for v in cell]
        for key, cell in claims_table(paper).items()
    }
    counts = []
    # A record that was never merged has these in the order of its source.
    listed = sorted(paper.sightings, key=lambda s: (s.source, s.page, s.entry))
    for sighting in listed:
        changes: list[int] = []
        for _, number in sightings.upvotes_by_day((sighting,)):
            if changes[-1:] != [number]:
                changes.append(number)
        counts.append(changes)
    # What is believed follows from the claims: where they are the same, only their days would change it.
    bare = msgspec.structs.replace(
        unclaimed_part(paper),
        versions=tuple(sorted(paper.versions, key=lambda v: v.number)),
        links=tuple(
            msgspec.structs.replace(link, as_of="")
            for link in sorted(paper.links, key=lambda link: (link.kind, link.url))
        ),
        sightings=tuple(msgspec.structs.replace(s, as_of="", earlier=()) for s in listed),
    )
    return bare, claims, counts
