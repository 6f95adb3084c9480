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


#: Queries at the papers of ``search_documents``, each with the slug of the paper that comes first.
FIRST = [
    ("low-rank kettles", "2401.00001"),
    ("lowrank kettles", "2401.00001"),
    ("low rank kettles", "2401.00001"),
    ("lowrank soup", "2401.00002"),
    ("low-rank soup", "2401.00002"),
    ("kettle patient gardener", "2401.00001"),
    ("mup boats", "2401.00003"),
    ("μP boat", "2401.00003"),
    ("$\\mu$P", "2401.00003"),
    ("k-NN", "2401.00004"),
    ("knn pebbles", "2401.00004"),
    ("C++", "2401.00004"),
    ("深層学習", "2401.00005"),
    ("翻訳", "2401.00005"),
    ("翻", "2401.00005"),
    ("Whistling: a survey - old + new ~ tunes", "2401.00006"),
    ("kovar", "2401.00006"),
    ("author:dupont", "2401.00006"),
    ('author:"Zdenka Kovář" whistling', "2401.00006"),
    ('Whistling: a "survey"', "2401.00006"),
    ('whistling a"survey"', "2401.00006"),
    ('Wh\\"{i}stling', "2401.00006"),
    ("β-VAE", "2401.00007"),
    ("beta-vae clouds", "2401.00007"),
    ("hep-th/9901001", "hep-th-9901001"),
    ("https://arxiv.org/abs/hep-th/9901001v3", "hep-th-9901001"),
    ("2503.02130", "2503.02130"),
    ("arXiv:2503.02130v2", "2503.02130"),
    ("https://arxiv.org/pdf/2503.02130v1.pdf", "2503.02130"),
    ("https://arxiv.org/html/2503.02130v1#S2.F1", "2503.02130"),
    ("https://arxiv.org/abs/2503.02130?context=cs", "2503.02130"),
    ("arXiv:2503.02130 [cs.LG]", "2503.02130"),
    ("https://doi.org/10.48550/arXiv.2503.02130", "2503.02130"),
    ("doi:10.48550/arXiv.2503.02130", "2503.02130"),
    ("https://huggingface.co/papers/2503.02130", "2503.02130"),
    ("https://www.alphaxiv.org/abs/2503.02130v1", "2503.02130"),
    ("flamngo counted", "2401.00008"),
    ("flaming counted", "2401.00008"),
    ("lfamingo", "2401.00008"),
    ("flam", "2401.00008"),
    ("who counted fla", "2401.00008"),
    ('"quiet red engine"', "2401.00008"),
    ("to be or not to be", "2401.00010"),
    ("year:2025 zeros", "2503.02130"),
    ("topic:sound tunes", "2401.00006"),
    ("code:yes zeros", "2503.02130"),
    ("undated", "title-1"),
]
