"""The calendar of meetings, read by a library for calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import msgspec
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.curated import CuratedContent
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.meetings import Meetings
from paper_digest.model.paper import Paper
from paper_digest.render.exports.calendar import calendar_groups, render_calendar
from paper_digest.settings.config import Config
from paper_digest.store.meetings import Meeting

CONFIG = Config("Kites, ropes; and more", url="https://papers.example.org/")
KITES = Meeting("kites", "2026-03-03", "17:00", "20260303T160000Z", title="Kites")


def read(
    *meetings: Meeting, config: Config = CONFIG, papers: tuple[Paper, ...] = ()
) -> icalendar.Calendar:
    catalog = Catalog((catalog_entry(paper, ()) for paper in papers), ())
    catalog.curated = CuratedContent(Meetings(meetings))
    data = render_calendar(catalog, config)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def test_moments_and_whole_days() -> None:
    day = Meeting("day", "2026-03-04")
    first, second = read(KITES, day).events
    assert first.start == datetime(2026, 3, 3, 16, tzinfo=UTC)
    assert second.start == date(2026, 3, 4)
    assert [str(e["UID"]) for e in (first, second)] == [
        "kites@papers.example.org",
        "day@papers.example.org",
    ]
    assert str(first["URL"]) == "https://papers.example.org/meetings/kites/"
    assert str(second["SUMMARY"]) == "Meeting on 4 March 2026"


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)


@given(TEXT, TEXT, st.lists(TEXT, max_size=4))
def test_any_text_comes_back(title: str, place: str, notes: list[str]) -> None:
    meeting = msgspec.structs.replace(KITES, title=title, place=place, notes="\n".join(notes))
    [event] = read(meeting).events
    assert str(event["SUMMARY"]) == title
    assert str(event["LOCATION"]) == place
    assert str(event.get("DESCRIPTION", "")) == "\n".join(notes)


def test_a_retracted_paper_is_flagged() -> None:
    papers = [Paper(id=f"arxiv:2501.0000{n}", title=f"Looms {n}") for n in (1, 2)]
    papers[1] = msgspec.structs.replace(papers[1], withdrawn="retracted")
    meeting = msgspec.structs.replace(KITES, papers=tuple(one.slug for one in papers))
    [event] = read(meeting, papers=(*papers,)).events
    assert str(event["DESCRIPTION"]).split("\n\n") == ["Looms 1", "[retracted] Looms 2"]


def test_without_meetings_there_is_none() -> None:
    assert list(calendar_groups(Catalog((), ()), CONFIG)) == []
