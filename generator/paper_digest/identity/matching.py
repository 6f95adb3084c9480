"""The records of an archive, findable by what is certain: id, former id, DOI, title with proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from paper_digest.identity.decisions import PairDecisions, Verdict
from paper_digest.identity.features import Features, features
from paper_digest.identity.match_keys import certain_keys, hint_keys
from paper_digest.identity.record_table import KnownRecords, RecordTable
from paper_digest.identity.similarity import (
    MatchResult,
    are_in_one_script,
    are_namesakes,
    are_stated_one,
    compare_records,
    contradict,
    share_an_id,
)
from paper_digest.model.paper import Paper

#: A hint that more records share ("a survey of") finds nothing any more; ids and titles always do.
_MAX_HOLDERS_OF_A_HINT = 60


class PaperIndex:
    """The records of an archive, findable by id, former id, DOI and title.

    Attributes:
        leftovers: ids that stand in a file of their own and are another record's former id too,
            as a run that was killed between writing the one and deleting the other leaves them.
    """

    def __init__(
        self,
        papers: Iterable[Paper] = (),
        decisions: Mapping[frozenset[str], Verdict] | None = None,
        known: KnownRecords | None = None,
    ) -> None:
        """Enter ``papers``, beside records that are ``known``, of which none is another's former id.

        ``decisions`` are a person's, by pair of ids, and go before any rule.
        """
        self._decisions = PairDecisions(decisions)
        self._records = RecordTable(known)
        self._current_ids = dict(known.former_ids) if known else {}
        self.leftover_ids: set[str] = set()
        for paper in papers:
            holder = self.holder_of_former_id(paper.id)
            if holder and not self.is_separated(paper.id, self._records[holder]):
                self.leftover_ids.add(paper.id)
                continue
            self.leftover_ids |= {
                former
                for former in paper.aliases
                if former in self._records and not self.is_separated(former, paper)
            }
            self.add(paper)

    def __contains__(self, paper_id: str) -> bool:
        return paper_id in self._records or paper_id in self._current_ids

    def ids(self) -> Iterable[str]:
        """Return the ids of all records."""
        return self._records.ids()

    def current_id(self, paper_id: str) -> str:
        """Return the id of the record that holds ``paper_id`` now, or "" where none does.

        A record of its own goes before one that had the id before.
        """
        if paper_id in self._records:
            return paper_id
        current = self._current_ids.get(paper_id, paper_id)
        return current if current in self._records else ""

    def add(self, paper: Paper) -> None:
        """Enter a record, or enter it anew; records it swallowed (its aliases) go out."""
        self.remove(paper.id)
        for former in paper.aliases:
            if not self.is_separated(former, paper):
                self.remove(former)
        self._current_ids.update(dict.fromkeys(paper.aliases, paper.id))
        self._records.enter(features(paper))

    def find_record(self, paper: Paper) -> str:
        """Return the id of a record that certainly is this paper, or "" if there is none."""
        return self.find_by_id(paper) or next(iter(self.duplicates_of(paper)), "")

    def find_by_id(self, paper: Paper) -> str:
        """Return the id of the record that has this paper's id, now or from before, or ""."""
        for paper_id in (paper.id, *paper.aliases):
            current = self.current_id(paper_id)
            if current and not (
                current != paper_id and self.is_separated(paper_id, self._records[current])
            ):
                return current
        return ""

    def is_separated(self, former_id: str, record: Paper | Features) -> bool:
        """Tell whether a person has said that a former id of a record means another paper."""
        return self._decisions.is_separated(former_id, record)

    def holder_of_former_id(self, paper_id: str) -> str:
        """Return the id of the record that lists ``paper_id`` among its former ids, or ""."""
        holder = self._current_ids.get(paper_id, "")
        return holder if holder in self._records and holder != paper_id else ""

    def duplicates_of(self, paper: Paper) -> list[str]:
        """List the ids of records with another id that certainly are this paper.

        Where two of them are certainly two papers, it is the one with which it shares an id; where
        that says nothing, which of them it is stays open, and none is listed; unless a person has said
        so of one.
        """
        this, own_record = features(paper), self.find_by_id(paper)
        decided_same = {*map(self.current_id, self._decisions.same_as(paper))} - {""}
        candidates = (self._candidates(this) | decided_same) - {own_record}
        same = {i for i in candidates if self._compare(this, self._records[i]) == "same"}
        same = decided_same & same or same
        if self._are_several(same):
            same = {i for i in same if share_an_id(this, self._records[i])}
        return [] if self._are_several(same) else sorted(same)

    def possible_duplicates(self, paper: Paper) -> list[str]:
        """List the ids of records that may be this paper."""
        this = features(paper)
        return sorted(
            i for i in self._candidates(this) if self._compare(this, self._records[i]) == "unsure"
        )

    def undecided_pairs(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of records that may be one paper, for a person to decide.

        Among them are those that are the same by every rule and stayed apart, because a third
        record is the same as one and not as the other.
        """
        for one in sorted(self._records.ids()):
            yield from ((one, two) for two in self.undecided_with(one) if one < two)

    def undecided_with(self, paper_id: str) -> list[str]:
        """List the records that may be, or by the rules are, the same paper as a record."""
        this = self._records.get(paper_id)
        if this is None:
            return []
        others = sorted(self._candidates(this) - {paper_id})
        return [i for i in others if self._compare(this, self._records[i]) != "different"]

    def clashes(self) -> Iterator[tuple[str, str, str]]:
        """Yield each id that was given for several papers, with pairs of the records it was given for.

        A record whose id it is comes first in each pair; pairs that a person has decided are left
        out.
        """
        disputing: dict[str, set[str]] = {}
        for record in self._records.values():
            for disputed_id in record.disputed_ids:
                disputing.setdefault(disputed_id, set()).add(record.id)
        for disputed_id, ids in sorted(disputing.items()):
            holders = sorted({*self._records.holders(disputed_id)} - ids)
            first, *rest = *holders, *sorted(ids)
            for other in rest:
                if not self._decisions.verdict(self._records[first], self._records[other]):
                    yield disputed_id, first, other

    def clashes_of(self, paper: Paper) -> list[tuple[str, str]]:
        """List the ids of a paper that a clearly other record has or had, each with that record's id.

        Titles *and* authors disagree; or the id is made of the title, and they were printed in two
        places or have two abstracts. No person has said that they are one. A DOI that one of them only
        states beside its id is listed where the other has it from who registers DOIs.
        """
        this = features(paper)
        held = [(i, self.current_id(i)) for i in (paper.id, *paper.aliases)]
        held = [(i, other) for i, other in held if other and self._clash(this, other, i)]
        doi = f"doi:{this.doi}"
        bearers = self.bearers_of(doi) if this.doi else ()
        return held + [
            (doi, other)
            for other in bearers
            if (doi, other) not in held and self._is_anothers_doi(this, other, doi)
        ]

    def bearers_of(self, paper_id: str) -> list[str]:
        """List the records that have an id, had it before, or have it as their DOI."""
        return sorted(
            i for i in self._records.holders(paper_id) if paper_id in self._records[i].all_ids
        )

    def _clash(self, this: Features, holder: str, paper_id: str) -> bool:
        other = self._records[holder]
        if self._decisions.verdict(this, other) == "same" or self._decisions.is_united(other):
            return False
        return contradict(this, other) or (
            paper_id.startswith("title:") and are_namesakes(this, other)
        )

    def _is_anothers_doi(self, this: Features, holder: str, doi: str) -> bool:
        """Tell whether who registers DOIs gave one to one of two clearly different papers that state it.

        A title in another script is no other title: registries print the original, arXiv a translation.
        """
        other = self._records[holder]
        return (
            doi in this.registered_ids + other.registered_ids
            and this.id != other.id
            and are_in_one_script(this, other)
            and self._clash(this, holder, doi)
        )

    def is_disputed(self, paper_id: str) -> bool:
        """Tell whether an id was given for papers that have nothing to do with each other."""
        return any(
            paper_id in self._records[i].disputed_ids for i in self._records.holders(paper_id)
        )

    def remove(self, paper_id: str) -> None:
        """Take a record out; an id the index does not know changes nothing."""
        removed = self._records.get(paper_id)
        for former in removed.aliases if removed else ():
            if self._current_ids.get(former) == paper_id:
                del self._current_ids[former]
        self._records.remove(paper_id)

    def _compare(self, one: Features, two: Features) -> MatchResult:
        return self._decisions.verdict(one, two) or compare_records(one, two)

    def _are_several(self, ids: Iterable[str]) -> bool:
        """Tell whether two of some records are certainly two papers."""
        pairs = combinations(sorted(ids), 2)
        return any(self._are_apart(self._records[one], self._records[two]) for one, two in pairs)

    def _are_apart(self, one: Features, two: Features) -> bool:
        """Tell whether no third record may unite these two."""
        decided = self._decisions.verdict(one, two)
        if decided or are_stated_one(one, two):
            return decided == "different"
        compared = compare_records(one, two)
        if not one.all_ids.isdisjoint(two.all_ids):
            return compared != "same"
        return compared == "different" or are_namesakes(one, two)

    def _candidates(self, this: Features) -> set[str]:
        certain = (self._records.holders(key) for key in certain_keys(this))
        hints = (self._records.holders(key) for key in hint_keys(this))
        few = (ids for ids in hints if len(ids) <= _MAX_HOLDERS_OF_A_HINT)
        return {i for ids in (*certain, *few) for i in ids}
