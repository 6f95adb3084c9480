r"""TeX written for running text, as Unicode: accents, letters, quotation marks, ``\emph``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db

#: TeX's accents and the combining characters they are (The TeXbook, chapter 9).
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_LETTER = r"(?:\\[ij](?![A-Za-z])|[^\W\d_])"
_ACCENT = re.compile(
    rf"""\\(?:(?P<sign>[`'^~=."])\s*|(?P<name>[urHvdckb])(?:\s+|(?=[{{\\])))"""
    rf"(?:\{{\s*(?P<braced>{_LETTER})\s*\}}|(?P<bare>{_LETTER}))"
)
#: JSON's escaped quotation marks look like an umlaut: ``\"under\"``.
_JSON_QUOTES = re.compile(r'(?<!\w)\\"([^"\\]{1,200}?)\\"(?!\w)')

_DROPPED = "em|it|bf|sc|tt|rm|sf|sl|itshape|bfseries|scshape|ttfamily|normalfont|noindent|xspace|protect|centering"
_WRAPPERS = (
    "emph|textbf|textit|textsc|texttt|textrm|textsf|textsl|textmd|textup|textnormal|text|mbox|hbox"
    "|underline|uline|mathrm|mathit|mathsf|mathtt|ensuremath|textsuperscript|textsubscript"
    "|enquote|uppercase|lowercase|MakeUppercase|textcolor\\{[a-z]+\\}"
)
_LINKED = re.compile(r"\\(?:url|nolinkurl|path)\s?\{([^{}]*)\}|\\href\s?\{[^{}]*\}\s?\{([^{}]*)\}")
_WRAPPED = re.compile(rf"\\(?:{_WRAPPERS})\s*\{{([^{{}}]*)\}}")
_FOOTNOTE = re.compile(r"\s?\\footnote\s*\{([^{}]*)\}")
_SWITCHED = re.compile(rf"\{{\s*\\(?:{_DROPPED})(?![A-Za-z])\s*([^{{}}]*)\}}")
_SWITCH = re.compile(rf"\\(?:{_DROPPED})(?![A-Za-z])\s?(?:\{{\}})?")
#: A group around one letter or command, or around a capitalised word (BibTeX's protection).
_GROUP = re.compile(r"(\\[A-Za-z]+\s*)?\{([^\W_]|[^\x00-\x7f][^\s{}\\]*|\w*[A-Z]\w*(?:-\w+)*)\}")

#: Abbreviations that papers define as commands, and signs pylatexenc has no text for.
_NAMES = {
    "eg": "e.g.",
    "ie": "i.e.",
    "etc": "etc.",
    "etal": "et al.",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "degree": "°",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "newline": " ",
    "par": " ",
    "quad": " ",
    "qquad": " ",
    "slash": "/",
}
_LETTERS = "ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j|dh|DH|th|TH|dj|DJ|ng|NG"
_SYMBOL_LETTER = re.compile(rf"\\({_LETTERS})(?![A-Za-z])(?:\{{\}}|\s+(?=[a-z])|)")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\{\})?")
_ESCAPED = re.compile(r"\\([%&#_{}$ ])")
_DISCRETIONARY = re.compile(r"\\[-/@]|\\(?:,|;|:|!)")
_TIE = re.compile(r"(?<=[^\s/(~\d])~+(?=\S)|(?<=\d)~+(?=[^\s\d~])|(?<=[.,;:)])~(?=\s)")
_DASHES = re.compile(r"(?<=[^\s<!-])(-{2,3})(?=[^\s>-])|(?<=\s)(-{2,3})(?=\s)")
_QUOTED = re.compile(r"``((?:[^`'\"]|'(?!'))*)(?:''|\")")
_QUOTED_ONCE = re.compile(r"(?<![\w`'])`((?:[^`'\s]|\s(?!\s)){1,120}?)'(?![\w'])")
_URL = re.compile(r"(?:https?|ftp)://[^\s{}\\]+")

_DEEPEST = 6


def untouched(text: str) -> bool:
    """Tell whether a text holds nothing that TeX gives a meaning, formulas aside."""
    # Single searches beat one pattern by far, and most texts end here.
    return not ("\\" in text or "{" in text or "~" in text or "`" in text or "--" in text)


def unicode_text(text: str) -> str:
    """Resolve TeX in a stretch of running text that holds no formula.

    Unknown commands keep their source, and addresses are left alone.
    """
    if untouched(text):
        return text
    if "\\" in text:
        text = _LINKED.sub(lambda m: m[1] or m[2], text)
    done: list[str] = []
    last = 0
    for address in _URL.finditer(text):
        done += (_resolved(text[last : address.start()]), address[0])
        last = address.end()
    return "".join((*done, _resolved(text[last:])))


@cache
def symbol(name: str) -> str:
    r"""Return the character a command such as ``alpha`` stands for, or ``""``.

    The table is pylatexenc's: https://pylatexenc.readthedocs.io/en/latest/latex2text/
    """
    if name in _NAMES:
        return _NAMES[name]
    spec = _SYMBOLS.get_macro_spec(name)
    found = getattr(spec, "simplify_repl", None)
    if not isinstance(found, str) or (found.isascii() and len(found) > 1):
        return ""
    return found


_SYMBOLS = get_default_latex_context_db()


def _resolved(text: str) -> str:
    if untouched(text):
        return text
    if "\\" in text:
        text = _commands(text)
    elif "{" in text:
        text = _GROUP.sub(_ungrouped, text)
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "--" in text:
        text = _DASHES.sub(lambda m: "—" if len(m[1] or m[2]) > len("--") else "\N{EN DASH}", text)
    if "`" in text:
        text = _QUOTED.sub(r"“\1”", text)
        text = _QUOTED_ONCE.sub(
            "\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", text
        )
    return text


def _commands(text: str) -> str:
    text = _JSON_QUOTES.sub(r'"\1"', text)
    text = _ACCENT.sub(_accented, text)
    text = _SYMBOL_LETTER.sub(lambda m: symbol(m[1]) or m[0], text)
    for _ in range(_DEEPEST):
        before = text
        text = _WRAPPED.sub(r"\1", text)
        text = _FOOTNOTE.sub(r" (\1)", text)
        text = _SWITCHED.sub(r"\1", text)
        text = _GROUP.sub(_ungrouped, text)
        if text == before:
            break
    text = _SWITCH.sub("", text)
    text = re.sub(r"(?<=\d)\s?\\deg(?![A-Za-z])", "°", text)
    text = _DISCRETIONARY.sub(lambda m: "" if m[0][1] in "-/@!" else " ", text)
    text = text.replace("\\\\", " ")
    text = _COMMAND.sub(lambda m: symbol(m[1]) or m[0], text)
    text = _GROUP.sub(_ungrouped, text)
    return _ESCAPED.sub(r"\1", text)


def _ungrouped(found: re.Match[str]) -> str:
    """Drop the braces of a group, unless a command that is still there needs them."""
    return found[0] if found[1] else found[2]


def _accented(found: re.Match[str]) -> str:
    """Put an accent on its letter where Unicode has that letter; else keep the source."""
    letter = (found["braced"] or found["bare"]).lstrip("\\")
    made = unicodedata.normalize("NFC", letter + ACCENTS[found["sign"] or found["name"]])
    return made if len(made) == 1 else found[0]
