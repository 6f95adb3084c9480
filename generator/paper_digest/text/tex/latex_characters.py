r"""Writes the characters outside ASCII of a LaTeX text as commands: ``\'e``, ``\ensuremath{\alpha}``.

pdfLaTeX sets a character only if a font encoding has it, and classic BibTeX counts bytes, not
letters (it cuts ``É`` in two where a style abbreviates names). Commands of LaTeX itself, with T1
fonts, amsmath and amssymb, are all that is used here.
"""

# ruff: noqa: RUF001 - the characters are shown as readers see them

from __future__ import annotations

import re
import unicodedata
from functools import cache

from paper_digest.text.tex.accents import COMBINING_ACCENTS, command_character

#: Hook, double grave and horn are in no T1 font; a comma below has a command of its own.
_ACCENT_COMMANDS = {
    accent: command for command, accent in COMBINING_ACCENTS.items() if command not in {"h", "G"}
}
_LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "dj", "Đ": "DJ", "ð": "dh", "Ð": "DH", "þ": "th", "Þ": "TH", "ŋ": "ng", "Ŋ": "NG",
    "ı": "i", "ȷ": "j", "§": "S", "¶": "P", "©": "copyright", "£": "pounds", "†": "dag", "‡": "ddag",
    "…": "ldots", "€": "texteuro", "®": "textregistered", "™": "texttrademark", "°": "textdegree",
    "•": "textbullet", "ẞ": "SS", "¿": "textquestiondown", "¡": "textexclamdown",
    "«": "guillemotleft", "»": "guillemotright", "„": "quotedblbase", "‚": "quotesinglbase",
    "‹": "guilsinglleft", "›": "guilsinglright", "¥": "textyen", "¢": "textcent",
    "ª": "textordfeminine", "º": "textordmasculine", "‰": "textperthousand", "№": "textnumero",
}  # fmt: skip
_PLAIN = {
    "–": "--", "—": "---", "―": "---", "‐": "-", "‑": "-", "‒": "--", "“": "``", "”": "''", "‘": "`",
    "’": "'", "ʼ": "'", "ʹ": "'", "\u00a0": "~", "\u202f": "~", "\u2009": r"\,", "ħ": r"\ensuremath{\hbar}",
    "−": r"\ensuremath{-}", "·": r"\ensuremath{\cdot}", "×": r"\ensuremath{\times}",
    "÷": r"\ensuremath{\div}", "±": r"\ensuremath{\pm}", "µ": r"\ensuremath{\mu}", "‖": r"\ensuremath{\|}",
    "¬": r"\ensuremath{\neg}", "→": r"\ensuremath{\rightarrow}", "←": r"\ensuremath{\leftarrow}",
    "′": r"\ensuremath{'}", "″": r"\ensuremath{''}", "√": r"\ensuremath{\surd}", "≔": r"\ensuremath{:=}",
    "∖": r"\ensuremath{\setminus}", "∼": r"\ensuremath{\sim}", "∞": r"\ensuremath{\infty}",
    "½": r"\ensuremath{\frac{1}{2}}", "¼": r"\ensuremath{\frac{1}{4}}", "¾": r"\ensuremath{\frac{3}{4}}",
    "ε": r"\ensuremath{\varepsilon}", "ϵ": r"\ensuremath{\epsilon}", "ο": "o", "ς": r"\ensuremath{\varsigma}",
    "∗": r"\ensuremath{\ast}", "∘": r"\ensuremath{\circ}", "⟨": r"\ensuremath{\langle}",
    "⟩": r"\ensuremath{\rangle}", "ℓ": r"\ensuremath{\ell}", "↔": r"\ensuremath{\leftrightarrow}",
    "↑": r"\ensuremath{\uparrow}", "↓": r"\ensuremath{\downarrow}", "●": r"\ensuremath{\bullet}", "■": r"\ensuremath{\blacksquare}",
    "▲": r"\ensuremath{\blacktriangle}", "★": r"\ensuremath{\bigstar}", "✓": r"\ensuremath{\checkmark}",
    "´": "'", "¨": r"\"{}", "¯": r"\={}", "¸": r"\c{}", "⁄": "/", "\u00ad": r"\-", "\ufe0f": "",
}  # fmt: skip
_COMMAND_NAME = re.compile(r"\\([A-Za-z]+)")
_SUPERSCRIPT, _SUBSCRIPT = "<super>", "<sub>"
#: Names of styled letters (MATHEMATICAL BOLD CAPITAL A): what LaTeX has for each style.
_STYLES = {
    "BOLD": "mathbf",
    "ITALIC": "mathit",
    "BOLD ITALIC": "mathbf",
    "SCRIPT": "mathcal",
    "BOLD SCRIPT": "mathcal",
    "FRAKTUR": "mathfrak",
    "BLACK-LETTER": "mathfrak",
    "DOUBLE-STRUCK": "mathbb",
    "SANS-SERIF": "mathsf",
    "MONOSPACE": "mathtt",
}
_STYLED = re.compile(r"(?:MATHEMATICAL )?([A-Z -]+?) (CAPITAL|SMALL|DIGIT)\b")
#: Styles of which LaTeX has capitals only.
_CAPITALS_ONLY = frozenset({"mathcal", "mathbb"})
_NOT = "\u0338"
#: What mathematics has for a mark above or below a sign.
_MATH_ACCENTS = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar",
    "\u0306": "breve", "\u0307": "dot", "\u0308": "ddot", "\u030c": "check", "\u0331": "underline", "\u0332": "underline",
    "\u20d7": "vec",
}  # fmt: skip
_LATIN_LETTER = re.compile(r"LATIN (CAPITAL|SMALL) LETTER ([A-Z])(?: WITH\b|\Z)")
#: Greek letters that look like Latin ones, for which TeX has no command.
_LATIN_LOOK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_MATH_COMMAND = re.compile(r"\\ensuremath\{(\\[A-Za-z]+)\}\Z")

#: Commands of mathematics that are no single sign, and that LaTeX and amsmath define.
_MATH_COMMANDS = frozenset(
    re.findall(
        r"\w+",
        "frac dfrac tfrac binom sqrt sum prod int left right big Big bigg Bigg bigl bigr Bigl Bigr rm bf it sf tt cal "
        "text textbf textit textrm textsf texttt textsc mathbb mathbf mathcal mathfrak mathit mathrm mathsf mathtt "
        "boldsymbol mathop mathbin mathrel mathord operatorname overline underline overbrace underbrace widehat "
        "widetilde hat tilde bar vec dot ddot acute breve overrightarrow xrightarrow stackrel overset underset "
        "limits log ln lg exp sin cos tan tanh min max sup inf lim limsup liminf arg deg det dim gcd Pr mod bmod "
        "pmod quad qquad displaystyle mathring prime ensuremath colon middle not mid to le ge ne",
    )
)


def has_only_latex_commands(formula: str) -> bool:
    """Tell whether LaTeX with amsmath and amssymb knows every command of an ASCII formula."""
    if not formula.isascii():
        return False
    return all(
        name in _MATH_COMMANDS or (command_character(name) and name not in _NOT_IN_AMS)
        for name in _COMMAND_NAME.findall(formula)
    )


def to_latex_commands(text: str) -> str:
    r"""Return a LaTeX text in ASCII: ``Müller`` -> ``M{\"u}ller``, ``∞`` -> ``{\ensuremath{\infty}}``.

    Letters of the Latin script lose an accent that no T1 font has. A character of which LaTeX knows
    nothing (Chinese, Hebrew, emoji) is written by its number: ``[U+738B]``.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return _LETTER_WITH_MARKS.sub(lambda m: _command(m[0]), text)


def symbols_to_latex_commands(text: str) -> str:
    """Return a LaTeX text with its letters, and commands for what fonts of text lack.

    Those are the signs of mathematics, and Greek letters, one or two, that make no word.
    """
    if text.isascii():
        return text
    return _SYMBOL.sub(lambda m: to_latex_commands(m[0]), unicodedata.normalize("NFC", text))


_MARKS = r"[\u0300-\u036f\u20d0-\u20f0]"
_SYMBOL = re.compile(
    rf"(?<![\u0370-\u03ff])(?:[\u0370-\u03ff]{_MARKS}*){{1,2}}(?![\u0370-\u03ff]|{_MARKS})"
    r"|[\u00b1-\u00b3\u00b5\u00b9\u00d7\u00f7\u2032-\u2034\u2070-\u209c\u2100-\u2bff\U0001d400-\U0001d7ff]"
    rf"{_MARKS}*"
)
#: A letter and the combining marks that NFC left it, or any other character outside ASCII.
_LETTER_WITH_MARKS = re.compile(rf"(?:[^\W_]|[^\x00-\x7f\s]){_MARKS}+|[^\x00-\x7f]")

#: Marks of Latin letters, and signs that choose a glyph. Marks of other scripts are vowels and the like, as in Hindi.
_LONE_MARK = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]")  # fmt: skip


@cache
def _command(cluster: str) -> str:
    first, accents = cluster[0], cluster[1:]
    plain = _PLAIN.get(first)
    decomposed = unicodedata.normalize("NFD", cluster)
    if accents and (marked := _accented_in_mathematics(decomposed)):
        return marked
    if plain is not None:
        return f"{{{plain}}}" if plain.startswith(r"\ensure") else plain
    if unicodedata.category(first) == "Cf" or _LONE_MARK.match(first):
        return ""
    if first in _LETTERS and not accents:
        return f"{{\\{_LETTERS[first]}}}"
    return (
        _accented(decomposed)
        or _mathematics(first)
        or _negated(decomposed)
        or _accented_in_mathematics(decomposed)
        or _compatible(first)
        or "".join(f"[U+{ord(sign):04X}]" for sign in (cluster if first > "\x7f" else first))
    )


def _accented(decomposed: str) -> str:
    r"""Return ``{\~{\^e}}`` for a letter with accents; "" if it is no Latin letter or sign."""
    letter, accents = decomposed[0], decomposed[1:]
    tex = letter if letter.isascii() else f"\\{_LETTERS[letter]}" if letter in _LETTERS else ""
    if not tex or not letter.isalpha():
        return ""
    for accent in accents:
        command = _ACCENT_COMMANDS.get(accent)
        if command is None:
            continue
        bare = len(tex) == 1 and not command.isalpha()
        tex = f"\\{command}{tex}" if bare else f"\\{command}{{{tex}}}"
    return tex if len(tex) == 1 else f"{{{tex}}}"


@cache
def _latex_table() -> dict[int, str]:
    # Here: many processes write no such character.
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    table: dict[int, str] = get_builtin_uni2latex_dict()
    return table


def _mathematics(sign: str) -> str:
    r"""Return ``{\ensuremath{\alpha}}`` for a sign of mathematics; "" if LaTeX has none."""
    decomposition = unicodedata.decomposition(sign)
    for kind, script in ((_SUPERSCRIPT, "^"), (_SUBSCRIPT, "_")):
        if decomposition.startswith(kind):
            body = "".join(chr(int(code, 16)) for code in decomposition.split()[1:])
            return f"{{\\ensuremath{{{script}{{{_in_mathematics(body)}}}}}}}"
    known = _MATH_COMMAND.match(_latex_table().get(ord(sign), ""))
    if known and known[1][1:] not in _NOT_IN_AMS:
        return f"{{{known[0]}}}"
    styled = _STYLED.match(unicodedata.name(sign, ""))
    letter = unicodedata.normalize("NFKC", sign)
    if styled and styled[1] in _STYLES and letter != sign:
        style = _STYLES[styled[1]]
        if style in _CAPITALS_ONLY and not letter.isupper():
            style = "mathrm"
        return f"{{\\ensuremath{{\\{style}{{{_in_mathematics(letter)}}}}}}}"
    return ""


def _negated(decomposed: str) -> str:
    r"""Return ``{\ensuremath{\not\cong}}`` for a relation that is struck through."""
    sign = _mathematics(decomposed[0]) if decomposed[1:] == _NOT else ""
    return sign.replace(r"\ensuremath{", r"\ensuremath{\not", 1)


def _accented_in_mathematics(decomposed: str) -> str:
    r"""Return ``{\ensuremath{\bar{\nu}}}``: without its mark an antineutrino would be a neutrino."""
    first, accents = decomposed[0], decomposed[1:]
    sign = _command(first) if accents and not first.isascii() else ""
    if not sign.startswith(r"{\ensuremath{"):
        return ""
    for accent in accents:
        if command := _MATH_ACCENTS.get(accent):
            inner = sign.removeprefix(r"{\ensuremath{").removesuffix("}}")
            sign = f"{{\\ensuremath{{\\{command}{{{inner}}}}}}}"
    return sign


def _compatible(sign: str) -> str:
    """Return what a sign is a form of: ``IV``, ``1/3``, a letter without its stroke; "" if of none."""
    name = unicodedata.name(sign, "")
    if unicodedata.category(sign) == "Zs":
        return " "
    if latin := _LATIN_LETTER.match(name):
        return latin[2] if latin[1] == "CAPITAL" else latin[2].lower()
    if sign in _LATIN_LOOK:
        return f"{{\\ensuremath{{\\mathrm{{{_LATIN_LOOK[sign]}}}}}}}"
    base = unicodedata.normalize("NFD", sign)[0]
    plainer = base if "GREEK" in name else unicodedata.normalize("NFKC", sign)
    return "" if plainer == sign else to_latex_commands(plainer)


def _in_mathematics(body: str) -> str:
    return "".join(sign if sign.isascii() else _command(sign) for sign in body)


#: Commands of pylatexenc's table that LaTeX, amsmath and amssymb do not define.
_NOT_IN_AMS = frozenset(
    re.findall(
        r"\w+",
        "DownArrowUpArrow VDash allequal approxnotequal arrowwaveleft arrowwaveright clockoint clwintegral "
        "dblarrowupdown estimates forcesextra hermitconjmatrix homothetic image lazysinv notgreaterless "
        "notlessgreater original precedesnotsimilar recorder rightangle rightanglearc sqrint starequal surfintegral "
        "tildetrpl truestate udots varperspcorrespond verymuchgreater verymuchless volintegral",
    )
)
