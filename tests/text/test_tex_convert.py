"""Titles and abstracts with TeX: where formulas are, and the plain, Unicode and BibTeX forms."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.text.tex.convert import (
    split_math,
    to_bibtex,
    to_unicode,
    to_unicode_keeping_formulas,
)
from paths import DATA, SHARED

GOLDENS = DATA / "latex"


def cases(name: str) -> list[tuple[str, str]]:
    """Read a golden: source and expected line in turn, pairs apart by blank lines."""
    pairs = (GOLDENS / name).read_text("utf-8").strip("\n").split("\n\n")
    return [(source, made) for source, made in (pair.split("\n") for pair in pairs)]


def short(text: str) -> list[str]:
    """Segments in a short notation: formulas as ``<...>`` and ``<<...>>``."""
    frame = {"text": "{}", "math": "<{}>", "display": "<<{}>>"}
    return [frame[part.kind].format(part.body) for part in split_math(text)]


@pytest.mark.parametrize(("source", "made"), cases("segments.txt"))
def test_segments(source: str, made: str) -> None:
    assert "|".join(short(source)) == made


@pytest.mark.parametrize(("source", "made"), cases("plain.txt"))
def test_plain(source: str, made: str) -> None:
    assert to_unicode(source) == made


@pytest.mark.parametrize(("source", "made"), cases("unicode.txt"))
def test_text_unicode(source: str, made: str) -> None:
    assert to_unicode_keeping_formulas(source) == made


@pytest.mark.parametrize(("source", "made"), cases("bibtex.txt"))
def test_bibtex(source: str, made: str) -> None:
    assert to_bibtex(source) == made


def test_text_without_tex_is_returned_as_it_is() -> None:
    text = "A plain title, with (brackets) & more: 50% <b>"
    assert to_unicode_keeping_formulas(text) is text
    assert to_unicode(text) == text


def test_plain_is_one_line_without_control_characters() -> None:
    assert to_unicode("a\n b\tc\x00d\u202ee\ufeff") == "a b cde"


def test_a_long_formula_is_two_stray_signs() -> None:
    assert short("a $" + "x" * 3000 + "$ b") == ["a $" + "x" * 3000 + "$ b"]


@pytest.mark.parametrize(
    "sign", ["$", "{", "\\", "~", "`", "\\emph{", "$$", "\\(", "--", "``", "\\'{", " "]
)
def test_a_sign_repeated_many_times_is_read_in_a_moment(sign: str) -> None:
    # A pattern that goes back and forth over its text would not end within anyone's patience.
    text = sign * 20_000
    assert isinstance(to_unicode(text), str)
    assert isinstance(to_bibtex(text), str)


SIGNS = (
    r"$ $$ \( \) \[ \] \$ { } \ \\ % & # _ ^ ~ -- ``  '' ` ' \emph{ \textbf{ \' \" \c{ \i {\o} \ss \foo x^{2} \frac{a}{b}"
    r" \mathcal{O} n^2 BERT the and 5 10 a https://a.example/~b \%"
)
TEXTS = st.lists(
    st.sampled_from(SIGNS.split(" ")) | st.just(" ") | st.text(max_size=3), max_size=16
).map("".join)


def without_signs(text: str) -> str:
    return re.sub(r"[$\\()\[\]]", "", text)


@given(TEXTS | st.text())
@example("costs $5 and $10")
def test_segments_lose_nothing(text: str) -> None:
    found = split_math(text)
    assert without_signs("".join(part.body for part in found)) == without_signs(text)
    assert all(part.body for part in found)
    kinds = [part.kind for part in found]
    assert not any(a == b == "text" for a, b in pairwise(kinds))


@given(TEXTS | st.text())
def test_plain_never_raises_and_is_clean(text: str) -> None:
    made = to_unicode(text)
    assert made == " ".join(made.split())
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in made)


@given(TEXTS)
def test_formulas_stay_as_they_are_in_unicode_text(text: str) -> None:
    made = to_unicode_keeping_formulas(text)
    for part in split_math(text):
        if part.kind != "text":
            assert f"${part.body}$" in made


def read_back(field: str) -> str:
    library = parse_string(f"@article{{key,\n  title = {{{field}}},\n  year = {{2025}}\n}}\n")
    assert not library.failed_blocks, field
    (entry,) = library.entries
    assert entry["year"] == "2025"
    return str(entry["title"])


@given(TEXTS | st.text(alphabet=st.characters(codec="utf-8")))
@example("a} b {")
@example("@article{x, y = {z}}")
@example(r"$\{a$ and \{")
def test_another_parser_reads_the_bibtex_back(text: str) -> None:
    field = to_bibtex(text)
    assert field.count("{") == field.count("}")
    depth = 0
    for sign in re.findall(r"[{}]", field):
        depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert read_back(field) == field.strip()


def test_real_abstracts_never_raise_and_mostly_convert() -> None:
    path = SHARED / "corpus" / "nasty.jsonl"
    if not path.exists():
        pytest.skip("no shared corpus beside the project")
    import json  # noqa: PLC0415 - needed where the corpus is

    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        for text in (str(record.get("title", "")), str(record.get("abstract", ""))):
            assert "\n" not in to_unicode(text)
            to_bibtex(text)
