"""The catalog: all papers of the archive, by topic, date, author and organisation."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

import msgspec

from paper_digest.catalog.curated import CuratedContent
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.map_places import MapPlaces
from paper_digest.catalog.monitors import MonitoredPapers
from paper_digest.catalog.page_threshold import names_with_min_papers, names_with_pages
from paper_digest.catalog.periods import iso_week
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.topic import Topic

#: Papers that a reader finds among the new ones; who was away for longer looks through the dates.
MAX_ARRIVALS = 1_000


class RelatedPaper(NamedTuple):
    """A paper related to another, and why.

    ``shared_words`` are words of both, the most distinctive first; ``shared_phrase`` is a phrase of the
    topics that both hold, or "".
    """

    slug: str
    shared_words: tuple[str, ...]
    shared_phrase: str = ""


#: Takes a name, a hash of all that the text is made from but topics and program, and its maker.
TextCache = Callable[[str, bytes, Callable[[], bytes]], bytes]


def _make_text(name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """Make a text where nothing is kept."""
    del name, key
    return make()


def _composed(name: str) -> str:
    """Write letters with their accents as one character each, as most sources do."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


class Catalog:
    """The papers of the archive, newest first, and lists of them."""

    def __init__(
        self,
        entries: Iterable[CatalogEntry],
        topics: Sequence[Topic],
        pinned: frozenset[str] = frozenset(),
        author_pages: int | Literal["auto"] = "auto",
        author_names: Mapping[str, str] | None = None,
    ) -> None:
        """Sort the papers.

        Args:
            entries: the papers.
            topics: the tree of topics.
            pinned: ids of the papers at the head of the home page.
            author_pages: the papers a name needs for a page, as the setting has it.
            author_names: spellings that share the page of another name, as the setting has them.
        """
        self._author_names = {_composed(a): _composed(b) for a, b in (author_names or {}).items()}
        self.entries = tuple(sorted(entries, key=_newest_first))
        self.pinned = tuple(e for e in self.entries if e.id in pinned)
        self._author_pages = author_pages
        #: Related papers of each paper, by slug, the nearest first; a build fills it in.
        self.related: Mapping[str, tuple[RelatedPaper, ...]] = {}
        #: Where papers lie on the map, oldest first; a build fills it in.
        self.map_places = MapPlaces()
        #: The topics' words and phrases that each paper holds, by slug, joined by ``|``; a build fills it in.
        self.phrases: Mapping[str, str] = {}
        #: What the archive's monitors found; a build fills it in.
        self.monitors: tuple[MonitoredPapers, ...] = ()
        #: What curators wrote beside the records; a build fills it in.
        self.curated = CuratedContent()
        #: Returns a text kept under a name from build to build, made anew where its key changed.
        self.cached_text: TextCache = _make_text
        #: Returns the text last kept under a name, whatever it was made from; b"" where there is none.
        self.last_text: Callable[[str], bytes] = lambda _: b""
        self.topics = {topic.name: topic for topic in topics}
        self.child_topics: dict[str, list[Topic]] = defaultdict(list)
        for topic in topics:
            self.child_topics[topic.parent].append(topic)

    @cached_property
    def entry_hashes(self) -> dict[str, bytes]:
        """A hash, by slug, of what lists and neighbours may show of each paper, and which names have pages."""
        author_pages, organisation_pages = self.by_author, self.by_organisation
        author_name = self.author_name
        encode = msgspec.msgpack.Encoder().encode
        return {
            e.slug: hash_bytes(encode(e))
            + bytes((e.organisation in organisation_pages,))
            + bytes([author_name(name) in author_pages for name in e.authors])
            for e in self.entries
        }

    def hash_entries(self, entries: Iterable[CatalogEntry], *extra: object) -> bytes:
        """Hash what a page shows of some papers; ``extra`` is what else it shows, hashed by its repr."""
        hashes = self.entry_hashes
        return hash_bytes(b"".join(hashes[e.slug] for e in entries), repr(extra).encode())

    def phrases_of(self, entry: CatalogEntry) -> list[str]:
        """Return the topics' words and phrases that a paper holds, each once."""
        return [phrase for phrase in self.phrases.get(entry.slug, "").split("|") if phrase]

    def monitored(self, monitor: MonitoredPapers) -> tuple[CatalogEntry, ...]:
        """Return the papers of a monitor, the newest first."""
        return tuple(self.by_slug[slug] for slug in monitor.slugs)

    @property
    def newest_date(self) -> str:
        """The day the newest paper is filed under; "" where no paper has one."""
        return self.entries[0].filing_date if self.entries else ""

    @cached_property
    def by_slug(self) -> dict[str, CatalogEntry]:
        """Entries by slug."""
        return {e.slug: e for e in self.entries}

    @cached_property
    def by_topic(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries of each topic, its subtopics' included; topics without papers are there too."""
        papers: dict[str, list[CatalogEntry]] = {name: [] for name in self.topics}
        for e in self.entries:
            for name in self.topics_of(e):
                papers[name].append(e)
        return {name: tuple(entries) for name, entries in papers.items()}

    def topics_of(self, entry: CatalogEntry) -> Iterable[str]:
        """Name the topics whose pages list a paper: its own, and those above them."""
        return dict.fromkeys(n for t in entry.topics for n in (t, self.topics[t].parent) if n)

    @cached_property
    def by_day(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by full ISO date, newest day first."""
        return self._by_date(len("YYYY-MM-DD"))

    @cached_property
    def day_neighbours(self) -> dict[str, tuple[CatalogEntry | None, CatalogEntry | None]]:
        """The papers before and after each paper of a full date, of the same day, by slug."""
        neighbours: dict[str, tuple[CatalogEntry | None, CatalogEntry | None]] = {}
        for day in self.by_day.values():
            padded = (None, *day, None)
            for number, e in enumerate(day):
                neighbours[e.slug] = (padded[number], padded[number + 2])
        return neighbours

    @cached_property
    def by_month(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by ``YYYY-MM``, newest month first."""
        return self._by_date(len("YYYY-MM"))

    @cached_property
    def by_year(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by ``YYYY``, newest year first."""
        return self._by_date(len("YYYY"))

    @cached_property
    def by_week(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by ISO week (``2025-W47``), newest week first."""
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for day, entries in self.by_day.items():
            papers[iso_week(day)] += entries
        return {name: tuple(entries) for name, entries in papers.items()}

    @cached_property
    def by_author(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by author's name (see ``author_name``) of the names that have a page."""
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for e in self.entries:
            for name in dict.fromkeys(map(self.author_name, e.authors)):
                papers[name].append(e)
        min_papers = self._author_pages
        if min_papers == "auto":
            return names_with_pages(papers, len(self.entries), 2)
        return names_with_min_papers(papers, min_papers) if min_papers else {}

    def author_name(self, printed: str) -> str:
        """Return the name under which an author's page stands.

        That is the name as printed, its accents composed (Unicode's NFC), unless the settings say
        that it is another spelling of a name.
        """
        name = _composed(printed)
        return self._author_names.get(name, name)

    @cached_property
    def by_organisation(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by the organisation that a source names for them; only of those with a page."""
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for e in self.entries:
            if e.organisation:
                papers[e.organisation].append(e)
        return names_with_pages(papers, len(self.entries), 1)

    @cached_property
    def newest_arrivals(self) -> tuple[CatalogEntry, ...]:
        """The entries that came last, at most ``MAX_ARRIVALS``; those of one day newest first.

        Papers that came on an unknown day are left out.
        """
        dated = (e for e in self.entries if e.arrived)
        return tuple(sorted(dated, key=lambda e: e.arrived, reverse=True)[:MAX_ARRIVALS])

    @cached_property
    def undated(self) -> tuple[CatalogEntry, ...]:
        """Entries of which no date is known, by title."""
        return tuple(
            sorted(
                (e for e in self.entries if not e.filing_date),
                key=lambda e: (e.title.lower(), e.slug),
            )
        )

    def _by_date(self, date_chars: int) -> dict[str, tuple[CatalogEntry, ...]]:
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for e in self.entries:
            if len(e.filing_date) >= date_chars:
                papers[e.filing_date[:date_chars]].append(e)
        return {when: tuple(entries) for when, entries in papers.items()}


def count_by_month(entries: Iterable[CatalogEntry]) -> dict[str, int]:
    """Count entries by month, oldest first; those without one are left out."""
    counts: dict[str, int] = defaultdict(int)
    for e in entries:
        if len(e.filing_date) >= len("YYYY-MM"):
            counts[e.filing_date[:7]] += 1
    return dict(sorted(counts.items()))


def _newest_first(e: CatalogEntry) -> tuple[tuple[int, ...], int, str]:
    # A year or month alone stands at that year's or month's end: after its dated papers.
    numbers = [-int(part) for part in e.filing_date.split("-")] if e.filing_date else [1]
    return (tuple(numbers + [0] * (3 - len(numbers))), -(e.upvotes or 0), e.slug)
