"""What a mail says of meetings and picks: in the archive's days, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.curated import CuratedContent
from paper_digest.catalog.meetings import Meetings
from paper_digest.deliver.mail.send_due import Mailing
from paper_digest.deliver.newsletter.curated import MAX_MEETINGS, due_meetings
from paper_digest.model.paper import Paper
from paper_digest.settings.config import Config, load_config
from paper_digest.settings.services import Mail
from paper_digest.store.files import Store
from paper_digest.store.meetings import Meeting
from smtp_server import PASSWORD, USER, mail_server

DAY = date(2025, 11, 20)
NOW = datetime(2025, 11, 21, 13, 17, tzinfo=UTC)
UTC_FORM = "%Y%m%dT%H%M%SZ"

MEETING = """\
date: 2025-11-25 17:00
title: "Kites <b>&</b> tails"
place: Room 4
presenter: Ada Example
papers: ["2511.00001"]
"""
PICK = """\
- {paper: "2511.00001", because: "It is <b>short</b>.", by: Ada Example, date: 2025-11-18}
- {paper: "2511.00001", because: Too old., by: Ada Example, date: 2025-11-11}
"""


def sent(root: Path, **mail: object) -> tuple[str, str]:
    """Send the mail of the day through a real server; returns its text and its HTML."""
    with mail_server(tls="starttls") as server:
        given_mail = {"from": "papers@example.org", "host": "localhost", "port": server.port}
        account = {"to": "list@lists.example.org", "user": USER}
        config = {
            "title": "Boats",
            "url": "https://boats.example/",
            "timezone": "Asia/Tokyo",
            "mail": given_mail | account | mail,
        }
        (root / "archive.yml").write_bytes(msgspec.json.encode(config))
        secrets = {"DIGEST_SMTP_PASSWORD": PASSWORD}
        Mailing(root, load_config(root), NOW, secrets, server.trust).send("day", DAY)
        [got] = server.got
    message = message_from_bytes(got.data, policy=policy.default)
    texts = [message.get_body((kind,)) for kind in ("plain", "html")]
    plain, html = (str(part.get_content()) if part else "" for part in texts)
    return plain, html


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Make an archive with a paper, a meeting and two picks."""
    paper = Paper(id="arxiv:2511.00001", title="Tails", announced="2025-11-20")
    Store(tmp_path / "archive").write([paper])
    (tmp_path / "archive" / "meetings").mkdir()
    (tmp_path / "archive" / "meetings" / "kites.yml").write_text(MEETING, "utf-8")
    (tmp_path / "archive" / "picks.yml").write_text(PICK, "utf-8")
    return tmp_path


def test_the_next_meeting_and_the_weeks_pick_are_in_the_mail(archive: Path) -> None:
    plain, html = sent(archive)
    for words in (
        "NEXT MEETING",
        "Kites <b>&</b> tails",
        "Tuesday, 25 November 2025, 17:00 (Asia/Tokyo) · Room 4",
        "https://boats.example/meetings/kites/",
        "PICK OF THE WEEK",
        "“It is <b>short</b>.” — Ada Example",
    ):
        assert words in plain
    assert "Too old" not in plain
    assert "Kites &lt;b&gt;&amp;&lt;/b&gt; tails" in html
    assert "It is &lt;b&gt;short&lt;/b&gt;." in html


def test_a_mail_says_nothing_of_what_is_far_or_switched_off(archive: Path) -> None:
    (archive / "archive" / "picks.yml").unlink()
    plain, _ = sent(archive, meeting_days=3)
    assert "MEETING" not in plain
    assert "PICK" not in plain


def reminded(meetings: list[Meeting], now: datetime, zone: str, days: int = 7) -> list[str]:
    catalog = Catalog((), ())
    newest_first = sorted(meetings, key=lambda m: (m.day, m.time, m.name), reverse=True)
    catalog.curated = CuratedContent(Meetings(newest_first))
    mail = Mail("a@example.org", "localhost", meeting_days=days)
    return [m.name for m in due_meetings(catalog, Config("B", timezone=zone, mail=mail), now)]


def meeting(name: str, local: datetime) -> Meeting:
    start = local.astimezone(UTC).strftime(UTC_FORM)
    return Meeting(name, local.date().isoformat(), f"{local:%H:%M}", start)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001 - of the zone below
    st.integers(-3, 12),
    st.times(),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
    st.integers(0, 10),
)
def test_days_are_those_of_the_archive_across_changes_of_the_clock(
    moment: datetime, ahead: int, time: object, zone: str, days: int
) -> None:
    now = moment.replace(tzinfo=ZoneInfo(zone))
    day = now.date() + timedelta(ahead)
    start = datetime.combine(day, time, ZoneInfo(zone))  # type: ignore[arg-type] # a time
    is_ahead = start.astimezone(UTC).replace(microsecond=0) > now.astimezone(UTC).replace(
        microsecond=0
    )
    wanted = bool(days) and ahead <= days
    for at in (now, now.astimezone(UTC), now.astimezone(ZoneInfo("Asia/Tokyo"))):
        assert bool(reminded([meeting("a", start)], at, zone, days)) is (wanted and is_ahead)
        whole = Meeting("a", day.isoformat())
        assert bool(reminded([whole], at, zone, days)) is (wanted and ahead >= 0)


def test_the_week_of_a_change_of_the_clock_has_seven_days() -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime(2026, 3, 25, 23, 30, tzinfo=zone)  # the clocks go on at 2 on 29 March
    last, after = (meeting("a", datetime(2026, 4, day, 0, 30, tzinfo=zone)) for day in (1, 2))
    assert reminded([last], now, "Europe/Berlin") == ["a"]
    assert reminded([after], now, "Europe/Berlin") == []


def test_the_next_comes_first_and_few_are_named() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    many = [meeting(f"m{n}", datetime(2026, 3, 6 - n, 12, tzinfo=UTC)) for n in range(5)]
    assert reminded(many, now, "UTC") == ["m4", "m3", "m2"][:MAX_MEETINGS]
