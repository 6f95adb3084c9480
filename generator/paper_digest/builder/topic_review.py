"""How well an archive's topics do: papers in none, idle words, what changed since the last build, suggestions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from paper_digest.builder.records import ArchiveRecords
from paper_digest.catalog.topic_suggestions import (
    SuggestedPhrase,
    SuggestedTopic,
    parts_of_phrases,
    phrases_of_text,
    suggest_phrases,
    suggest_topics,
)
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.model.topic import Topic

#: A word hits elsewhere where it stands in at least so many papers, of which at most this share has its topic.
_MIN_PAPERS_OF_WORD, _MAX_SHARE_ELSEWHERE = 10, 0.2
#: Phrases suggested for each topic, drawn from at most so many papers, evenly.
_SUGGESTED_PHRASES, _MAX_PAPERS_READ_FOR_PHRASES = 5, 5_000

_encode_topics = msgspec.msgpack.Encoder().encode


class WordUse(StrictStruct, frozen=True):
    """How a word of a topic does: the papers it stands in, and those of them that have the topic or one below."""

    topic: str
    word: str
    papers: int
    in_topic: int


class MovedPaper(StrictStruct, frozen=True):
    """A paper whose topics differ from those of the last build."""

    slug: str
    title: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class TopicReview(StrictStruct, frozen=True):
    """What ``digest topics`` finds.

    Attributes:
        papers: how many there are. ``in_none``: slug and title of each that has no topic.
        idle_words: words that stand in no paper. ``stray_words``: words that mostly hit elsewhere.
        has_build: whether there is a last build to compare with; ``moved`` are the papers that would move.
        phrases: phrases that each topic might take. ``new_topics``: groups of papers in none.
    """

    papers: int
    in_none: tuple[tuple[str, str], ...]
    idle_words: tuple[WordUse, ...]
    stray_words: tuple[WordUse, ...]
    has_build: bool
    moved: tuple[MovedPaper, ...]
    phrases: dict[str, list[SuggestedPhrase]]
    new_topics: tuple[SuggestedTopic, ...]


def remember_built_topics(records: ArchiveRecords) -> None:
    """Remember the topics of a build, which the next ``digest topics`` compares with."""
    key = records.records_hash
    records.texts.cached_text("built-topics", key, lambda: _encode_topics(_topics(records)))


def review_topics(records: ArchiveRecords, topics: tuple[Topic, ...]) -> TopicReview:
    """Review the topics of an archive's papers; reads every record."""
    entries = {one.entry.slug: one.entry for one in records.summaries}
    classifier = TopicClassifier(topics)
    parents = {topic.name: topic.parent for topic in topics}
    used, used_in_topic = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    step = -(-len(entries) // _MAX_PAPERS_READ_FOR_PHRASES)
    drawn, without_topic = [], {}
    for number, (slug, entry) in enumerate(entries.items()):
        paper = records.paper(slug)
        with_parents = {*entry.topics, *(parents.get(name, "") for name in entry.topics)}
        words = set(_words(classifier, paper))
        used.update(words)
        used_in_topic.update(word for word in words if word[0] in with_parents)
        if number % step == 0 or not entry.topics:
            phrases = phrases_of_text(f"{paper.title}. {paper.abstract}")
            if not entry.topics:
                without_topic[slug] = phrases
            if number % step == 0:
                drawn.append((phrases, entry.topics))
    uses = [
        WordUse(topic.name, word, used[topic.name, word], used_in_topic[topic.name, word])
        for topic in topics
        for word in dict.fromkeys(topic.words)
    ]
    before = records.texts.last_value("built-topics", dict[str, tuple[str, ...]])
    parts = parts_of_phrases(word for topic in topics for word in topic.words)

    def is_known(phrase: str) -> bool:
        return bool(
            parts & phrases_of_text(phrase.replace("-", " ")).keys()
        ) or classifier.has_phrase(phrase)

    return TopicReview(
        papers=len(entries),
        in_none=tuple((slug, entry.title) for slug, entry in entries.items() if not entry.topics),
        idle_words=tuple(one for one in uses if not one.papers),
        stray_words=tuple(
            sorted(
                (
                    one
                    for one in uses
                    if one.papers >= _MIN_PAPERS_OF_WORD
                    and one.in_topic <= one.papers * _MAX_SHARE_ELSEWHERE
                ),
                key=lambda one: (-(one.papers - one.in_topic), one.topic, one.word),
            )
        ),
        has_build=before is not None,
        moved=tuple(_moved(records, before or {})) if before is not None else (),
        phrases=suggest_phrases(
            drawn, (topic.name for topic in topics), _SUGGESTED_PHRASES, is_known
        ),
        new_topics=tuple(suggest_topics(without_topic, len(entries), is_known)),
    )


def _words(classifier: TopicClassifier, paper: Paper) -> Iterator[tuple[str, str]]:
    """Name the words of topics in a paper, each after its topic."""
    for _, phrases in classifier.find_phrases(paper):
        for phrase in phrases:
            yield phrase.owner, phrase.text


def _moved(records: ArchiveRecords, before: Mapping[str, tuple[str, ...]]) -> Iterator[MovedPaper]:
    for one in records.summaries:
        entry = one.entry
        old = before.get(entry.slug)
        if old is not None and {*old} != {*entry.topics}:
            gained = tuple(name for name in entry.topics if name not in old)
            lost = tuple(name for name in old if name not in entry.topics)
            yield MovedPaper(entry.slug, entry.title, gained, lost)


def _topics(records: ArchiveRecords) -> dict[str, tuple[str, ...]]:
    return {one.entry.slug: one.entry.topics for one in records.summaries}
