"""Names of files as text: a disk takes bytes that are no UTF-8, which nothing that is written may hold."""

from __future__ import annotations

import re

#: What Python reads such a byte as.
_SURROGATES = re.compile("[\ud800-\udfff]")


def printable(text: str) -> str:
    """Return a text with U+FFFD in the place of what cannot be written as UTF-8."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)
