"""The text of a BibTeX field without LaTeX: accents and commands resolved, braces gone."""

from __future__ import annotations

import re

from paper_digest.text.tex.convert import split_math, to_unicode_keeping_formulas

#: Characters that Zotero and Better BibTeX write by name.
_NAMED = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotedbl": '"',
    "textunderscore": "_",
}
_NAME = re.compile(rf"\\({'|'.join(_NAMED)})(?![A-Za-z])(?:\{{\}}|[ ]*)")
_ENSURED = re.compile(r"\\ensuremath\s*\{([^{}$]*)\}")
_FONT = re.compile(
    r"\\(?:emph|text(?:it|bf|rm|sf|sc|sl|tt|up|md|normal)|mbox|url|path|protect)\s*(?=\{)"
)
_TIE = re.compile(r"(?<!\\)~")
_LITERAL = str.maketrans({"\ue000": "{", "\ue001": "}", "{": "", "}": ""})


def plain(text: str) -> str:
    r"""Turn a field into text; formulas stay, in dollar signs.

    ``{The {Fr{\'e}chet} $\alpha$-mean}`` -> ``The Fréchet $\alpha$-mean``. Braces that group are
    dropped, braces that were escaped are kept.
    """
    if text.isalnum():
        return text
    parts = []
    for part in split_math(_ENSURED.sub(r"$\1$", text)):
        if part.kind == "text":
            bare = _TIE.sub(" ", _FONT.sub("", part.body))
            named = _NAME.sub(lambda found: _NAMED[found[1]], bare)
            kept = named.replace(r"\{", "\ue000").replace(r"\}", "\ue001")
            parts.append(to_unicode_keeping_formulas(kept).translate(_LITERAL))
        else:
            sign = "$$" if part.kind == "display" else "$"
            parts.append(f"{sign}{part.body}{sign}")
    return "".join(parts)
