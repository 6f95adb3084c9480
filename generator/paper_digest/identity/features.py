"""What is compared of a record: small enough to hold for every record of an archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from paper_digest.identity.abstracts import OPENING_CHARACTERS
from paper_digest.identity.authorities import registered_dois
from paper_digest.identity.claims import stated_value
from paper_digest.identity.id_month import arxiv_id_month
from paper_digest.identity.work_kinds import stated_kinds
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


class NameList(msgspec.Struct, frozen=True, gc=False):
    """Authors as one source prints them, at most 60; ``cut``: the source says that there are more."""

    names: tuple[str, ...]
    cut: bool = False


class Features(msgspec.Struct, frozen=True, gc=False):
    """What the index holds of a record to compare it with others; 0 and "" are unknown.

    What a record is compared by is all that its sources print of it, the believed first: were it what is
    believed alone, a source that came first would hide what a later one has in common with another.

    Attributes:
        doi: the DOI of the print, lower case.
        same_ids: ids under which other records may know this paper (from its DOI).
        titles, name_lists, openings: each once; openings are the beginnings of abstracts.
        author_counts: numbers of authors, of lists that are whole.
        years: of publication; ``inferred``: one of them was only worked out.
        places: venues, each with its journal reference.
        disputed_ids: ids that were given for this paper and for others it has nothing to do with.
        stated_ids: ids that a registry states are this paper too.
        registered_ids: its DOIs, as ids, by those who register DOIs.
        kinds: what kinds of work its sources say it is.
    """

    id: str
    aliases: tuple[str, ...]
    doi: str
    same_ids: tuple[str, ...]
    titles: tuple[str, ...]
    name_lists: tuple[NameList, ...]
    author_counts: tuple[int, ...]
    years: tuple[int, ...]
    inferred: bool
    openings: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    disputed_ids: tuple[str, ...]
    stated_ids: tuple[str, ...] = ()
    registered_ids: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def id_kind(self) -> str:
        """What the id is made of."""
        return self.id.partition(":")[0]

    @property
    def title(self) -> str:
        """The believed title."""
        return self.titles[0] if self.titles else ""

    @property
    def all_ids(self) -> frozenset[str]:
        """Every id that means this paper."""
        doi = (f"doi:{self.doi}",) if self.doi else ()
        return frozenset((self.id, *self.aliases, *self.same_ids, *doi))


def features(paper: Paper) -> Features:
    """Take from a record what it is compared by."""
    doi = (paper.bare_id if paper.id_kind == "doi" else paper.doi).lower()
    lists = _name_lists(paper)
    counts = {len(one.names) for one in lists if not one.cut}
    if not lists and paper.author_count:
        counts = {paper.author_count}
    return Features(
        id=paper.id,
        aliases=paper.aliases,
        doi=doi,
        same_ids=tuple(ids_in_doi(doi)),
        titles=tuple(dict.fromkeys(_printed(paper, "title"))),
        name_lists=lists,
        author_counts=tuple(sorted(counts)),
        years=_years(paper),
        inferred=paper.inferred or any(claim.differs.get("inferred") for claim in paper.claims),
        openings=tuple(
            dict.fromkeys(text[:OPENING_CHARACTERS] for text in _printed(paper, "abstract"))
        ),
        places=_places(paper),
        disputed_ids=paper.disputed_ids,
        stated_ids=tuple(
            dict.fromkeys(
                same
                for stated in paper.same_as
                for same in (stated, *ids_in_doi(stated.removeprefix("doi:")))
            )
        ),
        registered_ids=tuple(dict.fromkeys(registered_dois(paper))),
        kinds=stated_kinds(paper),
    )


def _printed(paper: Paper, field: str) -> Iterator[Any]:
    """Yield the believed value of a field, and those of sources that state another, in their stored form."""
    values = (getattr(paper, field), *(claim.differs.get(field) for claim in paper.claims))
    return filter(None, values)


def _name_lists(paper: Paper) -> tuple[NameList, ...]:
    """List the authors as each source prints them, with what this source says of others."""
    believed = tuple(author.name for author in paper.authors[:_MAX_NAMES])
    lists: dict[tuple[str, ...], bool] = {}
    for claim in paper.claims:
        names = believed if "authors" in claim.agrees else tuple(
            str(author.get("name", "")) for author in claim.differs.get("authors") or ()
        )[:_MAX_NAMES]  # fmt: skip
        is_cut = OTHER_AUTHORS_NOTE in (stated_value(paper, claim, "comment") or "")
        lists[names] = lists.get(names, False) or is_cut
    lists.setdefault(believed, OTHER_AUTHORS_NOTE in paper.comment)
    return tuple(
        NameList(names, lists[names]) for names in dict.fromkeys((believed, *lists)) if names
    )


def _years(paper: Paper) -> tuple[int, ...]:
    """List the years that sources print, and those that arXiv's ids say, whatever a source prints."""
    months = map(arxiv_id_month, (paper.id, *paper.aliases))
    dates = (*_printed(paper, "published"), *filter(None, months))
    return tuple(dict.fromkeys(int(day[:4]) for day in dates))


def _places(paper: Paper) -> tuple[tuple[str, str], ...]:
    """List where each source says that a paper was printed."""
    places = [(paper.venue, paper.journal_ref)]
    for claim in paper.claims:
        venue, reference = (
            stated_value(paper, claim, field) or "" for field in ("venue", "journal_ref")
        )
        places.append((venue, reference))
    return tuple(dict.fromkeys(place for place in places if any(place)))


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
