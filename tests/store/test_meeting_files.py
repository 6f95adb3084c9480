"""Meetings as a person writes them: one key is enough, and what is wrong costs its file alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.errors import Problem
from paper_digest.store.meetings import Meeting, load_meetings


def write(archive: Path, **files: str) -> Path:
    (archive / "meetings").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (archive / "meetings" / f"{name}.yml").write_text(text, "utf-8")
    return archive


def load(archive: Path, timezone: str = "UTC") -> tuple[tuple[Meeting, ...], list[Problem]]:
    problems: list[Problem] = []
    return load_meetings(archive, timezone, problems), problems


def test_a_date_is_enough_and_the_newest_comes_first(tmp_path: Path) -> None:
    meetings, problems = load(write(tmp_path, a="date: 2026-03-03\n", b="date: 2026-03-04\n"))
    assert problems == []
    assert [(m.name, m.day, m.time, m.papers) for m in meetings] == [
        ("b", "2026-03-04", "", ()),
        ("a", "2026-03-03", "", ()),
    ]


@pytest.mark.parametrize(
    ("written", "day", "time", "utc"),
    [
        ("2026-07-01 17:00", "2026-07-01", "17:00", "20260701T150000Z"),
        ("2026-01-01 00:30", "2026-01-01", "00:30", "20251231T233000Z"),
        ("2026-07-01 17:00:00", "2026-07-01", "17:00", "20260701T150000Z"),
        ("2026-07-01T17:00", "2026-07-01", "17:00", "20260701T150000Z"),
        ("2026-07-01T23:30:00Z", "2026-07-02", "01:30", "20260701T233000Z"),
        ('"2026-07-01"', "2026-07-01", "", ""),
    ],
)
def test_times_are_those_of_the_archives_zone(
    tmp_path: Path, written: str, day: str, time: str, utc: str
) -> None:
    [meeting], _ = load(write(tmp_path, a=f"date: {written}\n"), "Europe/Berlin")
    assert (meeting.day, meeting.time, meeting.start_utc) == (day, time, utc)


def _clocks_show(moment: datetime, zone: str) -> bool:
    """Tell whether clocks of a zone ever show a time, by all moments of two days around it."""
    wanted = moment.replace(second=0, microsecond=0)
    start = wanted.replace(tzinfo=UTC) - timedelta(days=1)
    shown = (start + timedelta(minutes=15 * n) for n in range(2 * 24 * 4))
    offsets = {one.astimezone(ZoneInfo(zone)).utcoffset() for one in shown}
    moments = (wanted.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None)
    return any(one.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wanted for one in moments)


@pytest.mark.parametrize(
    ("written", "zone", "cure"),
    [
        ("2026-03-29 02:00", "Europe/Berlin", "2026-03-29 03:00"),
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29 03:30"),
        ("2026-03-29 02:59:59", "Europe/Berlin", "2026-03-29 03:59"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08 03:30"),
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-04 02:45"),
        ("2011-12-30 12:00", "Pacific/Apia", "2011-12-31 12:00"),
    ],
)
def test_a_time_that_no_clock_shows_is_refused(
    tmp_path: Path, written: str, zone: str, cure: str
) -> None:
    meetings, [problem] = load(write(tmp_path, a=f"date: {written}\n"), zone)
    assert meetings == ()
    assert f"date is no time in {zone}" in problem.what
    assert cure in problem.cure


@pytest.mark.parametrize("written", ["01:59", "03:00", "02:30:00+01:00", "02:30:00+02:00"])
def test_times_beside_the_gap_and_those_with_an_offset_are_taken(
    tmp_path: Path, written: str
) -> None:
    [meeting], problems = load(write(tmp_path, a=f"date: 2026-03-29 {written}\n"), "Europe/Berlin")
    assert problems == []
    assert meeting.time in ("01:30", "01:59", "03:00", "03:30")


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001 - of the zone below
    st.sampled_from(
        ["UTC", "Australia/Lord_Howe", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]
    ),
)
def test_a_time_and_its_moment_are_one(
    tmp_path_factory: pytest.TempPathFactory, moment: datetime, zone: str
) -> None:
    place = tmp_path_factory.mktemp("meetings")
    meetings, problems = load(write(place, a=f"date: {moment:%Y-%m-%d %H:%M}\n"), zone)
    if not _clocks_show(moment, zone):
        assert (meetings, [p.what.partition(",")[0] for p in problems]) == (
            (),
            [f"date is no time in {zone}"],
        )
        return
    [meeting] = meetings
    utc = datetime.strptime(meeting.start_utc, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert utc == moment.replace(second=0, microsecond=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: Kites\n", 1, "lacks date:"),
        ("title: Kites\ndate: soon\n", 2, "date is no day"),
        ("date: 2026-02-30\n", None, ""),
        ("date: [2026]\n", 1, "date is no day"),
        ("date: 0001-01-01 00:00\n", 1, "date is no day"),
        # A calendar with a moment of it could not be read at all: strftime writes 206.
        ("date: 0206-03-03 17:00\n", 1, "date is no day of a meeting"),
        ("date: 0206-03-03\n", 1, "date is no day of a meeting"),
        ("date: 2026-03-03\nlink: javascript:alert(1)\n", 2, "link is no web address"),
        ("date: 2026-03-03\nplace: 12\n", 2, "should be a text"),
        ('date: 2026-03-03\ntitle: "a\\nb"\n', 2, "title is no text of one line"),
        ('date: 2026-03-03\nnotes: "a\\u202eb"\n', 2, "what no reader sees"),
        ("date: 2026-03-03\npresentor: Ada\n", 2, "presentor"),
        ("date: 2026-03-03\ndate: 2026-03-04\n", 2, "stands here and on line 1"),
        ("date: 2026-03-03\n<<<<<<< HEAD\n", 2, ""),
        ("[", None, "is not YAML"),
        (f"date: 2026-03-03\npapers: [{', '.join(map(str, 'x' * 101))}]\n", 2, "more than 100"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_the_rest_goes_on(
    tmp_path: Path, text: str, line: int | None, words: str
) -> None:
    meetings, [problem] = load(write(tmp_path, bad=text, good="date: 2026-03-03\n"), "Asia/Tokyo")
    assert [m.name for m in meetings] == ["good"]
    assert problem.where.startswith(f"{tmp_path}/meetings/bad.yml")
    assert line is None or problem.where.endswith(f":{line}")
    assert words in problem.what
    assert problem.cure


@pytest.mark.parametrize("name", ["Kites", "a b", "index", "queue", "a--b", "über"])
def test_a_name_that_no_address_has_is_refused(tmp_path: Path, name: str) -> None:
    meetings, [problem] = load(write(tmp_path, **{name: "date: 2026-03-03\n"}))
    assert meetings == ()
    assert "an address" in problem.what
