"""Text that may be written and printed: a disk takes names that are no UTF-8, and records may hold what steers a terminal."""

from __future__ import annotations

import re

#: What Python reads such a byte as.
_SURROGATES = re.compile("[\ud800-\udfff]")
#: Where a terminal, or the log of a workflow, begins a line anew.
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
#: Control characters, and what turns the reading direction of what follows.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    """Return a text with U+FFFD in the place of what cannot be written as UTF-8."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def printed_line(text: str) -> str:
    """Return a text as one line that a terminal shows and nothing obeys.

    Names of files, records of other archives and abstracts may hold escapes that colour, clear or retitle a terminal, and
    line breaks behind which GitHub reads ``::error::`` as a command of the workflow's.
    """
    if text.isprintable():
        return text
    return printable(_CONTROLS.sub("", _BREAKS.sub(" ", text)))
