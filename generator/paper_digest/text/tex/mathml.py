"""One formula from TeX to safe, small MathML, or nothing where the TeX cannot be trusted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from xml.etree.ElementTree import Element, tostring

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.tex.mathml_macros import rewrite_commands
from paper_digest.text.tex.mathml_tidy import tidy_mathml
from paper_digest.text.tex.segments import MAX_FORMULA_CHARACTERS, has_balanced_braces

#: The elements of MathML Core that text needs: https://www.w3.org/TR/mathml-core/
ALLOWED_ELEMENTS = frozenset(
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
_CHILD_COUNTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2} | {
    "msubsup": 3,
    "munderover": 3,
}
#: Their attributes that may stay, and the values these may have.
ALLOWED_ATTRIBUTES = {
    "accent": late_pattern(r"true|false"),
    "accentunder": late_pattern(r"true|false"),
    "columnalign": late_pattern(r"(?:left|right|center)(?: (?:left|right|center))*"),
    "displaystyle": late_pattern(r"true|false"),
    "form": late_pattern(r"prefix|postfix"),
    "linethickness": late_pattern(r"0"),
    "mathvariant": late_pattern(r"normal"),
    "maxsize": late_pattern(r"[\d.]+em"),
    "minsize": late_pattern(r"[\d.]+em"),
    "movablelimits": late_pattern(r"true|false"),
    "scriptlevel": late_pattern(r"[+-]?\d"),
    "stretchy": late_pattern(r"false"),
    "width": late_pattern(r"-?[\d.]+em|0"),
}
_FORBIDDEN_COMMANDS = late_pattern(
    r"\\(?:href|unicode|url|class|style|cssId|html\w*|includegraphics|require|def|let|newcommand|input)(?![A-Za-z])"
)

_COMMAND = late_pattern(r"\\(?:begin|end)\{[A-Za-z]+\*?\}(?:\{[lcr|@{} ]*\})?|\\[A-Za-z]+|\\.")
_REFERENCE_TEXT = late_pattern(r"&#x([0-9A-Fa-f]{1,6});")
#: How the converter writes the signs of commands; it leaves no other ``&`` and no ``<``.
_REFERENCE = late_pattern("&(?:#x([0-9A-F]+);|(amp;))?|<")


@lru_cache(maxsize=8192)
def tex_to_mathml(tex: str, *, display: bool = False) -> str | None:
    """Convert one formula (without its delimiters) to a ``<math>`` element, or return ``None``.

    ``None`` means: show the source. It comes back for unbalanced braces, commands the converter
    does not know, anything that could carry an address, a style or a script, and any result
    whose elements and attributes are not on the lists above. The TeX stands in ``alttext``.
    """
    tex = " ".join(tex.split())
    if not tex or len(tex) > MAX_FORMULA_CHARACTERS or not has_balanced_braces(tex):
        return None
    try:
        return _convert(tex, display=display)
    except Exception:  # noqa: BLE001 - odd TeX makes the converter raise KeyError, IndexError and more
        return None


def _convert(tex: str, *, display: bool) -> str:
    """Convert, check and shrink a formula; raises any exception of the converter, or ``UnusableMathML``."""
    # Here: its tables take a fiftieth of a second to load, and many processes set no formula.
    from latex2mathml.converter import convert_to_element

    rewritten = rewrite_commands(tex)
    if _FORBIDDEN_COMMANDS.search(rewritten):
        raise UnusableMathML
    root = convert_to_element(rewritten)
    if "\\begin" in rewritten and _loses_letters(rewritten, root):
        raise UnusableMathML
    for element in root.iter():
        element.text = _REFERENCE.sub(_decode_reference, element.text or "")
    tidy_mathml(root)
    _check_elements(root)
    while len(root) == 1 and root[0].tag == "mrow":
        root[:] = list(root[0])
    root.attrib.clear()
    if display:
        root.set("display", "block")
    root.set("alttext", tex)
    return tostring(root, encoding="unicode", short_empty_elements=False)


class UnusableMathML(Exception):  # noqa: N818 - never leaves this module: the caller shows the source instead
    """The converter's answer cannot be shown."""


def _loses_letters(tex: str, root: Element) -> bool:
    """Tell whether a letter or digit of a formula is not in its MathML: the converter drops rows."""
    source = Counter(c for c in _COMMAND.sub(" ", tex) if c.isalnum())
    text = unicodedata.normalize(
        "NFKC", _REFERENCE_TEXT.sub(_reference_text, "".join(root.itertext()))
    )
    return bool(source - Counter(text))


def _reference_text(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _is_control(sign: str) -> bool:
    return not sign.isprintable() and unicodedata.category(sign)[0] == "C"


def _decode_reference(match: re.Match[str]) -> str:
    if not match[1] and not match[2]:
        raise UnusableMathML
    return chr(int(match[1], 16)) if match[1] else "&"


def _check_elements(root: Element) -> None:
    """Raise ``UnusableMathML`` for elements, attributes or text that are not allowed."""
    if not "".join(root.itertext()).strip():
        raise UnusableMathML
    for element in root.iter():
        if element.tag not in ALLOWED_ELEMENTS or len(element) != _CHILD_COUNTS.get(
            element.tag, len(element)
        ):
            raise UnusableMathML
        words = element.text or ""
        if "\\" in words or "$" in words or any(map(_is_control, words)):
            raise UnusableMathML
        if element.tag == "mo" and not words.strip() and not len(element):
            raise UnusableMathML
        for name, value in element.attrib.items():
            allowed = ALLOWED_ATTRIBUTES.get(name)
            if element is not root and not (allowed and allowed.fullmatch(value)):
                raise UnusableMathML
