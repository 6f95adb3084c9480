"""What the files of a published archive say, as far as it is answered; fields that are not named here are passed over."""

from __future__ import annotations

from typing import Any

import msgspec


class PublishedRow(msgspec.Struct, frozen=True):
    """A paper in a list of a day or topic; ``notice`` is the gravest of what was said against it."""

    slug: str
    title: str
    date: str = ""
    notice: str = ""


class PublishedRows(msgspec.Struct, frozen=True):
    """The papers of a day, or of a topic; a large topic has the numbers of its years instead."""

    papers: tuple[PublishedRow, ...] | None = None
    years: dict[str, int] | None = None


class PublishedTopic(msgspec.Struct, frozen=True):
    """A topic and the number of its papers."""

    name: str
    title: str
    papers: int
    parent: str = ""


class PublishedVolume(msgspec.Struct, frozen=True):
    """A volume: papers of the archive on a site of their own; its address may be relative to the index."""

    name: str
    url: str
    papers: int = 0


class PublishedIndex(msgspec.Struct, frozen=True):
    """What a site holds, and which further sites the archive has."""

    title: str
    url: str
    papers: int
    topics: tuple[PublishedTopic, ...]
    dates: dict[str, int]
    newest_day: str = ""  # of archives of earlier versions nothing is known
    description: str = ""
    volumes: tuple[PublishedVolume, ...] = ()


class PublishedAuthor(msgspec.Struct, frozen=True):
    """An author as printed."""

    name: str
    orcid: str = ""


class PublishedLink(msgspec.Struct, frozen=True):
    """A place on the web that belongs to a paper."""

    kind: str
    url: str


class PublishedDigest(msgspec.Struct, frozen=True):
    """A summary, and who wrote it."""

    text: str
    by: str = ""
    model: bool = False


class PublishedNotice(msgspec.Struct, frozen=True):
    """What a publisher said of a paper after it was out."""

    kind: str
    url: str = ""
    date: str = ""


class PublishedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What lies at a paper's address: its record, or where an id leads that is no paper's any more.

    Attributes:
        moved_to: the present id, where this one is a former one.
        gone: ``removed`` or ``disputed``, where no paper has this id.
        related: slugs of related papers, the nearest first; None where an older program wrote none.
    """

    id: str = ""
    moved_to: str = ""
    gone: str = ""
    title: str = ""
    authors: tuple[PublishedAuthor, ...] = ()
    author_count: int | None = None
    published: str = ""
    updated: str = ""
    announced: str = ""
    venue: str = ""
    journal_ref: str = ""
    doi: str = ""
    work_type: str = ""
    categories: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    licence: str = ""
    withdrawn: str = ""
    truncated: bool = False
    inferred: bool = False
    notices: tuple[PublishedNotice, ...] = ()
    digest: PublishedDigest | None = None
    links: tuple[PublishedLink, ...] = ()
    url: str = ""
    abstract: str = ""
    related: tuple[str, ...] | None = None
    citation: dict[str, Any] = {}


class PublishedArrivalDay(msgspec.Struct, frozen=True):
    """The slugs of the papers that came on a day."""

    day: str
    slugs: tuple[str, ...]


class PublishedArrivals(msgspec.Struct, frozen=True):
    """The papers that came last, by the day on which they came, the newest day first."""

    days: tuple[PublishedArrivalDay, ...]
