r"""Converts a title or abstract with TeX to plain Unicode, to Unicode around formulas, or to BibTeX.

``split_math`` and ``repair_tex`` are offered here too, so that callers need one module for TeX.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.spaces import single_spaced
from paper_digest.text.tex.accents import has_no_tex, running_text_to_unicode
from paper_digest.text.tex.latex_characters import (
    has_only_latex_commands,
    symbols_to_latex_commands,
    to_latex_commands,
)
from paper_digest.text.tex.mathml_macros import expand_abbreviations
from paper_digest.text.tex.repair import repair_tex
from paper_digest.text.tex.segments import (
    Segment,
    has_balanced_braces,
    has_formula_sign,
    split_math,
)
from paper_digest.text.tex.unicode_math import formula_to_unicode

__all__ = [
    "Segment",
    "join_formula_lines",
    "plain_to_bibtex",
    "repair_tex",
    "resolved_segments",
    "split_math",
    "symbols_to_latex_commands",
    "to_bibtex",
    "to_latex_commands",
    "to_unicode",
    "to_unicode_keeping_formulas",
]

_CONTROL_CHARACTERS = late_pattern(
    r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

#: To the end of its line; a percent sign behind a number is one.
_COMMENT = late_pattern(r"(?<!\\)((?:\\\\)*)(?:(?<!\d)%[^\n]{0,200}|%[ \t]*)\n")
_TEXT_WITH_FORMULA = late_pattern(
    r"\\(?:text|mbox|hbox|textrm)\s*\{((?:[^{}$]|\{[^{}$]*\}|\$[^$]*\$)*)\}"
)
_TAG = late_pattern(r"\\tag\*?\s*\{[^{}]*\}")
_TIE_AT_END = late_pattern(r"(?<=[^\s(~])~+\Z")

#: BibTeX's special signs outside mathematics; braces are counted even when escaped, hence names
#: (Patashnik, "BibTeXing", 1988; biber's manual on UTF-8).
_BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
}
_ENSUREMATH = late_pattern(r"\{\\ensuremath\{([^{}]*)\}\}")
_BIBTEX_SPECIAL = late_pattern(r"[\\{}~^%&#_$]")
#: A word with the numbers and the marks that belong to its name: ``GPT-4``, ``C++``, ``C#``.
_WORD = late_pattern(r"[^\W_]+(?:-\d[^\W_]*)*(?:(?<=\b[A-Z])(?:\+\+|\#|\*))?")


def to_unicode(text: str) -> str:
    r"""Return a title or abstract as readable Unicode on one line, without TeX.

    ``Andr\'e's $\mathcal{O}(n^2)$ bound`` -> ``André's O(n²) bound``. Commands it does not know
    keep their source. The result holds no control characters.
    """
    if "$" in text or not has_no_tex(text):
        text = "".join(
            part.body if part.kind == "text" else _plain_formula(part)
            for part in resolved_segments(text)
        )
    text = single_spaced(text)
    return text if text.isprintable() else " ".join(_CONTROL_CHARACTERS.sub("", text).split())


def to_unicode_keeping_formulas(text: str) -> str:
    r"""Resolve accents and text commands outside formulas; formulas stay as they are written.

    ``na\"ive \emph{and} $O(n)$`` -> ``naïve and $O(n)$``. White space is kept; ties are spaces.
    """
    return "".join(
        part.body.replace("\u00a0", " ") if part.kind == "text" else _with_delimiters(part)
        for part in resolved_segments(text)
    )


@lru_cache(maxsize=256)
def resolved_segments(text: str) -> tuple[Segment, ...]:
    r"""Cut a text at its formulas, and resolve the TeX between them.

    ``~`` is a tie, a space at which no line ends, beside a formula too; a comment in a formula is dropped.
    One paper's title and abstract are asked for many times in a row: for its page, its citations and feeds.
    """
    return tuple(_resolved_segments(text))


def _resolved_segments(text: str) -> Iterator[Segment]:
    if not has_formula_sign(text):
        yield Segment("text", running_text_to_unicode(text))
        return
    parts = split_math(text)
    for number, part in enumerate(parts):
        body = part.body
        if part.kind != "text":
            yield part._replace(body=_without_inner_dollars(_COMMENT.sub(r"\1 ", body)))
            continue
        if number and body.startswith("~"):
            body = f"\u00a0{body[1:].lstrip()}"
        if number + 1 < len(parts):
            body = _TIE_AT_END.sub("\u00a0", body)
        yield Segment("text", running_text_to_unicode(body))


def _without_inner_dollars(tex: str) -> str:
    r"""Take a formula out of the words within a display: ``\text{for $x$}`` -> ``\text{for }x``."""
    if "$" not in tex:
        return tex
    tex = _TAG.sub("", tex)
    return _TEXT_WITH_FORMULA.sub(
        lambda m: "".join(
            piece if number % 2 else rf"\text{{{piece}}}" if piece else ""
            for number, piece in enumerate(m[1].split("$"))
        ),
        tex,
    )


def join_formula_lines(text: str) -> str:
    """Return a text with each formula on one line: its line breaks begin no paragraph."""
    if "\n" not in text or not has_formula_sign(text):
        return text
    return "".join(
        part.body
        if part.kind == "text"
        else _with_delimiters(part._replace(body=" ".join(_COMMENT.sub(r"\1 ", part.body).split())))
        for part in split_math(text)
    )


def to_bibtex(text: str) -> str:
    r"""Return a title or name as the inside of a BibTeX field ``{...}``, in UTF-8.

    Special signs are escaped, formulas of LaTeX's own commands stay in ``$...$``, others are
    written in plain characters. What a style must not write small is braced: words with a capital
    after their first letter, with a capital and a digit, and letters that stand alone
    (``{BERT}``, ``{H2}``, ``{K}-means``, ``{C\#}``). Braces are always balanced.
    """
    if not text:
        return ""
    parts: list[str] = []
    for part in resolved_segments(_CONTROL_CHARACTERS.sub("", " ".join(text.split()))):
        if part.kind == "text":
            parts.append(_text_to_bibtex(part.body))
        elif formula := _bibtex_formula(part.body):
            parts.append(f"{{${formula}$}}")
        else:
            parts.append(_text_to_bibtex(formula_to_unicode(part.body)))
    return " ".join("".join(parts).split())


def _plain_formula(part: Segment) -> str:
    """Write a formula in plain characters; one of a line of its own stands between spaces."""
    plain = formula_to_unicode(part.body)
    return f" {plain} " if part.kind == "display" else plain


def _with_delimiters(part: Segment) -> str:
    return f"$${part.body}$$" if part.kind == "display" else f"${part.body}$"


def plain_to_bibtex(text: str) -> str:
    """Escape plain text for a BibTeX field in which no style changes the case: a name, an abstract."""
    text = unicodedata.normalize("NFC", _CONTROL_CHARACTERS.sub("", text))
    return _BIBTEX_SPECIAL.sub(_escape_special, text)


def _bibtex_formula(tex: str) -> str:
    r"""Return a formula as LaTeX with amsmath and amssymb sets it; "" if BibTeX or LaTeX cannot.

    BibTeX counts ``\{`` as a brace.
    """
    tex = _ENSUREMATH.sub(r"{\1}", symbols_to_latex_commands(tex))
    for formula in (tex, expand_abbreviations(tex)):
        balanced = has_balanced_braces(formula.replace("\\", "")) and "$" not in formula
        if balanced and has_only_latex_commands(formula):
            return formula
    return ""


@lru_cache(maxsize=4096)
def _text_to_bibtex(text: str) -> str:
    pieces = _split_words(unicodedata.normalize("NFC", text))
    return "".join(
        _protect_case(piece, behind[:1])
        if piece[0].isalnum()
        else _BIBTEX_SPECIAL.sub(_escape_special, piece)
        for piece, behind in zip(pieces, [*pieces[1:], ""], strict=False)
    )


def _split_words(text: str) -> list[str]:
    """Cut a text into words and what stands between them."""
    pieces: list[str] = []
    last = 0
    for word in _WORD.finditer(text):
        pieces += (text[last : word.start()], word[0])
        last = word.end()
    return [piece for piece in (*pieces, text[last:]) if piece]


def _protect_case(word: str, following: str) -> str:
    """Brace a word that no style may write small; a lone ``A`` is an article unless a hyphen follows."""
    has_mark = len(word) == 1 or any(sign in "0123456789+#*" for sign in word)
    alone = word[0].isupper() and has_mark and (word != "A" or following == "-")
    if not alone and not any(letter.isupper() for letter in word[1:]):
        return word
    return f"{{{word.replace('#', _BIBTEX_ESCAPES['#'])}}}"


def _escape_special(match: re.Match[str]) -> str:
    return _BIBTEX_ESCAPES[match[0]]
