"""No number and no proper name of a digest that does not stand in title or abstract."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.ingest.summaries.facts import SourceText

TEXT = (
    "Tea Kettles with GPT-4 and Qwen 2.5-VL\nThe Boltzmann kettle (BK) of Ada Lovelace boils 1,200 "
    "litres in 3.50 minutes, 12.5% faster than K5, at 7 billion bubbles. Three reeds on HMMT25 halve the "
    "noise: 45 dB. Kettles generalise to SO(3) and DA² spouts; it costs €2k a year."
)


@pytest.mark.parametrize(
    "digest",
    [
        "the Boltzmann kettle boils 1200 litres in 3.5 minutes",
        "12.5 % faster than K5; 12.5 percent",
        "three reeds, 3 reeds",
        "GPT-4-based kettles, Qwen2.5-VL and qwen 2.5 VL",
        "Kettle noise is halved. Generalising works. The kettle's BKs",
        "Lovelace's reeds at 7B bubbles, 7 billion bubbles",
        "non-Boltzmann spouts, DA² and SO(3)",
        "2k a year, 2 thousand",
    ],
)
def test_what_stands_in_the_text_passes(digest: str) -> None:
    assert SourceText(TEXT).unsupported(digest, "English") == []


@pytest.mark.parametrize(
    ("digest", "missing"),
    [
        ("boils 1201 litres", ["1201"]),
        ("35 minutes", ["35"]),
        ("12.5 million kettles", ["12.5 million"]),
        ("45% of noise", ["45%"]),
        ("five reeds", ["five"]),
        ("twice as fast", []),  # three reeds and halves: a 2 stands there
        ("GPT-5 kettles", ["GPT-5"]),
        ("Qwen3 and Qwen 2.5", ["Qwen3"]),
        ("by Charles Babbage", ["Charles", "Babbage"]),
        ("Google boils tea", ["Google"]),
        ("HMMT26 scores", ["HMMT26"]),
        ("7 million bubbles", ["7 million"]),
        ("٤٦ dB", ["46"]),
        ("the top-6 of top7 spouts", ["6", "top7"]),
    ],
)
def test_what_does_not_is_named(digest: str, missing: list[str]) -> None:
    assert SourceText(TEXT).unsupported(digest, "English") == missing


def test_nouns_of_german_are_no_names_but_other_capitals_are() -> None:
    text = SourceText(TEXT)
    assert text.unsupported("Der Kessel der Familie pfeift mit GPT-4", "German") == []
    assert text.unsupported("Der Kessel pfeift mit LLaMA und 46 dB", "German") == ["46", "LLaMA"]


_words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"]), max_size=80)


@given(_words, st.data())
def test_any_cut_of_a_text_at_its_spaces_passes(text: str, data: st.DataObject) -> None:
    words = text.split(" ")
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    cut = " ".join(words[start:end])
    plain = not re.search(r"\d[.,]|[.,^]\d", cut)  # a cut may split a number's own spaces
    if plain and cut.isascii():
        assert SourceText(text).unsupported(cut, "English") == []


@given(
    st.integers(13, 10**9),
    st.sampled_from(["{} dB", "a {}% gain", "{}x", "in {} trials", "{}-layer"]),
)
def test_a_number_of_no_text_is_always_named(number: int, form: str) -> None:
    if str(number) not in TEXT and number not in {1200, 3500}:
        assert SourceText(TEXT).unsupported(form.format(number), "English")


@given(st.from_regex(r"[A-Z][a-z]{2,8}[A-Z0-9][A-Za-z0-9]{1,5}", fullmatch=True))
def test_a_name_with_capitals_within_is_always_named(name: str) -> None:
    assert SourceText(TEXT).unsupported(f"{name} helps", "English") == [name]
