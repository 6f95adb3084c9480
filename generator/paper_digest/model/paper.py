"""A paper and its parts: authors, links, versions, sightings, and the claims of its sources."""

from __future__ import annotations

from typing import Any

import msgspec

from paper_digest.model import ids
from paper_digest.model.strict import StrictStruct
from paper_digest.model.work_types import WorkType

#: Fields of a paper that sources may disagree on; every other field is a union or computed.
CLAIMED_FIELDS = (
    "title",
    "authors",
    "author_count",
    "abstract",
    "published",
    "updated",
    "announced",
    "categories",
    "comment",
    "doi",
    "journal_ref",
    "venue",
    "work_type",
    "licence",
    "organisation",
    "keywords",
    "digest",
    "withdrawn",
)


class Author(StrictStruct, frozen=True):
    """One author, as the source prints the name (``"Ada Lovelace"``).

    ``family`` is known only where a source splits names (BibTeX, ACL, Crossref, OAI-PMH); it is
    the whole name of a body that a source says to be one (``text/names.py``).
    ``orcid`` is the bare identifier ``0000-0000-0000-000X``.
    """

    name: str
    family: str = ""
    orcid: str = ""
    affiliation: str = ""


class Link(StrictStruct, frozen=True):
    """A place on the web that belongs to a paper.

    ``kind`` is one of ``LINK_KINDS``; ``url`` is absolute http(s); ``stars`` is the number of
    GitHub stars on the day ``as_of`` (ISO date).
    """

    kind: str
    url: str
    title: str = ""
    stars: int | None = None
    as_of: str = ""


LINK_KINDS = (
    "pdf",
    "code",
    "project",
    "model",
    "dataset",
    "space",
    "video",
    "media",
    "publisher",
    "openreview",
    "acl",
    "huggingface",
    "other",
)


class Digest(StrictStruct, frozen=True):
    """A short summary: who wrote it (a person's or a model's name), and when (ISO date or "").

    Where ``digest summarise`` asked the model, ``labels`` names the paragraphs of ``text`` in order,
    ``prompt`` is the version of the prompt, and ``text_hash`` that of the title and abstract it was
    made of (16 hexadecimal digits).
    """

    text: str
    by: str
    at: str = ""
    model: bool = False
    labels: tuple[str, ...] = ()
    prompt: str = ""
    text_hash: str = ""

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


class Sighting(StrictStruct, frozen=True):
    """One page that listed a paper, and the day it did.

    ``source`` names the source module; ``page`` names one page of that source (a date, an
    address, or the hash of a saved file); together they are the key. ``seen`` is an
    ISO date or "" where no year is known; ``inferred`` says that its year was worked out.
    ``seen_as`` and ``published_as`` are the page's date and the paper's as they were printed
    (``Aug 6``), where nothing tells their year.
    ``upvotes`` and ``comments`` were counted at ``as_of`` (ISO date); ``earlier`` are the upvotes
    counted before: ISO date and number, oldest first. ``entry`` is the source's own name of this
    entry (a BibTeX citation key), where that is not the paper's id.
    """

    source: str
    page: str
    seen: str = ""
    inferred: bool = False
    upvotes: int | None = None
    comments: int | None = None
    submitted_by: str = ""
    as_of: str = ""
    earlier: tuple[tuple[str, int], ...] = ()
    entry: str = ""
    seen_as: str = ""
    published_as: str = ""


class Version(StrictStruct, frozen=True):
    """One version of a preprint: its number (from 1) and its ISO date ("" where unknown)."""

    number: int
    date: str = ""


class Notice(StrictStruct, frozen=True):
    """What a publisher said of a paper after it was out, short of taking it back.

    ``kind`` is one of ``NOTICE_KINDS``; ``url`` is the notice's address, ``date`` its ISO date, or "".
    """

    kind: str
    url: str = ""
    date: str = ""


NOTICE_KINDS = ("expression of concern", "partial retraction", "correction")


class Claim(StrictStruct, frozen=True):
    """What one source states of one paper, and when it did (``at``: ISO date, or "").

    ``agrees`` names the fields whose stored value is this source's; ``differs`` holds, as plain
    JSON values, its values of the fields where another source is believed; ``superseded`` those
    that it stated on that day and does not state any more. ``entry`` is the source's own name of
    the entry (see ``Sighting``): source and entry together are one statement.
    """

    source: str
    at: str = ""
    agrees: tuple[str, ...] = ()
    differs: dict[str, Any] = msgspec.field(default_factory=dict)
    entry: str = ""
    superseded: dict[str, list[Any]] = msgspec.field(default_factory=dict)


class Paper(StrictStruct, frozen=True, kw_only=True):
    """A paper's record; an empty field is an unknown one.

    Dates are ISO strings (``YYYY-MM-DD``); ``text/fields.py`` has checked them.

    Attributes:
        id: ``arxiv:2511.01234``, ``arxiv:hep-th/9901001``, ``doi:10.1145/...`` (lower case),
            ``acl:P18-1001``, ``openreview:ID`` or ``title:<16 hex digits>``.
        title: on one line, TeX kept as the source wrote it.
        author_count: number of authors where a source gave only their count.
        abstract: verbatim, line breaks and all.
        truncated: the abstract is known to end early.
        published: date of the first version; ``YYYY`` or ``YYYY-MM`` where no more is known.
        inferred: the year of ``published`` was worked out, not printed.
        updated: date of the newest version.
        announced: first day a daily list (arXiv's, Hugging Face's) carried it.
        categories: upstream labels, verbatim, the primary one first.
        journal_ref: the journal reference as given. ``venue``: the bare name of the venue.
        work_type: what a source states the work to be (``model/work_types.py``).
        withdrawn: the reason, or ``"withdrawn"`` where none was given.
        aliases: ids this paper was known by before; each leaves a redirect.
        disputed_ids: ids that a source gave for this paper and that belong, or may belong, to
            another: titles and authors disagree with what else bears them.
        same_as: ids that a registry states are this paper too (Crossref's and DataCite's relations).
        notices: expressions of concern and corrections (Crossref's ``updated-by``).
        claims: what each source states (see ``identity/merge.py``).
    """

    id: str
    title: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    published: str = ""
    updated: str = ""
    announced: str = ""
    versions: tuple[Version, ...] = ()
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    doi: str = ""
    journal_ref: str = ""
    venue: str = ""
    work_type: WorkType = ""
    comment: str = ""
    licence: str = ""
    organisation: str = ""
    withdrawn: str = ""
    truncated: bool = False
    inferred: bool = False
    digest: Digest | None = None
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()
    disputed_ids: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    claims: tuple[Claim, ...] = ()
    abstract: str = ""

    @property
    def slug(self) -> str:
        """File name and URL part of this paper."""
        return ids.slug(self.id)

    @property
    def folder(self) -> str:
        """Folder of the store this paper lies in."""
        return ids.folder(self.id)

    @property
    def id_kind(self) -> str:
        """What the id is made of: ``arxiv``, ``doi``, ``acl``, ``openreview`` or ``title``."""
        return self.id.partition(":")[0]

    @property
    def bare_id(self) -> str:
        """The id without its kind: ``2511.01234``."""
        return self.id.partition(":")[2]
