"""Which papers of a followed source the archive takes: the filters of an entry of ``follow:``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from paper_digest.catalog.topics import TopicClassifier
from paper_digest.ingest.report import IngestReport
from paper_digest.model.errors import ConfigError
from paper_digest.model.follow import FILTER_NAMES
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic, present_names
from paper_digest.sources.options import FILTER_OPTIONS, check_filter, config_place
from paper_digest.sources.source import Source
from paper_digest.text.phrases import PhraseMatcher, is_phrase
from paper_digest.text.suggestion import suggestion

_WANTED, _UNWANTED = "wanted", "unwanted"


class FollowFilter:
    """The filters of one entry, checked.

    A paper passes where it has any of the values of each filter that is given, and none of ``not``.
    """

    def __init__(
        self, source: Source, filters: Mapping[str, object], topics: tuple[Topic, ...]
    ) -> None:
        """Check the filters.

        Args:
            source: whose papers they are for.
            filters: as they stand in ``archive.yml``.
            topics: the archive's.

        Raises:
            ConfigError: a value is not of its kind, no topic has that name, or the source never says
                what the filter asks about, so that no paper would ever pass.
        """
        self._source = source
        values = {
            option.name: check_filter(source.name, option, filters[option.name])
            for option in FILTER_OPTIONS
            if option.name in filters
        }
        self._topics = self._with_subtopics(values.get("topics", ()), topics)
        self._classifier = TopicClassifier(topics) if self._topics else None
        words = [(word, _WANTED) for word in values.get("words", ())]
        words += [(word, _UNWANTED) for word in values.get("not", ())]
        for word, _ in words:
            if not is_phrase(word):
                cure = "write a word of two letters or more, or three and a *"
                raise self._error(f"holds the word {word!r}, which cannot be searched for", cure)
        self._has_words = "words" in values
        self._matcher = PhraseMatcher(dict.fromkeys(words)) if words else None
        self._categories = frozenset(values.get("categories", ()))
        self._takes_cross_lists = values.get("cross_lists", ("true",)) == ("true",)
        self._min_upvotes = int(next(iter(values.get("min_upvotes", ("0",)))))
        self._refuse_what_no_paper_passes()

    def accepts(self, paper: Paper) -> bool:
        """Tell whether a paper passes, by what the source says of it now."""
        return (
            self._has_category(paper)
            and self._has_upvotes(paper)
            and self._has_words_wanted(paper)
            and self._has_topic(paper)
        )

    def _has_category(self, paper: Paper) -> bool:
        if not self._categories:
            return True
        counted = paper.categories if self._takes_cross_lists else paper.categories[:1]
        archives = {f"{category.partition('.')[0]}.*" for category in counted}
        return not self._categories.isdisjoint({*counted, *archives})

    def _has_upvotes(self, paper: Paper) -> bool:
        upvotes = max((s.upvotes or 0 for s in paper.sightings), default=0)
        return upvotes >= self._min_upvotes

    def _has_words_wanted(self, paper: Paper) -> bool:
        if self._matcher is None:
            return True
        digest = paper.digest.text if paper.digest else ""
        texts = (paper.title, " | ".join(paper.keywords), digest, paper.abstract)
        owners = {phrase.owner for text in texts for phrase in self._matcher.find_phrases(text)}
        return _UNWANTED not in owners and (_WANTED in owners or not self._has_words)

    def _has_topic(self, paper: Paper) -> bool:
        if self._classifier is None:
            return True
        return any(match.topic in self._topics for match in self._classifier.classify(paper))

    def _with_subtopics(self, names: Iterable[str], topics: tuple[Topic, ...]) -> frozenset[str]:
        current = present_names(topics)
        names = [current.get(name, name) for name in names]
        known = {topic.name for topic in topics}
        for name in names:
            if name not in known:
                raise self._error(f"names the topic {name!r}", suggestion(name, sorted(known)))
        wanted = {*names}
        while added := {t.name for t in topics if t.parent in wanted} - wanted:
            wanted |= added
        return frozenset(wanted)

    def _refuse_what_no_paper_passes(self) -> None:
        title = self._source.title
        if self._categories and "categories" not in self._source.carries:
            what = f"filters by categories, which {title} never names"
            raise self._error(what, "filter by topics: or words:")
        if self._min_upvotes and not self._source.counts_upvotes:
            raise self._error(f"filters by upvotes, which {title} does not count", "take it out")

    def _error(self, what: str, cure: str) -> ConfigError:
        return ConfigError(config_place(self._source.name), what, cure)


def split_filters(
    source: Source, options: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Divide the options of an entry into those that ask and those that filter.

    ``categories`` of a source that asks by category asks; with ``cross_lists: false`` it filters too.
    """
    asks_by_category = any(option.name == "categories" for option in source.options)
    filters = {name: options[name] for name in FILTER_NAMES if name in options}
    if asks_by_category and options.get("cross_lists") is not False:
        filters.pop("categories", None)
    asking = {
        name: value
        for name, value in options.items()
        if name not in FILTER_NAMES or (name == "categories" and asks_by_category)
    }
    return asking, filters


def counting_filter(
    filter_: FollowFilter, is_known: Callable[[Paper], bool], report: IngestReport
) -> Callable[[Paper], bool]:
    """Return a test of papers that counts in ``report`` those that do not pass.

    A paper that the archive has (``is_known``) is always read, and so is what says that one is gone.
    """

    def is_wanted(paper: Paper) -> bool:
        if is_known(paper) or not paper.title or filter_.accepts(paper):
            return True
        report.entries += 1
        report.left_out.append(paper.id or paper.title[:80])
        report.newest = max(report.newest, *(s.seen for s in paper.sightings), "")
        return False

    return is_wanted
