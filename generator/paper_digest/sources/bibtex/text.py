"""The text of a BibTeX field without LaTeX or HTML: accents and commands resolved, braces gone."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.bibtex.commands import closing_braces, resolve_unknown_commands
from paper_digest.text.markup import strip_html
from paper_digest.text.tex.accents import compose_accents, compose_letters
from paper_digest.text.tex.convert import split_math, to_unicode_keeping_formulas

#: Characters that our own exports, Zotero and Better BibTeX write by name.
_NAMED_CHARACTERS = {
    "textbar": "|",
    "textquotedbl": '"',
    "textunderscore": "_",
    # Braces of the text, which stay when those that group go.
    "textbraceleft": "\ue000",
    "textbraceright": "\ue001",
}
_NAMED_COMMAND = late_pattern(rf"\\({'|'.join(_NAMED_CHARACTERS)})(?![A-Za-z])(?:\{{\}}|[ ]*)")
#: Each way to write ``<`` and ``>`` that a manager uses, so that a field can hold them.
_ANGLE = late_pattern(
    r"\\text(?:(?P<less>less)|(?P<more>greater))(?![A-Za-z])(?:\{\}|[ ]*)"
    r"|(?:\$|\\\(|\\ensuremath\s*\{)\s*(?:(?P<lt><|\\lt(?![a-z]))|>|\\gt(?![a-z]))\s*(?:\$|\\\)|\})"
)
_ENSUREMATH = late_pattern(r"\\ensuremath\s*(?=\{)")
#: Numbers, signs and lone letters; ``10\textsuperscript{th}`` and ``\textsuperscript{TM}`` are words.
_TEXT_SCRIPT = late_pattern(
    r"\\text(?:(?P<raised>super)|sub)script\s*\{(?P<body>[+\-\u2212]?\d+|[+\-\u2212]|[A-Za-z])\}"
)
_TIE = late_pattern(r"(?<!\\)~")
_TILDE = late_pattern(r"\\~\{\s*\}")
#: An accent on a group stands on its first letter: ``\'{Etienne}``.
_ACCENTED_GROUP = late_pattern(r"""(\\(?:[`'^"~=.]|[urHvc](?=\{)))\{([^\W\d_])(?=\w)""")
#: How our own exports in ASCII write a character that LaTeX does not know.
_NUMBERED_CHARACTER = late_pattern(r"\[U\+([0-9A-F]{4,5}|10[0-9A-F]{4})\]")
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
    text = _PRIVATE.sub("", _NUMBERED_CHARACTER.sub(_numbered_character, text))
    text, formulas = _take_out_formulas(plain_angles(text))
    # Before other commands: a word in braces behind such a sign is no argument of it.
    text = _NAMED_COMMAND.sub(lambda match: _NAMED_CHARACTERS[match[1]], text)
    text = _TIE.sub(" ", _TILDE.sub("\ue002", resolve_unknown_commands(text)))
    text = _ACCENTED_GROUP.sub(r"\1{\2}{", text)
    text = compose_accents(text, allow_combining=True)
    text = text.replace(r"\{", "\ue000").replace(r"\}", "\ue001")
    # German quotations end with the sign that begins English ones, and have no other behind it.
    text = to_unicode_keeping_formulas(text).replace("``", "\N{LEFT DOUBLE QUOTATION MARK}")
    text = text.translate(_LITERAL)
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


def _numbered_character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() and not character.isascii() else match[0]


def _take_out_formulas(text: str) -> tuple[str, list[str]]:
    """Put one private character in place of each formula, and list the formulas."""
    if "$" not in text and "\\" not in text:
        return text, []
    formulas: list[str] = []
    parts = []
    for part in split_math(_delimit_formulas(text)):
        sign = {"text": "", "display": "$$"}.get(part.kind, "$")
        if sign and len(formulas) < _MAX_FORMULAS:
            parts.append(chr(_FIRST_PLACEHOLDER + len(formulas)))
            formulas.append(f"{sign}{part.body}{sign}")
        else:
            parts.append(f"{sign}{part.body}{sign}")
    return "".join(parts), formulas


def _delimit_formulas(text: str) -> str:
    r"""Write what LaTeX sets as mathematics within a text in dollar signs.

    ``Icon\ensuremath{^{2}}`` -> ``Icon$^{2}$``, ``mm\textsuperscript{2}`` -> ``mm$^{2}$``. Without them
    ``10\textsuperscript{3}`` would be 103.
    """
    if "script" in text:
        text = _TEXT_SCRIPT.sub(
            lambda match: f"${'^' if match['raised'] else '_'}{{{match['body']}}}$", text
        )
    if "\\ensuremath" not in text:
        return text
    closing = closing_braces(text)
    pieces: list[str] = []
    last = 0
    for command in _ENSUREMATH.finditer(text):
        end = closing.get(command.end())
        if command.start() < last or end is None:
            continue
        # It may stand in itself, where it says nothing.
        body = _ENSUREMATH.sub("", text[command.end() + 1 : end])
        if "$" not in body:
            pieces += (text[last : command.start()], f"${body}$")
            last = end + 1
    return "".join((*pieces, text[last:]))
