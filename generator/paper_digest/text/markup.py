"""HTML and JATS in titles and abstracts: entities as characters, tags gone, scripts and formulas as TeX."""

from __future__ import annotations

import re
from html.entities import html5

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.tex.formulas_from_markup import formulas_to_tex

#: Elements that style running text. Another word in angle brackets is text: ``<III>``, ``<tags>``.
_STYLE_NAMES = (
    "a|abbr|b|bold|cite|code|div|em|font|i|inf|italic|p|q|s|sc|scp|small|span|strong|sub|sup|tt|u"
    "|underline|h[1-6]|ul|ol|li|mark|strike|roman|sans-serif|monospace|overline|inline-formula|alternatives"
    "|named-content|styled-content|ext-link|xref|jats:[a-z-]+"
)
_PARAGRAPH = late_pattern(
    r"</?(?:jats:)?(?:p|title|sec|div|li|list-item)(?:\s[^<>]*)?>|<(?:jats:)?br(?:eak)?\s*/?>",
    re.IGNORECASE,
)
_HEADING = late_pattern(r"<((?:jats:)?title)>\s*+abstract(?:\s*+:)?\s*+</\1>", re.IGNORECASE)
_ANY_TAG = late_pattern(r"<[^<>]*>")
_SCRIPT_TAG = late_pattern(r"<(?:jats:)?(?:sub|sup|inf)\b", re.IGNORECASE)
#: Signs that are written raised for their looks.
_RAISED_SIGNS = late_pattern(r"[\s\u00ae\u2122\u00a9\u2120*\u2020\u2021\u00a7\u00b6,]*\Z")
_TAG = late_pattern(
    rf"<(?P<end>/?)(?P<name>{_STYLE_NAMES})(?:\s[^<>]*)?(?P<empty>/?)>|<br\s*/?>", re.IGNORECASE
)
_ENTITY = late_pattern(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_MAX_CODE_POINT = 0x10FFFF
#: Scripts in one another of which more is not looked into: each look goes through all that is inside.
_MAX_SCRIPTS_NESTED = 20
#: Managers that escape twice write ``&amp;lt;``.
_MAX_ESCAPES = 3

#: What stands around the text of an element where dropping the tag would change what is said.
_TEX_SCRIPTS = {"sub": "_", "inf": "_", "sup": "^"}


def unescape_entities(text: str) -> str:
    """Replace HTML's entities (``&amp;``, ``&#252;``); only those that end in a semicolon."""
    for _ in range(_MAX_ESCAPES):
        if "&" not in text or (replaced := _ENTITY.sub(_entity_character, text)) == text:
            break
        text = replaced
    return text


def strip_html(text: str) -> str:
    r"""Return ``text`` without HTML: ``CO<sub>2</sub> &amp; <i>E. coli</i>`` -> ``CO$_2$ & E. coli``.

    A tag goes only with its partner, so that ``a <b> c`` and ``<III>`` stay as they are.
    """
    text = formulas_to_tex(unescape_entities(formulas_to_tex(text)))
    if "<" not in text:
        return text
    pieces: list[str] = []
    last = 0
    for start, end, replacement in sorted(_replacements(text)):
        pieces += (text[last:start], replacement)
        last = end
    return "".join((*pieces, text[last:]))


def strip_paragraphs(text: str) -> str:
    """Return an abstract without HTML and JATS, its paragraphs divided by blank lines.

    A heading that says "Abstract" goes. Line breaks in text without markup stay.
    """
    if "<" not in text and "&" not in text:
        return text
    if not _PARAGRAPH.search(text):
        return strip_html(text)
    parts = re.split(r"\n\s*\n", strip_html(_PARAGRAPH.sub("\n\n", _HEADING.sub("", text))))
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in parts)))


def _replacements(text: str) -> list[tuple[int, int, str]]:
    """List what to put for each tag that goes: (start, end, replacement)."""
    replacements: list[tuple[int, int, str]] = []
    open_tags: dict[str, list[re.Match[str]]] = {}
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").lower()
        if not name or tag["empty"]:
            replacements.append((tag.start(), tag.end(), " "))
        elif not tag["end"]:
            open_tags.setdefault(name, []).append(tag)
        elif open_tags.get(name):
            opening = open_tags[name].pop()
            is_deep = len(open_tags[name]) >= _MAX_SCRIPTS_NESTED
            before, after = _around(name, "" if is_deep else text[opening.end() : tag.start()])
            replacements.append((opening.start(), opening.end(), before))
            replacements.append((tag.start(), tag.end(), after))
    return replacements


def _around(name: str, inside: str) -> tuple[str, str]:
    """Return what takes the place of an opening and a closing tag, with the text between them."""
    sign = _TEX_SCRIPTS.get(name.removeprefix("jats:"))
    if name in {"p", "div", "jats:p"}:
        return " ", " "
    if sign is None:
        return "", ""
    plain = _ANY_TAG.sub("", inside)
    if _RAISED_SIGNS.match(plain):
        return "", ""
    if _SCRIPT_TAG.search(inside) or re.search(r"[$<>{}\\]", plain):
        return f"{sign}(", ")"
    return (f"${sign}", "$") if len(plain) == 1 else (f"${sign}{{", "}$")


def _entity_character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(f"{name};", match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code <= _MAX_CODE_POINT and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - surrogates
    return chr(code) if is_character else match[0]
