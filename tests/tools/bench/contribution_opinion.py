"""Measures the sentence that says what a paper did beside TextRank and the opening, on judged abstracts."""

from __future__ import annotations

import gzip
import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from paper_digest.search.tokenizer import STOP_WORDS
from paper_digest.text.contribution import contribution_start

_DAMPING, _ROUNDS = 0.85, 40  # of PageRank
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-Z$])")
_GOAL = "80 %"


def measure_contributions(judged: Sequence[dict[str, Any]], corpus: Path) -> Iterator[str]:
    """Yield the lines of the table: of how many abstracts each way chose a sentence that says what was done.

    ``judged`` names for each abstract the places at which such a sentence begins.
    """
    abstracts = _abstracts(corpus, {one["id"] for one in judged})
    known = [one for one in judged if one["id"] in abstracts]
    ways: dict[str, Callable[[str], int]] = {
        "ours": contribution_start,
        "TextRank": _textrank_start,
        "the opening": lambda _: 0,
    }
    yield f"## What they did: {len(known)} judged abstracts of ten fields"
    yield ""
    yield "| by | says it | share |"
    yield "| --- | --- | --- |"
    for name, start_of in ways.items():
        right = sum(_is_right(abstracts[one["id"]], start_of, one["starts"]) for one in known)
        yield f"| {name} | {right} of {len(known)} | {right / max(len(known), 1):.0%} |"
    yield f"| goal | | {_GOAL} |"
    yield ""


def _is_right(abstract: str, start_of: Callable[[str], int], starts: Sequence[int]) -> bool:
    """Say whether the text chosen begins in a sentence that was judged right."""
    chosen = start_of(abstract)
    before = [start for start, _ in _sentences(abstract) if start <= chosen]
    return before[-1] in starts


def _abstracts(corpus: Path, wanted: set[str]) -> dict[str, str]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines)
        return {
            one["id"]: " ".join(one["abstract"].split()) for one in records if one["id"] in wanted
        }


def _sentences(text: str) -> list[tuple[int, int]]:
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return list(pairwise(edges))


def _textrank_start(abstract: str) -> int:
    """Return where the sentence begins that TextRank puts first (Mihalcea and Tarau, 2004)."""
    sentences = _sentences(abstract)
    words = [
        {*re.findall(r"[a-z]+", abstract[start:end].lower())} - STOP_WORDS
        for start, end in sentences
    ]
    likeness = [[0.0 if a is b else _overlap(a, b) for b in words] for a in words]
    totals = [sum(row) or 1.0 for row in likeness]
    ranks = [1.0] * len(words)
    for _ in range(_ROUNDS):
        ranks = [
            1
            - _DAMPING
            + _DAMPING * sum(row[n] * ranks[m] / totals[m] for m, row in enumerate(likeness))
            for n in range(len(words))
        ]
    return sentences[max(range(len(ranks)), key=lambda n: (ranks[n], -n))][0]


def _overlap(first: set[str], second: set[str]) -> float:
    size = math.log(len(first) or 1) + math.log(len(second) or 1)
    return len(first & second) / size if size else 0.0
