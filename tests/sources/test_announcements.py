"""When arXiv and Hugging Face have news, over weekends, holidays and the change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.sources.arxiv import announcements
from paper_digest.sources.arxiv.announcements import EASTERN
from paper_digest.sources.huggingface.announcements import HuggingFaceCalendar


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        (utc(2026, 1, 6, 12), utc(2026, 1, 7, 1)),  # Tuesday: the same evening, winter time
        (utc(2026, 7, 7, 12), utc(2026, 7, 8, 0)),  # and summer time
        (utc(2026, 1, 7, 1), utc(2026, 1, 8, 1)),  # at the very moment the next one counts
        (utc(2026, 1, 9, 12), utc(2026, 1, 12, 1)),  # Friday: Sunday evening
        (utc(2026, 1, 19, 12), utc(2026, 1, 21, 1)),  # Martin Luther King Jr. Day
        (utc(2026, 11, 26, 12), utc(2026, 11, 30, 1)),  # Thanksgiving, a Thursday
        (utc(2026, 3, 7, 12), utc(2026, 3, 9, 0)),  # the night the clocks go forward
    ],
)
def test_the_next_announcement(moment: datetime, following: datetime) -> None:
    found = announcements.next_announcement(moment)
    assert found == following
    assert (found.hour, found.tzinfo) == (20, EASTERN)
    assert announcements.last_announcement(found) == found
    assert announcements.last_announcement(found - timedelta(seconds=1)) < found


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 1), "New Year's Day"),
        (date(2026, 1, 19), "Martin Luther King Jr. Day"),
        (date(2026, 5, 25), "Memorial Day"),
        (date(2026, 6, 19), "Juneteenth"),
        (date(2026, 7, 3), "Independence Day"),  # the 4th is a Saturday
        (date(2026, 7, 4), ""),
        (date(2026, 9, 7), "Labor Day"),
        (date(2026, 11, 26), "Thanksgiving"),
        (date(2026, 12, 25), "Christmas Day"),
        (date(2027, 7, 5), "Independence Day"),  # the 4th is a Sunday
        (date(2026, 5, 18), ""),
        (date(2026, 11, 19), ""),
    ],
)
def test_holidays(day: date, name: str) -> None:
    assert announcements.holiday_name(day) == name


@given(st.integers(0, 3_000_000_000).map(lambda n: datetime.fromtimestamp(n, UTC)))
def test_an_announcement_lies_between_its_neighbours(moment: datetime) -> None:
    before, after = announcements.last_announcement(moment), announcements.next_announcement(moment)
    assert before <= moment < after
    assert announcements.next_announcement(before) == after
    assert after - before < timedelta(days=7)
    for found in (before, after):
        assert found.weekday() in {6, 0, 1, 2, 3}
        assert not announcements.reason_for_no_announcement(found.date())


def test_the_newest_feed_and_list() -> None:
    assert announcements.newest_feed_date(utc(2026, 1, 7, 1, 30)) == date(
        2026, 1, 6
    )  # not made yet
    assert announcements.newest_feed_date(utc(2026, 1, 7, 12)) == date(2026, 1, 7)
    assert announcements.newest_feed_date(utc(2026, 1, 11, 12)) == date(2026, 1, 9)  # a Sunday
    assert HuggingFaceCalendar().newest_due(utc(2026, 1, 12, 12)) == date(2026, 1, 9)
    assert HuggingFaceCalendar().newest_due(utc(2026, 1, 14, 12)) == date(2026, 1, 13)
