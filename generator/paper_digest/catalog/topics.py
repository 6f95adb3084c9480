"""Says which topics a paper belongs to, and which words or categories decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from paper_digest.model.paper import Paper
from paper_digest.model.strict import StrictStruct
from paper_digest.model.topic import Topic
from paper_digest.text.phrases import Phrase, PhraseMatcher

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
MIN_SCORE, MIN_FURTHER_SCORE, MIN_SHARE_OF_BEST = 2.0, 3.0, 0.35
#: A child makes its parent needless from this share of the parent's score.
CHILD_SHARE_OF_PARENT = 0.5
#: The most topics a paper may have.
MAX_TOPICS = 5

# A reason in the making: minus its weight (so that the heaviest sorts first), where, what.
_SortableReason = tuple[float, str, str]


#: For each field of a paper, its name and the phrases in it.
FieldPhrases = list[tuple[str, list[Phrase]]]


class TopicReason(StrictStruct, frozen=True, gc=False):
    """One ground for a topic: a word or category of the topic, where it stood, its weight.

    ``field`` is a key of ``FIELD_WEIGHTS``; ``term`` is spelt as the topic has it.
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
        """Index the words and categories of ``topics``, which ``settings`` has checked."""
        self._parents = {topic.name: topic.parent for topic in topics if topic.parent}
        self._vocabulary = PhraseMatcher(
            (w, t.name) for t in topics for w in dict.fromkeys(t.words)
        )
        self._categories: dict[str, list[str]] = {}
        for topic in topics:
            for category in dict.fromkeys(topic.categories):
                self._categories.setdefault(category, []).append(topic.name)

    def classify(
        self, paper: Paper, field_phrases: FieldPhrases | None = None
    ) -> tuple[TopicMatch, ...]:
        """Name up to five topics of ``paper``, best first; none where nothing fits.

        The best topic counts from a score of ``MIN_SCORE``; a further one from
        ``MIN_FURTHER_SCORE``, and from ``MIN_SHARE_OF_BEST`` of the best score, for a word in
        passing is no subject. A parent is left out where a child has at least
        ``CHILD_SHARE_OF_PARENT`` of its score: its page lists the children's papers anyway.
        A phrase counts once in the title and once in the rest: keywords, digest and abstract repeat
        each other.
        Equal scores stand in the order of their names, so the order of the topics has no effect.
        ``field_phrases`` saves looking for the phrases again.
        """
        reasons = self._category_reasons(paper.categories)
        for where, phrases in field_phrases or self.find_phrases(paper):
            for phrase, times in Counter(phrases).items():
                length_factor = PHRASE_LENGTH_FACTORS[
                    min(phrase.word_count, len(PHRASE_LENGTH_FACTORS)) - 1
                ]
                repeat_factor = (
                    1.0 if where == "title" else REPEAT_FACTORS[min(times, len(REPEAT_FACTORS)) - 1]
                )
                reason = (-FIELD_WEIGHTS[where] * length_factor * repeat_factor, where, phrase.text)
                reasons.setdefault(phrase.owner, []).append(reason)
        reasons = {topic: _heaviest_mentions(given) for topic, given in reasons.items()}
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

    def find_phrases(self, paper: Paper) -> FieldPhrases:
        """List the topics' words and phrases in each field of a paper, as often as they stand there."""
        return [(where, self._vocabulary.find_phrases(text)) for where, text in _field_texts(paper)]

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
