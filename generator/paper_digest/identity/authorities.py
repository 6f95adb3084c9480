"""The sources that give out ids, and are therefore believed about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paper_digest.identity.claims import stated_value
from paper_digest.model.paper import Paper

#: The sources that give out each kind of id.
AUTHORITIES: Mapping[str, frozenset[str]] = {
    "arxiv": frozenset({"arxiv"}),
    "acl": frozenset({"acl"}),
    "openreview": frozenset({"openreview"}),
    "doi": frozenset({"crossref", "datacite", "biorxiv"}),
}


def is_authority(source: str, paper_id: str) -> bool:
    """Tell whether a source gives out ids of this kind."""
    return source in AUTHORITIES.get(paper_id.partition(":")[0], ())


def is_certain_of(paper: Paper, paper_id: str) -> bool:
    """Tell whether a record has an id from a source that gives out such ids, and said this very one."""
    if paper_id.startswith("doi:"):
        return paper_id in registered_dois(paper)
    return any(is_authority(claim.source, paper_id) for claim in paper.claims)


def registered_dois(paper: Paper) -> Iterator[str]:
    """Yield the DOIs, as ids, that those who register DOIs say a record has."""
    for claim in paper.claims:
        doi = stated_value(paper, claim, "doi")
        if doi and is_authority(claim.source, "doi:"):
            yield f"doi:{doi.lower()}"
