r"""Writes a formula as one line of plain Unicode: ``O(n²)``."""

# ruff: noqa: RUF001 - the signs are shown as readers see them

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.tex.accents import command_character
from paper_digest.text.tex.mathml_macros import expand_abbreviations

_SUPERSCRIPTS = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_SUBSCRIPTS = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_SCRIPTABLE = late_pattern(r"[+\-−]?\d+|[+\-−]")

_COMBINING = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "bar": "\u0304",
    "overline": "\u0304",
    "underline": "\u0331",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
    "check": "\u030c",
    "mathring": "\u030a",
}
_ARGUMENT = r"\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\^_]))"
_FRACTION = late_pattern(rf"\\[dtc]?frac{_ARGUMENT}{_ARGUMENT}")
_BINOMIAL = late_pattern(rf"\\[dt]?binom{_ARGUMENT}{_ARGUMENT}")
_ROOT = late_pattern(rf"\\sqrt\s*(?:\[[^\]]*\])?{_ARGUMENT}")
_ACCENTED = late_pattern(rf"\\({'|'.join(_COMBINING)})(?![A-Za-z]){_ARGUMENT}")
_STYLE_COMMANDS = late_pattern(
    r"\\(?:text(?:rm|bf|it|sc|tt|sf|normal|up)?|math(?:rm|bf|it|sf|tt|cal|bb|bbm|frak|scr|ds|normal|op|bin|rel|ord)"
    r"|bm|bbm|boldsymbol|pmb|mbox|hbox|operatorname\*?|ensuremath|emph|overbrace|underbrace"
    r"|mathord|mathopen|mathclose|phantom|limits|nolimits|cal|rm|bf|it|sf|tt|sc|Bbb|displaystyle|textstyle"
    r"|scriptstyle|left|right|middle|[bB]igg?[lrm]?|xspace|nobreak|protect|relax)(?![A-Za-z])\s*\.?"
)
_SPACES = late_pattern(r"\\(?:[,;:> ]|(?:quad|qquad|enspace|thinspace)(?![A-Za-z]))|~")
_INVISIBLE_COMMANDS = late_pattern(r"\\(?:[!/]|-|nobreakdash)")
_SCRIPT = late_pattern(r" ?(\^|_)\s*(?:\{([^{}]*)\}|([^\s{}\\^_]))")
_COMMAND = late_pattern(r"\\([A-Za-z]+)(\s*)")
_LAST_COMMAND = late_pattern(r"\\([A-Za-z]+)(\s*)\Z")
_BARE_GROUP = late_pattern(r"(?<![\^_A-Za-z}])\{([^{}]*)\}")
_ENVIRONMENT = late_pattern(
    r"\\(?:begin|end)\{[A-Za-z]+\*?\}(?:\{[lcr|@{}\d]*\})?|\\(?:label|tag)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"
)
#: Commands that the table of ``accents`` does not have, or has another reading of.
_MATH_SIGNS = {
    "ne": "≠", "colon": ":", "Box": "□", "square": "□", "over": "/", "lg": "lg", "Re": "Re", "Im": "Im",
    "limsup": "lim sup", "liminf": "lim inf", "backslash": "∖", "heartsuit": "♡", "triangle": "△", "pmod": "mod ",
    "vert": "|", "Vert": "‖", "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "gt": ">", "lt": "<",
    "iff": "⟺", "implies": "⟹", "dotsc": "…", "dotsb": "⋯", "lbrace": "\ue000", "rbrace": "\ue001",
    "neg": "¬", "lnot": "¬", "bigstar": "★", "checkmark": "✓",
}  # fmt: skip
_NEGATED = late_pattern(r"\\not\s*(?:\\([A-Za-z]+)\s?|([=<>]))")
_OVERLINES = frozenset({"bar", "overline", "underline", "dot", "ddot"})
#: The space around the name of a function, where a bracket or a script stands beside it.
_NEEDLESS_GAP = late_pattern(
    r"(?:\A|(?<=[\s(\[{|/^]))\ue004|\ue004(?=[\s)(\]}|,.\ue002\ue003²³¹⁰-₎]|\Z)"
)
_RELATIONS = late_pattern(r"(?:(?<!\s)\s+)?([=<>≤≥⩽⩾≈∼≃≪≫≲≳≠∈→←↔⟶≡∝])\s*")
_FUNCTIONS = frozenset(
    [
        "log",
        "ln",
        "exp",
        "sin",
        "cos",
        "tan",
        "min",
        "max",
        "sup",
        "inf",
        "lim",
        "arg",
        "det",
        "dim",
        "ker",
        "deg",
        "gcd",
        "Pr",
        "argmin",
        "argmax",
        "poly",
        "polylog",
        "tanh",
        "sinh",
        "cosh",
        "cot",
        "sec",
        "csc",
        "mod",
        "bmod",
        "hom",
        "arcsin",
        "arccos",
        "arctan",
    ]
)
_MAX_PASSES = 12


@lru_cache(maxsize=8192)
def formula_to_unicode(tex: str) -> str:
    """Write one formula (without its delimiters) on one line of Unicode text.

    Commands it does not know keep their source; nothing raises.
    """
    tex = " ".join(tex.split())
    if tex.isalnum():
        return tex
    has_command = "\\" in tex
    if has_command:
        tex = _ENVIRONMENT.sub("", expand_abbreviations(tex)).replace(
            "&", " " if r"\&" not in tex else "&"
        )
    tex = (
        tex.replace(r"\_{", "_{")
        .replace(r"\{", "\ue000")
        .replace(r"\}", "\ue001")
        .replace(r"\%", "%")
    )
    tex = tex.replace(r"\|", "‖").replace(r"\_", "\ue002").replace(r"\&", "&").replace(r"\#", "#")
    tex = _INVISIBLE_COMMANDS.sub("", _SPACES.sub(" ", tex.replace(r"\\", " ")))
    tex = re.sub(r"\^\s*+\{?\s*+\\(?:circ|degree)(?![A-Za-z])\s*\}?", "°", tex)
    tex = re.sub(r"\^\s*\{?\s*\\prime(?![A-Za-z])\s*\}?", "′", tex)
    tex = _NEGATED.sub(_negated_to_unicode, _STYLE_COMMANDS.sub("", tex))
    for _ in range(_MAX_PASSES):
        before = tex
        tex = _resolve_structures(tex)
        if tex == before:
            break
    tex = _NEEDLESS_GAP.sub("", _COMMAND.sub(_command_to_unicode, tex)).replace("\ue004", " ")
    if "\\" not in tex:
        tex = tex.replace("{", "").replace("}", "")
    tex = _RELATIONS.sub(r" \1 ", tex) if len(tex) > len("n=10") or has_command else tex
    tex = (
        tex.replace("\ue000", "{")
        .replace("\ue001", "}")
        .replace("\ue002", "_")
        .replace("\ue003", "^")
    )
    return unicodedata.normalize("NFC", " ".join(tex.split()))


#: One letter, with its scripts as they are written here.
_ONE_SYMBOL = late_pattern(r"\S(?:[\ue002\ue003](?:\([^()]*\)|[\w,]+)|[\^_]\w|[⁰¹²³⁴-⁹⁺⁻₀-₉₊₋])*\Z")


def _resolve_structures(tex: str) -> str:
    """Resolve what stands innermost: fractions, roots, accents, scripts, then bare groups."""
    tex = _ACCENTED.sub(_compose_accent, tex)
    tex = _FRACTION.sub(
        lambda m: f"{_parenthesise(m[1] or m[2])}/{_parenthesise(m[3] or m[4])}", tex
    )
    tex = _BINOMIAL.sub(lambda m: f"C({m[1] or m[2]}, {m[3] or m[4]})", tex)
    tex = _ROOT.sub(lambda m: f"√{_parenthesise(m[1] or m[2])}", tex)
    tex = _SCRIPT.sub(_script_to_unicode, tex)
    return _BARE_GROUP.sub(_without_braces, tex)


def _without_braces(match: re.Match[str]) -> str:
    r"""Return what is in a group; a command at its end takes in no letter behind it: ``{\alpha}x``."""
    if not match.string[match.end() : match.end() + 1].isalpha():
        return match[1]
    return _LAST_COMMAND.sub(
        lambda last: sign if (sign := _command_to_unicode(last)) != last[0] else f"{sign} ",
        match[1],
    )


def _script_to_unicode(match: re.Match[str]) -> str:
    body = _COMMAND.sub(_command_to_unicode, match[2] if match[2] is not None else match[3]).strip()
    if _SCRIPTABLE.fullmatch(body):
        return body.translate(_SUPERSCRIPTS if match[1] == "^" else _SUBSCRIPTS)
    # A private character keeps the sign from being read a second time.
    return ("\ue003" if match[1] == "^" else "\ue002") + _parenthesise(body) if body else ""


def _compose_accent(match: re.Match[str]) -> str:
    body = _COMMAND.sub(_command_to_unicode, match[2] or match[3] or "").strip()
    accent = _COMBINING[match[1]]
    if _ONE_SYMBOL.match(body):
        return body[:1] + accent + body[1:]
    if match[1] in _OVERLINES:
        return "".join(sign + accent if sign.isalnum() else sign for sign in body)
    return f"{match[1]}({body})" if body else ""


def _negated_to_unicode(match: re.Match[str]) -> str:
    sign = match[2] or _command_to_unicode(_COMMAND.match(f"\\{match[1]}") or match)
    struck = unicodedata.normalize("NFC", sign + "\u0338")
    return struck if len(sign) == 1 else match[0]


def _parenthesise(body: str | None) -> str:
    """Put round brackets around a body of more than one part."""
    body = _COMMAND.sub(_command_to_unicode, (body or "").strip())
    return body if re.fullmatch(r"[\w.,*′∗°∞\ue002\ue003]*|\([^()]*\)", body) else f"({body})"


def _command_to_unicode(match: re.Match[str]) -> str:
    name = match[1]
    if name in _FUNCTIONS:
        return f"\ue004{name}\ue004"
    sign = _MATH_SIGNS.get(name) or command_character(name)
    if len(sign) == 1 and unicodedata.category(sign) == "Sm":
        is_glued = match.start() > 0 and not match.string[match.start() - 1].isspace()
        return sign if is_glued else sign + match[2][:1]
    return sign or match[0]
