"""What the papers of a topic are like, learned from sure ones."""

from __future__ import annotations

import random
from array import array

from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.catalog.topic_centroids import (
    MIN_SURE_PAPERS,
    TopicCentroids,
    learn_centroids,
    unpack_centroids,
)
from paper_digest.catalog.topic_evidence import TopicEvidence, spellings_by_bucket, word_buckets
from paper_digest.catalog.topic_match import LIKENESS
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic

TOPICS = (
    Topic("tea", "Tea", words=("teapot", "kettle")),
    Topic("sail", "Sailing", words=("sail boat", "regatta")),
)
#: Words that come with those of each topic, and are none of them.
COMPANY = {
    "tea": ["leaves", "porcelain", "infusion", "camellia", "oolong", "sugar", "steaming"],
    "sail": ["harbour", "rigging", "keel", "mast", "tide", "anchor", "spinnaker"],
}
OTHERS = ["meadow", "granite", "violin", "lantern", "orchard", "falcon", "pebble", "harvest"]


def archive(papers_per_topic: int = 12) -> list[Paper]:
    chance = random.Random(5)  # noqa: S311 - a repeatable draw
    papers = []
    for topic in TOPICS:
        for number in range(papers_per_topic):
            words = chance.sample(COMPANY[topic.name], 4) + chance.sample(OTHERS, 4)
            title = f"On the {topic.words[number % 2]}"
            papers.append(paper(f"{topic.name}{number}", title, " ".join(words), topic.words))
    return papers + [
        paper(f"none{number}", "A walk", " ".join(chance.sample(OTHERS, 6)))
        for number in range(papers_per_topic)
    ]


def paper(name: str, title: str, abstract: str, keywords: tuple[str, ...] = ()) -> Paper:
    return Paper(id=f"title:{name}", title=title, abstract=abstract, keywords=keywords)


def learned(papers: list[Paper]) -> TopicCentroids:
    return learn_centroids(evidence(papers))


def evidence(papers: list[Paper]) -> list[TopicEvidence]:
    classifier = TopicClassifier(TOPICS)
    return [classifier.evidence(one, classifier.find_phrases(one), None) for one in papers]


def test_a_paper_without_a_word_of_a_topic_is_known_by_its_company() -> None:
    centroids, classifier = learned(archive()), TopicClassifier(TOPICS)
    text = paper("x", "Leaves in porcelain", "An infusion of oolong by the meadow, with sugar.")
    assert classifier.classify(text) == ()
    (match,) = classifier.candidates(text, centroids)
    assert not match.loss
    (reason,) = match.reasons
    assert (match.topic, reason.field) == ("tea", LIKENESS)
    assert {*reason.term.split(", ")} <= {"leave", "porcelain", "infusion", "oolong", "sugar"}


def test_a_word_of_all_papers_is_like_no_topic() -> None:
    (likeness,) = learned(archive()).likenesses([word_buckets(paper("x", "A meadow", "Violin."))])
    assert max(likeness.values()) < 0.1


def test_few_sure_papers_have_no_centroid() -> None:
    assert learned(archive(MIN_SURE_PAPERS - 1)).topics == ()
    assert learned(archive(MIN_SURE_PAPERS)).topics == ("sail", "tea")
    assert learned([]).topics == ()


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_neither_the_order_of_papers_nor_packing_matters(dice: random.Random) -> None:
    papers = archive()
    words = [word_buckets(one) for one in papers]
    centroids = learned(papers)
    before = list(centroids.likenesses(words))
    assert list(unpack_centroids(centroids.pack()).likenesses(words)) == before
    dice.shuffle(papers)
    assert list(learned(papers).likenesses(words)) == before


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_word_that_counts_can_be_named(title: str, abstract: str) -> None:
    text = paper("x", title, abstract)
    assert {*array("H", word_buckets(text))} == {*spellings_by_bucket(text)}


@given(st.lists(st.text(max_size=60), max_size=8))
def test_likeness_is_a_share_whatever_the_text(texts: list[str]) -> None:
    words = [word_buckets(paper("x", text, text)) for text in texts]
    for likeness in LEARNED.likenesses(words):
        assert all(0 <= share <= 1 for share in likeness.values())
        assert {*likeness} == {"sail", "tea"}


LEARNED = learned(archive())
