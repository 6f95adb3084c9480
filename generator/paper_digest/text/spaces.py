"""White space within a text."""

from __future__ import annotations


def single_spaced(text: str) -> str:
    """Return ``text`` on one line: each run of white space made one space, none at its ends."""
    # The space is the one white space that is printable: most texts hold no other, and none twice.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())
