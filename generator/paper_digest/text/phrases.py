"""Finds the words and phrases of a vocabulary in running text, however they are joined or cased.

One walk over the words of a text does it. A phrase stands for itself with hyphens, with spaces and
written as one word (``low-rank``, ``low rank``, ``lowrank``), in singular and plural, in upper and
lower case; one in capitals only (``SLAM``) keeps its case, and ``quantum*`` takes every word that
begins so. Nothing is found across the end of a clause. Where two phrases begin at one place the
longer one counts, and what lies inside it is not counted again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count, product

#: The fewest letters before a final ``*``, and the fewest of a word without one.
LEAST_STEM, LEAST_WORD = 3, 2

_GLUE = frozenset("-\u2010\u2011\u2012\u2013'\u2019$\\{}~")
_TEX_ACCENT = re.compile(r"\\[\"'`^~=.]\s*\{?\s*([A-Za-z])\}?")
_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d]")
_SINGULAR = (("ies", "y"), ("es", ""), ("s", ""))
_PLURAL = (
    *((end + "is", end + "es") for end in "sx"),
    *((vowel + "y", vowel + "ys") for vowel in "aeiou"),
    *(("ix", "ices"), ("ex", "ices"), ("y", "ies")),
    *((end, end + "es") for end in ("s", "x", "z", "ch", "sh")),
    ("", "s"),
)
_NO_PLURAL = ("ss", "us", "is", "as", "ics")
# These begin a phrase only where one was written so ("in-context"): "in variant" is no "invariant".
_SHORT = {"a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "in", "is", "it"}
_SHORT |= {"of", "on", "or", "our", "that", "the", "this", "to", "we", "with"}
# Most words of a text are seen before; the bound keeps a long run of odd ones from filling memory.
_REMEMBERED = 1 << 16


@dataclass(frozen=True, eq=False, slots=True)
class Phrase:
    """One phrase of a vocabulary.

    Attributes:
        text: as the vocabulary has it.
        owner: whoever asked for it (a topic's name).
        size: the number of its words, a hyphenated one counted by its parts.
        exact: the spelling that one in capitals insists on, or "".
    """

    text: str
    owner: str
    size: int
    exact: str


class Vocabulary:
    """An index of phrases; build it once, it is read-only afterwards."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a phrase and its owner; every phrase must pass ``is_phrase``."""
        self._ends: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[tuple[str, Phrase]]] = {}
        self._cased: set[str] = set()
        first = {self._add(text, owner) for text, owner in phrases}
        keys = {*self._ends, *(stem for stems in self._stems.values() for stem, _ in stems)}
        self._begins = frozenset(key[:end] for key in keys for end in range(1, len(key) + 1))
        closed = _SHORT - first

        def care(word: str) -> int:
            stems = self._stems.get(word[:LEAST_STEM], ())
            if word in closed:
                return 0
            if word in self._cased or any(
                s.startswith(word) or word.startswith(s) for s, _ in stems
            ):
                return 2
            return int(word in self._begins)

        # 0: no phrase begins with this word; 1: one may; 2: as 1, and its spelling or end matters.
        self._care = lru_cache(_REMEMBERED)(care)

    def find(self, text: str) -> list[Phrase]:
        """List the phrases that stand in ``text``, in order, once for each time they do."""
        plain = _plain(text)
        lower = [*plain.lower().split(), "|"]
        written: list[str] = []
        begins, ends, care = self._begins, self._ends, self._care
        found: list[Phrase] = []
        free = 0
        for at in compress(count(), map(care, lower)):
            word = lower[at]
            if at < free:
                continue
            if word + lower[at + 1] in begins or care(word) > 1:
                written = written or plain.split()
                here, free = self._longest(written, lower, at)
                found += here
            elif word in ends:
                found += ends[word]
        return found

    def _longest(
        self, written: list[str], lower: list[str], start: int
    ) -> tuple[list[Phrase], int]:
        """Find the phrases of the longest spelling that begins at ``start``, and where it ends."""
        found: list[Phrase] = []
        end, before, joined = start, 0, lower[start]
        for at in range(start + 1, len(lower)):
            here = self._ends.get(joined, [])
            stems = self._stems.get(joined[:LEAST_STEM])
            if stems:
                here = here + [p for s, p in stems if before < len(s) and joined.startswith(s)]
            if here and (stems or joined in self._cased):
                spelling = "".join(written[start:at])
                here = [phrase for phrase in here if spelling.startswith(phrase.exact)]
            if here:
                found, end = here, at
            if joined not in self._begins:
                break
            before, joined = len(joined), joined + lower[at]
        return found, end

    def _add(self, text: str, owner: str) -> str:
        """Index one phrase under each of its spellings; return its first word."""
        words = _plain(text.removesuffix("*")).split()
        phrase = Phrase(text, owner, len(words), "".join(words) if text.isupper() else "")
        lower = [word.lower() for word in words]
        if text.endswith("*"):
            stem = "".join(lower)
            self._stems.setdefault(stem[:LEAST_STEM], []).append((stem, phrase))
        else:
            # The noun a phrase is about stands last, or before "of" ("mixtures of experts").
            nouns = [after in {"of", ""} for after in [*lower[1:], ""]]
            forms_of = (_numbers(w) if noun else [w] for w, noun in zip(lower, nouns, strict=True))
            for forms in product(*forms_of):
                key = "".join(forms)
                same = self._ends.setdefault(key, [])
                if all(other.owner != owner for other in same):
                    same.append(phrase)
                    self._cased.update([key] if phrase.exact else [])
        return lower[0]


def is_phrase(text: str) -> bool:
    """Tell whether ``text`` can stand in a vocabulary: words, and perhaps a final ``*``."""
    letters = "".join(_plain(text.removesuffix("*")).split())
    return letters.isalnum() and len(letters) >= (LEAST_STEM if text.endswith("*") else LEAST_WORD)


class _Signs(dict[int, str]):
    """For ``str.translate``: what joins words becomes a space, any other sign ends a clause."""

    def __missing__(self, sign: int) -> str:
        """Work out one character; keep it where it is one of the few that most texts are made of."""
        char = chr(sign)
        to = char if char.isalnum() else " " if char.isspace() or char in _GLUE else "|"
        return self.setdefault(sign, to) if char.isascii() else to


_SIGNS = _Signs()


def _plain(text: str) -> str:
    """Reduce a text to words between spaces, with ``|`` as a word between clauses."""
    if "\\" in text:
        text = _TEX_ACCENT.sub(r"\1", text)
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text.translate(_SIGNS).replace("|", " | ")


def _numbers(word: str) -> list[str]:
    """List a word in singular and plural; forms that do not exist do no harm."""
    forms = [word]
    if len(word) > LEAST_STEM and word.endswith("s") and not word.endswith(_NO_PLURAL):
        forms += [word.removesuffix(end) + one for end, one in _SINGULAR if word.endswith(end)]
    else:
        forms += [word.removesuffix(end) + many for end, many in _PLURAL if word.endswith(end)][:1]
    return forms
