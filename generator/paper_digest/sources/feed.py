"""Any RSS or Atom feed of papers: a journal's new articles, a laboratory's, a blog's reading list.

Forms: https://www.rfc-editor.org/rfc/rfc4287 (Atom), https://www.rssboard.org/rss-specification (RSS 2.0),
https://web.resource.org/rss/1.0/spec (RSS 1.0), https://www.idealliance.org/specifications/prism/ (journals).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from xml.etree.ElementTree import Element

import msgspec

from paper_digest.model.batch import Batch, Request
from paper_digest.model.errors import Problem, SourceError
from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.sources import reference_entry
from paper_digest.sources.decode import is_nested_too_deeply, read_xml
from paper_digest.sources.entry_location import EntryLocation
from paper_digest.sources.feed_elements import (
    feed_base,
    marked_text,
    own_elements,
    own_text,
    places,
)
from paper_digest.sources.options import SourceOption
from paper_digest.sources.paper_addresses import find_arxiv_id, find_doi
from paper_digest.sources.reference_fields import ReferenceEntry
from paper_digest.sources.reference_names import names_between_commas
from paper_digest.sources.source import Source, SourceQuery
from paper_digest.text import fields
from paper_digest.text.dates import iso_day, iso_day_from_rfc822, partial_date
from paper_digest.text.markup import strip_html, strip_paragraphs, unescape_entities

_EXPECTED = "expected an RSS or Atom feed"
_ROOTS = frozenset({"rss", "feed", "RDF"})
#: Elements with an entry's text; the first that is long enough is the abstract.
_TEXT_ELEMENTS = ("abstract", "summary", "description", "encoded", "content")
#: A shorter text is a line about the journal: ``Publication date: March 2026, Source: ...``.
_MIN_ABSTRACT_CHARS = 200
_EMBEDDED = late_pattern(
    r"</?(?:img|figure|figcaption|iframe|video|audio|source|hr|svg|picture)\b[^<>]*>", re.IGNORECASE
)
_CUT_SHORT = late_pattern(r"(?:\.\.\.|\u2026)\W{0,4}\Z")
#: An address of mail, alone or behind a name, and one with its owner's name in brackets.
_MAIL = late_pattern(
    r" ?(?:<[^<>\s@]*@[^<>\s]*>|\([^()\s@]*@[^()\s]*\)|(?<![^\s,;()<>])[^\s,;()<>@]+@[^\s,;()<>]+)"
)
_NAME_BEHIND_MAIL = late_pattern(r"(?<![^\s,;()<>])[^\s,;()<>@]+@[^\s,;()<>]+ ?\(([^()@]+)\)")
#: A month or a year: Dublin Core's dates and PRISM's may say no more.
_SHORT_DATE = late_pattern(r"(\d{4})(?:-(\d\d))?\Z")
_DATE_ELEMENTS = (
    "publicationDate",
    "coverDate",
    "published",
    "pubDate",
    "date",
    "issued",
    "updated",
)


def start(query: SourceQuery) -> Iterator[Request]:
    """Yield the addresses under ``urls``: feeds, which hold their newest entries only."""
    return map(Request, query.values("urls"))


def parse(data: bytes, request: Request) -> Batch:
    """Read one feed. An entry is a paper if it has a title; its DOI or id is looked for in all its links.

    Raises:
        SourceError: this is no feed.
    """
    root, faults = read_xml(data, request.url, _EXPECTED)
    if root.tag.rpartition("}")[2] not in _ROOTS:
        what = f"is XML with the root {root.tag.rpartition('}')[2][:40]}; {_EXPECTED}"
        raise SourceError(request.url, what, "check the address")
    channel, base = root.find("{*}channel"), feed_base(root, request.url)
    items = [*root.findall("{*}item"), *root.findall("{*}entry")]
    items += channel.findall("{*}item") if channel is not None else []
    problems: list[Problem] = list(faults)
    entries: list[tuple[ReferenceEntry, EntryLocation]] = []
    for number, item in enumerate(items, 1):
        location = EntryLocation(request.url, f"entry {number}", today=iso_day(request.as_of))
        if is_nested_too_deeply(item):
            problems.append(location.problem("is nested too deeply", "nothing needs doing"))
            continue
        named = tuple(places(item, base))
        entry = _entry(item, named, location, problems)
        location = location.with_name(entry.title[:60])
        dois = sorted(set(filter(None, map(_doi, named))))
        if len(dois) > 1:
            what = f"names several DOIs: {', '.join(dois[:3])}"
            problems.append(location.problem(what, "give the right one to: digest add"))
            continue
        entries.append((entry, location))
    papers = reference_entry.papers_from_entries(entries, "feed", problems)
    return Batch(tuple(map(_with_day_seen, papers)), tuple(problems))


def _entry(
    item: Element, named: tuple[str, ...], location: EntryLocation, problems: list[Problem]
) -> ReferenceEntry:
    arxiv_id = next(filter(None, map(find_arxiv_id, named)), "")
    urls = dict.fromkeys(filter(None, map(fields.valid_url, named)))
    key = _first_text(item, ("guid", "id")) or next(iter(urls), "")
    return ReferenceEntry(
        key=key[:300],
        title=_plain(own_text(item, "title")),
        authors=tuple(_authors(item)),
        published=_published(item, location, problems),
        container=_plain(_first_text(item, ("publicationName",))),
        volume=_first_text(item, ("volume",)),
        issue=_first_text(item, ("number",)),
        pages=_pages(item),
        doi=next(filter(None, map(_doi, named)), ""),
        urls=tuple(urls),
        id_remarks=(f"arXiv:{arxiv_id}",) if arxiv_id else (),
        keywords=tuple(
            text
            for category in item.findall("{*}category")
            if (text := _plain(category.get("term") or category.text or ""))
        ),
        abstract=_abstract(item),
    )  # fmt: skip


def _published(item: Element, location: EntryLocation, problems: list[Problem]) -> str:
    """Return the first of an entry's dates that can be: a journal's may be in words, or of an issue to come."""
    written = [text for name in _DATE_ELEMENTS if (text := _first_text(item, (name,)))]
    limit = date.fromisoformat(location.today) if location.today else None
    if day := next(filter(None, (_date(text, limit) for text in written)), ""):
        return day
    return location.date_or_problem(next(iter(written), ""), "entry's", problems)


def _date(text: str, limit: date | None) -> str:
    """Return the ISO date that a text is, of a month or year too; "" where it is none, or lies behind ``limit``."""
    short = _SHORT_DATE.match(text)
    if short and len(iso := partial_date(*short.groups())) == len(text):
        return iso if iso_day(f"{iso}-01-01"[: len("2025-11-20")], today=limit) else ""
    return iso_day(iso_day_from_rfc822(text) or text, today=limit)


def _doi(text: str) -> str:
    """Return the DOI that a text or address holds, but for arXiv's own, which say what the id says."""
    doi = find_doi(text.removeprefix("doi:").strip())
    return "" if fields.parse_arxiv_id(doi)[0] else doi


def _abstract(item: Element) -> str:
    texts = (
        strip_paragraphs(_EMBEDDED.sub(" ", marked_text(element)))
        for name in _TEXT_ELEMENTS
        for element in own_elements(item, name)
    )
    return next((text for text in texts if len(text.strip()) >= _MIN_ABSTRACT_CHARS), "")


def _authors(item: Element) -> Iterator[Author]:
    """Yield the authors: an element each (Dublin Core, Atom), or all in one."""
    creators = [name for e in item.findall("{*}creator") for name in _names(_plain(e.text or ""))]
    authors = list(_author_elements(item))
    # A feed that has both says the same people twice; whoever lists more of them is the paper's list.
    yield from map(Author, authors if len(authors) > len(creators) else creators)


def _author_elements(item: Element) -> Iterator[str]:
    """Yield the names of elements ``author``, as Atom and RSS 2.0 have them."""
    for element in own_elements(item, "author"):
        name = own_text(element, "name")
        yield from filter(
            None, [_without_mail(_plain(name))] if name else _names(_plain(element.text or ""))
        )


def _names(text: str) -> Iterable[str]:
    return names_between_commas(_without_mail(text))


def _without_mail(text: str) -> str:
    """Return names without addresses: RSS 2.0 has one before each name, which is in brackets, others behind it."""
    if "@" not in text:
        return text
    return _MAIL.sub("", _NAME_BEHIND_MAIL.sub(r"\1", text)).strip(" ,;")


def _pages(item: Element) -> str:
    first, last = (_first_text(item, (name,)) for name in ("startingPage", "endingPage"))
    return "-".join(filter(None, (first, last))) or _first_text(item, ("pageRange",))


def _first_text(item: Element, names: Iterable[str]) -> str:
    return next(filter(None, (fields.one_line(own_text(item, name)) for name in names)), "")


def _plain(text: str) -> str:
    return fields.one_line(strip_html(unescape_entities(text)))


def _with_day_seen(paper: Paper) -> Paper:
    """Say on which day the feed listed the paper, where it says so, and whether its abstract is cut."""
    sighting: Sighting = paper.sightings[0]
    day = paper.published if len(paper.published) == len("2025-11-20") else ""
    return msgspec.structs.replace(
        paper,
        sightings=(msgspec.structs.replace(sighting, seen=day),),
        truncated=bool(_CUT_SHORT.search(paper.abstract[-8:])),
    )


SOURCE = Source(
    name="feed",
    title="RSS and Atom",
    phrase="a feed",
    files_help="Read saved RSS or Atom feeds of papers.",
    parse=parse,
    start=start,
    options=(
        SourceOption(
            "urls", "feeds; a paper that left one before it was asked is missed", "['https://example.org/feed.xml']", kind="urls"
        ),
    ),
    # Feeds cut abstracts and mix in remarks; whoever knows more is believed.
    rank=65,
    carries=reference_entry.CARRIES - {"work_type"},
)  # fmt: skip
