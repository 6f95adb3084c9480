"""The sentence of an abstract that says what the paper did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.text.contribution import contribution_start

BEFORE = "Kettles boil over. They have been watched, e.g. by Smith et al. 2010, for years. "
AFTER = " Experiments with 40 kettles agree. We also describe a lid."


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a whistle that is heard upstairs.",
        "We formally prove that a watched kettle never boils.",
        "This paper introduces kettles without water.",
        "Here, a whistle is proposed that nobody hears.",
        "With $x$ cups of tea, we establish a lower bound.",
        "We show that whistles are heard.",
        "This doctoral research advances kettles by measuring them.",
        "We advocate for louder whistles.",
        "Our proposed generative framework boils water at scale.",
    ],
)
def test_text_begins_with_the_sentence_that_says_what_was_done(sentence: str) -> None:
    abstract = BEFORE + sentence + AFTER
    assert abstract[contribution_start(abstract) :].startswith(sentence.removeprefix("Here, "))


@pytest.mark.parametrize(
    "lead_in",
    [
        "To address this, ",
        "To overcome these two limitations of lids, ",
        "In this paper, ",
        "Therefore, in this work, ",
        "Motivated by this observation, ",
    ],
)
def test_words_that_lead_back_are_left_out(lead_in: str) -> None:
    abstract = f"{BEFORE}{lead_in}we propose a lid. It fits."
    assert abstract[contribution_start(abstract) :] == "we propose a lid. It fits."


@pytest.mark.parametrize(
    ("abstract", "begins"),
    [
        ("", ""),
        ("Kettles. Lids! Nothing else?", "Kettles."),
        ("One is hot. We study kettles. Finally, we propose tea.", "We study kettles."),
        ("One is hot. We show tea. We propose cups.", "We propose cups."),
        ("If $a. B$ holds, all is well. We show tea.", "We show tea."),
        ("Kettles as in Fig. We propose none.", "Kettles as in Fig."),
    ],
)
def test_where_the_text_begins(abstract: str, begins: str) -> None:
    assert abstract[contribution_start(abstract) :].startswith(begins)


@given(
    st.lists(
        st.sampled_from(
            [
                "we",
                "propose",
                "$",
                ".",
                "show",
                "this",
                "paper,",
                "In",
                "To",
                "address",
                "e.g.",
                "A",
                "本",
                "!",
                "\\",
            ]
        ),
        max_size=60,
    )
)
def test_the_start_is_a_place_outside_formulas(words: list[str]) -> None:
    abstract = " ".join(words)
    start = contribution_start(abstract)
    assert 0 <= start <= len(abstract)
    assert abstract.count("$", 0, start) % 2 == 0
    assert start == 0 or abstract[start - 1] == " "
