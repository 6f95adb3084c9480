"""Suggests phrases for topics, and new topics, from the titles and abstracts of papers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from paper_digest.model.strict import StrictStruct
from paper_digest.search.stop_words import is_content_word
from paper_digest.search.tokenizer import stem
from paper_digest.text.fold import fold_text

#: Words of a suggested phrase.
_MIN_WORDS, _MAX_WORDS = 2, 3
#: A phrase of a topic stands in at least so many of its papers, and at least half of its papers have the topic.
_MIN_PAPERS, _MIN_PRECISION = 4, 0.5
#: A new topic has at least so many papers, and at most this share of all (20 in small archives).
_MIN_CLUSTER_PAPERS, _MAX_CLUSTER_SHARE, _MAX_SMALL_CLUSTER = 4, 0.1, 20
_MAX_CLUSTERS = 10
_CLAUSE_ENDS = str.maketrans(dict.fromkeys('.,;:()[]{}"!?/$%\\', "\n"))


class SuggestedPhrase(StrictStruct, frozen=True):
    """A phrase that a topic may take.

    Attributes:
        phrase: as it is written most often, in lower case.
        papers: of those looked at, the ones it stands in. ``in_topic``: of these, those of the topic.
    """

    phrase: str
    papers: int
    in_topic: int


class SuggestedTopic(StrictStruct, frozen=True):
    """Papers in no topic that share a phrase."""

    phrase: str
    slugs: tuple[str, ...]


def phrases_of_text(text: str) -> dict[str, str]:
    """Return the phrases of a text that may say a subject, in lower case, by their words without plural.

    They are two or three words in a row, of which the first and the last are words of a subject.
    """
    phrases: dict[str, str] = {}
    for clause in fold_text(text).translate(_CLAUSE_ENDS).splitlines():
        words = clause.split()
        stems = [stem(word.strip("-'`")) for word in words]
        says = [is_content_word(one.replace("-", "")) for one in stems]
        for start in range(len(words)):
            for end in range(start + _MIN_WORDS, min(start + _MAX_WORDS, len(words)) + 1):
                if all(says[start:end]):
                    phrases.setdefault(" ".join(stems[start:end]), " ".join(words[start:end]))
    return phrases


def parts_of_phrases(phrases: Iterable[str]) -> frozenset[str]:
    """Return the runs of two or three words in some phrases, without plural: none of them is a new phrase."""
    parts: set[str] = set()
    for phrase in phrases:
        words = [stem(word) for word in fold_text(phrase).replace("-", " ").split()]
        for size in range(_MIN_WORDS, _MAX_WORDS + 1):
            parts.update(" ".join(words[n : n + size]) for n in range(len(words) - size + 1))
    return frozenset(parts)


def suggest_phrases(
    papers: Sequence[tuple[dict[str, str], tuple[str, ...]]],
    topics: Iterable[str],
    count: int,
    is_known: Callable[[str], bool],
) -> dict[str, list[SuggestedPhrase]]:
    """Return for each topic up to ``count`` phrases that set its papers apart, the best first.

    ``papers`` are the phrases (``phrases_of_text``) and topics of each paper; ``is_known`` says of a phrase
    whether the topics have it already.
    """
    frequency, frequency_in, spellings, sizes = _count(papers)
    suggestions: dict[str, list[SuggestedPhrase]] = {}
    for topic in topics:
        of_topic, size = frequency_in.get(topic, Counter[str]()), sizes[topic]
        scored = []
        for phrase, inside in of_topic.items():
            total = frequency[phrase]
            if inside < _MIN_PAPERS or inside < _MIN_PRECISION * total:
                continue
            lift = (inside / size) / (total / len(papers))
            scored.append((-inside * math.log(lift), phrase, total, inside))
        spelt = (
            (SuggestedPhrase(spellings[phrase].most_common(1)[0][0], total, inside), minus)
            for minus, phrase, total, inside in sorted(scored)
        )
        fresh = (one for one, minus in spelt if minus < 0 and not is_known(one.phrase))
        suggestions[topic] = list(islice(fresh, count))
    return suggestions


def suggest_topics(
    without_topic: Mapping[str, dict[str, str]], paper_count: int, is_known: Callable[[str], bool]
) -> Iterator[SuggestedTopic]:
    """Yield groups of papers that share a phrase, the largest first; a paper is in one group.

    Args:
        without_topic: the phrases of each paper that has no topic, by slug.
        paper_count: papers of the archive.
        is_known: says of a phrase whether the topics have it already.
    """
    remaining = dict(without_topic)
    max_papers = max(_MAX_SMALL_CLUSTER, int(paper_count * _MAX_CLUSTER_SHARE))
    for _ in range(_MAX_CLUSTERS):
        counts = Counter(phrase for phrases in remaining.values() for phrase in phrases)
        fitting = [(-n, p) for p, n in counts.items() if _MIN_CLUSTER_PAPERS <= n <= max_papers]
        phrase = next((phrase for _, phrase in sorted(fitting) if not is_known(phrase)), "")
        if not phrase:
            return
        slugs = tuple(sorted(slug for slug, phrases in remaining.items() if phrase in phrases))
        yield SuggestedTopic(remaining[slugs[0]][phrase], slugs)
        for slug in slugs:
            del remaining[slug]


def _count(
    papers: Sequence[tuple[dict[str, str], tuple[str, ...]]],
) -> tuple[Counter[str], dict[str, Counter[str]], dict[str, Counter[str]], Counter[str]]:
    """Count the papers of each phrase, also by topic; its spellings; and the papers of each topic."""
    frequency: Counter[str] = Counter()
    for phrases, _ in papers:
        frequency.update(phrases.keys())
    frequency_in: dict[str, Counter[str]] = {}
    spellings: dict[str, Counter[str]] = {}
    sizes: Counter[str] = Counter()
    for phrases, topics in papers:
        common = {p: spelt for p, spelt in phrases.items() if frequency[p] >= _MIN_PAPERS}
        for phrase, spelt in common.items():
            spellings.setdefault(phrase, Counter())[spelt] += 1
        for topic in topics:
            sizes[topic] += 1
            frequency_in.setdefault(topic, Counter()).update(common.keys())
    return frequency, frequency_in, spellings, sizes
