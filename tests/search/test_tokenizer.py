"""The normaliser: what it makes of hard words, and that both languages agree on everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search.tokenizer import (
    MAX_WORD_LENGTH,
    STOP_WORDS,
    index_words,
    stem,
    tokens,
)
from paper_digest.text.fold import fold_text
from paths import DATA

VECTORS = json.loads((DATA / "search_vectors.json").read_text(encoding="utf-8"))


def words(text: str) -> list[list[Any]]:
    return [
        [size, [list(word) for word in found]] for size, found in map(index_words, tokens(text))
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["text"][:24] for vector in VECTORS])
def test_vectors(vector: dict[str, Any]) -> None:
    found = [word for _, group in words(vector["text"]) for word, *_ in group]
    assert found == vector["words"]


def test_javascript_agrees_on_the_vectors(host: Callable[..., Any], site: Path) -> None:
    texts = [vector["text"] for vector in VECTORS]
    [answer] = host(site, {"do": "words", "texts": texts})
    found = [[word for _, group in text for word, *_ in group] for text in answer]
    assert found == [vector["words"] for vector in VECTORS]


def test_javascript_agrees_on_drawn_texts(host: Callable[..., Any], site: Path) -> None:
    draw = Random(5)  # noqa: S311 - a repeatable draw, nothing secret
    signs = "aAsSeExXzZiIuU09 -_^.+#$\\{}'\"~`/:;,()&<>\n" + "éßÆøŁıİñμΣπ—한국語深カガﬁ²½𝑥ｶ̈☃🦩עأд"
    signs += "\u2019\u2010\u2013\u2212\u02bc"
    parts = [*signs, "ies", "sses", "ches", "pus", "\\mathbf", "\\c{c}", "\\'e", "++", "c#", "++ "]
    texts = ["".join(draw.choices(parts, k=draw.randint(1, 30))) for _ in range(3000)]
    [answer] = host(site, {"do": "words", "texts": texts})
    differing = [
        (text, words(text), theirs)
        for text, theirs in zip(texts, answer, strict=True)
        if words(text) != theirs
    ]
    assert differing == []


@given(st.text(max_size=200))
def test_any_text_gives_clean_words(text: str) -> None:
    for chunk in tokens(text):
        size, found = index_words(chunk)
        for word, offset, span, split in found:
            assert word
            assert len(word) <= MAX_WORD_LENGTH + 5
            assert word == "".join(word.split())
            assert not set(word) & set("-#\t\n ")
            assert 0 <= offset < offset + span <= size
            assert 0 <= split < len(word)


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    plain = " ".join(tokens(text))
    assert fold_text(plain) == plain


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True))
def test_a_plural_is_its_singular(word: str) -> None:
    if word[-1] not in "siuxyhe" and not (len(word) == 3 and word.endswith("p")):
        assert stem(word + "s") == word


def test_stop_words_are_the_same_in_both_languages(host: Callable[..., Any], site: Path) -> None:
    texts = [" ".join([*sorted(STOP_WORDS), "graph"])]
    [[parsed]] = host(site, {"do": "parse", "texts": texts})
    assert [unit["words"] for unit in parsed["units"]] == [["graph"]]
