"""Phrases: where a word ends, how it may be joined, and what its spelling insists on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.phrases import MIN_STEM_LETTERS, PhraseMatcher, is_phrase


def found(word: str, text: str) -> list[str]:
    return [phrase.text for phrase in PhraseMatcher([(word, "owner")]).find_phrases(text)]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("low-rank", "A low rank model"),
        ("low-rank", "A lowrank model"),
        ("low rank", "A Low-Rank model"),
        ("lowrank", "A low\u2010rank model"),
        ("fine-tuning", "On Finetuning"),
        ("in-context learning", "In-context learning works"),
        ("language model", "Language Models of today"),
        ("language models", "One language\nmodel"),
        ("mixture of experts", "Mixtures of Experts"),
        ("policy", "Two policies"),
        ("policies", "A policy"),
        ("matrix", "Random matrices"),
        ("analysis", "Three analyses"),
        ("caches", "A cache"),
        ("GAN", "Training GANs"),
        ("GAN", "{GAN}s in braces"),
        ("GPT-4", "Asking GPT-4 twice"),
        ("robot*", "Robotics at home"),
        ("federated learn*", "Federated learning"),
        ("federated learn*", "Federated-Learner"),
        ("GPT*", "With GPT4o"),
        ("Newton's method", "On Newton\u2019s method"),
        ("Schrödinger bridge", r"Schr\"odinger bridges"),
        ("Schrödinger bridge", r"A Schr{\"{o}}dinger bridge"),
        ("Erdos graph", "Erd\u0151s graphs"),
        ("k-means", "Fast $k$-means"),
        ("efficient", "an e\ufb03cient way"),
    ],
)
def test_word_is_found(word: str, text: str) -> None:
    assert found(word, text) == [word]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("graph", "Graphene sheets"),
        ("graph", "A paragraph"),
        ("art", "The state"),
        ("language model", "Language. Models of the sky"),
        ("language model", "language, model"),
        ("language model", "language (model)"),
        ("GAN", "We gan to see"),
        ("GAN", "GANGLION cells"),
        ("SLAM", "slam the door"),
        ("GPT*", "gpt4o in small letters"),
        ("robot*", "A probot"),
        ("robot*", "ro botany"),
        ("invariant", "in variant forms"),
        ("asymmetry", "a symmetry"),
        ("statistics", "statistical"),
    ],
)
def test_word_is_not_found(word: str, text: str) -> None:
    assert found(word, text) == []


def test_longer_phrase_takes_the_place_of_what_lies_inside_it() -> None:
    vocabulary = PhraseMatcher([("language model", "text"), ("vision language model", "both")])
    owners = [
        p.owner for p in vocabulary.find_phrases("A vision-language model, then language models.")
    ]
    assert owners == ["both", "text"]


def test_longer_phrase_of_one_beginning_counts() -> None:
    vocabulary = PhraseMatcher([("state", "a"), ("state space model", "b"), ("state space", "c")])
    owners = [
        p.owner for p in vocabulary.find_phrases("A state-space model, a state space, a state.")
    ]
    assert owners == ["b", "c", "a"]


def test_beginning_of_a_word_ends_with_that_word() -> None:
    vocabulary = PhraseMatcher([("robot*", "a"), ("robot arm race", "b"), ("arm", "c")])
    assert [p.owner for p in vocabulary.find_phrases("Robot arm")] == ["a", "c"]


def test_phrase_of_two_owners_is_found_for_both() -> None:
    vocabulary = PhraseMatcher([("video diffusion", "video"), ("video-diffusion", "generation")])
    assert [p.owner for p in vocabulary.find_phrases("Video diffusion")] == ["video", "generation"]


def test_one_owner_has_each_spelling_once() -> None:
    vocabulary = PhraseMatcher([("multi-modal", "owner"), ("multimodal", "owner")])
    assert [p.text for p in vocabulary.find_phrases("Multi-modal or multimodal")] == [
        "multi-modal"
    ] * 2


def test_capitals_fall_back_on_a_shorter_phrase() -> None:
    vocabulary = PhraseMatcher([("SAM model", "a"), ("SAM", "b"), ("sam", "c")])
    assert [p.owner for p in vocabulary.find_phrases("SAM")] == ["b", "c"]
    assert [p.owner for p in vocabulary.find_phrases("Sam")] == ["c"]


def test_size_counts_the_parts_of_a_phrase() -> None:
    vocabulary = PhraseMatcher([("in-context learning", "owner"), ("robot*", "owner")])
    assert [p.word_count for p in vocabulary.find_phrases("Robots and in-context learning")] == [
        1,
        3,
    ]


@pytest.mark.parametrize("word", ["low-rank", "GAN", "robot*", "3D", "Newton's method", "Kähler"])
def test_phrases(word: str) -> None:
    assert is_phrase(word)


@pytest.mark.parametrize(
    "word", ["", " ", "x", "C++", "A/B", "k_m", "a, b", "*", "ab*", "a* bc", "|"]
)
def test_no_phrases(word: str) -> None:
    assert not is_phrase(word)


FUNCTION_WORDS = {
    "in",
    "on",
}  # of the words below; they begin a phrase only where one is written so
PIECES = ["b", "bc", "cb", "bcb", "cbc", "Bc", "BC", "in", "on"]


def plain_search(vocabulary: list[str], text: str) -> list[tuple[str, str]]:
    """Try every phrase at every word: what ``find_phrases`` has to return, as pairs of phrase and owner."""
    words = text.replace("-", " ").split()
    first = {phrase.strip("*").split()[0].lower() for phrase in vocabulary}
    result: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        longest, here = at + 1, list[tuple[str, str]]()
        if words[at].lower() not in FUNCTION_WORDS - first:
            for end in range(at + 1, len(words) + 1):
                if "|" in words[at:end]:
                    break
                joined, before = "".join(words[at:end]), "".join(words[at : end - 1])
                matches = [
                    (phrase, str(owner))
                    for is_stem in (False, True)
                    for owner, phrase in enumerate(vocabulary)
                    if phrase.endswith("*") == is_stem and is_match(phrase, joined, before)
                    if not (is_stem and is_cut_short(words[at:end], vocabulary))
                ]
                longest, here = (end, matches) if matches else (longest, here)
        result += here
        at = longest
    return result


def is_cut_short(words: list[str], vocabulary: list[str]) -> bool:
    """Say whether one or two letters and a longer word are only by chance the beginning of a phrase."""
    spellings = [phrase.strip("*").replace(" ", "").lower() for phrase in vocabulary]
    is_beginning = any(f"{one}s".startswith("".join(words).lower()) for one in spellings)
    return len(words) == 2 and len(words[0]) < MIN_STEM_LETTERS and not is_beginning


def is_match(phrase: str, joined: str, before: str) -> bool:
    """Say whether words written as one are a phrase; ``before`` is all of them but the last."""
    spelling = phrase.strip("*").replace(" ", "")
    if phrase.isupper() and not joined.startswith(spelling):
        return False
    spelling = spelling.lower()
    if phrase.endswith("*"):
        return joined.lower().startswith(spelling) and len(before) < len(spelling)
    return joined.lower() in {spelling, spelling + "s"}


@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), min_size=1, max_size=6),
    st.sets(st.integers(0, 5)),
    st.lists(st.sampled_from([*PIECES, "|", "bcs", "b-c", "c", "s"]), max_size=14),
)
def test_one_pass_finds_what_a_plain_search_for_each_phrase_finds(
    phrases: list[list[str]], stems: set[int], text: list[str]
) -> None:
    vocabulary = [" ".join(words) + "*" * (number in stems) for number, words in enumerate(phrases)]
    vocabulary = [phrase for phrase in vocabulary if is_phrase(phrase)]
    matcher = PhraseMatcher((phrase, str(owner)) for owner, phrase in enumerate(vocabulary))
    written = " ".join(text)
    found = [(one.text, one.owner) for one in matcher.find_phrases(written)]
    assert found == plain_search(vocabulary, written)


JUNK = [
    "<script>",
    "{{ config }}",
    "\x00\x1b",
    "\u202e",
    "\ud800",
    "|",
    "\\",
    "\\'",
    "'" * 9,
    "İ" * 9,
]


@pytest.mark.parametrize("junk", JUNK)
def test_junk_around_a_word_does_not_hide_it(junk: str) -> None:
    assert found("robot", f"{junk} robot {junk}") == ["robot"]


def test_words_that_never_end_a_phrase_are_walked_once() -> None:
    assert found("low-rank", "low-" * 50_000 + "rank") == ["low-rank"]


PARTS = st.text(st.sampled_from("abcdexyz"), min_size=3, max_size=6)


@given(st.lists(PARTS, min_size=1, max_size=4), st.data())
def test_joints_and_case_are_without_effect(parts: list[str], data: st.DataObject) -> None:
    joints = data.draw(st.lists(st.sampled_from([" ", "-", "", "\n"]), min_size=3, max_size=3))
    text = parts[0] + "".join(j + p for j, p in zip(joints, parts[1:], strict=False))
    text = "".join(data.draw(st.sampled_from([c, c.upper()])) for c in text)
    assert found(" ".join(parts), f"(see {text}!)") == [" ".join(parts)]


@given(st.text(), st.lists(st.text().filter(is_phrase), max_size=3))
def test_any_text_and_any_phrase_are_taken(text: str, words: list[str]) -> None:
    hits = PhraseMatcher((word, "owner") for word in words).find_phrases(text)
    assert {hit.text for hit in hits} <= set(words)
