"""Takes one record apart into the two papers it was merged of, source by source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from paper_digest.identity.claims import apply_claims, claims_table
from paper_digest.identity.disputes import AUTHORITIES
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


def sources_of_former_id(paper: Paper, former_id: str, ranking: SourceRanking) -> frozenset[str]:
    """Name the sources of a record that spoke of the paper under a former id.

    That is the source that gives out this kind of id; for a DOI else the sources that state it; for
    a title's id the sources whose title, year and authors give that id. Empty where nothing tells,
    or where no source would be left for the record itself.
    """
    kind, _, bare = former_id.partition(":")
    sources = {claim.source for claim in paper.claims}
    authority = AUTHORITIES.get(kind, frozenset()) & sources
    own_authority = AUTHORITIES.get(paper.id_kind, frozenset())
    if kind == paper.id_kind:
        chosen = set[str]()
    elif authority:
        chosen = set(authority)
    else:
        chosen = {
            source
            for source in sources - own_authority
            if _stated_id(paper, source, kind, ranking) == (former_id if kind == "title" else bare)
        }
    return frozenset(chosen if chosen != sources else ())


def split_record(
    paper: Paper, former_id: str, sources: Collection[str], ranking: SourceRanking
) -> tuple[Paper, Paper | None]:
    """Take out of a record what some sources stated; nothing of it is lost.

    Args:
        paper: the record; it keeps its id.
        former_id: one of its aliases, the id of the other paper.
        sources: whose statements, sightings and links belong to the other.
        ranking: whom to believe.

    Returns:
        The record with what is left, and the other paper. Where ``sources`` is empty that is
        ``None``, and the record keeps the alias, so that its address still leads somewhere.
    """
    if not sources:
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
        sightings=tuple(s for s in paper.sightings if s.source not in sources),
    )
    other = Paper(
        id=former_id,
        same_as=tuple(i for i in paper.same_as if i not in own_ids | {former_id}),
        links=tuple(link for link in paper.links if is_others(link)),
        sightings=tuple(s for s in paper.sightings if s.source in sources),
    )
    return (
        apply_claims({k: c for k, c in cells.items() if k[1] not in sources}, remaining, ranking),
        apply_claims({k: c for k, c in cells.items() if k[1] in sources}, other, ranking),
    )


def split_off(paper: Paper, former_ids: Iterable[str], ranking: SourceRanking) -> Iterator[Paper]:
    """Yield the papers that a record unites and a person has separated, the record itself last."""
    for former_id in former_ids:
        sources = sources_of_former_id(paper, former_id, ranking)
        paper, other = split_record(paper, former_id, sources, ranking)
        aliases = tuple(alias for alias in paper.aliases if alias != former_id)
        paper = msgspec.structs.replace(paper, aliases=aliases)
        if other:
            yield other
    yield paper


def _stated_id(paper: Paper, source: str, kind: str, ranking: SourceRanking) -> str:
    """Return the DOI a source states for a paper, or the id that its title would give it."""
    cells = {key: cell for key, cell in claims_table(paper).items() if key[1] == source}
    stated = apply_claims(cells, Paper(id="title:"), ranking)
    if kind == "doi":
        return stated.doi.lower()
    if kind != "title":
        return ""
    sightings = tuple(s for s in paper.sightings if s.source == source)
    return assign_title_id(msgspec.structs.replace(stated, sightings=sightings)).id
