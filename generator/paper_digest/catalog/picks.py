"""The picks of the week, by week and by the papers they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from paper_digest.catalog.by_paper import group_by_paper
from paper_digest.store.picks import Pick

#: Days back from the archive's newest paper for which home and mail show a pick.
MAX_PICK_AGE_DAYS = 14


class Picks:
    """All picks, the newest first; their papers are slugs."""

    def __init__(self, picks: Iterable[Pick] = ()) -> None:
        self.all = tuple(picks)
        self.by_week: dict[str, list[Pick]] = defaultdict(list)
        self._by_slug = group_by_paper(self.all, lambda pick: (pick.slug,))
        for pick in self.all:
            self.by_week[pick.week].append(pick)

    def about(self, slug: str) -> tuple[Pick, ...]:
        """Return the picks that a paper is, the newest first."""
        return self._by_slug.get(slug, ())

    def hash_of(self, slug: str) -> bytes:
        """Return what a paper's page says of its picks as bytes; b"" for a paper that is none."""
        shown = [(pick.date, pick.because, pick.by) for pick in self.about(slug)]
        return msgspec.msgpack.encode(shown) if shown else b""

    def of_week(self, week: str) -> tuple[Pick, ...]:
        """Return the picks of an ISO week (``2026-W10``), the newest first."""
        return tuple(self.by_week.get(week, ()))

    def hash_of_week(self, week: str) -> bytes:
        """Return what a week's page says of its picks as bytes; b"" for what is no week, or has none."""
        picks = self.of_week(week)
        return msgspec.msgpack.encode(picks) if picks else b""

    def latest(self, day: str) -> tuple[Pick, ...]:
        """Return the picks of the newest week that has any; none where that is ``MAX_PICK_AGE_DAYS`` before a day.

        Args:
            day: ``YYYY-MM-DD``; of what is shorter nothing is known, and the newest picks are returned.
        """
        if not self.all:
            return ()
        newest = self.all[0]
        if len(day) == len("YYYY-MM-DD"):
            oldest = date.fromisoformat(day) - timedelta(MAX_PICK_AGE_DAYS)
            if newest.date < oldest.isoformat():
                return ()
        return self.of_week(newest.week)
