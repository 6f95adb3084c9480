"""Finds the words and phrases of a vocabulary in running text, whatever their hyphens and case.

One pass over the words of a text finds them all: each word is looked up once, by what can begin with
it. A phrase stands for itself with hyphens, with spaces and written as one word (``low-rank``, ``low rank``, ``lowrank``), in singular and plural, in upper and
lower case; one in capitals only (``SLAM``) keeps its case, and ``quantum*`` takes every word that
begins so. Nothing is found across the end of a clause. Where two phrases begin at one place the
longer one counts, and what lies inside it is not counted again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, count, product
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern

#: The fewest letters before a final ``*``, and the fewest of a word without one.
MIN_STEM_LETTERS, MIN_WORD_LETTERS = 3, 2

_WORD_JOINERS = frozenset("-\u2010\u2011\u2012\u2013'\u2019$\\{}~")
_TEX_ACCENT = late_pattern(r"\\[\"'`^~=.]\s*+\{?\s*+([A-Za-z])\}?")
_COMBINING_MARKS = late_pattern("[\u0300-\u036f\u00ad\u200b-\u200d]")
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
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "in", "is", "it", "of", "on", "or",
    "our", "that", "the", "this", "to", "we", "with",
}  # fmt: skip
# Most words of a text are among the remembered; the bound keeps many rare ones from filling the memory.
_CACHED_WORDS = 1 << 15


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


#: The letters before a final ``*``, and the phrase they are of.
_Stem = tuple[str, Phrase]


class _Beginning(NamedTuple):
    """What begins with one word.

    Attributes:
        matches: the phrases that the word alone is.
        stems: the beginnings (``quantum*``) that it has, or that it is a part of.
        needs_text: whether how the word is written, or the next one, decides which of them stand in a text.
    """

    matches: tuple[Phrase, ...]
    stems: tuple[_Stem, ...]
    needs_text: bool


class _BeginningByWord(dict[str, "_Beginning | None"]):
    """What begins with each word, ``None`` where nothing does; words that come again are remembered."""

    def __init__(self, find: Callable[[str], _Beginning | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _Beginning | None:
        beginning = self._find(word)
        if len(self) < _CACHED_WORDS:
            self[word] = beginning
        return beginning


class PhraseMatcher:
    """An index of phrases; build it once, it is read-only afterwards."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Index pairs of a phrase and its owner; every phrase must pass ``is_phrase``."""
        self._by_spelling: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[_Stem]] = {}
        self._case_sensitive: set[str] = set()
        first = {self._index_phrase(text, owner) for text, owner in phrases}
        keys = {*self._by_spelling, *(stem for stems in self._stems.values() for stem, _ in stems)}
        self._prefixes = frozenset(key[:end] for key in keys for end in range(1, len(key) + 1))
        self._never_first = _FUNCTION_WORDS - first
        self._beginnings = _BeginningByWord(self._beginning)

    def find_phrases(self, text: str) -> list[Phrase]:
        """List the phrases that stand in ``text``, in order, once for each time they do."""
        plain = _split_into_words(text)
        lower = [*plain.lower().split(), "|"]
        written: list[str] = []
        matches: list[Phrase] = []
        next_free = 0
        beginnings, prefixes = list(map(self._beginnings.__getitem__, lower)), self._prefixes
        for position in compress(count(), beginnings):
            beginning = beginnings[position]
            if position < next_free or beginning is None:
                continue
            if beginning.needs_text or lower[position] + lower[position + 1] in prefixes:
                written = written or plain.split()
                here, next_free = self._longest_match(written, lower, position, beginning.stems)
                matches += here
            else:
                matches += beginning.matches
        return matches

    def _beginning(self, word: str) -> _Beginning | None:
        """Return what begins with a word, in small letters."""
        if word in self._never_first:
            return None
        stems = tuple(
            (stem, phrase)
            for stem, phrase in self._stems_of_word(word)
            if word.startswith(stem) or stem.startswith(word)
        )
        matches = (
            *self._by_spelling.get(word, ()),
            *(phrase for stem, phrase in stems if word.startswith(stem)),
        )
        if not (stems or matches or word in self._prefixes):
            return None
        needs_text = any(phrase.exact_spelling for phrase in matches) or (
            len(word) >= MIN_STEM_LETTERS  # "ro botany" is no "robot*"
            and any(len(word) < len(stem) for stem, _ in stems)
        )
        return _Beginning(matches, stems, needs_text)

    def _stems_of_word(self, word: str) -> Iterable[_Stem]:
        """Return the stems that a word may begin with, or that may begin with it."""
        if len(word) < MIN_STEM_LETTERS:
            return chain.from_iterable(self._stems.values())
        return self._stems.get(word[:MIN_STEM_LETTERS], ())

    def _longest_match(
        self, written: list[str], lower: list[str], start: int, stems: tuple[_Stem, ...]
    ) -> tuple[Sequence[Phrase], int]:
        """Find the phrases of the longest spelling that begins at ``start``, and where it ends.

        ``stems`` are those of the word there.
        """
        matches: Sequence[Phrase] = ()
        end, before, joined = start, 0, lower[start]
        for at in range(start + 1, len(lower)):
            here: Sequence[Phrase] = self._by_spelling.get(joined, ())
            if stems:
                here = [*here, *(p for s, p in stems if before < len(s) and joined.startswith(s))]
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
                _singular_and_plural(w) if noun else (w,)
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


@lru_cache(maxsize=4096)  # phrases have many nouns in common
def _singular_and_plural(word: str) -> tuple[str, ...]:
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
    return tuple(forms)
