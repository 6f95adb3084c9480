r"""The forms of a title or abstract written with TeX: plain, Unicode around formulas, BibTeX.

``segments`` says where the formulas are and ``repair`` puts back TeX signs that a saved page
lost; both are offered here so that callers need one module for TeX in text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from paper_digest.text.tex.accents import unicode_text, untouched
from paper_digest.text.tex.repair import repair
from paper_digest.text.tex.segments import Segment, balanced, segments
from paper_digest.text.tex.unicode_math import readable

__all__ = ["Segment", "bibtex", "plain", "repair", "segments", "text_unicode"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

#: BibTeX's special signs outside mathematics; braces are counted even when escaped, hence names
#: (Patashnik, "BibTeXing", 1988; biber's manual on UTF-8).
_BIBTEX = {
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
_BIBTEX_SPECIAL = re.compile(r"[\\{}~^%&#_$]")
_WORD = re.compile(r"[^\W_]+(?:-\d[^\W_]*)*")


def plain(text: str) -> str:
    r"""Return a title or abstract as readable Unicode on one line, without TeX.

    ``Andr\'e's $\mathcal{O}(n^2)$ bound`` -> ``André's O(n²) bound``. Commands it does not know
    keep their source. The result holds no control characters.
    """
    if "$" in text or not untouched(text):
        text = "".join(
            unicode_text(part.body) if part.kind == "text" else readable(part.body)
            for part in segments(text)
        )
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(_CONTROL.sub("", text).split())


def text_unicode(text: str) -> str:
    r"""Resolve accents and text commands outside formulas; formulas stay as they are written.

    ``na\"ive \emph{and} $O(n)$`` -> ``naïve and $O(n)$``. White space is kept.
    """
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return unicode_text(text)
    return "".join(
        unicode_text(part.body) if part.kind == "text" else _signed(part) for part in segments(text)
    )


def bibtex(text: str) -> str:
    r"""Return a title or name as the inside of a BibTeX field ``{...}``, in UTF-8.

    Special signs are escaped, formulas stay in ``$...$``, and words with a capital after their
    first letter are braced, so that styles keep their case: ``{BERT} for $n$-grams``. Braces
    are always balanced.
    """
    if not text:
        return ""
    parts: list[str] = []
    for part in segments(_CONTROL.sub("", " ".join(text.split()))):
        if part.kind == "text":
            parts.append(_bibtex_text(unicode_text(part.body)))
        elif _fit_for_bibtex(part.body):
            parts.append(f"{{${part.body}$}}")
        else:
            parts.append(_bibtex_text(readable(part.body)))
    return " ".join("".join(parts).split())


def _signed(part: Segment) -> str:
    return f"$${part.body}$$" if part.kind == "display" else f"${part.body}$"


def _fit_for_bibtex(tex: str) -> bool:
    r"""Tell whether BibTeX can hold a formula: it counts ``\{`` as a brace."""
    return balanced(tex.replace("\\", "")) and "$" not in tex


@lru_cache(maxsize=4096)
def _bibtex_text(text: str) -> str:
    return "".join(
        _protected(piece) if piece[0].isalnum() else _BIBTEX_SPECIAL.sub(_special, piece)
        for piece in _pieces(text)
    )


def _pieces(text: str) -> list[str]:
    """Cut a text into words and what stands between them."""
    found: list[str] = []
    last = 0
    for word in _WORD.finditer(text):
        found += (text[last : word.start()], word[0])
        last = word.end()
    return [piece for piece in (*found, text[last:]) if piece]


def _protected(word: str) -> str:
    return f"{{{word}}}" if any(c.isupper() for c in word[1:]) else word


def _special(found: re.Match[str]) -> str:
    return _BIBTEX[found[0]]
