"""No date of a paper lies in the future, whichever source gave it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.paper import Paper, Sighting, Version
from paper_digest.sources.future_dates import drop_future_dates

TODAY = date(2025, 11, 20)


def paper(day: str) -> Paper:
    return Paper(
        id="arxiv:2511.01230",
        published=day,
        updated=day,
        announced=day if len(day) == len("2025-11-20") else "",
        versions=(Version(1, day), Version(2)),
        sightings=(Sighting("arxiv", "cs.RO", seen=day),),
    )


@pytest.mark.parametrize("day", ["", "2025", "2025-11", "2025-11-20", "2025-11-21", "1999-01-01"])
def test_what_is_past_or_unknown_stays_the_same_object(day: str) -> None:
    given_paper = paper(day)
    assert drop_future_dates(given_paper, TODAY, "boats") == (given_paper, ())
    assert drop_future_dates(given_paper, TODAY, "boats")[0] is given_paper


def test_what_lies_ahead_is_left_out_and_named() -> None:
    kept, problems = drop_future_dates(paper("2025-11-22"), TODAY, "boats.jsonl")
    assert kept == Paper(
        id="arxiv:2511.01230",
        versions=(Version(1), Version(2)),
        sightings=(Sighting("arxiv", "cs.RO"),),
    )
    assert len(problems) == 5
    assert all(p.where == "boats.jsonl" and "2025-11-22" in p.what and p.cure for p in problems)
    assert drop_future_dates(paper("2026"), TODAY, "boats")[0].published == ""
    assert drop_future_dates(paper("2025-12"), TODAY, "boats")[0].published == ""


@given(st.dates(min_value=date(1991, 8, 14), max_value=date(9999, 12, 31)))
def test_once_is_enough(day: date) -> None:
    once, problems = drop_future_dates(paper(day.isoformat()), TODAY, "boats")
    assert drop_future_dates(once, TODAY, "boats") == (once, ())
    assert bool(problems) == ((day - TODAY).days > 1)
