r"""Turns TeX in running text into Unicode: accents, letters, quotation marks, ``\emph``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db

from paper_digest.model.late_pattern import late_pattern

#: TeX's accents and the combining characters they are (The TeXbook, chapter 9).
COMBINING_ACCENTS = {
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
    # Vietnamese and Romanian packages (vntex, combelow) and T1 fonts add these.
    "h": "\u0309",
    "G": "\u030f",
    "textcommabelow": "\u0326",
}
_LETTER_COMMANDS = (
    "ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i|j|imath|jmath|dh|DH|th|TH|dj|DJ|ng|NG|ohorn|OHORN|uhorn|UHORN"
)
#: A letter, with the accents it has already, or the command for one and the space that ends it.
_LETTER = (
    rf"(?:\\(?:{_LETTER_COMMANDS})(?![A-Za-z])(?:\{{\}}|\s+(?=[a-z])|)|[^\W\d_][\u0300-\u036f]*)"
)
_ACCENT = late_pattern(
    rf"""\\(?:(?P<sign>[`'^~=."])\s*|(?P<name>[urHvdckbhG]|textcommabelow)(?:\s+|(?=[{{\\])))"""
    rf"(?:\{{\s*(?P<braced>{_LETTER})\s*\}}|(?P<bare>{_LETTER}))"
)
_BRACED_TWICE = late_pattern(rf"\{{\s*\{{\s*({_LETTER})\s*\}}\s*\}}")
_UNDOTTED = {"i": "i", "j": "j", "imath": "i", "jmath": "j"}
#: JSON's escaped quotation marks look like an umlaut: ``\"under\"``.
_JSON_QUOTES = late_pattern(r'(?<!\w)\\"([^"\\]{1,200}?)\\"(?!\w)')

_SWITCH_NAMES = "em|it|bf|sc|tt|rm|sf|sl|frak|cal|itshape|bfseries|scshape|ttfamily|normalfont|noindent|xspace|protect|centering"
_WRAPPER_NAMES = (
    "emph|textbf|textit|textsc|texttt|textrm|textsf|textsl|textmd|textup|textnormal|text|mbox|hbox"
    "|underline|uline|mathrm|mathit|mathsf|mathtt|ensuremath|textsuperscript|textsubscript"
    "|enquote|uppercase|lowercase|MakeUppercase|textcolor\\{[a-z]+\\}"
)
_LINK_COMMAND = late_pattern(
    r"\\(?:url|nolinkurl|path)\s?\{([^{}]*)\}|\\href\s?\{[^{}]*\}\s?\{([^{}]*)\}"
)
_WRAPPER_COMMAND = late_pattern(rf"\\(?:{_WRAPPER_NAMES})\s*\{{([^{{}}]*)\}}")
#: What stands elsewhere in the paper; its reader knows only that something does.
_CITATION = late_pattern(r"\\(?:no)?cite[a-zA-Z]{0,8}\*?\s*(?:\[[^\[\]]*\]\s*){0,2}\{[^{}]*\}")
_REFERENCE = late_pattern(r"\\(?:eq|auto|c|C|page)?ref\*?\s*\{[^{}]*\}")
#: Lists and the like: on one line, a bullet or the item's own label begins each item.
_LIST_ENVIRONMENT = late_pattern(
    r"(?:(?<!\s)\s+)?\\(?:begin|end)\s?\{(?:itemize|enumerate|description|center|quote|quotation|abstract|theorem|lemma|proposition)\*?\}"
    r"(?:\[[^\[\]]{0,40}\])?\s*"
)
_LABELLED_ITEM = late_pattern(r"\\item\s*\[([^\[\]]{1,40})\]")
_ITEM = late_pattern(r"\\item(?![A-Za-z])")
_ANCHOR = late_pattern(r"\s?\\label\s*\{[^{}]*\}")
_FOOTNOTE = late_pattern(r"\s?\\footnote\s*\{([^{}]*)\}")
_SWITCH_GROUP = late_pattern(rf"\{{\s*\\(?:{_SWITCH_NAMES})(?![A-Za-z])\s*+([^{{}}]*)\}}")
_SWITCH_COMMAND = late_pattern(rf"\\(?:{_SWITCH_NAMES})(?![A-Za-z])\s?(?:\{{\}})?")
#: A group around one letter or command, or around a capitalised word (BibTeX's protection).
_GROUP = late_pattern(
    r"(\\[A-Za-z]+\s*)?\{([^\W_]|[^\x00-\x7f][^\s{}\\]*|(?=\w*[A-Z])\w++(?>(?:-\w++)*))\}"
)

#: Abbreviations that papers define as commands, and signs pylatexenc has no text for.
_COMMAND_TEXT = {
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
    "ohorn": "\u01a1",
    "OHORN": "\u01a0",
    "uhorn": "\u01b0",
    "UHORN": "\u01af",
}
_SYMBOL_LETTER = late_pattern(rf"\\({_LETTER_COMMANDS})(?![A-Za-z])(?:\{{\}}|\s+(?=[a-z])|)")
_COMMAND = late_pattern(r"\\([A-Za-z]+)(?:\{\})?")
_ESCAPED = late_pattern(r"\\([%&#_{}$ ])")
_DISCRETIONARY = late_pattern(r"\\[-/@]|\\(?:,|;|:|!)")
#: Where ``~`` is a space at which no line ends; before a number it may say "about", and stays.
_TIE = late_pattern(r"(?<=[^\s/(~\d])~+(?=\S)|(?<=\d)~+(?=[^\s\d~])|(?<=[.,;:)])~\s+")
_DASHES = late_pattern(r"(?<=[^\s<!-])(-{2,3})(?=[^\s>-])|(?<=\s)(-{2,3})(?=\s)")
_QUOTED = late_pattern(r"``((?:[^`'\"]|'(?!'))*)(?:''|\")")
_QUOTED_ONCE = late_pattern(r"(?<![\w`'])`((?:[^`'\s]|\s(?!\s)){1,120}?)'(?![\w'])")
_URL = late_pattern(r"(?:https?|ftp)://[^\s{}\\]+")

_MAX_PASSES = 6


def has_no_tex(text: str) -> bool:
    """Tell whether a text holds nothing that TeX gives a meaning, formulas aside."""
    # Single searches beat one pattern by far, and most texts end here.
    return not ("\\" in text or "{" in text or "~" in text or "`" in text or "--" in text)


def running_text_to_unicode(text: str) -> str:
    """Resolve TeX in a stretch of running text that holds no formula.

    Unknown commands keep their source, and addresses are left alone.
    """
    if has_no_tex(text):
        return text
    if "\\" in text:
        text = _LINK_COMMAND.sub(lambda m: m[1] or m[2], text)
    if "://" not in text:
        return _resolve(text)
    resolved: list[str] = []
    last = 0
    for address in _URL.finditer(text):
        resolved += (_resolve(text[last : address.start()]), address[0])
        last = address.end()
    return "".join((*resolved, _resolve(text[last:])))


@cache
def command_character(name: str) -> str:
    r"""Return the character a command such as ``alpha`` stands for, or ``""``.

    The table is pylatexenc's: https://pylatexenc.readthedocs.io/en/latest/latex2text/
    """
    if name in _COMMAND_TEXT:
        return _COMMAND_TEXT[name]
    spec = _PYLATEXENC_MACROS.get_macro_spec(name)
    replacement = getattr(spec, "simplify_repl", None)
    if not isinstance(replacement, str) or (replacement.isascii() and len(replacement) > 1):
        return ""
    return replacement


_PYLATEXENC_MACROS = get_default_latex_context_db()


def _resolve(text: str) -> str:
    if has_no_tex(text):
        return text
    if "\\" in text:
        text = _resolve_commands(text)
    elif "{" in text:
        text = _GROUP.sub(_drop_braces, text)
    if "~" in text:
        text = _TIE.sub("\u00a0", text)
    if "--" in text:
        text = _DASHES.sub(lambda m: "—" if len(m[1] or m[2]) > len("--") else "\N{EN DASH}", text)
    if "`" in text:
        text = _QUOTED.sub(r"“\1”", text)
        text = _QUOTED_ONCE.sub(
            "\N{LEFT SINGLE QUOTATION MARK}\\1\N{RIGHT SINGLE QUOTATION MARK}", text
        )
    return text


def _resolve_commands(text: str) -> str:
    text = _REFERENCE.sub("[reference]", _CITATION.sub("[citation]", _ANCHOR.sub("", text)))
    if "\\item" in text or "\\begin" in text or "\\end" in text:
        text = _ITEM.sub("•", _LABELLED_ITEM.sub(r"\1", _LIST_ENVIRONMENT.sub(" ", text)))
    text = _JSON_QUOTES.sub(r'"\1"', text)
    text = compose_letters(text)
    for _ in range(_MAX_PASSES if "{" in text else 0):
        before = text
        text = _WRAPPER_COMMAND.sub(r"\1", text)
        text = _FOOTNOTE.sub(r" (\1)", text)
        text = _SWITCH_GROUP.sub(r"\1", text)
        text = _GROUP.sub(_drop_braces, text)
        if text == before:
            break
    text = _SWITCH_COMMAND.sub("", text)
    text = re.sub(r"(?<=\d)\s?\\deg(?![A-Za-z])", "°", text)
    text = _DISCRETIONARY.sub(lambda m: "" if m[0][1] in "-/@!" else " ", text)
    text = text.replace("\\\\", " ")
    text = _COMMAND.sub(lambda m: command_character(m[1]) or m[0], text)
    if "{" in text:
        text = _GROUP.sub(_drop_braces, text)
    return _ESCAPED.sub(r"\1", text)


def _drop_braces(match: re.Match[str]) -> str:
    """Drop the braces of a group, unless a command that is still there needs them."""
    return match[0] if match[1] else match[2]


def compose_accents(text: str, *, allow_combining: bool = False) -> str:
    r"""Put TeX's accents on their letters, innermost first: ``\~{\^e}`` -> ``ễ``.

    Where Unicode has no such letter, the source stays, because authors define ``\d`` and the like
    for themselves; with ``allow_combining`` the letter gets combining characters.
    """
    for _ in range(_MAX_PASSES):
        before = text
        text = _ACCENT.sub(_compose_combining if allow_combining else _compose_accent, text)
        text = _BRACED_TWICE.sub(r"{\1}", text)
        if text == before:
            break
    return text


def compose_letters(text: str, *, allow_combining: bool = False) -> str:
    r"""Put accents on their letters, and a letter for each command that is one: ``\L ukasz`` -> ``Łukasz``."""
    text = compose_accents(text, allow_combining=allow_combining)
    return _SYMBOL_LETTER.sub(lambda m: command_character(m[1]) or m[0], text)


def _compose_accent(match: re.Match[str]) -> str:
    """Put an accent on its letter where Unicode has that letter; else keep the source."""
    composed = _compose_combining(match)
    letter = match["braced"] or match["bare"]
    return composed if len(composed) == 1 or len(letter) > 1 > letter.count("\\") else match[0]


def _compose_combining(match: re.Match[str]) -> str:
    letter = match["braced"] or match["bare"]
    if letter.startswith("\\"):
        name = letter[1:].rstrip("{} \t\n")
        if match["sign"] == "." and name in _UNDOTTED:
            return _UNDOTTED[name]
        letter = _UNDOTTED.get(name) or command_character(name)
    accent = COMBINING_ACCENTS[match["sign"] or match["name"]]
    return unicodedata.normalize("NFC", letter + accent)
