"""Papers by the day, week, month and year they are filed under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.periods import count_by_month, iso_week
from paper_digest.identity.paper_checks import is_day
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes
from paper_digest.text.name_order import name_order

#: What a list announces may be dated a little after its source was asked: weekends, time zones.
MAX_DAYS_AHEAD = timedelta(7)

#: After every date: nobody knows when anything came.
_NO_HORIZON = "9999-12-31"


class PapersByDate:
    """Papers, newest first, and the lists of their dates."""

    def __init__(self, entries: Iterable[CatalogEntry]) -> None:
        """Sort the papers."""
        dates: dict[str, list[CatalogEntry]] = defaultdict(list)  # an archive has few
        for e in entries:
            dates[e.filing_date].append(e)
        self.entries = tuple(
            e
            for when in sorted(dates, key=_date_order)
            for e in sorted(dates[when], key=_upvoted_first)
        )

    @cached_property
    def come(self) -> tuple[CatalogEntry, ...]:
        """The papers whose date has come, newest first: all but those dated after the present day, where it is known."""
        return self.that_came(self.entries)

    def that_came(self, entries: tuple[CatalogEntry, ...]) -> tuple[CatalogEntry, ...]:
        """Return, of papers that stand newest first, those whose date has come; all where no date of theirs has.

        So a list of dated papers is never without a newest one.
        """
        ahead = sum(1 for _ in takewhile(lambda e: not self.has_come(e.filing_date), entries))
        return entries[ahead:] if any(e.filing_date for e in entries[ahead:]) else entries

    def has_come(self, when: str) -> bool:
        """Whether a date is none after the present day; any has where that is not known, and "" has always."""
        return not self.present_day or when <= self.present_day

    @property
    def newest_date(self) -> str:
        """The newest date that has come, of a day, month or year; "" where no paper has one."""
        return self.come[0].filing_date if self.come else ""

    @cached_property
    def present_day(self) -> str:
        """The newest full date that has come: what is to come, new or held counts from it; "" where no paper has one.

        Publishers date issues months ahead, and one such paper is not today: a date after ``horizon`` is passed over.
        """
        return next((day for day in self.by_day if day <= self.horizon), "")

    @cached_property
    def horizon(self) -> str:
        """The last day that can have come: ``MAX_DAYS_AHEAD`` after anything last came into the archive."""
        came = sorted({e.arrived or e.filing_date for e in self.entries}, reverse=True)
        last = next(filter(is_day, came), "")
        return (date.fromisoformat(last) + MAX_DAYS_AHEAD).isoformat() if last else _NO_HORIZON

    @cached_property
    def months(self) -> dict[str, int]:
        """The papers of each month, oldest first, and by year those of which only that is known."""
        return count_by_month(self.entries)

    @cached_property
    def by_day(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by full ISO date, newest day first."""
        return self._by_date(len("YYYY-MM-DD"))

    @cached_property
    def day_neighbours(self) -> dict[str, tuple[CatalogEntry | None, CatalogEntry | None]]:
        """The papers before and after each paper of a full date, of the same day, by slug."""
        neighbours: dict[str, tuple[CatalogEntry | None, CatalogEntry | None]] = {}
        for day in self.by_day.values():
            padded = (None, *day, None)
            for number, e in enumerate(day):
                neighbours[e.slug] = (padded[number], padded[number + 2])
        return neighbours

    @cached_property
    def by_month(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by ``YYYY-MM``, newest month first."""
        return self._by_date(len("YYYY-MM"))

    @cached_property
    def by_year(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by ``YYYY``, newest year first."""
        return self._by_date(len("YYYY"))

    @cached_property
    def by_week(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by ISO week (``2025-W47``), newest week first."""
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for day, entries in self.by_day.items():
            papers[iso_week(day)] += entries
        return {name: tuple(entries) for name, entries in papers.items()}

    @cached_property
    def undated(self) -> tuple[CatalogEntry, ...]:
        """Entries of which no date is known, by title."""
        return tuple(
            sorted(
                (e for e in self.entries if not e.filing_date),
                key=lambda e: (name_order(e.title), e.slug),
            )
        )

    def hash_by_date(
        self, joined_parts: Callable[[Sequence[CatalogEntry]], bytes]
    ) -> dict[str, bytes]:
        """Hash the papers of each day, week, month and year, by one look at each.

        ``joined_parts`` returns what is hashed of some papers, one part behind the other.
        """
        hashes: dict[str, list[bytes]] = defaultdict(list)
        for day, entries in self.by_day.items():
            day_hash = hash_bytes(joined_parts(entries))
            for period in (day, iso_week(day), day[:7], day[:4]):
                hashes[period].append(day_hash)
        for e in self.entries:
            if 0 < len(e.filing_date) < len("YYYY-MM-DD"):
                for period in {e.filing_date, e.filing_date[:4]}:
                    hashes[period].append(hash_bytes(joined_parts((e,))))
        return {period: hash_of_hashes(joined) for period, joined in hashes.items()}

    def _by_date(self, date_chars: int) -> dict[str, tuple[CatalogEntry, ...]]:
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for e in self.entries:
            if len(e.filing_date) >= date_chars:
                papers[e.filing_date[:date_chars]].append(e)
        return {when: tuple(entries) for when, entries in papers.items()}


def _upvoted_first(e: CatalogEntry) -> tuple[int, str]:
    return -(e.upvotes or 0), e.slug


def _date_order(when: str) -> tuple[int, ...]:
    # The newest first. A year or month alone stands at that year's or month's end: after its dated papers.
    numbers = [-int(part) for part in when.split("-")] if when else [1]
    return tuple(numbers + [0] * (3 - len(numbers)))
