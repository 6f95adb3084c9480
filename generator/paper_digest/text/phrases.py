"""Finds the words and phrases of a vocabulary in running text, whatever their hyphens and case.

One pass over the words of a text finds them all. A phrase stands for itself with hyphens, with spaces and
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
MIN_STEM_LETTERS, MIN_WORD_LETTERS = 3, 2

_WORD_JOINERS = frozenset("-\u2010\u2011\u2012\u2013'\u2019$\\{}~")
_TEX_ACCENT = re.compile(r"\\[\"'`^~=.]\s*+\{?\s*+([A-Za-z])\}?")
_COMBINING_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d]")
_SINGULAR_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))
_PLURAL_ENDINGS = (
    *((end + "is", end + "es") for end in "sx"),
    *((vowel + "y", vowel + "ys") for vowel in "aeiou"),
    *(("ix", "ices"), ("ex", "ices"), ("y", "ies")),
    *((end, end + "es") for end in ("s", "x", "z", "ch", "sh")),
    ("", "s"),
)
_NOT_PLURAL_ENDINGS = ("ss", "us", "is", "as", "ics")
# These begin a phrase only where one was written so ("in-context"): "in variant" is no "invariant".
_FUNCTION_WORDS = {
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "can",
    "for",
    "from",
    "in",
    "is",
    "it",
}
_FUNCTION_WORDS |= {"of", "on", "or", "our", "that", "the", "this", "to", "we", "with"}
# Most words of a text are in the cache; its bound keeps many rare ones from filling the memory.
_CACHE_SIZE = 1 << 16


@dataclass(frozen=True, eq=False, slots=True)
class Phrase:
    """One phrase of a vocabulary.

    Attributes:
        text: as the vocabulary has it.
        owner: the name of the topic it belongs to.
        word_count: its words; a hyphenated one counts as its parts.
        exact_spelling: the spelling a phrase in capitals must have, or "".
    """

    text: str
    owner: str
    word_count: int
    exact_spelling: str


class PhraseMatcher:
    """An index of phrases; build it once, it is read-only afterwards."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a phrase and its owner; every phrase must pass ``is_phrase``."""
        self._by_spelling: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[tuple[str, Phrase]]] = {}
        self._case_sensitive: set[str] = set()
        first = {self._index_phrase(text, owner) for text, owner in phrases}
        keys = {*self._by_spelling, *(stem for stems in self._stems.values() for stem, _ in stems)}
        self._prefixes = frozenset(key[:end] for key in keys for end in range(1, len(key) + 1))
        never_first = _FUNCTION_WORDS - first

        def match_level(word: str) -> int:
            stems = self._stems.get(word[:MIN_STEM_LETTERS], ())
            if word in never_first:
                return 0
            if word in self._case_sensitive or any(
                s.startswith(word) or word.startswith(s) for s, _ in stems
            ):
                return 2
            return int(word in self._prefixes)

        # 0: no phrase begins with this word; 1: one may; 2: as 1, and its spelling or end matters.
        self._match_level = lru_cache(_CACHE_SIZE)(match_level)

    def find_phrases(self, text: str) -> list[Phrase]:
        """List the phrases that stand in ``text``, in order, once for each time they do."""
        plain = _split_into_words(text)
        lower = [*plain.lower().split(), "|"]
        written: list[str] = []
        begins, ends, care = self._prefixes, self._by_spelling, self._match_level
        matches: list[Phrase] = []
        next_free = 0
        for position in compress(count(), map(care, lower)):
            word = lower[position]
            if position < next_free:
                continue
            if word + lower[position + 1] in begins or care(word) > 1:
                written = written or plain.split()
                here, next_free = self._longest_match(written, lower, position)
                matches += here
            elif word in ends:
                matches += ends[word]
        return matches

    def _longest_match(
        self, written: list[str], lower: list[str], start: int
    ) -> tuple[list[Phrase], int]:
        """Find the phrases of the longest spelling that begins at ``start``, and where it ends."""
        matches: list[Phrase] = []
        end, before, joined = start, 0, lower[start]
        for at in range(start + 1, len(lower)):
            here = self._by_spelling.get(joined, [])
            stems = self._stems.get(joined[:MIN_STEM_LETTERS])
            if stems:
                here = here + [p for s, p in stems if before < len(s) and joined.startswith(s)]
            if here and (stems or joined in self._case_sensitive):
                spelling = "".join(written[start:at])
                here = [phrase for phrase in here if spelling.startswith(phrase.exact_spelling)]
            if here:
                matches, end = here, at
            if joined not in self._prefixes:
                break
            before, joined = len(joined), joined + lower[at]
        return matches, end

    def _index_phrase(self, text: str, owner: str) -> str:
        """Index one phrase under each of its spellings; return its first word."""
        words = _split_into_words(text.removesuffix("*")).split()
        phrase = Phrase(text, owner, len(words), "".join(words) if text.isupper() else "")
        lower = [word.lower() for word in words]
        if text.endswith("*"):
            stem = "".join(lower)
            self._stems.setdefault(stem[:MIN_STEM_LETTERS], []).append((stem, phrase))
        else:
            # The noun a phrase is about stands last, or before "of" ("mixtures of experts").
            nouns = [after in {"of", ""} for after in [*lower[1:], ""]]
            forms_of = (
                _singular_and_plural(w) if noun else [w]
                for w, noun in zip(lower, nouns, strict=True)
            )
            for forms in product(*forms_of):
                key = "".join(forms)
                same = self._by_spelling.setdefault(key, [])
                if all(other.owner != owner for other in same):
                    same.append(phrase)
                    self._case_sensitive.update([key] if phrase.exact_spelling else [])
        return lower[0]


def is_phrase(text: str) -> bool:
    """Tell whether ``text`` can stand in a vocabulary: words, and perhaps a final ``*``."""
    letters = "".join(_split_into_words(text.removesuffix("*")).split())
    return letters.isalnum() and len(letters) >= (
        MIN_STEM_LETTERS if text.endswith("*") else MIN_WORD_LETTERS
    )


class _CharacterMap(dict[int, str]):
    """A table for ``str.translate``: joiners of words become spaces, all other signs ``|``."""

    def __missing__(self, sign: int) -> str:
        """Map one character; only ASCII ones are stored, because the others are too many."""
        char = chr(sign)
        to = char if char.isalnum() else " " if char.isspace() or char in _WORD_JOINERS else "|"
        return self.setdefault(sign, to) if char.isascii() else to


_CHARACTER_MAP = _CharacterMap()


def _split_into_words(text: str) -> str:
    """Reduce a text to words between spaces, with ``|`` as a word between clauses."""
    if "\\" in text:
        text = _TEX_ACCENT.sub(r"\1", text)
    if not text.isascii():
        text = _COMBINING_MARKS.sub("", unicodedata.normalize("NFKD", text))
    return text.translate(_CHARACTER_MAP).replace("|", " | ")


def _singular_and_plural(word: str) -> list[str]:
    """List a word in singular and plural; forms that do not exist do no harm."""
    forms = [word]
    if (
        len(word) > MIN_STEM_LETTERS
        and word.endswith("s")
        and not word.endswith(_NOT_PLURAL_ENDINGS)
    ):
        forms += [
            word.removesuffix(end) + one for end, one in _SINGULAR_ENDINGS if word.endswith(end)
        ]
    else:
        forms += [
            word.removesuffix(end) + many for end, many in _PLURAL_ENDINGS if word.endswith(end)
        ][:1]
    return forms
