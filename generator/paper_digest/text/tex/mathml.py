"""One formula from TeX to safe, small MathML, or nothing where the TeX cannot be trusted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

from paper_digest.text.tex.mathml_macros import rewritten
from paper_digest.text.tex.mathml_tidy import tidy
from paper_digest.text.tex.segments import LONGEST_FORMULA, balanced

#: The elements of MathML Core that text needs: https://www.w3.org/TR/mathml-core/
ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "mspace",
        "msup",
        "msub",
        "msubsup",
        "mover",
        "munder",
        "munderover",
        "mfrac",
        "msqrt",
        "mroot",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "mmultiscripts",
        "mprescripts",
        "none",
    ]
)
#: Those that need exactly so many parts.
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2} | {
    "msubsup": 3,
    "munderover": 3,
}
#: Their attributes that may stay, and the values these may have.
ATTRIBUTES = {
    "accent": re.compile(r"true|false"),
    "columnalign": re.compile(r"(?:left|right|center)(?: (?:left|right|center))*"),
    "displaystyle": re.compile(r"true|false"),
    "form": re.compile(r"prefix|postfix"),
    "linethickness": re.compile(r"0"),
    "mathvariant": re.compile(r"normal"),
    "maxsize": re.compile(r"[\d.]+em"),
    "minsize": re.compile(r"[\d.]+em"),
    "movablelimits": re.compile(r"true|false"),
    "scriptlevel": re.compile(r"[+-]?\d"),
    "stretchy": re.compile(r"false"),
    "width": re.compile(r"-?[\d.]+em|0"),
}
_HOSTILE = re.compile(
    r"\\(?:href|url|class|style|cssId|unicode|html\w*|includegraphics|require|def|let|newcommand|input)(?![A-Za-z])"
)

#: How the converter writes the signs of commands; it leaves no other ``&`` and no ``<``.
_REFERENCE = re.compile("&(?:#x([0-9A-F]+);|(amp;))?|<")


@lru_cache(maxsize=8192)
def mathml(tex: str, *, display: bool = False) -> str | None:
    """Convert one formula (without its signs) to a ``<math>`` element, or return ``None``.

    ``None`` means: show the source. It comes back for unbalanced braces, commands the converter
    does not know, anything that could carry an address, a style or a script, and any result
    whose elements and attributes are not on the lists above. The TeX stands in ``alttext``.
    """
    tex = " ".join(tex.split())
    if not tex or len(tex) > LONGEST_FORMULA or not balanced(tex) or _HOSTILE.search(tex):
        return None
    try:
        return _element(tex, display=display)
    except Exception:  # noqa: BLE001 - odd TeX makes the converter raise KeyError, IndexError and more
        return None


def _element(tex: str, *, display: bool) -> str:
    """Convert, check and shrink; raises whatever goes wrong."""
    root = convert_to_element(rewritten(tex))
    for element in root.iter():
        element.text = _REFERENCE.sub(_referred, element.text or "")
    tidy(root)
    _check(root)
    while len(root) == 1 and root[0].tag == "mrow":
        root[:] = list(root[0])
    root.attrib.clear()
    if display:
        root.set("display", "block")
    root.set("alttext", tex)
    return tostring(root, encoding="unicode", short_empty_elements=False)


class Unfit(Exception):  # noqa: N818 - never leaves this module; it is a verdict, not an error
    """The converter's answer cannot be shown."""


def _is_control(sign: str) -> bool:
    return not sign.isprintable() and unicodedata.category(sign)[0] == "C"


def _referred(found: re.Match[str]) -> str:
    if not found[1] and not found[2]:
        raise Unfit
    return chr(int(found[1], 16)) if found[1] else "&"


def _check(root: Element) -> None:
    """Raise ``Unfit`` for anything but MathML that says what the TeX said."""
    if not "".join(root.itertext()).strip():
        raise Unfit
    for element in root.iter():
        if element.tag not in ELEMENTS or len(element) != _PARTS.get(element.tag, len(element)):
            raise Unfit
        words = element.text or ""
        if "\\" in words or "$" in words or any(map(_is_control, words)):
            raise Unfit
        if element.tag == "mo" and not words.strip() and not len(element):
            raise Unfit
        for name, value in element.attrib.items():
            allowed = ATTRIBUTES.get(name)
            if element is not root and not (allowed and allowed.fullmatch(value)):
                raise Unfit
