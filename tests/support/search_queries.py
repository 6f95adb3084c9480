"""Draws queries as readers type them: words, halves and slips of words, phrases, filters, minus."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def drawn_queries(draw: Random, words: Sequence[str], count: int) -> list[str]:
    """Draw queries of one to five parts from a list of words."""
    return [
        " ".join(_part(draw, words) for _ in range(draw.randint(1, 5))) + draw.choice(("", "", " "))
        for _ in range(count)
    ]


def _part(draw: Random, words: Sequence[str]) -> str:
    word, other = draw.choice(words), draw.choice(words)
    forms = (
        (30, word),
        (6, _swapped(draw, word)),
        (6, _changed(draw, word)),
        (8, word[: draw.randint(1, len(word))]),
        (4, word + other),
        (4, f"{word}-{other}"),
        (4, word + "s"),
        (4, word.upper()),
        (5, f'"{word} {other}"'),
        (4, f"-{word}"),
        (2, f'-"{word} {other}"'),
        (2, f"-{word}-{other}"),
        (3, f"author:{word}"),
        (2, f'author:"{draw.choice("ABC")}. {word}"'),
        (1, f"-author:{word}"),
        (3, f"year:{draw.randint(1988, 2021)}..{draw.randint(1988, 2021)}"),
        (1, f"year:{draw.randint(1988, 2021)}"),
        (2, "topic:lookup"),
        (1, "topic:nowhere"),
        (1, "code:yes"),
        (1, "source:arxiv"),
        (3, draw.choice(("of the", "to be", "a", "c++", "k-nn", "μp", "翻訳", "$x$", "-", '"'))),
    )
    return draw.choices([form for _, form in forms], [weight for weight, _ in forms])[0]


def _swapped(draw: Random, word: str) -> str:
    at = draw.randrange(max(1, len(word) - 1))
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def _changed(draw: Random, word: str) -> str:
    at = draw.randrange(len(word))
    return word[:at] + draw.choice("aeiouxzt") + word[at + draw.randint(0, 2) :]
