"""What a person has decided of pairs of ids: one paper, or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from paper_digest.identity.features import Features
from paper_digest.model.paper import Paper

#: What a person has said of two ids.
Verdict = Literal["same", "different"]


class PairDecisions:
    """A person's decisions, findable by each id of a pair; a decision counts under any id that a record has or had."""

    def __init__(self, decisions: Mapping[frozenset[str], Verdict] | None = None) -> None:
        """Take the decisions by pair of ids."""
        self._verdicts = decisions or {}
        self._same: dict[str, set[str]] = {}
        self._different: dict[str, set[str]] = {}
        for pair, says in self._verdicts.items():
            by_hand = self._same if says == "same" else self._different
            for paper_id in pair:
                by_hand.setdefault(paper_id, set()).update(pair - {paper_id})

    def verdict(self, one: Features, two: Features) -> Verdict | None:
        """Return what was decided of two records, under any id they have or had."""
        if self._verdicts:
            for first in (one.id, *one.aliases):
                for second in (two.id, *two.aliases):
                    if says := self._verdicts.get(frozenset((first, second))):
                        return says
        return None

    def same_as(self, record: Paper | Features) -> set[str]:
        """Return the ids that were said to be the same paper as one of a record's."""
        return {i for own in (record.id, *record.aliases) for i in self._same.get(own, ())}

    def is_separated(self, former_id: str, record: Paper | Features) -> bool:
        """Tell whether a former id of a record was said to mean another paper."""
        others = self._different.get(former_id, ())
        return any(i in others for i in (record.id, *record.aliases) if i != former_id)

    def is_united(self, record: Features) -> bool:
        """Tell whether two ids of a record were said to be one paper."""
        return not self.same_as(record).isdisjoint((record.id, *record.aliases))
