"""The records that are compared with each other: their features by id, and their ids by match key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from paper_digest.identity.features import Features
from paper_digest.identity.match_keys import match_keys


class KnownRecords(Protocol):
    """Records of which ids and match keys are known; the features of one are read when asked for."""

    @property
    def ids(self) -> AbstractSet[str]:
        """Their ids."""

    @property
    def former_ids(self) -> Mapping[str, str]:
        """The id of the record that holds each former id."""

    def features(self, paper_id: str) -> Features:
        """Return the features of one of them."""

    def holders(self, key: str | int) -> tuple[str, ...]:
        """Return the ids of those that have a match key."""


class RecordTable:
    """Records that were entered, and known ones that were neither entered anew nor removed."""

    def __init__(self, known: KnownRecords | None = None) -> None:
        self._known = known
        self._known_ids: AbstractSet[str] = known.ids if known else frozenset()
        self._replaced: set[str] = set()
        self._entered: dict[str, Features] = {}
        # One id, or several: most keys are had by one record, and a tuple for each costs memory.
        self._by_key: dict[str | int, str | tuple[str, ...]] = {}

    def __contains__(self, paper_id: str) -> bool:
        return paper_id in self._entered or self._is_as_known(paper_id)

    def __getitem__(self, paper_id: str) -> Features:
        record = self.get(paper_id)
        if record is None:
            raise KeyError(paper_id)
        return record

    def get(self, paper_id: str) -> Features | None:
        """Return the features of a record; ``None`` where there is none of this id."""
        if self._known and self._is_as_known(paper_id):
            return self._known.features(paper_id)
        return self._entered.get(paper_id)

    def ids(self) -> AbstractSet[str]:
        """Return the ids of all records."""
        return (self._known_ids - self._replaced) | self._entered.keys()

    def values(self) -> Iterator[Features]:
        """Yield the features of all records."""
        return (self[paper_id] for paper_id in self.ids())

    def holders(self, key: str | int) -> tuple[str, ...]:
        """Return the ids of the records that have a match key."""
        entered = self._entered_holders(key)
        if not self._known:
            return entered
        return (*filter(self._is_as_known, self._known.holders(key)), *entered)

    def enter(self, record: Features) -> None:
        """Enter a record, or enter it anew."""
        self.remove(record.id)
        self._entered[record.id] = record
        for key in {*match_keys(record)}:
            holders = self._entered_holders(key)
            self._by_key[key] = (*holders, record.id) if holders else record.id

    def remove(self, paper_id: str) -> None:
        """Take a record out; an id the table does not know changes nothing."""
        if paper_id in self._known_ids:
            self._replaced.add(paper_id)
        removed = self._entered.pop(paper_id, None)
        for key in {*match_keys(removed)} if removed else ():
            rest = tuple(i for i in self._entered_holders(key) if i != paper_id)
            if rest:
                self._by_key[key] = rest if len(rest) > 1 else rest[0]
            else:
                del self._by_key[key]

    def _entered_holders(self, key: str | int) -> tuple[str, ...]:
        holders = self._by_key.get(key, ())
        return (holders,) if isinstance(holders, str) else holders

    def _is_as_known(self, paper_id: str) -> bool:
        return paper_id in self._known_ids and paper_id not in self._replaced
