"""Whether two printed names are one person's, and how much two lists of authors have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from paper_digest.model.late_pattern import late_pattern

#: How two lists of authors compare; "unknown" where one of them has no names.
AuthorsAgree = Literal["same", "one differs", "some", "none", "unknown"]

#: Words before a family name that one printing has and another leaves out.
_PARTICLES = frozenset(
    [
        "af",
        "al",
        "av",
        "bin",
        "bint",
        "da",
        "dal",
        "das",
        "de",
        "degli",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "ibn",
        "la",
        "las",
        "le",
        "li",
        "los",
        "ten",
        "ter",
        "und",
        "van",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
    ]
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior", "phd", "md"})
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "a", "œ": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\N{LATIN SMALL LETTER DOTLESS I}": "i", "ŋ": "n", "ħ": "h"}
)  # fmt: skip
#: Müller is also written Mueller; both become "muller".
_UMLAUT = late_pattern(r"(?<=[aou])e")
_IN_BRACKETS = late_pattern(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_IN_WORDS = late_pattern(r"[\W\d_]+")
#: Capitals side by side ("JM Keller") are initials up to this many.
_MAX_INITIALS = 3
#: Authors compared of each list; of longer lists their numbers count.
_MAX_COMPARED = 60
#: Names at least so alike (0 to 1, by characters) may be one name misspelt.
_MISSPELT = 0.8
_MIN_PREFIX_LETTERS = 3


@lru_cache(maxsize=8192)
def name_words(name: str) -> tuple[str, ...]:
    """Reduce a name to the words that all its printings share, in their order.

    Accents and case are folded (``Müller``, ``Mueller`` and ``Muller`` are one word), particles
    (``van``, ``de``), suffixes (``Jr.``, ``III``), numbers and what stands in brackets go, and
    glued initials (``JM``) are taken apart.
    """
    text = unicodedata.normalize("NFC", _IN_BRACKETS.sub(" ", name))
    family, comma, given = text.partition(",")
    if comma and _NOT_IN_WORDS.sub("", given).casefold() not in _SUFFIXES:
        text = f"{given} {family}"
    pieces = _NOT_IN_WORDS.sub(" ", text).split()
    shouted = all(piece.isupper() for piece in pieces)
    words: list[str] = []
    for place, piece in enumerate(pieces):
        # "Li" is a particle between two words, and a family name at either end.
        is_inner = 0 < place < len(pieces) - 1 or (piece.islower() and place < len(pieces) - 1)
        if is_inner and piece.casefold() in _PARTICLES:
            continue
        if not shouted and piece.isupper() and len(piece) <= _MAX_INITIALS:
            words += [_fold(letter) for letter in piece]
        else:
            words.append(_fold(piece))
    return tuple(word for word in words if word and word not in _SUFFIXES)


def is_same_person(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether two names, as ``name_words`` gives them, may be one person's.

    Each word of the shorter name has to stand in the longer one, in any order, whole or as its
    initial, and at least one of them whole: ``M. Keller`` and ``Keller, Max Jan`` may be one
    person; ``Jan Li`` and ``Jun Li`` are two.
    """
    short, long = sorted((list(one), list(two)), key=len)
    shared = [word for word in short if word in long and not _is_initial(word)]
    if not shared:
        return "".join(short) == "".join(long) != ""
    for word in shared:
        short.remove(word)
        if word in long:
            long.remove(word)
    if "".join(short) == "".join(long):
        return True
    for word in list(short):
        partner = next((other for other in long if _abbreviates(word, other)), None)
        if partner is None:
            continue
        short.remove(word)
        long.remove(partner)
    return not short or "".join(short) == "".join(long)


def compare_authors(
    one: Sequence[str], two: Sequence[str], *, one_cut: bool = False, two_cut: bool = False
) -> AuthorsAgree:
    """Compare two lists of authors' names.

    Args:
        one: names as printed; ``two`` likewise.
        two: see ``one``.
        one_cut: the list ends in "and others"; ``two_cut`` likewise.
        two_cut: see ``one_cut``.

    Returns:
        "same": each stands in both, in whatever order, or all of a list that was cut short;
        "one differs": but for one author; "some": at least one is shared; "none": no one is.
    """
    if not one or not two:
        return "unknown"
    first = [name_words(name) for name in one[:_MAX_COMPARED]]
    second = [name_words(name) for name in two[:_MAX_COMPARED]]
    unmatched_one, unmatched_two = _unmatched(first, second)
    shared = len(first) - len(unmatched_one)
    if (one_cut and not unmatched_one) or (two_cut and not unmatched_two):
        return "same"
    if len(one) == len(two) and not unmatched_one:
        return "same"
    if len(unmatched_one) == 1 and len(unmatched_two) == 1 and shared and len(one) == len(two):
        alike = _likeness(unmatched_one[0], unmatched_two[0]) >= _MISSPELT
        return "same" if alike else "one differs"
    extra = max(len(unmatched_one), len(unmatched_two), abs(len(one) - len(two)))
    if shared and extra <= 1:
        return "one differs"
    return "some" if shared else "none"


def _unmatched(
    first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Pair off the same persons, those at the same place first; return who is left of each list."""
    pairs = list(zip(first, second, strict=False))
    rest_one = [a for a, b in pairs if not is_same_person(a, b)] + first[len(second) :]
    rest_two = [b for a, b in pairs if not is_same_person(a, b)] + second[len(first) :]
    left_one = []
    for name in rest_one:
        partner = next((other for other in rest_two if is_same_person(name, other)), None)
        if partner is None:
            left_one.append(name)
        else:
            rest_two.remove(partner)
    return left_one, rest_two


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _UMLAUT.sub("", plain)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isascii()


def _abbreviates(one: str, two: str) -> bool:
    """Tell whether one word is the other's initial or beginning (``alex``, ``alexander``)."""
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and (_is_initial(short) or len(short) >= _MIN_PREFIX_LETTERS)


def _likeness(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    return SequenceMatcher(None, " ".join(one), " ".join(two), autojunk=False).ratio()
