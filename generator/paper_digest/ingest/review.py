"""Pairs of records that may be one paper: shown with what speaks for and against, and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from paper_digest.identity.features import features
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.similarity import describe_similarity
from paper_digest.model.errors import DigestError
from paper_digest.model.links import upstream_url
from paper_digest.model.paper import Paper
from paper_digest.sources.registry import registry
from paper_digest.store import decisions
from paper_digest.store.decisions import Decision
from paper_digest.store.files import Store
from paper_digest.text.names import list_authors

#: Authors shown of each record.
_MAX_AUTHORS_SHOWN = 4


def undecided_pairs(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids nobody has decided about yet."""
    yield from PaperIndex(
        store.read_all([]), decisions.read_decisions(store.root)
    ).undecided_pairs()


def pair_lines(store: Store, one: str, two: str) -> Iterator[str]:
    """Yield lines that let a person decide about a pair: each record, and why nobody is sure."""
    records = [store.get(paper_id) for paper_id in (one, two)]
    for paper in records:
        if paper:
            yield from _record_lines(paper)
    if records[0] and records[1]:
        yield f"  unsure because {describe_similarity(features(records[0]), features(records[1]))}"
    yield f"  digest review --same {one} {two}"
    yield f"  digest review --different {one} {two}"


def _record_lines(paper: Paper) -> Iterator[str]:
    yield f"{paper.id}  {paper.title or '(title unknown)'}"
    names = [author.name for author in paper.authors]
    who = list_authors(names, paper.author_count or 0, _MAX_AUTHORS_SHOWN)
    when = paper.published + (" (year inferred)" if paper.inferred else "")
    claim_sources = ", ".join(sorted({registry().title(c.source) for c in paper.claims}))
    yield f"  {who or 'authors unknown'}; {when or 'no date'}"
    yield f"  said by {claim_sources or 'hand'}; {upstream_url(paper.id) or 'no address of its own'}"
    if paper.abstract:
        yield f"  {' '.join(paper.abstract.split())[:160]}"


def decide(
    store: Store, one: str, two: str, verdict: Literal["same", "different"], today: date
) -> str:
    """Keep a verdict; records that are one paper are united at once. Returns what was done.

    Raises:
        DigestError: if the archive lacks one of the papers, or both ids are the same.
        LockedError: if another run is writing.
    """
    first, second = sorted((one, two))
    if first == second:
        raise DigestError(first, "is given twice", "give the ids of two records")
    with store.lock():
        old, new = store.get(first), store.get(second)
        if old is None and new is None:
            raise DigestError(first, "is not in the archive", "copy the id from `digest review`")
        decisions.append_decision(store.root, Decision(first, second, verdict, today.isoformat()))
        if verdict == "different":
            return _separate_records(store, first, second)
        if old is None or new is None:
            missing = first if old is None else second
            return f"noted: {missing} will be united with the other when its record comes in."
        united = merge_papers(old, new, registry().ranking)
        store.write([united])
        store.delete({first, second} - {united.id})
    return f"{united.id} holds both; {', '.join(united.aliases)} leads to it."


def _separate_records(store: Store, first: str, second: str) -> str:
    """Keep two records apart; where one has swallowed the other, let go of its id."""
    for current_id, former_id in ((first, second), (second, first)):
        paper = store.get(current_id)
        if paper and former_id in paper.aliases:
            remaining_aliases = tuple(alias for alias in paper.aliases if alias != former_id)
            store.write([msgspec.structs.replace(paper, aliases=remaining_aliases)])
            cure = f"ingest its source again to get {former_id} back, and look at {current_id}"
            return (
                f"{current_id} held {former_id} and has let go of it; {cure} with `digest explain`."
            )
    return f"{first} and {second} stay two papers."
