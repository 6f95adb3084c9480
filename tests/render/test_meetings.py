"""Pages of meetings, and what other pages say of them."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner
from paper_digest.builder.site_build import build_docs
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.meetings import Meetings
from paper_digest.cli.main import cli
from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Claim, Paper
from paper_digest.render.pages import meetings as pages
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.store.meetings import Meeting

KITES = Paper(id="arxiv:2503.02130", title="Kites", published="2025-03-04")
LOOMS = Paper(id="arxiv:2503.00001", title="Looms", published="2025-03-01")

MEETING = """\
date: 2025-03-11 17:00
title: "Kites <script>alert(1)</script> & *tails*"
place: Room 4
link: https://meet.example.org/kites?a=1&b=2
papers: ["arxiv:2503.02130", "arxiv:2503.99999"]
presenter: Ada Example
notes: |
  First <b>paragraph</b>.

  # Second one.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive with two papers."""
    (tmp_path / "archive.yml").write_text(
        "title: Boats\ntopics: none\ntimezone: Europe/Berlin\n", "utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text("plugins: [paper-digest]\n", "utf-8")
    Store(tmp_path / "archive").write([KITES, LOOMS])
    return tmp_path


def meet(root: Path, name: str, text: str) -> None:
    (root / "archive" / "meetings").mkdir(exist_ok=True)
    (root / "archive" / "meetings" / f"{name}.yml").write_text(text, "utf-8")


def built(root: Path) -> list[str]:
    """Build the pages; returns what was wrong."""
    return [str(one) for one in build_docs(root, load_config(root)).problems]


def text(root: Path, path: str) -> str:
    return (root / "docs" / path).read_text("utf-8")


def test_a_meeting_has_a_page_and_stands_at_its_papers_and_at_home(archive: Path) -> None:
    meet(archive, "kites", MEETING)
    meet(archive, "past", 'date: 2025-03-02\npapers: ["arxiv:2503.00001"]\n')
    [problem] = built(archive)
    assert "meetings/kites.yml: arxiv:2503.99999 is not in the archive" in problem
    page = text(archive, "meetings/kites.md")
    for shown in ("17:00 (Europe/Berlin)", "Room 4", "presented by Ada Example", "Kites"):
        assert shown in page
    assert "<script>" not in page
    assert "<b>" not in page
    assert "Meetings: " in text(archive, "papers/2503.02130.md")
    assert "Meeting on 2 March 2025" in text(archive, "papers/2503.00001.md")
    assert "meetings/kites.md" in text(archive, "index.md")
    assert "meetings/past.md" not in text(archive, "index.md")
    assert text(archive, "feeds/meetings.ics").count("BEGIN:VEVENT") == 2
    checked = CliRunner().invoke(cli, ["check", "--json", "--root", str(archive)])
    assert "2503.99999" in json.loads(checked.stdout)["problems"][0]["what"]


@pytest.mark.parametrize("ahead", ["2027-03-06", "2027-03", "2027"])
def test_a_paper_dated_months_ahead_makes_no_coming_meeting_a_held_one(
    archive: Path, ahead: str
) -> None:
    """It also took the pick of the week from home, and was all that a monitor had new."""
    claims = (Claim("crossref", "2026-11-30"),)
    days = {"Sails": "2026-11-28", "Masts": ahead}
    Store(archive / "archive").write(
        Paper(id=f"doi:10.1234/{title.lower()}", title=title, published=day, claims=claims)
        for title, day in days.items()
    )
    with (archive / "archive.yml").open("a", encoding="utf-8") as settings:
        settings.write("monitors: [{name: sails, query: sails}]\n")
    pick = "- {paper: 'doi:10.1234/sails', because: It sails., by: Ada, date: 2026-11-27}\n"
    (archive / "archive" / "picks.yml").write_text(pick, "utf-8")
    meet(archive, "2026-12-03", "date: 2026-12-03 17:00\ntitle: Thursday\n")
    meet(archive, "2026-11-03", "date: 2026-11-03 17:00\ntitle: Tuesday\n")
    assert built(archive) == []
    index, home = text(archive, "meetings/index.md"), text(archive, "index.md")
    assert index.index("To come") < index.index("Thursday") < index.index("Held")
    assert index.index("Held") < index.index("Tuesday")
    assert "Thursday" in home
    assert "It sails." in home
    assert "Monitors, new in 7 days" in home
    assert "The newest day is 2026-11-28." in text(archive, "agents.md")


@pytest.mark.parametrize(
    "again",
    ["arxiv:2503.02130", "2503.02130", "https://arxiv.org/abs/2503.02130v2", "arxiv:2503.99999"],
)
def test_a_paper_that_a_meeting_names_twice_is_named(archive: Path, again: str) -> None:
    first = "arxiv:2503.99999" if again.endswith("99999") else "arxiv:2503.02130"
    meet(
        archive, "kites", f'date: 2025-03-11\npapers: ["{first}", "arxiv:2503.00001", "{again}"]\n'
    )
    said = [one for one in built(archive) if "stands there already" in one]
    assert len(said) == 1
    assert f"meetings/kites.yml: {again}, number 3 of papers, stands there already" in said[0]
    checked = CliRunner().invoke(cli, ["check", "--json", "--root", str(archive)])
    assert "stands there already" in checked.stdout
    assert "meetings/kites.md" in text(archive, "papers/2503.00001.md")


def test_a_meeting_that_changes_or_goes_changes_its_papers_pages(archive: Path) -> None:
    paper = "papers/2503.02130.md"
    built(archive)
    before = text(archive, paper)
    meet(archive, "kites", 'date: 2025-03-11\npapers: ["arxiv:2503.02130"]\n')
    built(archive)
    assert "Meeting on 11 March 2025" in text(archive, paper)
    meet(archive, "kites", 'date: 2025-03-12\npapers: ["arxiv:2503.02130"]\n')
    built(archive)
    assert "Meeting on 12 March 2025" in text(archive, paper)
    (archive / "archive" / "meetings" / "kites.yml").unlink()
    built(archive)
    assert text(archive, paper) == before
    assert not (archive / "docs" / "meetings").exists()
    assert not (archive / "docs" / "feeds" / "meetings.ics").exists()


def test_the_next_meeting_comes_first() -> None:
    days = ("2025-03-09", "2025-03-05", "2025-03-03")
    meetings = Meetings(Meeting(day, day) for day in days)
    assert [m.day for m in meetings.since("2025-03-04")] == ["2025-03-05", "2025-03-09"]
    assert pages.coming_section(Catalog((), ())) == []


@pytest.mark.parametrize("name", ["Nowhere/Lake", "../etc/passwd", "Europe", '""', "UTC+1"])
def test_what_is_no_time_zone_is_refused(archive: Path, name: str) -> None:
    (archive / "archive.yml").write_text(f"title: Boats\ntimezone: {name}\n", "utf-8")
    with pytest.raises(ConfigError, match="is no time zone") as raised:
        load_config(archive)
    assert raised.value.where.endswith("archive.yml:2")


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("On $k<l$ and \\emph{Poincar\\'e} R\\&D", "On k<l and Poincaré R&D"),
        ("Kites; tails, ropes", "Kites; tails, ropes"),
        ("", "arXiv:2503.02130"),
    ],
)
def test_the_calendar_prints_titles_as_pages_do(archive: Path, title: str, plain: str) -> None:
    """A program of calendars shows text as it comes: TeX would stand there as it was typed."""
    Store(archive / "archive").write([Paper(id=KITES.id, title=title, published="2025-03-04")])
    meet(archive, "kites", 'date: 2025-03-11\npapers: ["arxiv:2503.02130"]\n')
    assert built(archive) == []
    calendar = icalendar.Calendar.from_ical((archive / "docs/feeds/meetings.ics").read_bytes())
    assert isinstance(calendar, icalendar.Calendar)
    [event] = calendar.events
    assert str(event["DESCRIPTION"]) == plain
