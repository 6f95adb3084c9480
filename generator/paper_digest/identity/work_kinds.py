"""Whether two records are two works by what they are: data, a program and the paper about them often have one title."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from paper_digest.identity.claims import is_decided
from paper_digest.model.paper import Paper
from paper_digest.model.work_types import PARTS
from paper_digest.text.venues import venue_kind

#: "two": one is data or a program, and the other is something else; "ask": one is a thesis, the other an
#: article, a paper or a chapter; "agree": they may be one work.
KindsAgree = Literal["agree", "ask", "two"]

#: Works that are not texts: each is a kind of its own.
THINGS = frozenset({"dataset", "software"})
#: Something to read, of which nobody says more.
TEXT = "text"
#: Archives that hold texts alone.
_ARCHIVES_OF_TEXTS = frozenset({"arxiv", "acl", "openreview"})


def stated_kinds(paper: Paper) -> tuple[str, ...]:
    """List the kinds that a record's sources state, with ``TEXT`` where an id or a journal says no more than that.

    A person's decision stands alone.
    """
    if is_decided(paper, "work_type"):
        return (paper.work_type,) if paper.work_type else ()
    stated = (paper.work_type, *(claim.differs.get("work_type") for claim in paper.claims))
    ids = (paper.id, *paper.aliases)
    is_text = any(one.partition(":")[0] in _ARCHIVES_OF_TEXTS for one in ids)
    is_text = is_text or venue_kind(paper.venue) in {"journal", "conference"}
    return tuple(dict.fromkeys((*map(str, filter(None, stated)), *((TEXT,) if is_text else ()))))


def compare_kinds(one: Collection[str], two: Collection[str]) -> KindsAgree:
    """Compare what two records are said to be; where a source says one thing and another another, either may be right.

    A preprint, a report and an article may be one work, and so may a thesis and what is said to be no more than a
    text: arXiv and libraries hold theses. Under the title of a thesis a part of it is printed, too.

    Args:
        one: kinds of the one, as ``stated_kinds`` lists them; none where nobody says what it is.
        two: those of the other.
    """
    if not one or not two:
        return "agree"
    if {*map(_class, one)}.isdisjoint(map(_class, two)):
        return "two"
    first, second = {*one} - {TEXT}, {*two} - {TEXT}
    return (
        "ask"
        if _is_thesis_and_part(first, second) or _is_thesis_and_part(second, first)
        else "agree"
    )


def _class(kind: str) -> str:
    return kind if kind in THINGS else TEXT


def _is_thesis_and_part(one: Collection[str], two: Collection[str]) -> bool:
    return {*one} == {"thesis"} and bool(two) and PARTS.issuperset(two)
