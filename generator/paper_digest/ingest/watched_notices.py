"""What Crossref's notices say of a work is asked for whole, so that what they say no more is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from paper_digest.ingest.watched import Inquiry
from paper_digest.model.batch import Batch, Request
from paper_digest.model.paper import Paper, Sighting
from paper_digest.sources.crossref_updates import NOTICES_ENTRY


def notices_inquiry(request: Request, papers: Iterable[Paper]) -> Inquiry:
    """Return a request for the notices about works as an inquiry that takes back what none of them says any more."""
    taken_by = {
        paper.doi: tuple(entries)
        for paper in papers
        if paper.doi and (entries := list(_withdrawing_entries(paper)))
    }
    return Inquiry(request, partial(_with_silence, taken_by))


def _withdrawing_entries(paper: Paper) -> Iterator[str]:
    """Yield the statements of notices, under whichever name they came, that say that a paper was withdrawn."""
    for claim in paper.claims:
        states = "withdrawn" in claim.agrees or "withdrawn" in claim.differs
        if claim.source == "crossref" and states and claim.entry.lower() not in {"", paper.doi}:
            yield claim.entry


def _with_silence(taken_by: dict[str, tuple[str, ...]], batch: Batch) -> Batch:
    """Add to an answer that holds all notices about works an empty statement for each that it does not repeat."""
    if batch.problems:
        return batch  # more were found than came
    said = {paper.doi for paper in batch.papers}
    silent = tuple(
        Paper(
            id=f"doi:{doi}",
            doi=doi,
            sightings=(Sighting("crossref", doi, entry=entry),),
        )
        for doi, entries in taken_by.items()
        for entry in entries
        if not (entry == NOTICES_ENTRY and doi in said)
    )
    return msgspec.structs.replace(batch, papers=batch.papers + silent)
