"""Which topics' pages list a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from paper_digest.catalog.entry import CatalogEntry
from paper_digest.model.topic import Topic


class TopicLists:
    """The topics of an archive; papers have few different sets of them, each of which is looked at once."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        """Take the topics by name."""
        self._topics = topics
        self._names_by_topics: dict[tuple[str, ...], tuple[str, ...]] = {}

    def of_paper(self, entry: CatalogEntry) -> tuple[str, ...]:
        """Name the topics whose pages list a paper: its own, and those above them."""
        return self._of_topics(entry.topics)

    def count(self, entries: Iterable[CatalogEntry]) -> Counter[str]:
        """Count the papers of each topic among some papers, in the order in which these name the topics."""
        counts: Counter[str] = Counter()
        for topics, number in Counter([e.topics for e in entries]).items():
            for name in self._of_topics(topics):
                counts[name] += number
        return counts

    def count_by_topic(self, entries: Iterable[CatalogEntry]) -> dict[str, Counter[str]]:
        """Do so, at once, for the papers of each topic among some papers."""
        counts = {name: Counter[str]() for name in self._topics}
        for topics, number in Counter([e.topics for e in entries]).items():
            names = self._of_topics(topics)
            for name in names:
                of_topic = counts[name]
                for other in names:
                    of_topic[other] += number
        return counts

    def count_months(self, entries: Iterable[CatalogEntry]) -> dict[str, dict[str, int]]:
        """Count the papers of each topic by month, as ``count_by_month`` does."""
        counts = {name: Counter[str]() for name in self._topics}
        together = Counter([(e.topics, e.filing_date[: len("YYYY-MM")]) for e in entries])
        for (topics, when), number in together.items():
            for name in self._of_topics(topics) if when else ():
                counts[name][when] += number
        return {name: dict(sorted(of_topic.items())) for name, of_topic in counts.items()}

    def _of_topics(self, topics: tuple[str, ...]) -> tuple[str, ...]:
        names = self._names_by_topics.get(topics)
        if names is None:
            both = (name for topic in topics for name in (topic, self._topics[topic].parent))
            names = self._names_by_topics[topics] = tuple(dict.fromkeys(filter(None, both)))
        return names
