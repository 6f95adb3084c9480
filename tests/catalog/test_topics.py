"""Topics: what counts, how much, and where words end."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.catalog.topic_choice import MAX_TOPICS
from paper_digest.catalog.topic_match import TopicMatch, TopicReason
from paper_digest.catalog.topics import FIELD_WEIGHTS, TopicClassifier
from paper_digest.model.paper import Digest, Paper
from paper_digest.model.topic import Topic

# The saved pages of ../shared/seeds are classified by the test of the default archive.yml.


def topic(name: str, *words: str, parent: str = "", categories: tuple[str, ...] = ()) -> Topic:
    return Topic(name, name.title(), words=words, parent=parent, categories=categories)


def paper(
    title: str = "",
    abstract: str = "",
    *,
    digest: Digest | None = None,
    keywords: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
) -> Paper:
    return Paper(
        id="arxiv:2511.00001",
        title=title,
        abstract=abstract,
        digest=digest,
        keywords=keywords,
        categories=categories,
    )


def found(word: str, text: str) -> bool:
    return bool(TopicClassifier((topic("t", word),)).classify(paper(text)))


def names(matches: tuple[TopicMatch, ...]) -> list[str]:
    return [match.topic for match in matches]


def test_capitals_mean_nothing_in_a_title_that_has_nothing_else() -> None:
    assert not found("SLAM", "THE DOORS THAT SLAM SHUT")
    assert found("robot", "THE ROBOTS THAT WALK HOME")
    assert found("SLAM", "SLAM")


def test_weights_of_the_places() -> None:
    classifier = TopicClassifier((topic("t", "zebra", categories=("math.*",)),))
    (match,) = classifier.classify(
        paper(
            "A zebra",
            "This zebra runs.",
            digest=Digest("Zebras run.", "A. Person"),
            keywords=("zebra", "savanna"),
            categories=("math.CO", "math.AP"),
        )
    )
    places = ("title", "keywords", "category")  # digest and abstract repeat the keyword
    assert match.reasons == tuple(
        sorted(
            (
                TopicReason(
                    "math.*" if place == "category" else "zebra", place, FIELD_WEIGHTS[place]
                )
                for place in places
            ),
            key=lambda reason: (-reason.weight, reason.field),
        )
    )
    assert match.score == sum(reason.weight for reason in match.reasons)
    assert FIELD_WEIGHTS["title"] > FIELD_WEIGHTS["digest"] > FIELD_WEIGHTS["abstract"]
    assert FIELD_WEIGHTS["category"] > FIELD_WEIGHTS["cross-list"]


def test_outside_the_title_a_phrase_counts_once_where_it_weighs_most() -> None:
    classifier = TopicClassifier((topic("t", "zebra", "lion"),))
    text = "A lion. " + "Zebras. " * 3
    (match,) = classifier.classify(paper("A day", text, digest=Digest("Zebras.", "A. Person")))
    reasons = {(reason.term, reason.field, reason.weight) for reason in match.reasons}
    assert reasons == {("zebra", "abstract", 2.0), ("lion", "abstract", 1.0)}


def test_phrases_and_repeats_count_more_with_an_end() -> None:
    classifier = TopicClassifier((topic("t", "zebra", "striped wild horse"),))

    def score(text: str) -> float:
        return sum(match.score for match in classifier.classify(paper("Of zebras", text)))

    base = score("")
    steps = [score("zebra " * times) - base for times in range(1, 6)]
    assert steps == [1.0, 1.5, 2.0, 2.0, 2.0]
    assert score("a striped wild horse") - base == 2.0


def test_title_counts_a_word_once() -> None:
    (match,) = TopicClassifier((topic("t", "zebra"),)).classify(paper("Zebra, zebra, zebra"))
    assert match.score == FIELD_WEIGHTS["title"]


def test_further_topic_needs_a_share_of_the_best_score() -> None:
    classifier = TopicClassifier((topic("main", "striped wild horse"), topic("aside", "ant")))
    both = ("striped wild horse", "ant")
    assert names(classifier.classify(paper(keywords=both))) == ["main", "aside"]
    strong = paper("The striped wild horse", keywords=both)
    assert names(classifier.classify(strong)) == ["main"]


def test_one_spelling_listed_twice_counts_once() -> None:
    once = TopicClassifier((topic("t", "multi-modal"),))
    twice = TopicClassifier((topic("t", "multi-modal", "multimodal"),))
    text = paper("Multi-modal or multimodal")
    assert once.classify(text) == twice.classify(text)


def test_word_in_passing_is_no_topic() -> None:
    classifier = TopicClassifier((topic("main", "zebra"), topic("aside", "horse")))
    assert classifier.classify(paper("", "There is a horse.")) == ()
    assert names(classifier.classify(paper("On zebras", "Horse, horse, horse."))) == ["main"]
    assert names(classifier.classify(paper("On zebras and horses"))) == ["aside", "main"]


def test_primary_category_alone_is_enough_and_a_cross_list_is_not() -> None:
    classifier = TopicClassifier(
        (topic("a", categories=("cs.CL",)), topic("b", categories=("math.*",)))
    )
    assert names(classifier.classify(paper(categories=("cs.CL", "math.CO")))) == ["a"]
    assert names(classifier.classify(paper(categories=("math.CO", "cs.CL")))) == ["b"]
    assert classifier.classify(paper(categories=("cs.LG", "math.CO"))) == ()


@pytest.mark.parametrize("category", ["astro-ph", "astro-ph.CO"])
def test_whole_archive_takes_old_and_new_labels(category: str) -> None:
    classifier = TopicClassifier((topic("sky", categories=("astro-ph.*",)),))
    assert names(classifier.classify(paper(categories=(category,)))) == ["sky"]
    assert classifier.classify(paper(categories=("astro-phys.CO",))) == ()


def test_child_makes_its_parent_needless() -> None:
    topics = (topic("animals", "animal", "fur"), topic("zebras", "zebra", parent="animals"))
    classifier = TopicClassifier(topics)
    assert names(classifier.classify(paper("An animal"))) == ["animals"]
    assert names(classifier.classify(paper("The animal called zebra"))) == ["zebras"]
    both = classifier.classify(paper("Animals and their fur", "An animal, a zebra, zebra, zebra."))
    assert names(both) == ["animals"], "a child in passing leaves the parent alone"


def test_strong_parent_stays_behind_a_weak_child() -> None:
    topics = (topic("animals", "animal", "fur"), topic("zebras", "zebra", parent="animals"))
    text = paper("Animals", keywords=("fur", "zebra"))
    assert names(TopicClassifier(topics).classify(text)) == ["zebras", "animals"]


def test_never_more_than_five_and_the_best_come_first() -> None:
    words = ("ant", "bee", "cow", "dog", "eel", "fox", "gnu")
    classifier = TopicClassifier(tuple(topic(word, word) for word in words))
    matches = classifier.classify(paper(" and ".join(reversed(words)), "The gnu."))
    assert names(matches) == ["gnu", "ant", "bee", "cow", "dog"]
    assert len(matches) == MAX_TOPICS


def test_each_topic_of_which_a_word_stands_in_the_paper_is_chosen_or_says_why_not() -> None:
    words = ("zebra", "horse", "ass", "mule", "onager", "pony", "foal")
    classifier = TopicClassifier((*(topic(word, word) for word in words), topic("none", "whale")))
    text = paper("Of zebra, horse, ass, mule, onager and pony", "The foal.")
    losses = {one.topic: one.loss for one in classifier.candidates(text)}
    assert losses.keys() == {*words}
    assert [name for name, loss in losses.items() if not loss] == names(classifier.classify(text))
    assert "no paper has more" in losses["zebra"]
    assert "needs a score of 3" in losses["foal"]
    (foal,) = [one for one in classifier.candidates(text) if one.topic == "foal"]
    assert foal.reasons == (TopicReason("foal", "abstract", FIELD_WEIGHTS["abstract"]),)


def test_nothing_is_forced() -> None:
    classifier = TopicClassifier((topic("t", "zebra"),))
    assert classifier.classify(paper()) == ()
    assert classifier.classify(paper("A horse", "of another colour", categories=("cs.CL",))) == ()


WORDS = ("ant", "bee*", "COW", "wild dog", "sea-eel", "fox", "red fox", "gnu")
PIECES = (
    "ant",
    "ants",
    "bees",
    "beehive",
    "COW",
    "cow",
    "wild",
    "dog",
    "sea",
    "eel",
    "red",
    "fox",
    ".",
)


@given(
    st.lists(st.sampled_from(PIECES)),
    st.lists(st.sampled_from(PIECES)),
    st.randoms(use_true_random=False),
)
def test_order_of_topics_is_without_effect(
    title: list[str], abstract: list[str], dice: random.Random
) -> None:
    topics = [topic("all", *WORDS), *(topic(f"t{n}", w, parent="all") for n, w in enumerate(WORDS))]
    text = paper(" ".join(title), " ".join(abstract))
    first = TopicClassifier(tuple(topics)).classify(text)
    dice.shuffle(topics)
    assert TopicClassifier(tuple(topics)).classify(text) == first
    assert len(first) <= MAX_TOPICS


HOSTILE = TopicClassifier(
    (topic("a", "low-rank", "GAN", "robot*", "İx"), topic("b", categories=("cs.*",)))
)


@given(st.text(), st.text(), st.lists(st.text()))
def test_any_text_is_taken(title: str, abstract: str, categories: list[str]) -> None:
    matches = HOSTILE.classify(paper(title, abstract, categories=tuple(categories)))
    assert set(names(matches)) <= {"a", "b"}


def test_no_topics_match_nothing() -> None:
    assert TopicClassifier(()).classify(paper("Anything")) == ()
