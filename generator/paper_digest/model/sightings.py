"""Looks at one place where a paper stood: two become one, and all that were counted are kept."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from paper_digest.model.paper import Sighting

#: Upvotes as they were counted: ISO date and number, oldest first.
Counts = tuple[tuple[str, int], ...]


def united(one: Sighting, two: Sighting) -> Sighting:
    """Take the figures of the later look, and the date that was printed over one worked out."""
    fresh = max(one, two, key=_figures)
    dated = max(one, two, key=lambda s: (bool(s.seen), not s.inferred, s.seen))
    earlier = dict(counts((one, two)))
    earlier.pop(fresh.as_of, None)
    return msgspec.structs.replace(
        fresh,
        seen=dated.seen,
        inferred=dated.inferred,
        submitted_by=max(one.submitted_by, two.submitted_by),
        earlier=tuple(earlier.items()),
    )


def counts(looks: Iterable[Sighting]) -> Counts:
    """Return what was counted on each day a look is known to be of, the most of each day."""
    most: dict[str, int] = {}
    for s in looks:
        newest = ((s.as_of, s.upvotes),) if s.as_of and s.upvotes is not None else ()
        for day, number in (*s.earlier, *newest):
            most[day] = max(number, most.get(day, 0))
    return tuple(sorted(most.items()))


def comparable(number: int | None) -> int:
    """Return a number a source told, or -1: none was told, which is less than 0."""
    return -1 if number is None else number


def _figures(s: Sighting) -> tuple[bool, str, int, int]:
    known = s.upvotes is not None or s.comments is not None
    return known, s.as_of, comparable(s.upvotes), comparable(s.comments)
