"""Which topics a paper gets for given scores."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.topic_choice import (
    MAX_TOPICS,
    MIN_FURTHER_LIKENESS,
    MIN_FURTHER_SCORE_WITH_CENTROID,
    MIN_SCORE,
    choose_topics,
    reasons_for_loss,
)

NAMES = ("ants", "bees", "cows", "dogs", "eels", "foxes")
PARENTS = {"ants": "bees", "cows": "bees", "dogs": "eels"}
SCORES = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 160).map(lambda n: n / 8))
SOME = st.sets(st.sampled_from(NAMES))
LIKENESS = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 16).map(lambda n: n / 8))


@given(SCORES, SOME, LIKENESS)
def test_rules_of_every_choice(
    scores: dict[str, float], supported: set[str], likeness: dict[str, float]
) -> None:
    supported &= scores.keys()
    chosen = choose_topics(scores, supported, likeness, PARENTS)
    names = [name for name, _ in chosen]
    assert len(names) <= MAX_TOPICS
    assert all(scores[name] == score >= MIN_SCORE for name, score in chosen)
    assert bool(chosen) == any(score >= MIN_SCORE for score in scores.values())
    for child, parent in PARENTS.items():
        is_weaker = parent in supported and child not in supported
        if child in names and parent in names and not is_weaker:
            assert names.index(child) < names.index(parent), "a child goes before its parent"
            assert scores[child] < scores[parent] / 2
    if chosen and any(scores[name] >= MIN_SCORE for name in supported):
        assert names[0] in supported, "a category alone is first only where no word speaks"
    without_kin = [name for name in names if name not in {*PARENTS, *PARENTS.values()}]
    assert without_kin == sorted(
        without_kin, key=lambda name: (name not in supported, -scores[name], name)
    )
    renamed = dict(sorted(scores.items(), reverse=True))
    assert choose_topics(renamed, supported, likeness, PARENTS) == chosen


def test_a_further_topic_needs_more_where_likeness_could_have_spoken_for_it() -> None:
    scores = {"ants": 8.0, "foxes": MIN_FURTHER_SCORE_WITH_CENTROID - 1}
    assert len(choose_topics(scores, {*scores}, {}, {})) == len(scores)
    assert [name for name, _ in choose_topics(scores, {*scores}, {"foxes": 2.0}, {})] == ["ants"]


def test_a_further_topic_whose_papers_are_unlike_is_none() -> None:
    scores = {"ants": 8.0, "foxes": 7.0}
    for likeness, count in ((0.0, 1), (MIN_FURTHER_LIKENESS, 2)):
        assert len(choose_topics(scores, {*scores}, {"foxes": likeness}, {})) == count


@given(SCORES, SOME, LIKENESS)
def test_each_topic_that_lost_says_what_it_lacked(
    scores: dict[str, float], supported: set[str], likeness: dict[str, float]
) -> None:
    supported &= scores.keys()
    chosen = {name for name, _ in choose_topics(scores, supported, likeness, PARENTS)}
    reasons = reasons_for_loss(scores, supported, likeness, PARENTS)
    assert reasons.keys() == scores.keys() - chosen
    for topic, reason in reasons.items():
        if "others" in reason:
            assert len(chosen) == MAX_TOPICS
        elif "below it" in reason:
            children = [child for child, parent in PARENTS.items() if parent == topic]
            assert any(child in reason for child in children)
        else:
            # What is said to be lacking, given, is lacking no more.
            needed = re.search(r"needs a score of ([\d.]+)", reason)
            given_score = {
                **scores,
                topic: max(scores[topic], float(needed[1]) + 0.01 if needed else 0),
            }
            given_likeness = {**likeness, topic: max(likeness.get(topic, 0), MIN_FURTHER_LIKENESS)}
            if topic not in likeness:
                del given_likeness[topic]
            after = reasons_for_loss(given_score, supported | {topic}, given_likeness, PARENTS)
            assert "needs" not in after.get(topic, "")
