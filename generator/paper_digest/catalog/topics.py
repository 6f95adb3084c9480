"""Says which topics a paper belongs to, and which words or categories decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from paper_digest.catalog.topic_choice import MIN_SCORE, choose_topics, reasons_for_loss
from paper_digest.catalog.topic_evidence import TopicEvidence, spellings_by_bucket, word_buckets
from paper_digest.catalog.topic_match import LIKENESS, TopicMatch, TopicReason
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.text.phrases import Phrase, PhraseMatcher

if TYPE_CHECKING:  # it loads numpy, which most commands do without
    from paper_digest.catalog.topic_centroids import TopicCentroids

#: Weight of one word by the place it stands in, and of an upstream category.
FIELD_WEIGHTS = {
    "title": 4.0,
    "keywords": 3.0,
    "digest": 2.0,
    "abstract": 1.0,
    "category": 3.0,
    "cross-list": 1.0,
}
#: The weight of likeness to papers of a topic where the two are the same; weights are rounded to
#: eighths, whose sums are exact.
LIKENESS_WEIGHT, _EIGHTHS = 20.0, 8
#: Words that say what makes a paper like those of a topic.
MAX_LIKENESS_WORDS = 5
#: A phrase says more than a word: factor for one, two, and three or more words.
PHRASE_LENGTH_FACTORS = (1.0, 1.5, 2.0)
#: A word that comes back says a little more: factor for once, twice, and three times or more.
REPEAT_FACTORS = (1.0, 1.5, 2.0)
#: The score by words alone from which a paper surely has a topic.
MIN_SURE_SCORE = 6.0

# A reason in the making: minus its weight (so that the heaviest sorts first), where, what.
_SortableReason = tuple[float, str, str]
_CATEGORY_FIELDS = {"category", "cross-list"}


#: For each field of a paper, its name and the phrases in it.
FieldPhrases = list[tuple[str, list[Phrase]]]


class TopicClassifier:
    """Finds topics for papers; build it once, it is read-only afterwards."""

    def __init__(self, topics: tuple[Topic, ...]) -> None:
        """Index the words and categories of ``topics``, which ``settings`` has checked."""
        self._topics = topics
        self._parents = {topic.name: topic.parent for topic in topics if topic.parent}
        self._categories: dict[str, list[str]] = {}
        for topic in topics:
            for category in dict.fromkeys(topic.categories):
                self._categories.setdefault(category, []).append(topic.name)

    @cached_property
    def _vocabulary(self) -> PhraseMatcher:
        """The words of all topics; indexed once a paper is looked at, as most builds look at few."""
        return PhraseMatcher((w, t.name) for t in self._topics for w in dict.fromkeys(t.words))

    def classify(self, paper: Paper) -> tuple[TopicMatch, ...]:
        """Name up to five topics of ``paper`` by words and categories alone, best first; none where nothing fits."""
        return tuple(one for one in self.candidates(paper) if not one.loss)

    def candidates(
        self, paper: Paper, centroids: TopicCentroids | None = None
    ) -> tuple[TopicMatch, ...]:
        """Return the topics of a paper, best first, then those that lost, each with its reasons.

        Topics that lost for which a little likeness alone speaks are left out: any paper is a little like any.
        ``centroids`` is what papers of each topic are like in the archive.
        """
        reasons = self._reasons(paper, self.find_phrases(paper))
        words = word_buckets(paper) if centroids else b""
        evidence = TopicEvidence(_scores(reasons), tuple(_word_scores(reasons)), (), words)
        likeness: dict[str, float] = {}
        if centroids:
            spellings, (likeness,) = spellings_by_bucket(paper), centroids.likenesses([words])
            for topic, weight in _likeness_weights(likeness).items():
                buckets = centroids.heaviest_buckets(words, topic, MAX_LIKENESS_WORDS)
                if not weight:
                    continue
                named = ", ".join(spellings[bucket] for bucket in buckets)
                reasons.setdefault(topic, []).append((-weight, LIKENESS, named))
        chosen = self.place(evidence, likeness)
        losses = reasons_for_loss(*self._rivals(evidence, likeness), self._parents)
        scores = _scores(reasons)
        lost = [one for one in losses if one in evidence.scores or scores[one] >= MIN_SCORE]
        lost.sort(key=lambda topic: (-scores[topic], topic))
        return tuple(
            TopicMatch(topic, scores[topic], _sorted_reasons(reasons[topic]), losses.get(topic, ""))
            for topic in (*(name for name, _ in chosen), *lost)
        )

    def evidence(
        self, paper: Paper, field_phrases: FieldPhrases, decided: tuple[str, ...] | None
    ) -> TopicEvidence:
        """Return what ``place`` needs of a paper; ``decided`` are the topics a person gave it, if one did."""
        reasons = self._reasons(paper, field_phrases)
        word_scores = _word_scores(reasons)
        sure = decided or ()
        if decided is None and max(word_scores.values(), default=0.0) >= MIN_SURE_SCORE:
            placed = choose_topics(word_scores, word_scores.keys(), {}, self._parents)
            sure = tuple(topic for topic, score in placed if score >= MIN_SURE_SCORE)
        return TopicEvidence(_scores(reasons), tuple(word_scores), sure, word_buckets(paper))

    def place(
        self, evidence: TopicEvidence, likeness: Mapping[str, float]
    ) -> list[tuple[str, float]]:
        """Return the topics of a paper and their scores, best first.

        ``likeness`` says how like papers of each topic it is (``TopicCentroids.likenesses``); a topic
        without a centroid is not in it. It counts beside the paper's words; see ``choose_topics``.
        """
        return choose_topics(*self._rivals(evidence, likeness), self._parents)

    def _rivals(
        self, evidence: TopicEvidence, likeness: Mapping[str, float]
    ) -> tuple[dict[str, float], set[str], dict[str, float]]:
        """Return what topics are chosen by: scores, those for which more than a category speaks, likeness."""
        scores = dict(evidence.scores)
        weights = _likeness_weights(likeness)
        for topic, weight in weights.items():
            if weight:
                scores[topic] = scores.get(topic, 0.0) + weight
        supported = {*evidence.by_words, *(topic for topic, weight in weights.items() if weight)}
        return scores, supported, weights

    def find_phrases(self, paper: Paper) -> FieldPhrases:
        """List the topics' words and phrases in each field of a paper, as often as they stand there."""
        return [(where, self._vocabulary.find_phrases(text)) for where, text in _field_texts(paper)]

    def has_phrase(self, text: str) -> bool:
        """Return whether a word or phrase of any topic stands in a text."""
        return bool(self._vocabulary.find_phrases(text))

    def _reasons(
        self, paper: Paper, field_phrases: FieldPhrases
    ) -> dict[str, list[_SortableReason]]:
        """List for each topic the words and categories that speak for it.

        A phrase counts once in the title and once in the rest: keywords, digest and abstract repeat
        each other.
        """
        reasons = self._category_reasons(paper.categories)
        for where, phrases in field_phrases:
            for phrase, times in Counter(phrases).items():
                length_factor = PHRASE_LENGTH_FACTORS[
                    min(phrase.word_count, len(PHRASE_LENGTH_FACTORS)) - 1
                ]
                repeat_factor = (
                    1.0 if where == "title" else REPEAT_FACTORS[min(times, len(REPEAT_FACTORS)) - 1]
                )
                reason = (-FIELD_WEIGHTS[where] * length_factor * repeat_factor, where, phrase.text)
                reasons.setdefault(phrase.owner, []).append(reason)
        return {topic: _heaviest_mentions(given) for topic, given in reasons.items()}

    def _category_reasons(self, categories: tuple[str, ...]) -> dict[str, list[_SortableReason]]:
        """Give each topic at most one category as a ground: the first of the paper's that fits."""
        reasons: dict[str, list[_SortableReason]] = {}
        for number, category in enumerate(categories):
            where = "cross-list" if number else "category"
            for pattern in (category, category.partition(".")[0] + ".*"):
                for topic in self._categories.get(pattern, ()):
                    reasons.setdefault(topic, [(-FIELD_WEIGHTS[where], where, pattern)])
        return reasons


def subject_phrases(field_phrases: FieldPhrases) -> tuple[str, ...]:
    """List the words and phrases in a paper's title, digest or abstract, each once, sorted.

    They are spelt as the topics have them; beginnings (``sail*``) are left out.
    """
    phrases = (
        one.text for where, of_field in field_phrases if where != "keywords" for one in of_field
    )
    return tuple(sorted({text for text in phrases if not text.endswith("*")}))


def _scores(reasons: Mapping[str, list[_SortableReason]]) -> dict[str, float]:
    return {topic: -sum(minus for minus, _, _ in its) for topic, its in reasons.items()}


def _word_scores(reasons: Mapping[str, list[_SortableReason]]) -> dict[str, float]:
    """Sum up what words say of each topic, and leave out the topics that only a category speaks for."""
    scores = {
        topic: -sum(minus for minus, where, _ in its if where not in _CATEGORY_FIELDS)
        for topic, its in reasons.items()
    }
    return {topic: score for topic, score in scores.items() if score}


def _likeness_weights(likeness: Mapping[str, float]) -> dict[str, float]:
    steps = LIKENESS_WEIGHT * _EIGHTHS
    return {
        topic: round(steps * share) / _EIGHTHS if share else 0.0
        for topic, share in likeness.items()
    }


def _field_texts(paper: Paper) -> Iterator[tuple[str, str]]:
    # Capital letters carry no meaning in a title that has nothing else.
    all_capitals = paper.title.isupper() and len(paper.title.split()) > len(PHRASE_LENGTH_FACTORS)
    yield "title", paper.title.lower() if all_capitals else paper.title
    if paper.keywords:
        yield "keywords", " | ".join(paper.keywords)
    if paper.digest:
        yield "digest", paper.digest.text
    yield "abstract", paper.abstract


def _heaviest_mentions(reasons: list[_SortableReason]) -> list[_SortableReason]:
    """Leave of each phrase its mention in the title, and the heaviest one elsewhere."""
    heaviest: dict[tuple[str, bool], _SortableReason] = {}
    for reason in sorted(reasons):
        _, where, phrase = reason
        heaviest.setdefault((phrase, where == "title"), reason)
    return list(heaviest.values())


def _sorted_reasons(reasons: list[_SortableReason]) -> tuple[TopicReason, ...]:
    return tuple(TopicReason(what, where, -minus) for minus, where, what in sorted(reasons))
