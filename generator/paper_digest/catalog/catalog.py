"""The catalog: all papers of the archive, by topic, date, author and organisation."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Literal, NamedTuple

from paper_digest.catalog.author_names import AuthorNames
from paper_digest.catalog.by_date import PapersByDate
from paper_digest.catalog.curated import CuratedContent
from paper_digest.catalog.entry import CatalogEntry, hash_entry
from paper_digest.catalog.map_places import MapPlaces
from paper_digest.catalog.monitors import MonitoredPapers
from paper_digest.catalog.page_threshold import names_with_pages, papers_for_page
from paper_digest.catalog.site_volumes import SiteVolume
from paper_digest.catalog.topic_lists import PapersTogether, TopicLists, papers_together
from paper_digest.incremental.hashing import hash_bytes, hash_of_hashes
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


_slug_of = attrgetter("slug")


def _make_text(name: str, key: bytes, make: Callable[[], bytes]) -> bytes:
    """Make a text where nothing is kept."""
    del name, key
    return make()


class Catalog(PapersByDate):
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
        self.author_names = AuthorNames(author_names or {})
        super().__init__(entries)
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
        #: The volumes that this site leads to; a build fills it in.
        self.volumes: tuple[SiteVolume, ...] = ()
        #: What curators wrote beside the records; a build fills it in.
        self.curated = CuratedContent()
        #: Hashes what lists may show of a paper; a build gives what knows most of the hashes.
        self.entry_hash = hash_entry
        #: Returns a text kept under a name from build to build, made anew where its key changed.
        self.cached_text: TextCache = _make_text
        #: Returns the text last kept under a name, whatever it was made from; b"" where there is none.
        self.last_text: Callable[[str], bytes] = lambda _: b""
        self.topics = {topic.name: topic for topic in topics}
        self.child_topics: dict[str, list[Topic]] = defaultdict(list)
        for topic in topics:
            self.child_topics[topic.parent].append(topic)
        self._topic_lists = TopicLists(self.topics)
        self.topics_of, self.count_topics = self._topic_lists.of_paper, self._topic_lists.count

    @cached_property
    def shown_hashes(self) -> dict[str, bytes]:
        """A hash, by slug, of what rows, feeds and other papers' pages show of each paper: no link to a name's page."""
        entry_hash = self.entry_hash
        return {e.slug: entry_hash(e) for e in self.entries}

    @cached_property
    def entry_hashes(self) -> dict[str, bytes]:
        """A hash, by slug, of what lists show of each paper: the same, and whether its organisation has a page."""
        hashes = self.shown_hashes
        if self.by_organisation:
            hashes = hashes.copy()
            for e in chain.from_iterable(self.by_organisation.values()):
                hashes[e.slug] += b"organisation"
        return hashes

    @cached_property
    def linked_authors(self) -> dict[str, bytes]:
        """Which of its authors have a page, by slug, of the few papers of which one has: for what links authors."""
        pages, page_names = self.by_author, self.author_names.page_names
        linked = {e.slug: e for e in chain.from_iterable(pages.values())}
        return {
            slug: bytes(map(pages.__contains__, page_names(e.authors)))
            for slug, e in linked.items()
        }

    def hash_entries(self, entries: Iterable[CatalogEntry], *extra: object) -> bytes:
        """Hash what a list shows of some papers; ``extra`` is what else it shows, hashed by its repr."""
        return hash_bytes(self._joined_hashes(entries), repr(extra).encode())

    def _joined_hashes(self, entries: Iterable[CatalogEntry]) -> bytes:
        return b"".join(map(self.entry_hashes.__getitem__, map(_slug_of, entries)))

    @cached_property
    def date_hashes(self) -> dict[str, bytes]:
        """``hash_entries`` of each day, week, month and year."""
        return self.hash_by_date(self._joined_hashes)

    @cached_property
    def topic_year_hashes(self) -> dict[str, dict[str, bytes]]:
        """A hash of each topic's papers of a year; "" stands for those without a date."""
        return self._topic_lists.hash_by_year(self._together, self._joined_hashes)

    @cached_property
    def _together(self) -> PapersTogether:
        return papers_together(self.entries)

    @cached_property
    def topic_hashes(self) -> dict[str, bytes]:
        """A hash of all papers of each topic."""
        return {name: hash_of_hashes(h.values()) for name, h in self.topic_year_hashes.items()}

    @cached_property
    def topic_counts(self) -> dict[str, Counter[str]]:
        """For each topic what ``count_topics`` returns of its papers."""
        return self._topic_lists.count_by_topic(self.entries)

    def phrases_of(self, entry: CatalogEntry) -> list[str]:
        """Return the topics' words and phrases that a paper holds, each once."""
        return [phrase for phrase in self.phrases.get(entry.slug, "").split("|") if phrase]

    def monitored(self, monitor: MonitoredPapers) -> tuple[CatalogEntry, ...]:
        """Return the papers of a monitor, the newest first."""
        return tuple(self.by_slug[slug] for slug in monitor.slugs)

    @cached_property
    def by_slug(self) -> dict[str, CatalogEntry]:
        """Entries by slug."""
        return {e.slug: e for e in self.entries}

    @cached_property
    def by_topic(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries of each topic, its subtopics' included; topics without papers are there too."""
        return {
            name: tuple(chain.from_iterable(years.values()))
            for name, years in self.topic_years.items()
        }

    @cached_property
    def topic_years(self) -> dict[str, dict[str, list[CatalogEntry]]]:
        """The same by year, the newest first; "" stands for those without a date."""
        return self._topic_lists.by_year(self.entries)

    @cached_property
    def topic_months(self) -> dict[str, dict[str, int]]:
        """The papers of each topic by month, as ``months`` has those of all."""
        return self._topic_lists.count_months(self._together)

    @property
    def by_author(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Entries by author's name (see ``AuthorNames``) of the names that have a page."""
        return self._authors[0]

    @property
    def author_count(self) -> int:
        """The different names of authors."""
        return self._authors[1]

    @cached_property
    def _authors(self) -> tuple[dict[str, tuple[CatalogEntry, ...]], int]:
        page_names = self.author_names.page_names
        names_of = [dict.fromkeys(page_names(e.authors)) for e in self.entries]
        counts = Counter(chain.from_iterable(names_of))
        if self._author_pages == "auto":
            least: float = papers_for_page(counts.values(), len(self.entries), 2)
        else:
            least = self._author_pages or math.inf  # 0: no name has a page
        with_pages = {name for name, number in counts.items() if number >= least}
        papers: dict[str, list[CatalogEntry]] = defaultdict(list)
        for e, names in zip(self.entries, names_of, strict=True):
            for name in names:
                if name in with_pages:  # few are
                    papers[name].append(e)
        return {name: tuple(entries) for name, entries in papers.items()}, len(counts)

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
