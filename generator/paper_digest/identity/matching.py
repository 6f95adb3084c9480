"""The records of an archive, findable by what is certain: id, former id, DOI, title with proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Literal

from paper_digest.identity.features import Features, features
from paper_digest.identity.match_keys import match_keys
from paper_digest.identity.similarity import MatchResult, compare_records, contradict
from paper_digest.model.paper import Paper

#: A key that more records share ("a survey of", one journal's DOI) finds nothing any more.
_MAX_HOLDERS_OF_A_KEY = 60


class PaperIndex:
    """The records of an archive, findable by id, former id, DOI and title.

    Attributes:
        leftovers: ids that stand in a file of their own and are another record's former id too,
            as a run that was killed between writing the one and deleting the other leaves them.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        decisions: Mapping[frozenset[str], Literal["same", "different"]] | None = None,
    ) -> None:
        """Enter ``papers``; ``decisions`` are a person's, by pair of ids, and go before any rule."""
        self._decisions = decisions or {}
        self._same_by_hand: dict[str, set[str]] = {}
        for pair, says in self._decisions.items():
            if says == "same":
                for paper_id in pair:
                    self._same_by_hand.setdefault(paper_id, set()).update(pair - {paper_id})
        self._features: dict[str, Features] = {}
        self._current_ids: dict[str, str] = {}
        # One id, or several: most keys are had by one record, and a tuple for each costs memory.
        self._by_key: dict[str | int, str | tuple[str, ...]] = {}
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
        """Enter a record, or enter it anew; records it swallowed (its aliases) go out."""
        for former in paper.aliases:
            self._current_ids[former] = paper.id
            self.remove(former)
        self.remove(paper.id)
        entered = features(paper)
        self._features[paper.id] = entered
        for key in {*match_keys(entered)}:
            holders = self._holders(key)
            self._by_key[key] = (*holders, paper.id) if holders else paper.id

    def find_record(self, paper: Paper) -> str:
        """Return the id of a record that certainly is this paper, or "" if there is none."""
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

        Where two of them are certainly two papers, which of them this one is stays open, and
        none is listed; unless a person has said so of one.
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

        Among them are those that are the same by every rule and stayed apart, because a third
        record is the same as one and not as the other.
        """
        pairs = {
            pair
            for ids in self._by_key.values()
            if isinstance(ids, tuple) and 1 < len(ids) <= _MAX_HOLDERS_OF_A_KEY
            for pair in combinations(sorted(ids), 2)
        }
        for one, two in sorted(pairs):
            if self._compare(self._features[one], self._features[two]) != "different":
                yield one, two

    def clashing_record(self, paper: Paper) -> str:
        """Return the id of a record that bears an id of this paper and is clearly another one.

        Titles *and* authors disagree, and no person has said that they are one; "" for none.
        """
        this = features(paper)
        for paper_id in (paper.id, *paper.aliases):
            current = self.current_id(paper_id)
            if (
                current
                and self._decisions.get(frozenset((paper.id, current))) != "same"
                and contradict(this, self._features[current])
            ):
                return current
        return ""

    def is_disputed(self, paper_id: str) -> bool:
        """Tell whether an id was given for papers that have nothing to do with each other."""
        return any(paper_id in self._features[i].disputed_ids for i in self._holders(paper_id))

    def _holders(self, key: str | int) -> tuple[str, ...]:
        holders = self._by_key.get(key, ())
        return (holders,) if isinstance(holders, str) else holders

    def remove(self, paper_id: str) -> None:
        """Take a record out; an id the index does not know changes nothing."""
        removed = self._features.pop(paper_id, None)
        for key in {*match_keys(removed)} if removed else ():
            rest = tuple(i for i in self._holders(key) if i != paper_id)
            if rest:
                self._by_key[key] = rest if len(rest) > 1 else rest[0]
            else:
                del self._by_key[key]

    def _compare(self, one: Features, two: Features) -> MatchResult:
        if self._decisions:
            for first in (one.id, *one.aliases):
                for second in (two.id, *two.aliases):
                    if says := self._decisions.get(frozenset((first, second))):
                        return says
        return compare_records(one, two)

    def _candidates(self, this: Features) -> set[str]:
        lists = (self._holders(key) for key in match_keys(this))
        return {i for ids in lists if len(ids) <= _MAX_HOLDERS_OF_A_KEY for i in ids}
