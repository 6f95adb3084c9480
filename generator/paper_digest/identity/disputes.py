"""Papers freed of an id that a source gave them and that belongs to another paper."""

from __future__ import annotations

import msgspec

from paper_digest.identity.title_ids import assign_title_id
from paper_digest.model.paper import Claim, Paper

#: The source that gives out each kind of id, and is therefore believed about it.
AUTHORITIES = {"arxiv": "arxiv", "acl": "acl", "openreview": "openreview", "doi": "crossref"}


def drop_disputed_id(paper: Paper, disputed_id: str) -> Paper:
    """Return a paper without an id that is not its own, and with a note of it.

    It is held under its DOI, else under its title; where the title's own id is disputed, by papers
    of one title, under the title and what tells them apart. The disputed id stays in ``disputed_ids``, so
    that what is said under it later is held against this paper too.
    """
    kind, _, bare = disputed_id.partition(":")
    doi = "" if kind == "doi" and paper.doi.lower() == bare else paper.doi
    claims = paper.claims if doi else tuple(_without_doi(claim, bare) for claim in paper.claims)
    new_id = paper.id
    if paper.id == disputed_id:
        new_id = f"doi:{doi.lower()}" if doi else "title:"
    freed = msgspec.structs.replace(
        paper,
        id=new_id,
        doi=doi,
        aliases=tuple(alias for alias in paper.aliases if alias != disputed_id),
        disputed_ids=tuple(sorted({*paper.disputed_ids, disputed_id})),
        claims=claims,
    )
    return assign_title_id(freed, among_namesakes=kind == "title") if new_id == "title:" else freed


def settle_dispute(
    paper: Paper, holder: Paper, contested_id: str, source: str
) -> tuple[Paper, Paper]:
    """Settle whose an id is that two papers bear which have nothing to do with each other.

    The id is believed of the source that gives it out. Where neither has it from there, both lose
    it and are held under their own DOI, else their title.

    Args:
        paper: the record that comes in, of ``source``.
        holder: the record that bears the id in the archive.
        contested_id: the id both bear.
        source: who states ``paper``.

    Returns:
        Both records; unchanged where it is one entry of one source that was mended since, and
        where both have the id from the source that gives it out.
    """
    authority = AUTHORITIES.get(contested_id.partition(":")[0])
    entries = {(s.source, s.entry) for s in paper.sightings if s.entry}
    holder_is_certain = any(claim.source == authority for claim in holder.claims)
    if entries & {(s.source, s.entry) for s in holder.sightings}:
        return paper, holder
    if contested_id.startswith("title:") and _is_restated(paper, holder, source):
        return paper, holder
    if source == authority:
        return paper, holder if holder_is_certain else drop_disputed_id(holder, contested_id)
    new_holder = holder if holder_is_certain else drop_disputed_id(holder, contested_id)
    return drop_disputed_id(paper, contested_id), new_holder


def _is_restated(paper: Paper, holder: Paper, source: str) -> bool:
    """Tell whether a source says of place and abstract what it has said of this record before."""
    return any(
        claim.source == source
        and all(
            (getattr(holder, field) if field in claim.agrees else claim.differs.get(field, ""))
            == getattr(paper, field)
            for field in ("venue", "journal_ref", "abstract")
        )
        for claim in holder.claims
    )


def _without_doi(claim: Claim, doi: str) -> Claim:
    agrees = tuple(field for field in claim.agrees if field != "doi")
    differs = {f: v for f, v in claim.differs.items() if (f, str(v).lower()) != ("doi", doi)}
    return msgspec.structs.replace(claim, agrees=agrees, differs=differs)
