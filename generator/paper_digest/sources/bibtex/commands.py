r"""LaTeX commands that no table knows: what they print is their last argument.

``\mkbibquote{Slow}`` -> ``Slow``, ``\textcolor{red}{hot}`` -> ``hot``. So text survives the commands
that a style, a manager or an author defines.
"""

from __future__ import annotations

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.tex.accents import COMBINING_ACCENTS, command_character

#: Later steps resolve these, and need their braces.
_RESOLVED_LATER = frozenset({*COMBINING_ACCENTS, "ensuremath", "footnote"})
#: They print nothing.
_SILENT = frozenset({
    "begin", "end", "label", "hspace", "vspace", "phantom", "index", "thanks", "noopsort", "noop",
    "SortNoop",
})  # fmt: skip
#: Punctuation of biblatex (its manual, section 4.7), and commands that only guide the layout.
_SIGNS = {
    "hyphen": "-", "nbhyphen": "-", "addhyphen": "-", "nobreakdash": "", "allowbreak": "",
    "textendash": "\N{EN DASH}", "textemdash": "—", "endash": "\N{EN DASH}", "emdash": "—",
    "addcolon": ":", "addcomma": ",", "addsemicolon": ";", "adddot": ".", "addperiod": ".",
    "addspace": " ", "addnbspace": " ", "addnbthinspace": " ", "nobreakspace": " ", "space": " ",
    "isdot": "", "relax": "", "linebreak": " ",
}  # fmt: skip
_COMMAND = late_pattern(r"\\([A-Za-z]+)\*?")
_OPTION = late_pattern(r"\s*\[[^\[\]{}]{0,200}\]")
_BRACE = late_pattern(r"(?<!\\)[{}]")
_BEFORE_BRACE = late_pattern(r"\s*(?=\{)")
_SPACE_OR_BRACES = late_pattern(r"\{\}|\s+(?=\w)")


def resolve_unknown_commands(text: str) -> str:
    """Put the last argument in place of each command with arguments that nothing else resolves.

    A command without arguments keeps its source: it may be the name of something.
    """
    if "\\" not in text:
        return text
    closing = closing_braces(text)
    replacements: list[tuple[int, int, str]] = []
    position = 0
    for command in _COMMAND.finditer(text):
        start, name = command.start(), command[1]
        if start < position or text[start - 1 : start] == "\\":
            continue
        if name in _SIGNS:
            after = _SPACE_OR_BRACES.match(text, command.end())
            replacements.append((start, after.end() if after else command.end(), _SIGNS[name]))
        elif name not in _RESOLVED_LATER and not command_character(name):
            last = _last_argument(text, command.end(), closing)
            if last is None:
                continue
            opening, end = last
            position = end if name in _SILENT else opening
            replacements += ((start, position + 1, ""), (end, end + 1, ""))
    return _replaced(text, replacements)


def _last_argument(text: str, start: int, closing: dict[int, int]) -> tuple[int, int] | None:
    """Find the braces of the last argument that follows; ``None`` where none does, or it is empty."""
    last = None
    while True:
        while option := _OPTION.match(text, start):
            start = option.end()
        brace = _BEFORE_BRACE.match(text, start) if last is None else None
        opening = brace.end() if brace else start
        if opening not in closing:
            break
        last = (opening, closing[opening])
        start = closing[opening] + 1
    return last if last and text[last[0] + 1 : last[1]].strip() else None


def closing_braces(text: str) -> dict[int, int]:
    """Return where each brace that opens is closed."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif opened:
            closing[opened.pop()] = brace.start()
    return closing


def _replaced(text: str, replacements: list[tuple[int, int, str]]) -> str:
    """Put each replacement in place of the stretch from its start to its end."""
    pieces: list[str] = []
    last = 0
    for start, end, replacement in sorted(replacements):
        if start >= last:
            pieces += (text[last:start], replacement)
            last = end
    return "".join((*pieces, text[last:]))
