"""Makes the converter's MathML small, and valid for browsers, which support MathML Core only.

https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import pairwise
from xml.etree.ElementTree import Element

#: Attributes of fine layout that browsers ignore or text does not need.
_DROPPED_ATTRIBUTES = (
    "linebreak",
    "lspace",
    "rspace",
    "voffset",
    "height",
    "depth",
    "symmetric",
    "separator",
    "columnspacing",
    "rowspacing",
    "columnlines",
    "rowlines",
    "frame",
)
_UNICODE_STYLES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}
_LETTERLIKE = frozenset("/!|∞∇∂∅\N{PRIME}″‴°%#&@§¶…")
_MIDDLE_DELIMITERS = frozenset("|‖\N{DIVIDES}∥/")


#: Names that the converter sets without a gap: https://www.w3.org/TR/mathml-core/#operator-tables
_LOGARITHMS = ("log", "ln", "lg", "exp", "arg", "deg", "dim", "hom", "ker", "det", "gcd")
_TRIGONOMETRIC = (
    "sin",
    "cos",
    "tan",
    "cot",
    "sec",
    "csc",
    "sinh",
    "cosh",
    "tanh",
    "arcsin",
    "arccos",
    "arctan",
)
#: Signs that few fonts have, and the common ones that look the same.
_COMMON_SIGNS = {"\u29f5": "\u2216", "\u27c2": "\u22a5", "\u25fb": "\u25a1"}
_OVERLINE = "\u203e"
#: Accents of one letter, and the overline, which no font stretches: a style sheet draws it where
#: its element says ``accent``. The arrow combines; a space carries it above the letter.
_ACCENTS = {"\u2015": _OVERLINE, "\u00af": "\u02c9", "\u2192": "\u00a0\u20d7"}
_ORDINARY_SIGNS = frozenset("\u221e/!|")
_FUNCTIONS = frozenset((*_LOGARITHMS, *_TRIGONOMETRIC))
_THIN_SPACE = "0.167em"


def tidy_mathml(root: Element) -> None:
    """Shrink a ``<math>`` element in place, and set its letters and gaps as TeX would."""
    for element in root.iter():
        _drop_empty_delimiters(element)
        _replace_sign(element)
        _letter_to_operator(element)
        _apply_style(element)
        _drop_default_attributes(element)
        for name in _DROPPED_ATTRIBUTES:
            element.attrib.pop(name, None)
        if element.get("width", "").startswith("+"):
            del element.attrib["width"]
        _merge_words(element)
    for element in root.iter():
        for place, child in enumerate(element):
            while child.tag == "mrow" and len(child) == 1 and not child.attrib:
                child = child[0]  # noqa: PLW2901 - a group of one is that one
            element[place] = child
        _join_colon(element)
        _space_functions(element)


def _drop_empty_delimiters(element: Element) -> None:
    r"""Drop the delimiter that ``\left.`` leaves out, and empty letters in cells."""
    for child in list(element):
        is_empty = not (child.text or "").strip() and not len(child)
        if is_empty and ((child.tag == "mo" and child.get("form")) or element.tag == "mtd"):
            element.remove(child)


def _replace_sign(element: Element) -> None:
    """Use the sign that fonts have, and set upright and without gaps what TeX sets so."""
    sign = element.text or ""
    element.text = _COMMON_SIGNS.get(sign, sign)
    if element.tag in {"mover", "munder"} and len(element) > 1 and element[1].tag == "mo":
        accent = element[1]
        is_arrow_over_all = accent.text == "\u2192" and accent.get("stretchy") != "true"
        if accent.text in _ACCENTS and not is_arrow_over_all:
            accent.text = _ACCENTS[accent.text]
            accent.attrib = {} if accent.text == _OVERLINE else {"stretchy": "false"}
            if accent.text == _OVERLINE:
                element.set("accent" if element.tag == "mover" else "accentunder", "true")
    is_capital_greek = len(sign) == 1 and "\u0391" <= sign <= "\u03a9"
    if element.tag == "mi" and is_capital_greek and not element.get("mathvariant"):
        element.set("mathvariant", "normal")
    if element.tag == "mo" and sign in _ORDINARY_SIGNS and not element.get("form"):
        element.tag, element.attrib = "mi", {"mathvariant": "normal"}


def _letter_to_operator(element: Element) -> None:
    """Make operators of the signs that the converter takes for letters (``:`` and all relations)."""
    sign = element.text or ""
    if element.tag == "mi" and len(sign) == 1 and unicodedata.category(sign)[0] in "PS":
        if sign == "~":
            element.text = "\N{TILDE OPERATOR}"
        if sign not in _LETTERLIKE:
            element.tag = "mo"


def _apply_style(element: Element) -> None:
    """Write bold, script and the like as characters: browsers know only ``normal``."""
    variant = element.get("mathvariant", "normal")
    if variant == "normal":
        return
    del element.attrib["mathvariant"]
    style = _UNICODE_STYLES.get(variant)
    if element.tag != "mtext" and style:
        element.text = "".join(_styled_character(c, style) for c in element.text or "")


@lru_cache(maxsize=1024)
def _styled_character(letter: str, style: str) -> str:
    name = unicodedata.name(letter, "").removeprefix("LATIN ").removeprefix("GREEK ")
    name = name.replace(" LETTER ", " ")
    upright = {"BOLD ITALIC": "BOLD"}.get(style, style) if letter.isdigit() else style
    for form in (f"MATHEMATICAL {upright} {name}", f"{upright} {name}"):
        try:
            return unicodedata.lookup(form)
        except KeyError:
            continue
    return letter


def _drop_default_attributes(element: Element) -> None:
    """Drop attributes with the value that the operator dictionary gives."""
    element.attrib.pop("fence", None)
    if element.get("stretchy") == "true":
        del element.attrib["stretchy"]
    if element.tag == "mo" and (element.text or "") not in _MIDDLE_DELIMITERS:
        element.attrib.pop("form", None)


def _merge_words(element: Element) -> None:
    """Join the letters of an upright word: ``<mi>max</mi>`` in place of three."""
    word: Element | None = None
    for child in list(element) if element.tag in {"mrow", "math"} else ():
        upright = child.tag == "mi" and child.get("mathvariant") == "normal"
        if upright and word is not None:
            word.text = (word.text or "") + (child.text or "")
            word.attrib.pop("mathvariant", None)
            element.remove(child)
        else:
            word = child if upright else None


def _join_colon(element: Element) -> None:
    """Make one operator of ``:=``, as the operator dictionary has it."""
    for colon, equals in pairwise(list(element)):
        if (colon.tag, colon.text, equals.tag, equals.text) == ("mo", ":", "mo", "="):
            colon.text = ":="
            element.remove(equals)


def _space_functions(element: Element) -> None:
    """Put the thin gap around ``log`` and the like that TeX puts there: ``n log n``."""
    if element.tag not in {"mrow", "math"}:
        return
    for before, after in pairwise(list(element)):
        if (_is_function(before) or _is_function(after)) and not {before.tag, after.tag} & {
            "mo",
            "mspace",
        }:
            element.insert(list(element).index(after), Element("mspace", {"width": _THIN_SPACE}))


def _is_function(element: Element) -> bool:
    base = element[0] if element.tag in {"msub", "msup", "msubsup"} and len(element) else element
    return base.tag == "mi" and base.text in _FUNCTIONS
