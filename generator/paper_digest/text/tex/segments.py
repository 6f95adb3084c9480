"""Splits a title or abstract into formulas and other text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

SegmentKind = Literal["text", "math", "display"]

#: Longer stretches between two signs are no formula, but two stray signs.
MAX_FORMULA_CHARACTERS = 1500

_DELIMITER = re.compile(r"\\[\\$()\[\]]|\$\$?")
_CLOSING_DELIMITERS = {
    "$": ("math", "$"),
    "$$": ("display", "$$"),
    r"\(": ("math", r"\)"),
    r"\[": ("display", r"\]"),
}
#: Signs that end the search for a closing one: a formula does not begin within another.
_NOT_WITHIN = {r"\)": (r"\(",), r"\]": (r"\[",), "$$": ("$",)}
_BRACED = re.compile(r"\{[^{}]*\}")
_TEX_SIGN = re.compile(r"[\\^_{}=<>|]")
#: Words that stand bare in a sentence but hardly ever in a formula.
_PROSE_WORDS = re.compile(
    r"(?<![\\\w])(?:the|of|is|are|was|with|which|that|this|we|our|by|from|per|to a|and the)(?=[\s,.;])"
)
_FUNCTIONS = frozenset(
    {"log", "exp", "max", "min", "sin", "cos", "tan", "arg", "mod", "poly", "ln"}
)
_BARE_WORD = re.compile(r"(?<![\\\w])[A-Za-z][a-z]+(?=[\s,.;:?!]|$)")


class Segment(NamedTuple):
    """One piece of a text: its kind, and its body without a formula's delimiters."""

    kind: SegmentKind
    body: str


def split_math(text: str) -> tuple[Segment, ...]:
    r"""Cut a text into plain text and formulas: ``$..$``, ``$$..$$``, ``\(..\)``, ``\[..\]``.

    A sign that opens no formula (an odd ``$``, a price, an empty pair, unbalanced
    braces, a stretch of prose) stays in the text as it is. An escaped ``\$`` stays escaped. The
    texts between are never empty.
    """
    if "$" not in text and "\\(" not in text and "\\[" not in text:
        return (Segment("text", text),) if text else ()
    parts: list[Segment] = []
    start = position = 0  # of the text not yet handed out; of the next sign to look at
    while delimiter := _DELIMITER.search(text, position):
        position = delimiter.end()
        if delimiter[0] not in _CLOSING_DELIMITERS:
            continue
        kind, closer = _CLOSING_DELIMITERS[delimiter[0]]
        end = _find_closing(text, position, closer)
        if end < 0 or not _is_formula(
            text[position:end], text[end + len(closer) :][:1], delimiter[0]
        ):
            position = delimiter.start() + (2 if delimiter[0][0] == "\\" else 1)
            continue
        if start < delimiter.start():
            parts.append(Segment("text", text[start : delimiter.start()]))
        parts.append(Segment("display" if kind == "display" else "math", text[position:end]))
        start = position = end + len(closer)
    if start < len(text):
        parts.append(Segment("text", text[start:]))
    return tuple(parts)


def has_balanced_braces(tex: str) -> bool:
    r"""Tell whether every brace of a formula has its partner (``\{`` and ``\}`` are signs)."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _find_closing(text: str, start: int, closer: str) -> int:
    """Return where ``closer`` stands, or -1; a single ``$`` may be the first half of ``$$``."""
    for delimiter in _DELIMITER.finditer(text, start, start + MAX_FORMULA_CHARACTERS):
        if delimiter[0] == closer or (closer == "$" and delimiter[0] == "$$"):
            return delimiter.start()
        if delimiter[0] in _NOT_WITHIN.get(closer, ()):
            break
    return -1


def _is_formula(body: str, after: str, opener: str) -> bool:
    """Tell whether ``body`` reads as a formula rather than as prose between two stray signs."""
    if not body.strip() or "\n\n" in body or not has_balanced_braces(body):
        return False
    if opener in {r"\(", r"\["}:
        return True
    if after.isdigit() and body[-1].isspace():  # "$5 and $10"
        return False
    return not _is_prose(body)


def _is_prose(body: str) -> bool:
    """Tell whether words outweigh what only formulas hold."""
    signs = bool(_TEX_SIGN.search(body))
    bare = body
    while (shorter := _BRACED.sub("", bare)) != bare:
        bare = shorter
    words = sum(word not in _FUNCTIONS for word in _BARE_WORD.findall(bare))
    if not signs and (body[0].isspace() or body[0].isdigit()):  # "$5 per hour, or 4$"
        return words > 0
    return words >= (4 if signs else 2) or bool(_PROSE_WORDS.search(bare))
