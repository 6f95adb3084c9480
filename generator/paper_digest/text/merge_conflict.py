"""Finds what git leaves in a file whose merge nobody finished (git-merge(1), "How conflicts are presented")."""

from __future__ import annotations

import re

#: What is wrong with a file that holds such a line, and what to do about it.
CONFLICT_FAULT = "holds a merge conflict that nobody resolved"
CONFLICT_CURE = "keep one of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"

# "=======" alone may underline a heading, and says nothing without one of the others.
_MARKER = re.compile(rb"^(?:\xef\xbb\xbf)?(?:<{7}|>{7}|\|{7})(?:[ \t][^\r\n]*)?\r?$", re.MULTILINE)


def conflict_line(data: bytes) -> int | None:
    """Return the line (from 1) of the first marker of a conflict in a file, or ``None``.

    A marker stands at the beginning of its line: one that is meant as text is indented.
    """
    if b"<<<<<<<" not in data and b">>>>>>>" not in data and b"|||||||" not in data:
        return None
    marker = _MARKER.search(data)
    return data.count(b"\n", 0, marker.start()) + 1 if marker else None


def is_conflict_marker(line: bytes) -> bool:
    """Tell whether a line without its break is a marker, ``=======`` among them."""
    return line.rstrip(b"\r") == b"=" * 7 or _MARKER.fullmatch(line) is not None
