"""One submission by its forum id, from OpenReview's API (version 2, and 1 for older venues).

Form: https://docs.openreview.net/reference/api-v2/entities/note
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from paper_digest.model.errors import ConfigError, SourceError
from paper_digest.model.paper import Author, Batch, Digest, Link, Paper, Request, Sighting
from paper_digest.sources import options
from paper_digest.sources.decode import read_json
from paper_digest.text import fields

NAME = "openreview"

_EXPECTED = "expected an OpenReview submission"

SITE = "https://openreview.net"
_NOTES = "https://api2.openreview.net/notes?id="
_ID = re.compile(r"[A-Za-z0-9_-]{4,40}\Z")

#: What stands for names while a paper is under blind review.
_NAMELESS = frozenset({"anonymous", "anonymous authors", "anon"})


def start(opts: Mapping[str, object], since: date, until: date) -> tuple[Request, ...]:  # noqa: ARG001 - a forum has no days
    """Return the addresses of the submissions under ``ids``.

    Raises:
        ConfigError: an unknown option, or no forum id.
    """
    found = []
    for text in options.texts(opts, "ids", NAME, only=("ids",)):
        forum = fields.parse_openreview_id(text) or text
        if not _ID.match(forum):
            where = f"archive.yml: source {NAME}"
            raise ConfigError(where, f"“{text}” is no forum id", "write what follows forum?id=")
        found.append(request_for(forum))
    return tuple(found)


def request_for(forum: str) -> Request:
    """Return the address of one submission's note."""
    return Request(_NOTES + forum)


def parse(data: bytes, request: Request) -> Batch:
    """Read the note of one submission.

    Raises:
        SourceError: this is no submission: other JSON, a review, a deleted or untitled note.
    """
    answer = read_json(data, request.url, _EXPECTED)
    notes = answer.get("notes") if isinstance(answer, dict) else None
    note = notes[0] if isinstance(notes, list) and notes else None
    content = note.get("content") if isinstance(note, dict) else None
    if not isinstance(note, dict) or not isinstance(content, dict):
        raise SourceError(request.url, f"holds no note; {_EXPECTED}", "check the forum id")
    forum = note.get("id")
    if not isinstance(forum, str) or not _ID.match(forum) or note.get("forum", forum) != forum:
        raise SourceError(request.url, f"is a reply; {_EXPECTED}", "give the forum's own id")
    said = {name: _value(field) for name, field in content.items()}
    title = fields.one_line(said.get("title"))
    if not title or note.get("ddate"):
        what = "was deleted" if title else "has no title"
        raise SourceError(request.url, f"the submission {what}", "add the paper by hand")
    return Batch((_paper(note, said, forum, title),))


def _paper(note: Mapping[str, object], said: Mapping[str, object], forum: str, title: str) -> Paper:
    venue = fields.one_line(said.get("venue"))
    short = fields.one_line(said.get("TLDR")) or fields.one_line(said.get("TL;DR"))
    names = (fields.one_line(name) for name in _list(said.get("authors")))
    return Paper(
        id=f"openreview:{forum}",
        title=title,
        authors=tuple(Author(n) for n in names if n and n.lower() not in _NAMELESS),
        published=_day(note.get("cdate") or note.get("tcdate")),
        keywords=tuple(
            dict.fromkeys(filter(None, map(fields.one_line, _list(said.get("keywords")))))
        ),
        venue=venue,
        licence=fields.one_line(note.get("license")),
        withdrawn=_withdrawn(note, said),
        digest=Digest(short, by="the authors") if short else None,
        links=tuple(_links(said, forum)),
        sightings=(Sighting(source=NAME, page=forum),),
        abstract=fields.clean_block(said.get("abstract")),
    )


def _value(field: object) -> object:
    """Return a field's value: version 2 wraps it in an object, version 1 does not."""
    return field.get("value") if isinstance(field, dict) else field


def _withdrawn(note: Mapping[str, object], said: Mapping[str, object]) -> str:
    places = (said.get("venueid"), note.get("invitation"), *_list(note.get("invitations")))
    back = any(isinstance(p, str) and p.endswith("/Withdrawn_Submission") for p in places)
    return "withdrawn" if back else ""


def _links(said: Mapping[str, object], forum: str) -> Iterator[Link]:
    yield Link("openreview", f"{SITE}/forum?id={forum}")
    if said.get("pdf"):
        yield Link("pdf", f"{SITE}/pdf?id={forum}")
    for name in ("code", "code_URL", "code_url"):
        if address := fields.valid_url(said.get(name)):
            yield Link("code", address)
            return


def _day(milliseconds: object) -> str:
    """Return the ISO day (UTC) of a time in milliseconds since 1970, or ``""``."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return ""
    try:
        return fields.iso_day(datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat())
    except (OverflowError, ValueError, OSError):
        return ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
