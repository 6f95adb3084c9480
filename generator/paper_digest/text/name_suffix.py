"""``Jr.`` and its like where sources have them: in the family name, before the given names, behind a whole name."""

from __future__ import annotations

from collections.abc import Sequence

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.paper import Author
from paper_digest.text.names import is_suffix, whole_name

#: The last word of a name in BibTeX, which may stand in braces, and what is before it.
_LAST_WORD = late_pattern(r"(?P<before>.*[^\s~,])[\s~,]+(?P<last>[^\s~,]+)\Z")
_WORD_BEHIND_WORD = late_pattern(r"[^\s~][\s~]+[^\s~]")
_INITIAL = late_pattern(r"[^\W\d_a-z]\.?(?:[\s~-]*[^\W\d_a-z]\.?)*\Z|.*[\s~][^\W\d_a-z]\.\Z")


def author_of_parts(given: str, family: str, suffix: str = "") -> Author:
    """Return an author of whom a source gives the parts of the name, written given names first.

    A suffix that stands in the family name, or before the given names, is no part of either: ``King, Jr.`` and
    ``Martin``, ``King III`` and ``Martin``, ``King`` and ``Jr., Martin``.
    """
    words = family.split()
    if given and len(words) > 1 and is_suffix(words[-1]) and not _differ(suffix, words[-1]):
        family, suffix = " ".join(words[:-1]).rstrip(" ,"), suffix or words[-1]
    first, comma, behind = (part.strip() for part in given.partition(","))
    if comma and behind and is_suffix(first) and not _differ(suffix, first):
        given, suffix = behind, suffix or first
    return Author(whole_name(given, family, suffix), family=family if given else "")


def with_own_suffix(parts: Sequence[str]) -> list[str]:
    """Give a suffix in a BibTeX name a part of its own, between commas.

    ``Martin L. King Jr.`` -> ``Martin L. King``, ``Jr.``; ``King Jr.``, ``Martin`` -> ``King``, ``Jr.``, ``Martin``.

    Args:
        parts: what stands between the commas of a name, or of two names: ``Martin King Jr., Pia Ost`` stays as it is.
    """
    if not parts or len(parts) > 2:  # noqa: PLR2004 - a name of three parts has its suffix in one
        return [*parts]
    first, *others = parts
    is_braced = bool(others) and first[:1] == "{" and first.find("}") == len(first) - 1
    match = _LAST_WORD.match(first[1:-1] if is_braced else first)
    if not match or not is_suffix(match["last"].strip("{}")):
        return [*parts]
    before, last = match["before"], match["last"]
    if before.count("{") != before.count("}"):
        return [*parts]
    is_whole = bool(_WORD_BEHIND_WORD.search(before))
    if not others:
        return [before, last] if is_whole else [*parts]
    is_one_name = not is_whole or before[:1].islower() or _is_given(others[0])
    return [f"{{{before}}}" if is_braced else before, last, *others] if is_one_name else [*parts]


def _is_given(part: str) -> bool:
    """Tell whether a part can be no whole name: one word, initials, or such at its end."""
    return not _WORD_BEHIND_WORD.search(part) or bool(_INITIAL.match(part))


def _differ(suffix: str, other: str) -> bool:
    return bool(suffix) and suffix.rstrip(".").casefold() != other.rstrip(".").casefold()
