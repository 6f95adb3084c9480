"""An index of an archive's records that finds certain and possible duplicates of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal

import msgspec

from paper_digest.identity.similarity import Features, MatchResult, compare_records, features
from paper_digest.model.ids import title_id
from paper_digest.model.paper import Paper


class PaperIndex:
    """Features of an archive's records, by id, former id, DOI and title.

    Attributes:
        leftover_ids: ids that have a record and are another record's former id too. A run killed
            after it wrote the merged record and before it deleted the old one leaves them.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        decisions: Mapping[frozenset[str], Literal["same", "different"]] | None = None,
    ) -> None:
        """Enter ``papers``.

        Args:
            papers: the records.
            decisions: a person's, by pair of ids; they go before every rule.
        """
        self._decisions = decisions or {}
        self._same_by_hand: dict[str, set[str]] = {}
        for pair, says in self._decisions.items():
            if says == "same":
                for paper_id in pair:
                    self._same_by_hand.setdefault(paper_id, set()).update(pair - {paper_id})
        self._features: dict[str, Features] = {}
        self._current_ids: dict[str, str] = {}
        self._by_doi_or_title: dict[str | int, tuple[str, ...]] = {}
        self.leftover_ids: set[str] = set()
        for paper in papers:
            if paper.id in self._current_ids:
                self.leftover_ids.add(paper.id)
            self.leftover_ids |= {former for former in paper.aliases if former in self._features}
            self.add(paper)

    def __contains__(self, paper_id: str) -> bool:
        return paper_id in self._features or paper_id in self._current_ids

    def current_id(self, paper_id: str) -> str:
        """Return the id of the record that holds ``paper_id`` now, or "" where none does."""
        current = self._current_ids.get(paper_id, paper_id)
        return current if current in self._features else ""

    def add(self, paper: Paper) -> None:
        """Enter a record or its new state; records merged into it (its aliases) are removed."""
        for former in paper.aliases:
            self._current_ids[former] = paper.id
            self._remove(former)
        self._remove(paper.id)
        entered = features(paper)
        self._features[paper.id] = entered
        for key in (entered.doi, entered.title):
            if key:
                self._by_doi_or_title[key] = (*self._by_doi_or_title.get(key, ()), paper.id)

    def find_record(self, paper: Paper) -> str:
        """Return the id of a record that certainly is this paper, or ""."""
        return self.find_by_id(paper) or next(iter(self.duplicates_of(paper)), "")

    def find_by_id(self, paper: Paper) -> str:
        """Return the id of the record that has this paper's id, now or from before, or ""."""
        for paper_id in (paper.id, *paper.aliases):
            current = self.current_id(paper_id)
            if current and self._decisions.get(frozenset((paper_id, current))) != "different":
                return current
        return ""

    def duplicates_of(self, paper: Paper) -> list[str]:
        """List the ids of records with another id that certainly are this paper.

        If two of them are certainly different papers, nobody can say which of them this one is, and
        none is listed, unless a person has decided it.
        """
        this, own_record = features(paper), self.find_by_id(paper)
        decided_ids = {
            i for own_id in (paper.id, *paper.aliases) for i in self._same_by_hand.get(own_id, ())
        }
        decided_same = {holder for i in decided_ids if (holder := self.current_id(i))}
        candidates = (self._candidates(this) | decided_same) - {own_record}
        same = {i for i in candidates if self._compare(this, self._features[i]) == "same"}
        same = decided_same & same or same
        for one, two in combinations(sorted(same), 2):
            if self._compare(self._features[one], self._features[two]) == "different":
                return []
        return sorted(same)

    def possible_duplicates(self, paper: Paper) -> list[str]:
        """List the ids of records that may be this paper."""
        this = features(paper)
        return sorted(
            i for i in self._candidates(this) if self._compare(this, self._features[i]) == "unsure"
        )

    def undecided_pairs(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of records that may be one paper, for a person to decide.

        Among them are pairs that are the same by every rule and were not merged, because a third
        record is the same as one of them and different from the other.
        """
        pairs = {
            pair
            for ids in self._by_doi_or_title.values()
            if len(ids) > 1
            for pair in combinations(sorted(ids), 2)
            if self._compare(self._features[pair[0]], self._features[pair[1]]) != "different"
        }
        yield from sorted(pairs)

    def _remove(self, paper_id: str) -> None:
        removed = self._features.pop(paper_id, None)
        for key in (removed.doi, removed.title) if removed else ():
            if key:
                self._by_doi_or_title[key] = tuple(
                    i for i in self._by_doi_or_title[key] if i != paper_id
                )

    def _compare(self, one: Features, two: Features) -> MatchResult:
        if self._decisions:
            for first in (one.id, *one.aliases):
                for second in (two.id, *two.aliases):
                    if says := self._decisions.get(frozenset((first, second))):
                        return says
        return compare_records(one, two)

    def _candidates(self, this: Features) -> set[str]:
        return {
            i for key in (this.doi, this.title) if key for i in self._by_doi_or_title.get(key, ())
        }


def assign_title_id(paper: Paper) -> Paper:
    """Give a paper that has only a ``title:`` id one that differs from its namesakes'.

    The id is made of the title, the year and the authors (family names, else their number), so
    that it depends on nothing but the record. Where year or authors are unknown, the beginning
    of the abstract, or else the page it was seen on, takes their place: records that agree in
    nothing but their title never share an id. See ``compare_records`` for when they are merged.
    """
    if paper.id_kind != "title":
        return paper
    this = features(paper)
    parts = [paper.published[:4], str(this.family_names or this.author_count or "")]
    if not all(parts):
        pages = sorted(f"{s.source} {s.page}" for s in paper.sightings)
        parts.append(str(this.abstract_prefix) if this.abstract_prefix else "\n".join(pages[:1]))
    return msgspec.structs.replace(paper, id=title_id(paper.title, *parts))
