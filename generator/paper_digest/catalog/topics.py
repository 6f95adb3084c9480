"""Says which topics a paper belongs to, and which words or categories decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from paper_digest.model.errors import ConfigError
from paper_digest.model.paper import Paper, StrictStruct, Topic
from paper_digest.text.phrases import MIN_STEM_LETTERS, MIN_WORD_LETTERS, PhraseMatcher, is_phrase

#: Weight of one word by the place it stands in, and of an upstream category.
WEIGHTS = {
    "title": 4.0,
    "keywords": 3.0,
    "digest": 2.0,
    "abstract": 1.0,
    "category": 3.0,
    "cross-list": 1.0,
}
#: A phrase says more than a word: factor for one, two, and three or more words.
SIZES = (1.0, 1.5, 2.0)
#: A word that comes back says a little more: factor for once, twice, and three times or more.
REPEATS = (1.0, 1.5, 2.0)
#: The least score of the best topic; what a further one needs, at least and as a share of the best.
LEAST, FURTHER, SHARE = 2.0, 3.0, 0.3
#: A child makes its parent needless from this share of the parent's score.
CHILD = 0.5
#: The most topics a paper may have.
LIMIT = 5

_NAME = re.compile(r"[a-z0-9-]+\Z")
# A reason in the making: minus its weight (so that the heaviest sorts first), where, what.
_Ground = tuple[float, str, str]


class Reason(StrictStruct, frozen=True, gc=False):
    """One ground for a topic: a word or category of ``archive.yml``, where it stood, its weight.

    ``where`` is a key of ``WEIGHTS``; ``what`` is printed as ``archive.yml`` has it.
    """

    what: str
    where: str
    weight: float


class Match(StrictStruct, frozen=True, gc=False):
    """One topic of a paper: its name, its score (the sum of the weights), the heaviest reason first."""

    topic: str
    score: float
    reasons: tuple[Reason, ...]


class Classifier:
    """Finds topics for papers; build it once, it is read-only afterwards."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        """Index the words and categories of ``topics``; raises ``ConfigError`` (see ``validate``)."""
        validate(topics)
        self._parents = {topic.name: topic.parent for topic in topics if topic.parent}
        self._words = PhraseMatcher((w, t.name) for t in topics for w in dict.fromkeys(t.words))
        self._categories: dict[str, list[str]] = {}
        for topic in topics:
            for category in dict.fromkeys(topic.categories):
                self._categories.setdefault(category, []).append(topic.name)

    def classify(self, paper: Paper) -> tuple[Match, ...]:
        """Name up to five topics of ``paper``, best first; none where nothing fits.

        The best topic counts from a score of ``LEAST``; a further one from ``FURTHER``, and from
        ``SHARE`` of the best score, for a word in passing is no subject. A parent is left out where
        a child counts with ``CHILD`` of its score: its page lists the children's papers anyway.
        Equal scores stand in the order of their names, so the order of ``archive.yml`` is without
        effect.
        """
        grounds = self._by_category(paper.categories)
        for where, text in _fields(paper):
            for phrase, times in Counter(self._words.find_phrases(text)).items():
                size = SIZES[min(phrase.word_count, len(SIZES)) - 1]
                again = 1.0 if where == "title" else REPEATS[min(times, len(REPEATS)) - 1]
                ground = (-WEIGHTS[where] * size * again, where, phrase.text)
                grounds.setdefault(phrase.owner, []).append(ground)
        scores = {topic: -sum(minus for minus, _, _ in found) for topic, found in grounds.items()}
        top = max(scores.values(), default=0.0)
        floor = max(LEAST, min(top, max(FURTHER, SHARE * top)))
        kept = {topic: score for topic, score in scores.items() if score >= floor}
        for topic, score in tuple(kept.items()):
            parent = self._parents.get(topic, "")
            if parent in kept and score >= CHILD * kept[parent]:
                del kept[parent]
        best = sorted(kept, key=lambda topic: (-kept[topic], topic))[:LIMIT]
        return tuple(Match(topic, kept[topic], _reasons(grounds[topic])) for topic in best)

    def _by_category(self, categories: tuple[str, ...]) -> dict[str, list[_Ground]]:
        """Give each topic at most one category as a ground: the first of the paper's that fits."""
        grounds: dict[str, list[_Ground]] = {}
        for number, category in enumerate(categories):
            where = "cross-list" if number else "category"
            for pattern in (category, category.partition(".")[0] + ".*"):
                for topic in self._categories.get(pattern, ()):
                    grounds.setdefault(topic, [(-WEIGHTS[where], where, pattern)])
        return grounds


def validate(topics: tuple[Topic, ...]) -> None:
    """Check the topics of ``archive.yml``; raises ``ConfigError`` naming the topic and the cure."""
    named: dict[str, Topic] = {}
    for topic in topics:
        where = f"archive.yml: topic {topic.name!r}"
        if not _NAME.match(topic.name):
            raise ConfigError(
                where, "a name is part of an address", "use only a-z, 0-9 and hyphens"
            )
        if topic.name in named:
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
        named[topic.name] = topic
    for topic in topics:
        _validate_parent(topic, named)


def _validate_parent(topic: Topic, named: dict[str, Topic]) -> None:
    where = f"archive.yml: topic {topic.name!r}"
    if not topic.parent:
        return
    if topic.parent not in named:
        raise ConfigError(
            where, f"its parent {topic.parent!r} does not exist", "add it, or correct the name"
        )
    if topic.parent == topic.name:
        raise ConfigError(where, "it is its own parent", "remove its parent")
    grandparent = named[topic.parent].parent
    if grandparent:
        raise ConfigError(
            where,
            f"its parent {topic.parent!r} has a parent itself, {grandparent!r}",
            "keep the tree two levels deep: name a topic without a parent",
        )


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    # Capital letters carry no meaning in a title that has nothing else.
    shouted = paper.title.isupper() and len(paper.title.split()) > len(SIZES)
    yield "title", paper.title.lower() if shouted else paper.title
    if paper.keywords:
        yield "keywords", " | ".join(paper.keywords)
    if paper.digest:
        yield "digest", paper.digest.text
    yield "abstract", paper.abstract


def _reasons(grounds: list[_Ground]) -> tuple[Reason, ...]:
    return tuple(Reason(what, where, -minus) for minus, where, what in sorted(grounds))
