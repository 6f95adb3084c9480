"""Ids whose addresses lead to no paper: those given for the wrong paper, and those of papers that were taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from paper_digest.catalog.catalog import Catalog
from paper_digest.model.ids import slug


class IdsOfRecords(Protocol):
    """The ids of an archive's records; ``hidden_ids`` are all those of papers left out."""

    hidden_ids: tuple[str, ...]

    def disputed_ids(self) -> Mapping[str, tuple[str, ...]]:
        """Return, by id, the slugs of the papers that an id was given for without being theirs."""

    def ids(self, slug: str) -> tuple[str, ...]:
        """Return a paper's present id, then those it had before."""


class GoneId(NamedTuple):
    """An id, and the slugs of the papers it was wrongly given for; none where its paper was taken out."""

    paper_id: str
    given_for: tuple[str, ...] = ()


def gone_ids(catalog: Catalog, records: IdsOfRecords) -> Iterator[GoneId]:
    """Yield the ids that need a page of their own; one that is a shown paper's, or was, is left out."""
    gone = [GoneId(paper_id) for paper_id in records.hidden_ids]
    gone += (GoneId(*pair) for pair in sorted(records.disputed_ids().items()))
    if not gone:  # nearly always; what follows takes time for each paper
        return
    taken = set(catalog.by_slug) | {
        slug(paper_id) for shown in catalog.by_slug for paper_id in records.ids(shown)
    }
    for one in gone:
        if slug(one.paper_id) not in taken:
            taken.add(slug(one.paper_id))
            yield one
