"""The part of Material's style sheet that generated pages can match: a page waits for all of what it names.

Pages that people write may use all of it and name it whole (``theme/main.html``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: Material's main style sheet, below a theme's folder; its name holds a hash.
MATERIAL_SHEET = re.compile(r"assets/stylesheets/main\.\w+\.min\.css")
#: What generated pages name in its place: that part, and the archive's own style sheet behind it.
PAGE_SHEET = "assets/stylesheets/pages.css"

#: Parts of Material's page that ours has not: ``md-nav``, and with it ``md-nav__item`` and ``md-nav--lifted``.
_MISSING_PARTS = (
    "annotation annotation-list author banner clipboard code consent copyright draft feedback footer hero meta nav "
    "option pagination path pin post posts profile progress select sidebar social source source-file status tabs "
    "tag tags tag-icon tooltip tooltip2 top version"
)
_MISSING_CLASS = re.compile(
    rf"\.md-(?:{'|'.join(_MISSING_PARTS.split())})(?:(?:__|--)[\w-]+)?(?![\w-])"
)
#: Classes that only extensions of Markdown give, other than those that generated pages are written for.
_EXTENSION_CLASS = re.compile(
    r"\.(?:admonition|arithmatex|codehilite\w*|critic|emojione|footnote(?:-ref|-backref)?|gemoji|grid|highlight(?:table)?"
    r"|keys|linenodiv|linenos|mermaid|tabbed-[\w-]+|task-list[\w-]*|twemoji)(?![\w-])"
)
_TOKEN = re.compile(r"""(?:"[^"]*"|'[^']*'|[^{}"'])+|[{}]""")
_SELECTORS = re.compile(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^,(])+")
_FUNCTION = re.compile(r":(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)")
_DECLARATION = re.compile(r"""(?:"[^"]*"|'[^']*'|\([^()"']*\)|[^;"'])+""")
#: What Material says of tables without any class, and the same of all but the one it has a class for: where a rule
#: looks at ``[class]``, browsers style all that stands in an element anew when its class changes.
_PLAIN_TABLE, _ALL_BUT_CODE = "table:not([class])", "table:not(.highlighttable)"
_USED_PROPERTY = re.compile(r"var\((--[\w-]+)")


class _Rule(NamedTuple):
    """What stands before a brace, and between it and the brace that closes it."""

    prelude: str
    content: str | list[_Rule]


def page_style_sheet(source: str, others: Iterable[str], *, keep_extensions: bool = False) -> str:
    """Return Material's minified style sheet without the rules that no generated page can match.

    Args:
        source: the style sheet.
        others: style sheets beside it, whose custom properties count as used.
        keep_extensions: pages may hold what extensions of Markdown make, as people's notes do.
    """
    dropped = [_MISSING_CLASS] if keep_extensions else [_MISSING_CLASS, _EXTENSION_CLASS]
    tokens = iter(_TOKEN.findall(source))
    text = "".join(map(_text, _matching(_parse(tokens), dropped)))
    text = text.replace(_PLAIN_TABLE, _ALL_BUT_CODE)
    other_text = "".join(others)
    while True:  # a property that only a dropped one used goes in the next round
        used = set(_USED_PROPERTY.findall(text + other_text))
        fewer = "".join(map(_text, _with_used(_parse(iter(_TOKEN.findall(text))), used)))
        if fewer == text:
            return text
        text = fewer


def _parse(tokens: Iterator[str]) -> Iterator[_Rule]:
    """Read rules up to the brace that closes them, or the end."""
    prelude = ""
    for piece in tokens:
        if piece == "}":
            break
        if piece != "{":
            *statements, prelude = piece.split(";") if piece[0] == "@" else [piece]
            yield from (_Rule(f"{statement};", "") for statement in statements)
            continue
        if prelude.startswith(("@media", "@supports", "@layer", "@container", "@keyframes")):
            yield _Rule(prelude, list(_parse(tokens)))
        else:
            content = next(tokens, "}")
            if content != "}":
                next(tokens, "")
            yield _Rule(prelude, "" if content == "}" else content)
        prelude = ""


def _text(rule: _Rule) -> str:
    if rule.prelude.endswith(";"):
        return rule.prelude
    content = rule.content if isinstance(rule.content, str) else "".join(map(_text, rule.content))
    return f"{rule.prelude}{{{content}}}"


def _matching(rules: Iterable[_Rule], dropped: list[re.Pattern[str]]) -> Iterator[_Rule]:
    """Leave out selectors that need a class of ``dropped``, and rules without any other."""
    for rule in rules:
        if not isinstance(rule.content, str):
            inner = list(_matching(rule.content, dropped))
            if inner:
                yield _Rule(rule.prelude, inner)
            continue
        if rule.prelude.startswith("@"):
            yield rule
            continue
        selectors = [
            one
            for one in _SELECTORS.findall(rule.prelude)
            if not any(pattern.search(_FUNCTION.sub("", one)) for pattern in dropped)
        ]
        if selectors:
            yield _Rule(",".join(selectors), rule.content)


def _with_used(rules: Iterable[_Rule], used: set[str]) -> Iterator[_Rule]:
    """Leave out custom properties that nothing uses."""
    for rule in rules:
        if not isinstance(rule.content, str):
            inner = list(_with_used(rule.content, used))
            if inner:
                yield _Rule(rule.prelude, inner)
            continue
        declarations = [
            one
            for one in _DECLARATION.findall(rule.content)
            if not one.startswith("--") or one.partition(":")[0] in used
        ]
        if declarations or rule.prelude.endswith(";"):
            yield _Rule(rule.prelude, ";".join(declarations))
