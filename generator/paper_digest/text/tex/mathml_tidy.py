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
_LETTERLIKE = frozenset("∞∇∂∅\N{PRIME}″‴°%#&@§¶…")
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
_FUNCTIONS = frozenset((*_LOGARITHMS, *_TRIGONOMETRIC))
_THIN_SPACE = "0.167em"


def tidy_mathml(root: Element) -> None:
    """Shrink a ``<math>`` element in place, and set its letters and gaps as TeX would."""
    for element in root.iter():
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
