"""Blocks of code in an operator's Markdown: where they are, and that they end where the text ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from paper_digest.model.late_pattern import late_pattern

_FENCE = late_pattern(r"^(?:~{3,}|`{3,})", re.MULTILINE)
_INDENT = late_pattern(r" {4}|\t")
_LIST_ITEM = late_pattern(r" {0,3}(?:[-*+]|\d+\.) ")
_SIGN = late_pattern(r"[^\n]")
_TICKS = late_pattern(r"`+")


def close_fences(markdown: str) -> str:
    """Return a text with its last block of code closed, as CommonMark reads it.

    Python-Markdown goes on to the next fence of the page, that of a citation: all between was code.

    Args:
        markdown: the text, which is put before others on a page.
    """
    if not _FENCE.search(markdown):
        return markdown
    whole = _whole_block()
    rest = whole.sub("", markdown)
    for fence in dict.fromkeys(_FENCE.findall(rest)):
        if whole.search(f"{rest}\n{fence}"):
            return f"{markdown}\n{fence}"
    return markdown


def fenced_spans(markdown: str) -> Iterator[tuple[int, int]]:
    """Yield where each whole block of code between fences begins and ends."""
    if _FENCE.search(markdown):
        yield from (block.span() for block in _whole_block().finditer(markdown))


def indented_spans(markdown: str) -> Iterator[tuple[int, int]]:
    """Yield where each indented block of code begins and ends; in a list, indented lines are its own."""
    place, after_blank, in_list = 0, True, False
    begin = end = -1
    for line in blank_spans(markdown, fenced_spans(markdown)).splitlines(keepends=True):
        is_blank, is_indented = not line.strip(), bool(_INDENT.match(line))
        if is_indented and not is_blank and not in_list and (after_blank or begin >= 0):
            begin, end = begin if begin >= 0 else place, place + len(line)
        elif not is_blank:
            if begin >= 0:
                yield begin, end
                begin = -1
            if not is_indented:
                in_list = bool(_LIST_ITEM.match(line)) or (in_list and not after_blank)
        after_blank = is_blank
        place += len(line)
    if begin >= 0:
        yield begin, end


def fence_end_tags(markdown: str) -> str:
    """Put indented blocks of code that hold an end tag between fences.

    The extension ``md_in_html`` takes such a tag for the end of an element of the page around it.
    """
    spans = [span for span in indented_spans(markdown) if "</" in markdown[slice(*span)]]
    return replaced(markdown, ((*span, _fenced(markdown[slice(*span)])) for span in spans))


def _fenced(code: str) -> str:
    """Return an indented block of code between fences longer than any in it."""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(code)), default=0))
    lines = [_INDENT.sub("", line, count=1) for line in code.rstrip("\n").split("\n")]
    return "\n".join(["", fence, *lines, fence, ""])


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with all signs of some places, blanks too, replaced by ``x``; its lines stay."""
    return replaced(text, ((*span, _SIGN.sub("x", text[slice(*span)])) for span in spans))


def replaced(text: str, places: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with other words at some places: where each begins and ends, in order, and the words."""
    last, parts = 0, list[str]()
    for begin, end, words in places:
        parts += [text[last:begin], words]
        last = end
    return "".join([*parts, text[last:]])


def _whole_block() -> re.Pattern[str]:
    # Few texts have a block of code, and the extension takes long to load.
    from markdown.extensions.fenced_code import FencedBlockPreprocessor  # noqa: PLC0415

    return FencedBlockPreprocessor.FENCED_BLOCK_RE
