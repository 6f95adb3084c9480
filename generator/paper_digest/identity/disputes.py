"""Papers freed of an id that a source gave them and that belongs to another paper."""

from __future__ import annotations

import msgspec

from paper_digest.identity.authorities import is_authority, is_certain_of
from paper_digest.identity.claims import (
    apply_claims,
    claims_table,
    stated_value,
    unclaimed_part,
)
from paper_digest.identity.merge import best_id
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.identity.work_kinds import compare_kinds, stated_kinds
from paper_digest.model.paper import Paper


def drop_disputed_id(paper: Paper, disputed_id: str, ranking: SourceRanking) -> Paper:
    """Return a paper without an id that is not its own, and with a note of it.

    It is held under the best of its other ids, its DOI among them, else under its title; where the
    title's own id is disputed, by papers of one title, under the title and what tells them apart. The
    disputed id stays in ``disputed_ids``, so that what is said under it later is held against this
    paper too. A DOI stays what its source states and is believed no more; what another source
    states takes its place.
    """
    cells, kind = claims_table(paper), disputed_id.partition(":")[0]
    base = msgspec.structs.replace(
        unclaimed_part(paper),
        aliases=tuple(alias for alias in paper.aliases if alias != disputed_id),
        disputed_ids=tuple(sorted({*paper.disputed_ids, disputed_id})),
    )
    freed = apply_claims(cells, base, ranking)
    if paper.id != disputed_id:
        return freed
    doi = (f"doi:{freed.doi.lower()}",) if freed.doi else ()
    new_id = best_id((*base.aliases, *doi, "title:"))
    # The month that an id says goes with it.
    freed = apply_claims(cells, msgspec.structs.replace(base, id=new_id), ranking)
    if new_id == "title:":
        freed = assign_title_id(freed, among_namesakes=kind == "title")
    aliases = tuple(alias for alias in freed.aliases if alias != freed.id)
    return msgspec.structs.replace(freed, aliases=aliases)


def settle_dispute(
    paper: Paper, holder: Paper, contested_id: str, source: str, ranking: SourceRanking
) -> tuple[Paper, Paper]:
    """Settle whose an id is that two papers bear which have nothing to do with each other.

    The id is believed of the source that gives it out. Where neither has it from there, both lose
    it and are held under their own DOI, else their title.

    Args:
        paper: the record that comes in, of ``source``.
        holder: the record that bears the id in the archive.
        contested_id: the id both bear.
        source: who states ``paper``.
        ranking: whom to believe.

    Returns:
        Both records; unchanged where it is one entry of one source that was mended since, and
        where both have the id from the source that gives it out.
    """
    entries = {(s.source, s.entry) for s in paper.sightings if s.entry}
    holder_is_certain = is_certain_of(holder, contested_id)
    if entries & {(s.source, s.entry) for s in holder.sightings}:
        return paper, holder
    if contested_id.startswith("title:") and _is_restated(paper, holder, source):
        return paper, holder
    if is_authority(source, contested_id):
        return paper, holder if holder_is_certain else drop_disputed_id(
            holder, contested_id, ranking
        )
    new_holder = holder if holder_is_certain else drop_disputed_id(holder, contested_id, ranking)
    return drop_disputed_id(paper, contested_id, ranking), new_holder


def _is_restated(paper: Paper, holder: Paper, source: str) -> bool:
    """Tell whether a source says of place and abstract what it has said of this record before, which is of that kind."""
    return compare_kinds(stated_kinds(holder), stated_kinds(paper)) == "agree" and any(
        claim.source == source
        and all(
            (stated_value(holder, claim, field) or "") == getattr(paper, field)
            for field in ("venue", "journal_ref", "abstract")
        )
        for claim in holder.claims
    )
