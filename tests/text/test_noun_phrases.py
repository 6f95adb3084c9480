"""A reason names a subject: a noun, of more than general words."""

from __future__ import annotations

import pytest
from paper_digest.text.noun_phrases import names_subject

SUBJECTS = (
    "forecasting",
    "visual token",
    "theorem proving",
    "knowledge editing",
    "retrieval",
    "metric learning",
    "learning rate",
    "ad hoc networks",
)
MODIFIERS = (
    "clinical",
    "quantized",
    "harmful",
    "recursive",
    "wireless",
    "audio-driven",
    "sharpness-aware",
    "physically based",
)
GENERAL = (
    "evaluating",
    "compressing",
    "new benchmark",
    "benchmark for evaluating",
    "training data",
    "leaderboard",
    "hoc networks",
    "situ measurement",
    "",
)


@pytest.mark.parametrize("phrase", SUBJECTS)
def test_a_noun_of_a_subject_is_a_reason(phrase: str) -> None:
    assert names_subject(phrase)


@pytest.mark.parametrize("phrase", MODIFIERS + GENERAL)
def test_adjectives_method_talk_and_general_words_are_none(phrase: str) -> None:
    assert not names_subject(phrase)


@pytest.mark.parametrize("modifier", MODIFIERS)
@pytest.mark.parametrize("noun", ["forecasting", "token", "retrieval"])
def test_what_stands_before_a_noun_makes_a_noun_phrase(modifier: str, noun: str) -> None:
    assert names_subject(f"{modifier} {noun}")


def test_what_is_written_with_a_capital_letter_is_a_name() -> None:
    assert names_subject("Arabic")
    assert names_subject("Segment Anything")
    assert names_subject("MoE")
