"""Which topics' pages list a paper."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.incremental.hashing import hash_bytes
from paper_digest.model.topic import Topic

#: By month ("" or a year where no more is known), and by the topics that they have, papers in their order.
PapersTogether = dict[str, dict[tuple[str, ...], list[CatalogEntry]]]


def papers_together(entries: Iterable[CatalogEntry]) -> PapersTogether:
    """Put papers of one month and the same topics together."""
    together: PapersTogether = {}
    for when, of_month in groupby(entries, lambda e: e.filing_date[: len("YYYY-MM")]):
        by_topics = together.setdefault(when, {})
        for e in of_month:
            papers = by_topics.get(e.topics)
            if papers is None:
                by_topics[e.topics] = [e]
            else:
                papers.append(e)
    return together


class TopicLists:
    """The topics of an archive; papers have few different sets of them, each of which is looked at once."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        """Take the topics by name."""
        self._topics = topics
        self._names_by_topics: dict[tuple[str, ...], tuple[str, ...]] = {}

    def of_paper(self, entry: CatalogEntry) -> tuple[str, ...]:
        """Name the topics whose pages list a paper: its own, and those above them."""
        return self.of_topics(entry.topics)

    def count(self, entries: Iterable[CatalogEntry]) -> Counter[str]:
        """Count the papers of each topic among some papers, in the order in which these name the topics."""
        counts: Counter[str] = Counter()
        for topics, number in Counter([e.topics for e in entries]).items():
            for name in self.of_topics(topics):
                counts[name] += number
        return counts

    def count_by_topic(self, entries: Iterable[CatalogEntry]) -> dict[str, Counter[str]]:
        """Do so, at once, for the papers of each topic among some papers."""
        counts = {name: Counter[str]() for name in self._topics}
        for topics, number in Counter([e.topics for e in entries]).items():
            names = self.of_topics(topics)
            for name in names:
                of_topic = counts[name]
                for other in names:
                    of_topic[other] += number
        return counts

    def by_year(self, entries: Iterable[CatalogEntry]) -> dict[str, dict[str, list[CatalogEntry]]]:
        """Return the papers of each topic by year, "" for those without a date, of papers that stand by date."""
        papers: dict[str, dict[str, list[CatalogEntry]]] = {name: {} for name in self._topics}
        names_of = self._names_by_topics
        for year, of_year in groupby(entries, lambda e: e.filing_date[: len("YYYY")]):
            lists = {name: years.get(year, []) for name, years in papers.items()}
            for e in of_year:
                for name in names_of.get(e.topics) or self.of_topics(e.topics):
                    lists[name].append(e)
            for name, some in lists.items():
                if some:
                    papers[name][year] = some
        return papers

    def hash_by_year(
        self, together: PapersTogether, joined_hashes: Callable[[list[CatalogEntry]], bytes]
    ) -> dict[str, dict[str, bytes]]:
        """Hash the papers of each topic and year.

        What is hashed of a paper decides its place in the list. So papers of one month and the same topics
        are joined once, for all topics that list them.

        Args:
            together: the papers.
            joined_hashes: returns the hashes of some papers, one behind the other.
        """
        joined = {name: defaultdict[str, list[bytes]](list) for name in self._topics}
        for when, by_topics in together.items():
            for topics, papers in by_topics.items():
                hashes = joined_hashes(papers)
                for name in self.of_topics(topics):
                    joined[name][when[: len("YYYY")]].append(hashes)
        return {
            name: {year: hash_bytes(b"".join(hashes)) for year, hashes in years.items()}
            for name, years in joined.items()
        }

    def count_months(self, together: PapersTogether) -> dict[str, dict[str, int]]:
        """Count the papers of each topic by month, as ``count_by_month`` does."""
        counts = {name: Counter[str]() for name in self._topics}
        for when, by_topics in together.items():
            for topics, papers in by_topics.items() if when else ():
                for name in self.of_topics(topics):
                    counts[name][when] += len(papers)
        return {name: dict(sorted(of_topic.items())) for name, of_topic in counts.items()}

    def of_topics(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        """Do so for a paper of these topics."""
        names = self._names_by_topics.get(topics)
        if names is None:
            both = (name for topic in topics for name in (topic, self._topics[topic].parent))
            names = self._names_by_topics[topics] = tuple(dict.fromkeys(filter(None, both)))
        return names
