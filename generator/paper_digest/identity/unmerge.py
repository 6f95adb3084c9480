"""Takes one record apart into the two papers it was merged of, statement by statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from paper_digest.identity.authorities import AUTHORITIES
from paper_digest.identity.claims import apply_claims, claims_table
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.model.paper import Link, Paper

#: Kinds of links that point to the place where a kind of id is given out.
_LINK_KINDS: Mapping[str, frozenset[str]] = {
    "doi": frozenset({"publisher"}),
    "acl": frozenset({"acl"}),
    "openreview": frozenset({"openreview"}),
    "arxiv": frozenset({"huggingface"}),
}


#: Source and entry (see ``Claim``), which together are one statement.
Statement = tuple[str, str]


def statements_of_sources(paper: Paper, sources: Collection[str]) -> frozenset[Statement]:
    """Return all that some sources stated of a paper."""
    stated = {(claim.source, claim.entry) for claim in paper.claims}
    stated |= {(sighting.source, sighting.entry) for sighting in paper.sightings}
    return frozenset(one for one in stated if one[0] in sources)


def statements_of_former_id(
    paper: Paper, former_id: str, ranking: SourceRanking
) -> frozenset[Statement]:
    """Name what was said in a record of the paper under a former id.

    That is all of the source that gives out this kind of id; for a DOI else of the sources that state it; for
    a title's id of the sources whose title, year and authors give that id; and where all is of one source,
    the entries that do. Empty where nothing tells, or where nothing would be left for the record itself.
    """
    kind = former_id.partition(":")[0]
    sources = {claim.source for claim in paper.claims}
    authority = AUTHORITIES.get(kind, frozenset()) & sources
    own_authority = AUTHORITIES.get(paper.id_kind, frozenset())
    if kind == paper.id_kind:
        chosen = set[str]()
        own_authority = frozenset()
    elif authority:
        chosen = set(authority)
    else:
        chosen = {
            source
            for source in sources - own_authority
            if _states_id(paper, statements_of_sources(paper, {source}), former_id, ranking)
        }
    if chosen and chosen != sources:
        return statements_of_sources(paper, chosen)
    statements = {(claim.source, claim.entry) for claim in paper.claims}
    entries = frozenset(
        one
        for one in statements
        if one[1] and one[0] not in own_authority and _states_id(paper, {one}, former_id, ranking)
    )
    return entries if entries != statements else frozenset()


def split_record(
    paper: Paper, former_id: str, statements: Collection[Statement], ranking: SourceRanking
) -> tuple[Paper, Paper | None]:
    """Take some statements out of a record; nothing of it is lost.

    Args:
        paper: the record; it keeps its id.
        former_id: one of its aliases, the id of the other paper.
        statements: what belongs to the other, with the sightings of the same entries.
        ranking: whom to believe.

    Returns:
        The record with what is left, and the other paper. Where ``statements`` is empty that is
        ``None``, and the record keeps the alias, so that its address still leads somewhere.
    """
    if not statements:
        return paper, None
    cells = claims_table(paper)
    kind, _, bare = former_id.partition(":")

    def is_others(link: Link) -> bool:
        return link.kind in _LINK_KINDS.get(kind, ()) or bare.casefold() in link.url.casefold()

    own_ids = {paper.id, f"doi:{paper.doi.lower()}"}
    remaining = Paper(
        id=paper.id,
        aliases=tuple(alias for alias in paper.aliases if alias != former_id),
        disputed_ids=paper.disputed_ids,
        same_as=tuple(i for i in paper.same_as if i != former_id),
        versions=paper.versions,
        links=tuple(link for link in paper.links if not is_others(link)),
        sightings=tuple(s for s in paper.sightings if (s.source, s.entry) not in statements),
    )
    other = Paper(
        id=former_id,
        same_as=tuple(i for i in paper.same_as if i not in own_ids | {former_id}),
        links=tuple(link for link in paper.links if is_others(link)),
        sightings=tuple(s for s in paper.sightings if (s.source, s.entry) in statements),
    )
    return (
        apply_claims(
            {k: c for k, c in cells.items() if k[1:] not in statements}, remaining, ranking
        ),
        apply_claims({k: c for k, c in cells.items() if k[1:] in statements}, other, ranking),
    )


def split_off(paper: Paper, former_ids: Iterable[str], ranking: SourceRanking) -> Iterator[Paper]:
    """Yield the papers that a record unites and a person has separated, the record itself last."""
    for former_id in former_ids:
        statements = statements_of_former_id(paper, former_id, ranking)
        paper, other = split_record(paper, former_id, statements, ranking)
        aliases = tuple(alias for alias in paper.aliases if alias != former_id)
        paper = msgspec.structs.replace(paper, aliases=aliases)
        if other:
            yield other
    yield paper


def _states_id(
    paper: Paper, statements: Collection[Statement], sought_id: str, ranking: SourceRanking
) -> bool:
    """Tell whether statements give a paper this DOI, or a title of which this id is made."""
    cells = {key: cell for key, cell in claims_table(paper).items() if key[1:] in statements}
    stated = apply_claims(cells, Paper(id="title:"), ranking)
    kind, _, bare = sought_id.partition(":")
    if kind == "doi":
        return stated.doi.lower() == bare
    if kind != "title":
        return False
    sightings = tuple(s for s in paper.sightings if (s.source, s.entry) in statements)
    return assign_title_id(msgspec.structs.replace(stated, sightings=sightings)).id == sought_id
