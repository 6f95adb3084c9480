"""The text of a BibTeX field without LaTeX: accents and commands resolved, braces gone."""

from __future__ import annotations

import re

from paper_digest.text.tex.convert import split_math, to_unicode_keeping_formulas

#: Characters that Zotero and Better BibTeX write by name.
_NAMED_CHARACTERS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotedbl": '"',
    "textunderscore": "_",
}
_NAMED_COMMAND = re.compile(rf"\\({'|'.join(_NAMED_CHARACTERS)})(?![A-Za-z])(?:\{{\}}|[ ]*)")
_ENSUREMATH = re.compile(r"\\ensuremath\s*\{([^{}$]*)\}")
_FONT_COMMAND = re.compile(
    r"\\(?:emph|text(?:it|bf|rm|sf|sc|sl|tt|up|md|normal)|mbox|url|path|protect)\s*(?=\{)"
)
_TIE = re.compile(r"(?<!\\)~")
_LITERAL = str.maketrans({"\ue000": "{", "\ue001": "}", "{": "", "}": ""})


def latex_to_text(text: str) -> str:
    r"""Turn a field into text; formulas stay, in dollar signs.

    ``{The {Fr{\'e}chet} $\alpha$-mean}`` -> ``The Fréchet $\alpha$-mean``. Braces that group are
    dropped, braces that were escaped are kept.
    """
    if text.isalnum():
        return text
    parts = []
    for part in split_math(_ENSUREMATH.sub(r"$\1$", text)):
        if part.kind == "text":
            bare = _TIE.sub(" ", _FONT_COMMAND.sub("", part.body))
            named = _NAMED_COMMAND.sub(lambda match: _NAMED_CHARACTERS[match[1]], bare)
            protected = named.replace(r"\{", "\ue000").replace(r"\}", "\ue001")
            parts.append(to_unicode_keeping_formulas(protected).translate(_LITERAL))
        else:
            sign = "$$" if part.kind == "display" else "$"
            parts.append(f"{sign}{part.body}{sign}")
    return "".join(parts)
