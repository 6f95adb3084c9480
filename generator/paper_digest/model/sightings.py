"""Merges two sightings of a paper on one page, and keeps the upvotes of every day they were counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from paper_digest.model.paper import Sighting

#: Upvotes as they were counted: ISO date and number, oldest first.
UpvoteHistory = tuple[tuple[str, int], ...]


def merge_sightings(one: Sighting, two: Sighting) -> Sighting:
    """Merge two sightings with the same source and page.

    Upvotes and comments are the later ones; a date that was printed is preferred to one worked out.
    """
    newer = max(one, two, key=_recency_key)
    better_dated = max(one, two, key=lambda s: (bool(s.seen), not s.inferred, s.seen))
    earlier = dict(upvotes_by_day((one, two)))
    earlier.pop(newer.as_of, None)
    return msgspec.structs.replace(
        newer,
        seen=better_dated.seen,
        inferred=better_dated.inferred,
        submitted_by=max(one.submitted_by, two.submitted_by),
        seen_as="" if better_dated.seen else max(one.seen_as, two.seen_as),
        published_as=max(one.published_as, two.published_as),
        entry=max(one.entry, two.entry),
        earlier=tuple(earlier.items()),
    )


def upvotes_by_day(sightings: Iterable[Sighting]) -> UpvoteHistory:
    """Return the upvotes by the day they were counted on; of two counts of a day, the higher."""
    highest: dict[str, int] = {}
    for s in sightings:
        newest = ((s.as_of, s.upvotes),) if s.as_of and s.upvotes is not None else ()
        for day, number in (*s.earlier, *newest):
            highest[day] = max(number, highest.get(day, 0))
    return tuple(sorted(highest.items()))


def upvotes_per_day(history: UpvoteHistory) -> float:
    """Return the upvotes gained a day between the last two counts; 0 without two, or without a gain."""
    if len(history) < 2:  # noqa: PLR2004 - one count is no gain
        return 0.0
    (day_before, number_before), (day, number) = history[-2:]
    days = (date.fromisoformat(day) - date.fromisoformat(day_before)).days
    return max(0, number - number_before) / days


def date_without_year(sightings: Iterable[Sighting]) -> str:
    """Return the paper's date as pages printed it without a year, else the pages' own, or ""."""
    sightings = tuple(sightings)
    as_published = sorted(s.published_as for s in sightings if s.published_as)
    return next(iter(as_published or sorted(s.seen_as for s in sightings if s.seen_as)), "")


def count_or_minus_one(number: int | None) -> int:
    """Return a count to compare; one that no source gave is -1, less than 0."""
    return -1 if number is None else number


def _recency_key(s: Sighting) -> tuple[bool, str, int, int]:
    known = s.upvotes is not None or s.comments is not None
    return known, s.as_of, count_or_minus_one(s.upvotes), count_or_minus_one(s.comments)
