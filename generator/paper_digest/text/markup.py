"""HTML that reference managers leave in titles: entities as characters, tags gone, ``<sub>`` as TeX."""

from __future__ import annotations

import re
from html.entities import html5

#: Elements that style running text. Another word in angle brackets is text: ``<III>``, ``<tags>``.
_STYLE_NAMES = (
    "a|abbr|b|bold|cite|code|div|em|font|i|inf|italic|p|q|s|sc|scp|small|span|strong|sub|sup|tt|u"
    "|underline|jats:[a-z-]+"
)
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_STYLE_NAMES})(?:\s[^<>]*)?(?P<empty>/?)>|<br\s*/?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_MAX_CODE_POINT = 0x10FFFF
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
    text = unescape_entities(text)
    if "<" not in text:
        return text
    pieces: list[str] = []
    last = 0
    for start, end, replacement in sorted(_replacements(text)):
        pieces += (text[last:start], replacement)
        last = end
    return "".join((*pieces, text[last:]))


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
            before, after = _around(name, text[opening.end() : tag.start()])
            replacements.append((opening.start(), opening.end(), before))
            replacements.append((tag.start(), tag.end(), after))
    return replacements


def _around(name: str, inside: str) -> tuple[str, str]:
    """Return what takes the place of an opening and a closing tag."""
    sign = _TEX_SCRIPTS.get(name.removeprefix("jats:"))
    if name in {"p", "div", "jats:p"}:
        return " ", " "
    if sign is None or not inside.strip() or re.search(r"[$<>{}\\]", inside):
        return "", ""
    return (f"${sign}", "$") if len(inside) == 1 else (f"${sign}{{", "}$")


def _entity_character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return html5.get(f"{name};", match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code <= _MAX_CODE_POINT and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - surrogates
    return chr(code) if is_character else match[0]
