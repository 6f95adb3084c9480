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
    last, and is no best one where more speaks for another. A parent is left out where a child has at least
    ``CHILD_SHARE_OF_PARENT`` of its score, for its page lists the child's papers anyway; else it stands after the child. Equal scores stand in the order of their names, so the
    order of the topics has no effect.

    Args:
        scores: of each topic that anything speaks for.
        supported: the topics for which more than a category speaks.
        likeness: what likeness to its papers gave each topic whose papers are known; part of its score.
        parents: the parent of each topic that has one.
    """
    accepted = _accepted(scores, supported, likeness)
    parent_of = _parents_accepted(accepted, supported, parents)
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


def reasons_for_loss(
    scores: Mapping[str, float],
    supported: AbstractSet[str],
    likeness: Mapping[str, float],
    parents: Mapping[str, str],
) -> dict[str, str]:
    """Say of each topic that ``choose_topics`` leaves out why, as the end of a sentence; takes the same."""
    chosen = {topic for topic, _ in choose_topics(scores, supported, likeness, parents)}
    accepted = _accepted(scores, supported, likeness)
    top = _top_score(scores, supported)
    outweighing: dict[str, list[str]] = {}
    for child, parent in _parents_accepted(accepted, supported, parents).items():
        if accepted[child] >= CHILD_SHARE_OF_PARENT * scores[parent]:
            outweighing.setdefault(parent, []).append(child)
    reasons: dict[str, str] = {}
    for topic in scores.keys() - chosen:
        if topic in outweighing:
            reasons[topic] = f"gives way to {' and '.join(sorted(outweighing[topic]))} below it"
        elif topic in accepted:
            reasons[topic] = f"comes after {MAX_TOPICS} others, and no paper has more topics"
        else:
            reasons[topic] = _shortfall(topic, scores[topic], top, likeness)
    return reasons


def _accepted(
    scores: Mapping[str, float], supported: AbstractSet[str], likeness: Mapping[str, float]
) -> dict[str, float]:
    """Return the topics whose score is enough, however many, parents and children among them."""
    top = _top_score(scores, supported)
    accepted = {}
    for topic, score in scores.items():
        min_score = max(MIN_SCORE, min(top, _min_further_score(topic, top, likeness)))
        is_unlike = likeness.get(topic, MIN_FURTHER_LIKENESS) < MIN_FURTHER_LIKENESS
        if score >= min_score and not (is_unlike and score < top):
            accepted[topic] = score
    return accepted


def _top_score(scores: Mapping[str, float], supported: AbstractSet[str]) -> float:
    """Return the score of the best topic: one for which a category alone speaks only where no other will do."""
    top = max((scores[topic] for topic in supported), default=0.0)
    return top if top >= MIN_SCORE else max(scores.values(), default=0.0)


def _min_further_score(topic: str, top: float, likeness: Mapping[str, float]) -> float:
    least = MIN_FURTHER_SCORE_WITH_CENTROID if topic in likeness else MIN_FURTHER_SCORE
    return max(least, MIN_SHARE_OF_BEST * top)


def _parents_accepted(
    accepted: Mapping[str, float], supported: AbstractSet[str], parents: Mapping[str, str]
) -> dict[str, str]:
    """Return the parent of each topic beside which it is accepted.

    A parent for which words speak does not give way to a child for which a category alone does.
    """
    return {
        topic: parent
        for topic in accepted
        if (parent := parents.get(topic, "")) in accepted
        and (topic in supported or parent not in supported)
    }


def _shortfall(topic: str, score: float, top: float, likeness: Mapping[str, float]) -> str:
    """Say what a topic lacks that is not accepted."""
    if top < MIN_SCORE:
        return f"even the best topic needs a score of {MIN_SCORE:g}"
    needed = _min_further_score(topic, top, likeness)
    if score < needed:
        share = MIN_SHARE_OF_BEST * top
        ground = f", {MIN_SHARE_OF_BEST * 100:g} % of the best topic's" if needed == share else ""
        lack = f"a further topic needs a score of {round(needed, 2):g}{ground}"
        if topic not in likeness:
            return f"{lack}; likeness could not add to it, too few papers are surely of the topic"
        return f"{lack}; likeness to its papers gives {likeness[topic]:g}"
    return (
        f"the paper is unlike those of the topic: likeness gives {likeness[topic]:g}, "
        f"a further topic needs {MIN_FURTHER_LIKENESS:g} of it"
    )
