"""The calendar of a reading group's meetings (iCalendar, RFC 5545), which people subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from paper_digest import __version__
from paper_digest.catalog.catalog import Catalog
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.render import typeset
from paper_digest.render.change_words import flagged_title
from paper_digest.settings.config import Config
from paper_digest.store.meetings import Meeting
from paper_digest.text.dates import format_long_date
from paper_digest.text.language import (
    active_language,
    gettext,
)

CALENDAR_PATH = "feeds/meetings.ics"

#: Octets of a line without its end; longer ones are folded (RFC 5545, section 3.1).
_MAX_LINE_OCTETS = 75


def calendar_groups(catalog: Catalog, config: Config) -> Iterator[OutputGroup[SiteFile]]:
    """Yield the calendar; nothing in an archive without meetings."""
    if catalog.curated.meetings.all:
        data = render_calendar(catalog, config)
        yield OutputGroup("feeds/meetings", hash_bytes(data), lambda: [(CALENDAR_PATH, data)])


def render_calendar(catalog: Catalog, config: Config) -> bytes:
    """Write the meetings; the same meetings give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//paper-digest//{__version__}//{active_language().upper()}",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escape(config.title)}",
        *(line for m in catalog.curated.meetings.all for line in _event_lines(m, catalog, config)),
        "END:VCALENDAR",
    ]
    return b"".join(map(_fold, lines))


def _event_lines(meeting: Meeting, catalog: Catalog, config: Config) -> Iterator[str]:
    day = meeting.day.replace("-", "")
    host = urlsplit(config.url).hostname or "paper-digest.invalid"
    page = f"{config.url}meetings/{meeting.name}/" if config.url else ""
    entries = (catalog.by_slug[slug] for slug in meeting.papers)
    papers = [
        flagged_title(typeset.plain_title(entry.title, entry.id), entry.notice) for entry in entries
    ]
    presenter = (
        [gettext("Presented by {name}", name=meeting.presenter)] if meeting.presenter else []
    )
    texts = "\n\n".join((*presenter, *papers, *([meeting.notes] if meeting.notes else ())))
    yield "BEGIN:VEVENT"
    yield f"UID:{meeting.name}@{host}"
    # When the entry was made is not known; a fixed moment, so that the bytes say nothing of the build.
    yield f"DTSTAMP:{meeting.start_utc or f'{day}T000000Z'}"
    yield f"DTSTART:{meeting.start_utc}" if meeting.start_utc else f"DTSTART;VALUE=DATE:{day}"
    title = meeting.title or gettext("Meeting on {date}", date=format_long_date(meeting.day))
    yield f"SUMMARY:{_escape(title)}"
    if meeting.place:
        yield f"LOCATION:{_escape(meeting.place)}"
    if address := meeting.link or page:
        yield f"URL:{address}"
    if texts:
        yield f"DESCRIPTION:{_escape(texts)}"
    yield "END:VEVENT"


def _escape(text: str) -> str:
    """Write a value of type TEXT (section 3.3.11)."""
    for sign, written in (
        ("\\", "\\\\"),
        (";", "\\;"),
        (",", "\\,"),
        ("\r\n", "\n"),
        ("\n", "\\n"),
    ):
        text = text.replace(sign, written)
    return text.replace("\r", "\\n")


def _fold(line: str) -> bytes:
    """End a line, and break a long one between characters; each part but the first begins with a space."""
    parts, part = [], b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > _MAX_LINE_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join((*parts, part)) + b"\r\n"
