"""Compares two records: the same paper, different papers, or too little to decide."""

from __future__ import annotations

from typing import Literal

import msgspec

from paper_digest.model.ids import hash_text, title_key
from paper_digest.model.paper import Paper
from paper_digest.text.names import last_family_name

MatchResult = Literal["same", "unsure", "different"]

#: Plain words at the beginning of two abstracts that must be the same ones.
ABSTRACT_PREFIX_WORDS = 16

#: Titles with a shorter key ("Introduction", "Reply") are never compared: many papers share them.
MIN_TITLE_KEY_LENGTH = 12

#: What the BibTeX source puts into the comment if its list of authors ends in ``and others``.
OTHER_AUTHORS_NOTE = "and other authors"

#: Kinds of ids that an authority gives out: two different ones are two papers.
_AUTHORITY_KINDS = frozenset({"arxiv", "acl", "openreview", "doi"})


class Features(msgspec.Struct, frozen=True, gc=False):
    """What the index keeps of a record to compare it with others; 0 and "" are unknown.

    ``title``, ``family_names`` and ``abstract_prefix`` are hashes, so that millions of records fit
    in memory.
    """

    id: str
    aliases: tuple[str, ...]
    doi: str
    title: int
    author_count: int
    family_names: int
    year: int
    inferred: bool
    abstract_prefix: int

    @property
    def id_kind(self) -> str:
        """What the id is made of."""
        return self.id.partition(":")[0]


def compare_records(one: Features, two: Features) -> MatchResult:
    """Say whether two records are one paper.

    Two arXiv ids are two papers. The same DOI makes one. The same title does so only where
    authors (all family names, else their number) and year agree, or where the abstracts begin
    with the same words and neither disagrees. Where authors or year disagree the papers are
    different ones, unless their abstracts are the same: then, and where too little is known, the
    result is ``unsure``.
    """
    if one.id == two.id:
        return "same"
    if one.id_kind == two.id_kind and one.id_kind in _AUTHORITY_KINDS:
        return "different"
    if one.doi and one.doi == two.doi:
        return "same"
    if one.title != two.title or not one.title:
        return "different"
    checks = (_authors_agree(one, two), _years_agree(one, two))
    same_abstract = bool(one.abstract_prefix) and one.abstract_prefix == two.abstract_prefix
    if False in checks:
        return "unsure" if same_abstract else "different"
    return "same" if same_abstract or None not in checks else "unsure"


def describe_similarity(one: Features, two: Features) -> str:
    """Say in words what two records have in common, and what not."""
    agree = {True: "agree", False: "disagree", None: "cannot be compared"}
    abstracts = (
        "begin alike"
        if one.abstract_prefix and one.abstract_prefix == two.abstract_prefix
        else "do not begin alike"
    )
    if not one.abstract_prefix or not two.abstract_prefix:
        abstracts = "cannot be compared"
    titles = "are the same" if one.title == two.title else "differ"
    return (
        f"their titles {titles}, their authors {agree[_authors_agree(one, two)]}, "
        f"their years {agree[_years_agree(one, two)]}, their abstracts {abstracts}"
    )


def _authors_agree(one: Features, two: Features) -> bool | None:
    """Compare family names, else the number of authors; ``None`` where one side knows neither."""
    if one.family_names and two.family_names:
        return one.family_names == two.family_names
    if one.author_count and two.author_count:
        return one.author_count == two.author_count
    return None


def _years_agree(one: Features, two: Features) -> bool | None:
    """Compare the years; ``None`` where one is unknown, or differs and was only worked out."""
    if not one.year or not two.year:
        return None
    years_between = abs(one.year - two.year)
    # A preprint and its printed form may fall in neighbouring years; names then must agree.
    if years_between == 1 and one.family_names and two.family_names:
        return True
    return None if years_between and (one.inferred or two.inferred) else years_between == 0


def features(paper: Paper) -> Features:
    """Return the features a record is compared by."""
    title = title_key(paper.title)
    authors_complete = OTHER_AUTHORS_NOTE not in paper.comment
    families = [title_key(last_family_name(author)) for author in paper.authors]
    return Features(
        id=paper.id,
        aliases=paper.aliases,
        doi=paper.bare_id if paper.id_kind == "doi" else paper.doi,
        title=_hash(title) if len(title) >= MIN_TITLE_KEY_LENGTH else 0,
        author_count=(len(paper.authors) or paper.author_count or 0) if authors_complete else 0,
        family_names=_hash("\n".join(sorted(families))) if families and authors_complete else 0,
        year=int(paper.published[:4] or 0),
        inferred=paper.inferred,
        abstract_prefix=_hash_abstract_prefix(paper.abstract),
    )


def _hash_abstract_prefix(abstract: str) -> int:
    """Hash the first plain words of an abstract, which survive lost TeX; 0 for a short one."""
    words = [w for w in abstract.casefold().split()[:80] if len(w) > 3 and w.isalpha()]  # noqa: PLR2004 - short words are cut
    words = words[:ABSTRACT_PREFIX_WORDS]
    return _hash(" ".join(words)) if len(words) == ABSTRACT_PREFIX_WORDS else 0


def _hash(text: str) -> int:
    return int(hash_text(text, 8), 16)
