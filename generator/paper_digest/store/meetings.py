"""Meetings of a reading group: one file each in ``archive/meetings/``, of which only ``date`` is needed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from paper_digest.model.errors import ConfigError, Problem
from paper_digest.model.regular_file import read_file
from paper_digest.model.strict import StrictStruct
from paper_digest.store.curator_files import check_line, check_text, page_name, read_folder
from paper_digest.text import fields
from paper_digest.text.name_order import name_order
from paper_digest.text.yaml_document import YamlDocument, convert_document, parse_yaml

MEETINGS_FOLDER = "meetings"

#: Papers of one meeting: each is a row of its page.
MAX_MEETING_PAPERS = 100

_CURE = "compare with “Keep the meetings of a reading group” in the manual, How to"
_LINES = ("title", "place", "presenter", "link")
#: Names of other pages of the folder: those of all meetings, and of what is proposed.
_RESERVED_NAMES = ("index", "queue")
_DAY, _DAY_AND_TIME = "%Y-%m-%d", "%Y-%m-%d %H:%M"
#: Nobody has met before.
_FIRST_DAY = "1900-01-01"


class _MeetingFile(StrictStruct, frozen=True):
    """What a person writes; see ``Meeting``."""

    date: Any
    title: str = ""
    place: str = ""
    link: str = ""
    papers: tuple[str, ...] = ()
    presenter: str = ""
    notes: str = ""


class Meeting(StrictStruct, frozen=True):
    """One meeting.

    Attributes:
        name: of its file, and the last part of its page's address.
        day: in the archive's time zone (``YYYY-MM-DD``). ``time``: there (``HH:MM``), or "" for a whole day.
        start_utc: the same moment in UTC as calendars have it (``YYYYMMDDTHHMMSSZ``); "" for a whole day.
        place, presenter: texts of one line. ``link``: where it is held, or what is known of it.
        papers: ids as they are written; in a ``Catalog`` the slugs of those that the site has, each once.
        notes: paragraphs of plain text.
    """

    name: str
    day: str
    time: str = ""
    start_utc: str = ""
    title: str = ""
    place: str = ""
    link: str = ""
    papers: tuple[str, ...] = ()
    presenter: str = ""
    notes: str = ""

    @property
    def file_name(self) -> str:
        """The path of its file below the project's folder."""
        return f"archive/{MEETINGS_FOLDER}/{self.name}.yml"

    @property
    def page_path(self) -> str:
        """The path of its page under ``docs/``."""
        return f"meetings/{self.name}.md"


def load_meetings(archive: Path, timezone: str, problems: list[Problem]) -> tuple[Meeting, ...]:
    """Read all meetings, the newest first.

    Args:
        archive: the folder ``archive/``.
        timezone: the archive's, as the IANA database names it; files give their times in it.
        problems: gets one problem for each file that cannot be used; it is passed over.
    """
    read = partial(_read_meeting, zone=ZoneInfo(timezone))
    meetings = read_folder(archive / MEETINGS_FOLDER, read, problems)
    return tuple(sorted(meetings, key=lambda m: (m.day, m.time, name_order(m.name)), reverse=True))


def _read_meeting(path: Path, zone: ZoneInfo) -> Meeting:
    document = parse_yaml(read_file(path), str(path))
    name = page_name(path, _RESERVED_NAMES, "2026-03-kites")
    given = convert_document(document, _MeetingFile, _CURE)
    _check_texts(given, document)
    day, time, start_utc = _read_date(given.date, document, zone)
    return Meeting(
        name,
        day,
        time,
        start_utc,
        given.title,
        given.place,
        given.link,
        given.papers,
        given.presenter,
        given.notes.strip(),
    )


def _check_texts(given: _MeetingFile, document: YamlDocument) -> None:
    """Refuse what is no text of one line, no address, or holds what no reader sees."""
    for field in _LINES:
        check_line(getattr(given, field), field, document.place(field))
    if given.link and fields.valid_url(given.link) != given.link:
        raise ConfigError(document.place("link"), "link is no web address", "write https://...")
    check_text(given.notes, "notes", document.place("notes"))
    if len(given.papers) > MAX_MEETING_PAPERS:
        what = f"papers are more than {MAX_MEETING_PAPERS}"
        raise ConfigError(document.place("papers"), what, "leave some out")


def _read_date(value: object, document: YamlDocument, zone: ZoneInfo) -> tuple[str, str, str]:
    """Return day, time and moment in UTC; a year that somebody mistyped (``0206``) is none of a calendar's."""
    day, time, start_utc = _read_moment(value, document, zone)
    if day < _FIRST_DAY:
        cure = "write a year of this century"
        raise ConfigError(document.place("date"), "date is no day of a meeting", cure)
    return day, time, start_utc


def _read_moment(value: object, document: YamlDocument, zone: ZoneInfo) -> tuple[str, str, str]:
    """Return day, time and moment in UTC; YAML reads ``2026-03-03`` as a date, and a time with seconds as one."""
    if isinstance(value, datetime):
        # YAML has turned what stands with an offset into UTC.
        moment = value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
    elif isinstance(value, date):
        return value.isoformat(), "", ""
    else:
        text = str(value).replace("T", " ")
        try:
            if len(text) == len("YYYY-MM-DD"):
                return datetime.strptime(text, _DAY).replace(tzinfo=UTC).date().isoformat(), "", ""
            moment = datetime.strptime(text, _DAY_AND_TIME).replace(tzinfo=zone)
        except ValueError as error:
            cure = "write 2026-03-03, or 2026-03-03 17:00 in the archive's time zone"
            raise ConfigError(document.place("date"), "date is no day", cure) from error
    try:
        utc = moment.astimezone(UTC)
    except OverflowError as error:
        cure = "write a year of this century"
        raise ConfigError(document.place("date"), "date is no day", cure) from error
    if utc.astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        what = f"date is no time in {zone.key}, where clocks are put forward over it"
        cure = f"write what clocks there show, as in {utc.astimezone(zone):%Y-%m-%d %H:%M}"
        raise ConfigError(document.place("date"), what, cure)
    return moment.date().isoformat(), f"{moment:%H:%M}", f"{utc:%Y%m%dT%H%M%SZ}"
