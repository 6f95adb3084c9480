"""Splits a title or abstract into formulas and other text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from paper_digest.model.late_pattern import late_pattern

SegmentKind = Literal["text", "math", "display"]

#: Longer stretches between two signs are no formula, but two stray signs.
MAX_FORMULA_CHARACTERS = 1500

#: Environments that are a display of their own; the first three say nothing but that.
ENVIRONMENTS = (
    "equation|displaymath|math|align|flalign|alignat|gather|multline|eqnarray|aligned|gathered|split"
    "|cases|array|matrix|pmatrix|bmatrix|vmatrix|Vmatrix|smallmatrix|subequations"
)
_DELIMITER = late_pattern(
    rf"\\begin\{{(?P<environment>(?:{ENVIRONMENTS})\*?)\}}|\\[\\$()\[\]]|\$\$?"
)
_DOLLARS_BEFORE = late_pattern(r"\$\$\s*\Z")
_DOLLARS_BEHIND = late_pattern(r"\s*\$\$")
_BARE_ENVIRONMENTS = ("equation", "displaymath", "math", "subequations")
_CLOSING_DELIMITERS = {
    "$": ("math", "$"),
    "$$": ("display", "$$"),
    r"\(": ("math", r"\)"),
    r"\[": ("display", r"\]"),
}
#: Signs that end the search for a closing one: a formula does not begin within another.
_NOT_WITHIN = {r"\)": (r"\(",), r"\]": (r"\[",), "$$": ("$",)}
_BRACED = late_pattern(r"\{[^{}]*\}")
_TEX_SIGN = late_pattern(r"[\\^_{}=<>|]")
#: Words that stand bare in a sentence but hardly ever in a formula.
_PROSE_WORDS = late_pattern(
    r"(?<![\\\w])(?:the|of|is|are|was|with|which|that|this|we|our|by|from|per|to a|and the)(?=[\s,.;])"
)
_FUNCTIONS = frozenset(
    {"log", "exp", "max", "min", "sin", "cos", "tan", "arg", "mod", "poly", "ln"}
)
_BARE_WORD = late_pattern(r"(?<![\\\w])[A-Za-z][a-z]+(?=[\s,.;:?!]|$)")


class Segment(NamedTuple):
    """One piece of a text: its kind, and its body without a formula's delimiters."""

    kind: SegmentKind
    body: str


def split_math(text: str) -> tuple[Segment, ...]:
    r"""Cut a text into plain text and formulas.

    These stand in ``$..$``, ``$$..$$``, ``\(..\)``, ``\[..\]`` and ``\begin{equation}`` or the like.
    A sign that opens no formula (an odd ``$``, a price, an empty pair, unbalanced
    braces, a stretch of prose) stays in the text as it is. An escaped ``\$`` stays escaped. The
    texts between are never empty.
    """
    if not has_formula_sign(text):
        return (Segment("text", text),) if text else ()
    parts: list[Segment] = []
    start = position = 0  # of the text not yet handed out; of the next sign to look at
    while delimiter := _DELIMITER.search(text, position):
        formula = _formula_at(text, delimiter, start)
        if formula is None:
            position = delimiter.start() + 1 if delimiter[0][0] == "$" else delimiter.end()
            continue
        if start < formula.start:
            parts.append(Segment("text", text[start : formula.start]))
        parts.append(formula.segment)
        start = position = formula.end
    if start < len(text):
        parts.append(Segment("text", text[start:]))
    return tuple(parts)


def has_formula_sign(text: str) -> bool:
    """Tell whether a text holds anything that may begin a formula: a quick look."""
    return "$" in text or "\\(" in text or "\\[" in text or "\\begin{" in text


class _Formula(NamedTuple):
    """A formula, and where its delimiters begin and end."""

    segment: Segment
    start: int
    end: int


def _formula_at(text: str, opening: re.Match[str], text_start: int) -> _Formula | None:
    """Return the formula that a delimiter opens, or ``None``; the text before it began at ``text_start``."""
    if opening["environment"]:
        return _environment_at(text, opening, text_start)
    if opening[0] not in _CLOSING_DELIMITERS:
        return None
    kind, closer = _CLOSING_DELIMITERS[opening[0]]
    end = _find_closing(text, opening.end(), closer)
    after = end + len(closer)
    body, behind = text[opening.end() : end], text[after : after + 1]
    if end < 0 or not _is_formula(body, behind, opening[0]):
        return None
    segment = Segment("display" if kind == "display" else "math", body)
    return _Formula(segment, opening.start(), after)


def _environment_at(text: str, opening: re.Match[str], text_start: int) -> _Formula | None:
    r"""Return an environment that is a display, with the ``$$`` around it; ``None`` if it does not end."""
    name = opening["environment"]
    depth, end = 1, -1
    for sign in re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}").finditer(
        text, opening.end(), opening.end() + MAX_FORMULA_CHARACTERS
    ):
        depth += 1 if sign[1] == "begin" else -1
        if depth == 0:
            inner, end = text[opening.end() : sign.start()], sign.end()
            break
    if end < 0 or not inner.strip() or not has_balanced_braces(inner):
        return None
    body = inner if name.rstrip("*") in _BARE_ENVIRONMENTS else text[opening.start() : end]
    before = _DOLLARS_BEFORE.search(text, text_start, opening.start())
    behind = _DOLLARS_BEHIND.match(text, end)
    if before and behind:
        return _Formula(Segment("display", body), before.start(), behind.end())
    return _Formula(Segment("display", body), opening.start(), end)


def has_balanced_braces(tex: str) -> bool:
    r"""Tell whether every brace of a formula has its partner (``\{`` and ``\}`` are signs)."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _find_closing(text: str, start: int, closer: str) -> int:
    r"""Return where ``closer`` stands, or -1; a single ``$`` may be the first half of ``$$``.

    Within a display, formulas in the braces of ``\mbox{if $x > 0$}`` are part of it.
    """
    for delimiter in _DELIMITER.finditer(text, start, start + MAX_FORMULA_CHARACTERS):
        if delimiter[0] == closer or (closer == "$" and delimiter[0] == "$$"):
            return delimiter.start()
        if delimiter[0] == "$" and not has_balanced_braces(text[start : delimiter.start()]):
            continue
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
