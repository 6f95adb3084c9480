r"""Formulas in markup as TeX in dollar signs: MathML, and the ``tex-math`` of JATS.

``<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup>`` -> ``$x^{2}$``. What a formula says is
never dropped with its tags: where its parts cannot be told, its source stands in the text.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from paper_digest.model.late_pattern import late_pattern


def _element(name: str) -> re.Pattern[str]:
    """Match an element that holds none of its own name: so time grows with the text's length alone."""
    return re.compile(
        rf"<({name})\b[^<>]*>((?:(?!</?(?:{name})\b).)*)</\1\s*>", re.IGNORECASE | re.DOTALL
    )


_FORMULA = _element("(?:mml:)?math")
_ALTERNATIVES = _element("(?:jats:)?alternatives")
_TEX = _element("(?:jats:)?tex-math")
_CDATA = late_pattern(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_DOCUMENT = late_pattern(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_OTHER_ENTITY = late_pattern(r"&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+);)", re.IGNORECASE)
_TAG = late_pattern(r"<[^<>]*>")
#: Elements with an argument more than the base: what stands before each of the others.
_SCRIPTS = {"msub": ("_",), "msup": ("^",), "msubsup": ("_", "^"), "munder": ("_",), "mover": ("^",), "munderover": ("_", "^")}  # fmt: skip
#: They hold no text of the formula.
_SILENT = frozenset({"annotation", "annotation-xml", "mspace", "none", "mprescripts"})


def formulas_to_tex(text: str) -> str:
    """Put TeX in dollar signs in place of each formula of a text; the rest stays as it is."""
    if "math" not in text:
        return text
    text = _ALTERNATIVES.sub(lambda match: _one_of(match[2]), text)
    text = _TEX.sub(lambda match: _from_tex(match[2]), text)
    return _FORMULA.sub(lambda match: _from_mathml(match[0]), text)


def _one_of(forms: str) -> str:
    """Return the TeX among several forms of one formula, or all where there is none."""
    tex = _TEX.search(forms)
    return tex[0] if tex else forms


def _from_tex(source: str) -> str:
    source = _CDATA.sub(r"\1", source)
    document = _DOCUMENT.search(source)
    body = " ".join((document[1] if document else source).split()).strip("$ ")
    body = re.sub(r"\A\\[(\[]\s*|(?:(?<!\s)\s+)?\\[)\]]\Z", "", body)
    return f"${body}$" if body and "$" not in body else body


def _from_mathml(source: str) -> str:
    names = re.sub(r"(</?)[A-Za-z]+:", r"\1", source)
    plain = re.sub(r"(<[A-Za-z]+)\s[^<>]*?(/?>)", r"\1\2", names)
    try:
        root: Element = ElementTree.fromstring(_OTHER_ENTITY.sub("&amp;", plain))
    except (ParseError, DefusedXmlException, ValueError):
        return f" {_TAG.sub(' ', source)} "
    try:
        tex = " ".join(_element_to_tex(root).split())
    except RecursionError:
        tex = " ".join("".join(root.itertext()).split())
    has_structure = any(sign in tex for sign in "_^\\")
    return f"${tex}$" if has_structure and "$" not in tex else tex


def _element_to_tex(element: Element) -> str:
    name = element.tag.lower()
    if name in _SILENT:
        return ""
    parts = [_element_to_tex(child) for child in element]
    if name in _SCRIPTS and len(parts) == len(_SCRIPTS[name]) + 1:
        scripts = (
            f"{sign}{{{part}}}"
            for sign, part in zip(_SCRIPTS[name], parts[1:], strict=True)
            if part
        )
        return parts[0] + "".join(scripts)
    if name == "mfrac" and len(parts) == 2:  # noqa: PLR2004 - numerator and denominator
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    if name == "mroot" and len(parts) == 2:  # noqa: PLR2004 - radicand and index
        return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"
    inside = (element.text or "").strip() + "".join(
        part + (child.tail or "").strip() for part, child in zip(parts, element, strict=True)
    )
    if name == "msqrt":
        return rf"\sqrt{{{inside}}}"
    return inside if name != "mtext" else (element.text or inside)
