"""What is compared of a record: small enough to hold for every record of an archive."""

from __future__ import annotations

import msgspec

from paper_digest.identity.abstracts import OPENING_CHARACTERS
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Paper

#: What the BibTeX source notes of a list of authors that ends in ``and others``.
OTHER_AUTHORS_NOTE = "and other authors"
#: Authors' names of a record that are compared.
_MAX_NAMES = 60
#: arXiv's DOIs hold its ids (https://info.arxiv.org/help/doi.html).
_ARXIV_DOI = late_pattern(r"10\.48550/arxiv\.(.+)")
#: The ACL Anthology's DOIs hold its ids (https://aclanthology.org/faq/doi/).
_ACL_DOI = late_pattern(r"10\.(?:18653/v1|3115/v1)/(.+)")


class Features(msgspec.Struct, frozen=True, gc=False):
    """What the index holds of a record to compare it with others; 0 and "" are unknown.

    Attributes:
        doi: the DOI of the print, lower case.
        same_ids: ids under which other records may know this paper (from its DOI).
        names: authors as printed, at most 60 of them; ``authors_cut``: the source listed more.
        opening: the beginning of the abstract.
        disputed_ids: ids that were given for this paper and for others it has nothing to do with.
        stated_ids: ids that a registry states are this paper too.
    """

    id: str
    aliases: tuple[str, ...]
    doi: str
    same_ids: tuple[str, ...]
    title: str
    names: tuple[str, ...]
    authors_cut: bool
    author_count: int
    year: int
    inferred: bool
    opening: str
    venue: str
    journal_ref: str
    disputed_ids: tuple[str, ...]
    stated_ids: tuple[str, ...] = ()

    @property
    def id_kind(self) -> str:
        """What the id is made of."""
        return self.id.partition(":")[0]

    @property
    def all_ids(self) -> frozenset[str]:
        """Every id that means this paper."""
        doi = (f"doi:{self.doi}",) if self.doi else ()
        return frozenset((self.id, *self.aliases, *self.same_ids, *doi))


def features(paper: Paper) -> Features:
    """Take from a record what it is compared by."""
    doi = (paper.bare_id if paper.id_kind == "doi" else paper.doi).lower()
    return Features(
        id=paper.id,
        aliases=paper.aliases,
        doi=doi,
        same_ids=tuple(ids_in_doi(doi)),
        title=paper.title,
        names=tuple(author.name for author in paper.authors[:_MAX_NAMES]),
        authors_cut=OTHER_AUTHORS_NOTE in paper.comment,
        author_count=len(paper.authors) or paper.author_count or 0,
        year=int(paper.published[:4] or 0),
        inferred=paper.inferred,
        opening=paper.abstract[:OPENING_CHARACTERS],
        venue=paper.venue,
        journal_ref=paper.journal_ref,
        disputed_ids=paper.disputed_ids,
        stated_ids=tuple(
            dict.fromkeys(
                same
                for stated in paper.same_as
                for same in (stated, *ids_in_doi(stated.removeprefix("doi:")))
            )
        ),
    )


def ids_in_doi(doi: str) -> list[str]:
    """List the ids that a DOI holds: arXiv's (10.48550/arXiv.ID) and the ACL Anthology's."""
    ids = []
    if match := _ARXIV_DOI.fullmatch(doi):
        ids.append(f"arxiv:{match[1]}")
    if match := _ACL_DOI.fullmatch(doi):
        # Old ids begin with a capital letter (P18-1001), newer ones are lower case (2020.acl-main.1).
        bare = match[1]
        ids.append(f"acl:{bare.upper() if bare[:1].isalpha() else bare}")
    return ids
