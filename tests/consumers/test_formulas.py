"""Formulas as KaTeX shows them: the same text, of every formula that it renders."""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from itertools import islice
from pathlib import Path

from other_programs import CONSUMERS, node, node_package
from paper_digest.text.tex.mathml import tex_to_mathml
from paper_digest.text.tex.segments import split_math

#: Spaces of any width, and the operators that are there for machines alone (function application).
_UNSEEN = re.compile("[\\s\u2061-\u2064\u200b]+")
#: One sign in two characters: a bar, a double bar, a centred dot, an asterisk, a bullet.
_SAME_SIGNS = str.maketrans("\u2223\u2225\u22c5\u2217\u2219", "|\u2016\u00b7*\u2022")
_TAG = re.compile(r"<annotation.*?</annotation>|<[^>]*>", re.DOTALL)


def _letters(mathml: str) -> str:
    text = html.unescape(_TAG.sub("", mathml))
    return _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).translate(_SAME_SIGNS)


def _differing(formulas: list[str]) -> tuple[int, dict[str, tuple[str, str]]]:
    """Return how many formulas KaTeX renders, and those of them that it shows with another text."""
    node_package("katex/package.json")
    theirs = dict(zip(formulas, node("katex.mjs", text=json.dumps(formulas)), strict=True))
    rendered = {tex: mathml for tex, mathml in theirs.items() if mathml is not None}
    pairs = {
        tex: (_letters(tex_to_mathml(tex) or ""), _letters(mathml))
        for tex, mathml in rendered.items()
    }
    return len(rendered), {tex: pair for tex, pair in pairs.items() if pair[0] != pair[1]}


def test_katex_shows_the_same_text_of_common_forms() -> None:
    formulas = (CONSUMERS / "formulas.txt").read_text("utf-8").splitlines()
    count, differing = _differing(formulas)
    assert count == len(formulas)
    assert differing == {}


def test_katex_shows_the_same_text_of_real_formulas(corpus: Path) -> None:
    with gzip.open(corpus / "arxiv_40k.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in islice(lines, 0, 40_000, 8)]
    formulas = {
        piece.body
        for record in records
        for text in (record["title"], record["abstract"])
        for piece in split_math(text)
        # To TeX a bare per cent sign begins a comment; authors mean the sign, and we show it.
        if piece.kind == "math" and not re.search(r"(?<!\\)%", piece.body)
    }
    count, differing = _differing(sorted(formulas))
    assert count > 1000
    assert len(differing) <= count * 0.005, list(differing.items())[:20]
