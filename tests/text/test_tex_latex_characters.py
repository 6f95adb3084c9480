"""Characters outside ASCII as commands that pdfLaTeX knows."""

# ruff: noqa: RUF001 - the characters are shown as readers see them

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_digest.text.tex.latex_characters import (
    has_only_latex_commands,
    symbols_to_latex_commands,
    to_latex_commands,
)
from pylatexenc.latex2text import LatexNodes2Text


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Müller", r"M{\"u}ller"),
        ("Mu\u0308ller", r"M{\"u}ller"),
        ("Nguyễn Ả Ơ", r"Nguy{\~{\^e}}n A O"),
        ("Łukasz Ørsted ß ı", r"{\L}ukasz {\O}rsted {\ss} {\i}"),
        ("α → ∈ 𝔽 x²", r"{\ensuremath{\alpha}} {\ensuremath{\rightarrow}} {\ensuremath{\in}} {\ensuremath{\mathbb{F}}} x{\ensuremath{^{2}}}"),
        ("“x” – it’s", "``x'' -- it's"),
        ("王 א 🧪", "[U+738B] [U+05D0] [U+1F9EA]"),
        ("≇ ⅓ Ⅳ ﬁ", r"{\ensuremath{\not\cong}} 1/3 IV fi"),
    ],
)  # fmt: skip
def test_a_character_is_a_command_or_its_number(text: str, made: str) -> None:
    assert to_latex_commands(text) == made


def test_for_biblatex_letters_stay_and_signs_do_not() -> None:
    assert symbols_to_latex_commands("Müller 王 Γιώργος α ≥ ²") == (
        r"Müller 王 Γιώργος {\ensuremath{\alpha}} {\ensuremath{\geq}} {\ensuremath{^{2}}}"
    )


@given(st.text())
@example("\u0338")
@example("x\u0302 ấ")
def test_the_result_is_ascii_with_balanced_braces(text: str) -> None:
    made = to_latex_commands(text)
    assert made.isascii()
    assert made.count("{") - text.count("{") == made.count("}") - text.count("}")
    assert to_latex_commands(made) == made


LATIN = [chr(code) for code in range(0xC0, 0x180) if chr(code) not in "×÷ĸŉſ"]


@pytest.mark.parametrize("letter", LATIN)
def test_another_reader_reads_a_latin_letter_back(letter: str) -> None:
    read = LatexNodes2Text().latex_to_text(to_latex_commands(letter))
    read = unicodedata.normalize("NFC", read)
    forms = (letter, unicodedata.normalize("NFKC", letter))
    assert read in forms or letter in "ĦħŦŧĿŀ"  # a stroke and a dot beside it are no accents


@pytest.mark.parametrize("code", [*range(0x391, 0x3CA), *range(0x1D400, 0x1D7CC)])
def test_greek_and_styled_letters_are_mathematics(code: int) -> None:
    if unicodedata.name(chr(code), ""):
        made = to_latex_commands(chr(code))
        assert re.fullmatch(r"\{\\ensuremath\{.+\}\}|o|[A-Za-z]|\[U\+03A2\]", made), made


def test_a_formula_of_unknown_commands_is_not_for_latex() -> None:
    assert has_only_latex_commands(r"\frac{\alpha}{2} \leq \mathcal{O}(n)")
    assert not has_only_latex_commands(r"\mymacro{x}")
    assert not has_only_latex_commands("α")
