"""How much two records have in common: the same paper, two papers, or too little to tell."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from paper_digest.model.ids import title_key
from paper_digest.model.paper import Paper

Likeness = Literal["same", "unsure", "different"]

#: Plain words at the beginning of two abstracts that must be the same ones.
OPENING = 16

#: A shorter title ("Introduction", "Reply") says too little to join two records.
SHORTEST_TITLE = 12

#: What the BibTeX source notes of a list of authors that ends in ``and others``.
CUT_SHORT = "and other authors"

#: Kinds of ids that an authority gives out: two of them are two papers.
_GIVEN = frozenset({"arxiv", "acl", "openreview", "doi"})


class Known(msgspec.Struct, frozen=True, gc=False):
    """What the index keeps of a record to compare it with others; 0 and "" are unknown.

    ``title``, ``families`` and ``opening`` are hashes, so that millions of records fit in memory.
    """

    id: str
    aliases: tuple[str, ...]
    doi: str
    title: int
    count: int
    families: int
    year: int
    inferred: bool
    opening: int

    @property
    def kind(self) -> str:
        """What the id is made of."""
        return self.id.partition(":")[0]


def compare(one: Known, two: Known) -> Likeness:
    """Say whether two records are one paper.

    Two arXiv ids are two papers. The same DOI makes one. The same title does so only where
    authors (all family names, else their number) and year agree, or where the abstracts begin
    with the same words and neither disagrees. Where authors or year disagree the papers are
    different ones, unless their abstracts are the same: then, and where too little is known,
    nobody can be sure.
    """
    if one.id == two.id:
        return "same"
    if one.kind == two.kind and one.kind in _GIVEN:
        return "different"
    if one.doi and one.doi == two.doi:
        return "same"
    if one.title != two.title or not one.title:
        return "different"
    checks = (_authors_agree(one, two), _years_agree(one, two))
    alike = bool(one.opening) and one.opening == two.opening
    if False in checks:
        return "unsure" if alike else "different"
    return "same" if alike or None not in checks else "unsure"


def resemblance(one: Known, two: Known) -> str:
    """Say in words what two records have in common, and what not."""
    agree = {True: "agree", False: "disagree", None: "cannot be compared"}
    alike = "begin alike" if one.opening and one.opening == two.opening else "do not begin alike"
    if not one.opening or not two.opening:
        alike = "cannot be compared"
    titles = "are the same" if one.title == two.title else "differ"
    return (
        f"their titles {titles}, their authors {agree[_authors_agree(one, two)]}, "
        f"their years {agree[_years_agree(one, two)]}, their abstracts {alike}"
    )


def _authors_agree(one: Known, two: Known) -> bool | None:
    """Compare family names, else the number of authors; ``None`` where one side knows neither."""
    if one.families and two.families:
        return one.families == two.families
    if one.count and two.count:
        return one.count == two.count
    return None


def _years_agree(one: Known, two: Known) -> bool | None:
    """Compare the years; ``None`` where one is unknown, or differs and was only worked out."""
    if not one.year or not two.year:
        return None
    apart = abs(one.year - two.year)
    # A preprint and its printed form may fall in neighbouring years; names then must agree.
    if apart == 1 and one.families and two.families:
        return True
    return None if apart and (one.inferred or two.inferred) else apart == 0


def known(paper: Paper) -> Known:
    """Take from a record what it is compared by."""
    title = title_key(paper.title)
    whole = CUT_SHORT not in paper.comment
    families = [title_key(a.family or next(reversed(a.name.split()), "")) for a in paper.authors]
    return Known(
        id=paper.id,
        aliases=paper.aliases,
        doi=paper.bare_id if paper.id_kind == "doi" else paper.doi,
        title=_hash(title) if len(title) >= SHORTEST_TITLE else 0,
        count=(len(paper.authors) or paper.author_count or 0) if whole else 0,
        families=_hash("\n".join(sorted(families))) if families and whole else 0,
        year=int(paper.published[:4] or 0),
        inferred=paper.inferred,
        opening=_opening(paper.abstract),
    )


def _opening(abstract: str) -> int:
    """Hash the first plain words of an abstract, which survive lost TeX; 0 for a short one."""
    words = [w for w in abstract.casefold().split()[:80] if len(w) > 3 and w.isalpha()][:OPENING]  # noqa: PLR2004 - short words tell nothing
    return _hash(" ".join(words)) if len(words) == OPENING else 0


def _hash(text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )
