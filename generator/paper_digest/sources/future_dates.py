"""Dates that lie in the future, taken out of a paper, whichever source gave them."""

from __future__ import annotations

from datetime import date

import msgspec

from paper_digest.model.errors import Problem
from paper_digest.model.paper import Paper, Sighting, Version
from paper_digest.text.dates import iso_day

_DATE_FIELDS = ("published", "updated", "announced")


def drop_future_dates(paper: Paper, today: date, where: str) -> tuple[Paper, tuple[Problem, ...]]:
    """Leave out every date more than a day after ``today``; the paper itself is kept.

    A day's grace is given for time zones. Sources cannot know what day it is, so that they give
    the same papers for the same bytes; whoever calls them does.

    Returns:
        The paper (the same object where nothing was left out), and a problem for each date.
    """
    problems: list[Problem] = []

    def checked(text: str, name: str) -> str:
        if not _is_future(text, today):
            return text
        what = f"{paper.id}: its {name} date {text} lies in the future; it was left out"
        problems.append(Problem(where, what, cure="correct it at the source, or in an override"))
        return ""

    fields = {name: checked(getattr(paper, name), name) for name in _DATE_FIELDS}
    versions = tuple(Version(v.number, checked(v.date, f"v{v.number}")) for v in paper.versions)
    sightings = tuple(_with_seen(s, checked(s.seen, "sighting")) for s in paper.sightings)
    if not problems:
        return paper, ()
    changed = msgspec.structs.replace(paper, **fields, versions=versions, sightings=sightings)
    return changed, tuple(problems)


def _is_future(text: str, today: date) -> bool:
    """Tell whether a date lies in the future; ``YYYY`` and ``YYYY-MM`` begin at their first day."""
    whole = text + "-01-01"[len(text) - len("2025") :] if len(text) < len("2025-11-20") else text
    return bool(text) and not iso_day(whole, today=today)


def _with_seen(sighting: Sighting, day: str) -> Sighting:
    return msgspec.structs.replace(sighting, seen=day) if day != sighting.seen else sighting
