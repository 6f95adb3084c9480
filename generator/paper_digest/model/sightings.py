"""Looks at one place where a paper stood: two become one, and all that were counted are kept."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from paper_digest.model.paper import Sighting

#: Upvotes as they were counted: ISO date and number, oldest first.
UpvoteHistory = tuple[tuple[str, int], ...]


def merge_sightings(one: Sighting, two: Sighting) -> Sighting:
    """Take the figures of the later look, and the date that was printed over one worked out."""
    newer = max(one, two, key=_recency_key)
    better_dated = max(one, two, key=lambda s: (bool(s.seen), not s.inferred, s.seen))
    earlier = dict(upvotes_by_day((one, two)))
    earlier.pop(newer.as_of, None)
    return msgspec.structs.replace(
        newer,
        seen=better_dated.seen,
        inferred=better_dated.inferred,
        submitted_by=max(one.submitted_by, two.submitted_by),
        earlier=tuple(earlier.items()),
    )


def upvotes_by_day(sightings: Iterable[Sighting]) -> UpvoteHistory:
    """Return what was counted on each day a look is known to be of, the most of each day."""
    highest: dict[str, int] = {}
    for s in sightings:
        newest = ((s.as_of, s.upvotes),) if s.as_of and s.upvotes is not None else ()
        for day, number in (*s.earlier, *newest):
            highest[day] = max(number, highest.get(day, 0))
    return tuple(sorted(highest.items()))


def count_or_minus_one(number: int | None) -> int:
    """Return a number a source told, or -1: none was told, which is less than 0."""
    return -1 if number is None else number


def _recency_key(s: Sighting) -> tuple[bool, str, int, int]:
    known = s.upvotes is not None or s.comments is not None
    return known, s.as_of, count_or_minus_one(s.upvotes), count_or_minus_one(s.comments)
