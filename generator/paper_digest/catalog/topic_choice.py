"""Chooses a paper's topics by their scores."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

#: The least score of the best topic; what a further one needs, at least and as a share of the best.
MIN_SCORE, MIN_FURTHER_SCORE, MIN_SHARE_OF_BEST = 2.0, 3.0, 0.35
#: What a further topic needs at least where likeness to its papers could add to its score, and of likeness.
MIN_FURTHER_SCORE_WITH_CENTROID, MIN_FURTHER_LIKENESS = 5.0, 0.5
#: A child makes its parent needless from this share of the parent's score.
CHILD_SHARE_OF_PARENT = 0.5
#: The most topics a paper may have.
MAX_TOPICS = 5


def choose_topics(
    scores: Mapping[str, float],
    supported: AbstractSet[str],
    likeness: Mapping[str, float],
    parents: Mapping[str, str],
) -> list[tuple[str, float]]:
    """Return the topics of a paper with their scores, best first; none where no score is enough.

    The best topic counts from a score of ``MIN_SCORE``; a further one from ``MIN_FURTHER_SCORE`` (or
    ``MIN_FURTHER_SCORE_WITH_CENTROID`` and ``MIN_FURTHER_LIKENESS``), and from ``MIN_SHARE_OF_BEST`` of
    the best score, for a word in passing is no subject. A topic for which only a category speaks comes
    last, and is no best one where more speaks for another. A parent is left out where a child has at least ``CHILD_SHARE_OF_PARENT`` of its score, for its page lists the child's
    papers anyway; else it stands after the child. Equal scores stand in the order of their names, so the
    order of the topics has no effect.

    Args:
        scores: of each topic that anything speaks for.
        supported: the topics for which more than a category speaks.
        likeness: what likeness to its papers gave each topic whose papers are known; part of its score.
        parents: the parent of each topic that has one.
    """
    top = max((scores[topic] for topic in supported), default=0.0)
    if top < MIN_SCORE:
        top = max(scores.values(), default=0.0)
    accepted = {}
    for topic, score in scores.items():
        least = MIN_FURTHER_SCORE_WITH_CENTROID if topic in likeness else MIN_FURTHER_SCORE
        is_unlike = likeness.get(topic, MIN_FURTHER_LIKENESS) < MIN_FURTHER_LIKENESS
        min_score = max(MIN_SCORE, min(top, max(least, MIN_SHARE_OF_BEST * top)))
        if score >= min_score and not (is_unlike and score < top):
            accepted[topic] = score
    # A parent for which words speak does not give way to a child for which a category alone does.
    parent_of = {
        topic: parent
        for topic in accepted
        if (parent := parents.get(topic, "")) in accepted
        and (topic in supported or parent not in supported)
    }
    for child, parent in parent_of.items():
        if accepted[child] >= CHILD_SHARE_OF_PARENT * scores[parent]:
            accepted.pop(parent, None)
    best = sorted(accepted, key=lambda topic: (topic not in supported, -accepted[topic], topic))
    for child in tuple(best):
        parent = parent_of.get(child, "")
        if parent in best and best.index(parent) < best.index(child):
            best.remove(child)
            best.insert(best.index(parent), child)
    return [(topic, accepted[topic]) for topic in best[:MAX_TOPICS]]
