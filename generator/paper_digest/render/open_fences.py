"""Blocks of code that an operator's Markdown opens and does not close: they end where the text ends."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^(?:~{3,}|`{3,})", re.MULTILINE)


def close_fences(markdown: str) -> str:
    """Return a text with its last block of code closed, as CommonMark reads it.

    Python-Markdown goes on to the next fence of the page, that of a citation: all between was code.

    Args:
        markdown: the text, which is put before others on a page.
    """
    if not _FENCE.search(markdown):
        return markdown
    # Few texts have a block of code, and the extension takes long to load.
    from markdown.extensions.fenced_code import FencedBlockPreprocessor  # noqa: PLC0415

    whole = FencedBlockPreprocessor.FENCED_BLOCK_RE
    rest = whole.sub("", markdown)
    for fence in dict.fromkeys(_FENCE.findall(rest)):
        if whole.search(f"{rest}\n{fence}"):
            return f"{markdown}\n{fence}"
    return markdown
