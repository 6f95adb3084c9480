"""The text of a BibTeX field without LaTeX or HTML: accents and commands resolved, braces gone."""

from __future__ import annotations

from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.bibtex.commands import resolve_unknown_commands
from paper_digest.text.markup import strip_html
from paper_digest.text.tex.accents import compose_accents, compose_letters
from paper_digest.text.tex.convert import split_math, to_unicode_keeping_formulas

#: Characters that Zotero and Better BibTeX write by name.
_NAMED_CHARACTERS = {
    "textbar": "|",
    "textquotedbl": '"',
    "textunderscore": "_",
}
_NAMED_COMMAND = late_pattern(rf"\\({'|'.join(_NAMED_CHARACTERS)})(?![A-Za-z])(?:\{{\}}|[ ]*)")
#: Each way to write ``<`` and ``>`` that a manager uses, so that a field can hold them.
_ANGLE = late_pattern(
    r"\\text(?:(?P<less>less)|(?P<more>greater))(?![A-Za-z])(?:\{\}|[ ]*)"
    r"|(?:\$|\\\(|\\ensuremath\s*\{)\s*(?:(?P<lt><|\\lt(?![a-z]))|>|\\gt(?![a-z]))\s*(?:\$|\\\)|\})"
)
_ENSUREMATH = late_pattern(r"\\ensuremath\s*\{([^{}$]*)\}")
_TIE = late_pattern(r"(?<!\\)~")
_TILDE = late_pattern(r"\\~\{\s*\}")
#: An accent on a group stands on its first letter: ``\'{Etienne}``.
_ACCENTED_GROUP = late_pattern(r"""(\\(?:[`'^"~=.]|[urHvc](?=\{)))\{([^\W\d_])(?=\w)""")
_LITERAL = str.maketrans({"\ue000": "{", "\ue001": "}", "\ue002": "~", "{": "", "}": ""})
_PRIVATE = late_pattern("[\ue000-\ue002\U000f0000-\U0010ffff]")
_FIRST_PLACEHOLDER, _MAX_FORMULAS = 0xF0000, 0xFFFE
_PLACEHOLDER = late_pattern("[\U000f0000-\U000ffffd]")


def latex_to_text(text: str) -> str:
    r"""Turn a field into text; formulas stay, in dollar signs.

    ``{The {Fr{\'e}chet} $\alpha$-mean}`` -> ``The Fréchet $\alpha$-mean``. Braces that group are
    dropped, braces that were escaped are kept, and a command that is not known gives its last
    argument. HTML's tags go and its entities are characters.
    """
    if text.isalnum():
        return text
    text, formulas = _take_out_formulas(plain_angles(_PRIVATE.sub("", text)))
    text = _TIE.sub(" ", _TILDE.sub("\ue002", resolve_unknown_commands(text)))
    text = _NAMED_COMMAND.sub(lambda match: _NAMED_CHARACTERS[match[1]], text)
    text = _ACCENTED_GROUP.sub(r"\1{\2}{", text)
    text = compose_accents(text, allow_combining=True)
    text = text.replace(r"\{", "\ue000").replace(r"\}", "\ue001")
    text = to_unicode_keeping_formulas(text).translate(_LITERAL)
    if "<" in text or "&" in text:
        text = strip_html(text)
    return _PLACEHOLDER.sub(lambda match: formulas[ord(match[0]) - _FIRST_PLACEHOLDER], text)


def compose_name(name: str) -> str:
    r"""Write each letter of a name as one character: ``Mu\~noz`` -> ``Muñoz``, ``\L ukasz`` -> ``Łukasz``.

    Names are divided at spaces and ties, and neither of these is one.
    """
    if "\\" not in name:
        return name
    return compose_letters(_ACCENTED_GROUP.sub(r"\1{\2}{", name), allow_combining=True)


def plain_angles(text: str) -> str:
    r"""Write ``<`` and ``>`` as such: ``{\textless}i{$>$}`` -> ``{<}i{>}``."""
    if "\\" not in text and "$" not in text:
        return text
    return _ANGLE.sub(lambda match: "<" if match["less"] or match["lt"] else ">", text)


def _take_out_formulas(text: str) -> tuple[str, list[str]]:
    """Put one private character in place of each formula, and list the formulas."""
    if "$" not in text and "\\" not in text:
        return text, []
    formulas: list[str] = []
    parts = []
    for part in split_math(_ENSUREMATH.sub(r"$\1$", text)):
        sign = {"text": "", "display": "$$"}.get(part.kind, "$")
        if sign and len(formulas) < _MAX_FORMULAS:
            parts.append(chr(_FIRST_PLACEHOLDER + len(formulas)))
            formulas.append(f"{sign}{part.body}{sign}")
        else:
            parts.append(f"{sign}{part.body}{sign}")
    return "".join(parts), formulas
