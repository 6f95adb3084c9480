"""The records of an archive, findable by what is certain: id, former id, DOI, title with proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal

import msgspec

from paper_digest.identity.similarity import Known, Likeness, compare, known
from paper_digest.model.ids import title_id
from paper_digest.model.paper import Paper


class Index:
    """The records of an archive, findable by id, former id, DOI and title.

    Attributes:
        leftovers: ids that stand in a file of their own and are another record's former id too,
            as a run that was killed between writing the one and deleting the other leaves them.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        verdicts: Mapping[frozenset[str], Literal["same", "different"]] | None = None,
    ) -> None:
        """Enter ``papers``; ``verdicts`` are a person's, by pair of ids, and go before any rule."""
        self._verdicts = verdicts or {}
        self._told: dict[str, set[str]] = {}
        for pair, says in self._verdicts.items():
            if says == "same":
                for paper_id in pair:
                    self._told.setdefault(paper_id, set()).update(pair - {paper_id})
        self._known: dict[str, Known] = {}
        self._alias: dict[str, str] = {}
        self._near: dict[str | int, tuple[str, ...]] = {}
        self.leftovers: set[str] = set()
        for paper in papers:
            if paper.id in self._alias:
                self.leftovers.add(paper.id)
            self.leftovers |= {former for former in paper.aliases if former in self._known}
            self.add(paper)

    def __contains__(self, paper_id: str) -> bool:
        return paper_id in self._known or paper_id in self._alias

    def holder(self, paper_id: str) -> str:
        """Return the id of the record that holds ``paper_id`` now, or "" where none does."""
        holder = self._alias.get(paper_id, paper_id)
        return holder if holder in self._known else ""

    def add(self, paper: Paper) -> None:
        """Enter a record, or enter it anew; records it swallowed (its aliases) go out."""
        for former in paper.aliases:
            self._alias[former] = paper.id
            self._forget(former)
        self._forget(paper.id)
        entered = known(paper)
        self._known[paper.id] = entered
        for key in (entered.doi, entered.title):
            if key:
                self._near[key] = (*self._near.get(key, ()), paper.id)

    def find(self, paper: Paper) -> str:
        """Return the id of a record that certainly is this paper, or "" if there is none."""
        return self.own(paper) or next(iter(self.others(paper)), "")

    def own(self, paper: Paper) -> str:
        """Return the id of the record that has this paper's id, now or from before, or ""."""
        for paper_id in (paper.id, *paper.aliases):
            holder = self.holder(paper_id)
            if holder and self._verdicts.get(frozenset((paper_id, holder))) != "different":
                return holder
        return ""

    def others(self, paper: Paper) -> list[str]:
        """List the ids of records with another id that certainly are this paper.

        Where two of them are certainly two papers, which of them this one is stays open, and
        none is listed; unless a person has said so of one.
        """
        this, own = known(paper), self.own(paper)
        said = {i for own_id in (paper.id, *paper.aliases) for i in self._told.get(own_id, ())}
        told = {holder for i in said if (holder := self.holder(i))}
        near = (self._namesakes(this) | told) - {own}
        same = {i for i in near if self._verdict(this, self._known[i]) == "same"}
        same = told & same or same
        for one, two in combinations(sorted(same), 2):
            if self._verdict(self._known[one], self._known[two]) == "different":
                return []
        return sorted(same)

    def doubts(self, paper: Paper) -> list[str]:
        """List the ids of records that may be this paper."""
        this = known(paper)
        return sorted(
            i for i in self._namesakes(this) if self._verdict(this, self._known[i]) == "unsure"
        )

    def unsure(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of records that may be one paper, for a person to decide.

        Among them are those that are the same by every rule and stayed apart, because a third
        record is the same as one and not as the other.
        """
        pairs = {
            pair
            for ids in self._near.values()
            if len(ids) > 1
            for pair in combinations(sorted(ids), 2)
            if self._verdict(self._known[pair[0]], self._known[pair[1]]) != "different"
        }
        yield from sorted(pairs)

    def _forget(self, paper_id: str) -> None:
        gone = self._known.pop(paper_id, None)
        for key in (gone.doi, gone.title) if gone else ():
            if key:
                self._near[key] = tuple(i for i in self._near[key] if i != paper_id)

    def _verdict(self, one: Known, two: Known) -> Likeness:
        if self._verdicts:
            for first in (one.id, *one.aliases):
                for second in (two.id, *two.aliases):
                    if says := self._verdicts.get(frozenset((first, second))):
                        return says
        return compare(one, two)

    def _namesakes(self, this: Known) -> set[str]:
        return {i for key in (this.doi, this.title) if key for i in self._near.get(key, ())}


def settled(paper: Paper) -> Paper:
    """Give a paper that has no id but its title the id that sets it apart from its namesakes.

    The id is made of the title, the year and the authors (family names, else their number), so
    that it depends on nothing but the record. Where year or authors are unknown, the beginning
    of the abstract, or else the page it was seen on, stands in for them: records that agree in
    nothing but their title never share an id. See ``compare`` for when they are united.
    """
    if paper.id_kind != "title":
        return paper
    this = known(paper)
    parts = [paper.published[:4], str(this.families or this.count or "")]
    if not all(parts):
        pages = sorted(f"{s.source} {s.page}" for s in paper.sightings)
        parts.append(str(this.opening) if this.opening else "\n".join(pages[:1]))
    return msgspec.structs.replace(paper, id=title_id(paper.title, *parts))
