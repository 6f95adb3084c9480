"""Says which topics a paper belongs to, and which words or categories decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.model.topic import Topic
from paper_digest.text.phrases import MIN_STEM_LETTERS, MIN_WORD_LETTERS, PhraseMatcher, is_phrase

#: Weight of one word by the place it stands in, and of an upstream category.
FIELD_WEIGHTS = {
    "title": 4.0,
    "keywords": 3.0,
    "digest": 2.0,
    "abstract": 1.0,
    "category": 3.0,
    "cross-list": 1.0,
}
#: A phrase says more than a word: factor for one, two, and three or more words.
PHRASE_LENGTH_FACTORS = (1.0, 1.5, 2.0)
#: A word that comes back says a little more: factor for once, twice, and three times or more.
REPEAT_FACTORS = (1.0, 1.5, 2.0)
#: The least score of the best topic; what a further one needs, at least and as a share of the best.
MIN_SCORE, MIN_FURTHER_SCORE, MIN_SHARE_OF_BEST = 2.0, 3.0, 0.3
#: A child makes its parent needless from this share of the parent's score.
CHILD_SHARE_OF_PARENT = 0.5
#: The most topics a paper may have.
MAX_TOPICS = 5

_NAME = re.compile(r"[a-z0-9-]+\Z")
# A reason in the making: minus its weight (so that the heaviest sorts first), where, what.
_SortableReason = tuple[float, str, str]


class TopicReason(StrictStruct, frozen=True, gc=False):
    """One ground for a topic: a word or category of ``archive.yml``, where it stood, its weight.

    ``where`` is a key of ``WEIGHTS``; ``what`` is printed as ``archive.yml`` has it.
    """

    term: str
    field: str
    weight: float


class TopicMatch(StrictStruct, frozen=True, gc=False):
    """One topic of a paper: its name, its score (the sum of the weights), the heaviest reason first."""

    topic: str
    score: float
    reasons: tuple[TopicReason, ...]


class TopicClassifier:
    """Finds topics for papers; build it once, it is read-only afterwards."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        """Index the words and categories of ``topics``; raises ``ConfigError`` (see ``validate``)."""
        validate_topics(topics)
        self._parents = {topic.name: topic.parent for topic in topics if topic.parent}
        self._vocabulary = PhraseMatcher(
            (w, t.name) for t in topics for w in dict.fromkeys(t.words)
        )
        self._categories: dict[str, list[str]] = {}
        for topic in topics:
            for category in dict.fromkeys(topic.categories):
                self._categories.setdefault(category, []).append(topic.name)

    def classify(self, paper: Paper) -> tuple[TopicMatch, ...]:
        """Name up to five topics of ``paper``, best first; none where nothing fits.

        The best topic counts from a score of ``LEAST``; a further one from ``FURTHER``, and from
        ``SHARE`` of the best score, for a word in passing is no subject. A parent is left out where
        a child counts with ``CHILD`` of its score: its page lists the children's papers anyway.
        Equal scores stand in the order of their names, so the order of ``archive.yml`` is without
        effect.
        """
        reasons = self._category_reasons(paper.categories)
        for where, text in _field_texts(paper):
            for phrase, times in Counter(self._vocabulary.find_phrases(text)).items():
                length_factor = PHRASE_LENGTH_FACTORS[
                    min(phrase.word_count, len(PHRASE_LENGTH_FACTORS)) - 1
                ]
                repeat_factor = (
                    1.0 if where == "title" else REPEAT_FACTORS[min(times, len(REPEAT_FACTORS)) - 1]
                )
                reason = (-FIELD_WEIGHTS[where] * length_factor * repeat_factor, where, phrase.text)
                reasons.setdefault(phrase.owner, []).append(reason)
        scores = {
            topic: -sum(minus for minus, _, _ in topic_reasons)
            for topic, topic_reasons in reasons.items()
        }
        top = max(scores.values(), default=0.0)
        min_score = max(MIN_SCORE, min(top, max(MIN_FURTHER_SCORE, MIN_SHARE_OF_BEST * top)))
        accepted = {topic: score for topic, score in scores.items() if score >= min_score}
        for topic, score in tuple(accepted.items()):
            parent = self._parents.get(topic, "")
            if parent in accepted and score >= CHILD_SHARE_OF_PARENT * accepted[parent]:
                del accepted[parent]
        best = sorted(accepted, key=lambda topic: (-accepted[topic], topic))[:MAX_TOPICS]
        return tuple(
            TopicMatch(topic, accepted[topic], _sorted_reasons(reasons[topic])) for topic in best
        )

    def _category_reasons(self, categories: tuple[str, ...]) -> dict[str, list[_SortableReason]]:
        """Give each topic at most one category as a ground: the first of the paper's that fits."""
        reasons: dict[str, list[_SortableReason]] = {}
        for number, category in enumerate(categories):
            where = "cross-list" if number else "category"
            for pattern in (category, category.partition(".")[0] + ".*"):
                for topic in self._categories.get(pattern, ()):
                    reasons.setdefault(topic, [(-FIELD_WEIGHTS[where], where, pattern)])
        return reasons


def validate_topics(topics: tuple[Topic, ...]) -> None:
    """Check the topics of ``archive.yml``; raises ``ConfigError`` naming the topic and the cure."""
    topics_by_name: dict[str, Topic] = {}
    for topic in topics:
        where = f"archive.yml: topic {topic.name!r}"
        if not _NAME.match(topic.name):
            raise ConfigError(
                where, "a name is part of an address", "use only a-z, 0-9 and hyphens"
            )
        if topic.name in topics_by_name:
            raise ConfigError(where, "two topics have this name", "rename or remove one of them")
        if not topic.words and not topic.categories:
            raise ConfigError(where, "nothing can match it", "give it words or categories")
        for word in topic.words:
            if not is_phrase(word):
                raise ConfigError(
                    where,
                    f"the word {word!r} can never match, or matches too much",
                    f"write {MIN_WORD_LETTERS} or more letters or digits, joined by spaces or hyphens, "
                    f"or {MIN_STEM_LETTERS} or more and a final *",
                )
        topics_by_name[topic.name] = topic
    for topic in topics:
        _validate_parent(topic, topics_by_name)


def _validate_parent(topic: Topic, topics_by_name: dict[str, Topic]) -> None:
    where = f"archive.yml: topic {topic.name!r}"
    if not topic.parent:
        return
    if topic.parent not in topics_by_name:
        raise ConfigError(
            where, f"its parent {topic.parent!r} does not exist", "add it, or correct the name"
        )
    if topic.parent == topic.name:
        raise ConfigError(where, "it is its own parent", "remove its parent")
    grandparent = topics_by_name[topic.parent].parent
    if grandparent:
        raise ConfigError(
            where,
            f"its parent {topic.parent!r} has a parent itself, {grandparent!r}",
            "keep the tree two levels deep: name a topic without a parent",
        )


def _field_texts(paper: Paper) -> Iterator[tuple[str, str]]:
    # Capital letters carry no meaning in a title that has nothing else.
    all_capitals = paper.title.isupper() and len(paper.title.split()) > len(PHRASE_LENGTH_FACTORS)
    yield "title", paper.title.lower() if all_capitals else paper.title
    if paper.keywords:
        yield "keywords", " | ".join(paper.keywords)
    if paper.digest:
        yield "digest", paper.digest.text
    yield "abstract", paper.abstract


def _sorted_reasons(reasons: list[_SortableReason]) -> tuple[TopicReason, ...]:
    return tuple(TopicReason(what, where, -minus) for minus, where, what in sorted(reasons))
