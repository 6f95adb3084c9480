"""Undoes a merge: two records are made of one, and a decision keeps them apart."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from paper_digest.identity.merge import merge_papers
from paper_digest.identity.unmerge import (
    split_record,
    statements_of_former_id,
    statements_of_sources,
)
from paper_digest.model.errors import DigestError
from paper_digest.model.paper import Paper
from paper_digest.sources.registry import registry
from paper_digest.store import decisions
from paper_digest.store.decisions import Decision
from paper_digest.store.files import Store
from paper_digest.store.find import find_paper
from paper_digest.store.overrides import Override, load_overrides

#: What an override may say of a paper.
_DECISIONS = ("fix", "hide", "removed", "pin", "topics")


def unmerge(
    store: Store, paper_id: str, former_id: str, sources: Collection[str], today: date
) -> str:
    """Take a record apart that holds two papers; returns what was done, as a sentence.

    Args:
        store: the archive.
        paper_id: the record's id, or one it had before, or what else a person calls it (``find_paper``).
        former_id: the id of the paper that does not belong, with or without its kind; "" for the only
            former id there is.
        sources: names of the sources whose statements belong to that paper; empty for those that
            ``statements_of_former_id`` finds.
        today: the day of the decision.

    Raises:
        DigestError: there is no such record, or it is not clear which merge is meant.
        LockedError: if another run is writing.
    """
    with store.lock():
        paper = find_paper(store, paper_id)
        by_bare_id = {alias.partition(":")[2]: alias for alias in paper.aliases}
        former_id = by_bare_id.get(former_id, former_id)
        asked_by = by_bare_id.get(paper_id, paper_id)
        if asked_by in paper.aliases and former_id in {"", paper.id}:
            former_id = asked_by
        if not former_id and len(paper.aliases) == 1:
            [former_id] = paper.aliases
        if former_id not in paper.aliases:
            what = f"was not merged with {former_id}" if former_id else "is not one merge"
            listed = ", ".join(paper.aliases)
            cure = f"name one of {listed}" if listed else "it has no former id"
            raise DigestError(paper.id, what, cure)
        stated = {claim.source for claim in paper.claims}
        if unknown := sorted({*sources} - stated):
            cure = f"name some of {', '.join(sorted(stated))}"
            raise DigestError(paper.id, f"{', '.join(unknown)} states nothing of it", cure)
        if sources and stated == {*sources}:
            cure = "leave one source to it"
            raise DigestError(paper.id, "would be left without any source", cure)
        return separate_records(store, paper, former_id, sources, today)


def separate_records(
    store: Store, paper: Paper, former_id: str, sources: Collection[str], today: date
) -> str:
    """Take a former id out of a record of a locked store; see ``unmerge``."""
    ranking = registry().ranking
    chosen = statements_of_sources(paper, sources) or statements_of_former_id(
        paper, former_id, ranking
    )
    remaining, other = split_record(paper, former_id, chosen, ranking)
    one, two = sorted((paper.id, former_id))
    decisions.append_decision(store.root, Decision(one, two, "different", today.isoformat()))
    own_record = store.get(former_id)  # one that a person brought back
    if other is None and own_record:
        aliases = tuple(alias for alias in paper.aliases if alias != former_id)
        store.write([msgspec.structs.replace(paper, aliases=aliases)])
        return (
            f"{former_id} and {paper.id} are two papers from now on; each has its record."
            f"{_decided(store, paper)}"
        )
    if other is None:
        named = ", ".join(sorted({registry().title(c.source) for c in paper.claims})) or "a person"
        return (
            f"{former_id} and {paper.id} are two papers from now on. What {named} said cannot be told "
            f"apart: {former_id} leads to {paper.id} until its source is ingested again, which gives "
            "it a record of its own."
        )
    store.write([merge_papers(own_record, other, ranking) if own_record else other, remaining])
    titles = ", ".join(sorted(registry().title(source) for source in {*dict(chosen)}))
    return (
        f"{former_id} has a record of its own again, with what {titles} said; {paper.id} keeps the "
        "rest. Ingest the sources of both again to fill what only the merge knew."
        f"{_decided(store, paper)}"
    )


def _decided(store: Store, paper: Paper) -> str:
    """Say whose are the overrides that both papers of a record had; nothing where there are none."""
    overrides = load_overrides(store.root, None, [])
    plain = Override("")
    decided = {
        one: [f for f in _DECISIONS if getattr(overrides[one], f) != getattr(plain, f)]
        for one in (paper.id, *paper.aliases)
        if one in overrides
    }
    return "".join(
        f" What is decided about {one} ({', '.join(names)}) is about that paper alone now."
        for one, names in decided.items()
    )
