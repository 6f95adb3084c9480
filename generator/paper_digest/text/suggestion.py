"""What a person may have meant by a name that is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return the cure for a name nobody knows: the one that was meant, if any is close, and all there are."""
    known = tuple(known)
    close = get_close_matches(name, known, 1)
    meant = f"did you mean {close[0]}? " if close else ""
    return f"{meant}these are known: {', '.join(known)}"
