"""Says which numbers and proper names of a digest do not stand in the text it was made of.

A number is compared by its value (``1,000`` is ``1000``, ``three`` is ``3``) and its unit where it has one
(``5 %`` is no ``5``). A name is what has a capital: compared without case, hyphens and plural,
``GPT-4`` as one. Where the language writes every noun with a capital, only words with a capital or a
digit further within are taken for names; a word that merely begins a sentence is one unless the text,
or the list of words that say nothing of a subject, has it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

from paper_digest.ingest.summaries.numbers import NUMBERS_BY_WORD, read_numbers
from paper_digest.search.stop_words import is_content_word
from paper_digest.search.tokenizer import stem

#: Languages in which a capital says only that a word is a noun.
_NOUN_CAPITALS = frozenset({"german", "deutsch", "luxembourgish"})

#: Who a digest may say that wrote the paper, at the head of a sentence.
_WRITERS = frozenset({"authors", "researchers"})

#: Pieces of a name: of ``Qwen-2.5-VL`` there are four.
_MAX_JOINED_PIECES = 6
#: Letters by which two forms of a word are one: ``evaluates``, ``evaluation``.
_STEM_LETTERS = 5

_WORD = re.compile(r"[^\W_]+(?:[-./+'\u2019&][^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
#: A number with what is written right after it: ``3D`` and ``H100`` are names, ``3x`` and ``7b`` none.
_NUMBER_WITH_LETTERS = re.compile(r"\d[\d.,]*(?:[kmbt]|x|st|nd|rd|th|s|fold)?\Z", re.IGNORECASE)


class SourceText:
    """The text that a digest may take numbers and names from."""

    def __init__(self, text: str) -> None:
        """Take title and abstract, in plain Unicode."""
        self._text = _plain(text)

    def unsupported(self, digest: str, language: str) -> list[str]:
        """Return the numbers and names of a text that do not stand here, in their order.

        Args:
            digest: one or more sentences in plain Unicode.
            language: what they are written in, as one says it in English.
        """
        digest = _plain(digest)
        noun_capitals = language.strip().lower() in _NOUN_CAPITALS
        return [
            *self._unsupported_numbers(digest),
            *self._unsupported_names(digest, noun_capitals=noun_capitals),
        ]

    def _unsupported_numbers(self, digest: str) -> Iterator[str]:
        words, end = "", 0
        for number in read_numbers(digest):
            words, end = words + digest[end : number.start] + " ", number.end
            if not any((value, number.unit) in self._number_set for value in number.values):
                yield number.written
        for word in _PIECE.findall((words + digest[end:]).lower()):
            value = NUMBERS_BY_WORD.get(word)
            if value and word not in self._words and (value, "") not in self._number_set:
                yield word

    def _unsupported_names(self, digest: str, *, noun_capitals: bool) -> Iterator[str]:
        for match in _WORD.finditer(digest):
            word = re.sub(r"['\u2019]s?\Z", "", match[0])
            if _NUMBER_WITH_LETTERS.match(word):
                continue
            begins = _begins_sentence(digest, match.start())
            for name in _names_in(word):
                is_plain = name.isalpha() and name[:1].isupper() and name[1:].islower()
                if is_plain and noun_capitals:
                    continue
                if self._has(name) or (is_plain and begins and self._has_word_like(name)):
                    continue
                yield name

    def _has(self, name: str) -> bool:
        joined = "".join(_PIECE.findall(name)).casefold()
        forms = {joined, joined + "s", joined.removesuffix("s"), joined.removesuffix("es")}
        return not forms.isdisjoint(self._joined)

    def _has_word_like(self, word: str) -> bool:
        """Tell whether a word that begins a sentence is an ordinary one, or stands here in another form."""
        word = word.casefold()
        if word in _WRITERS or len(word) == 1 or not is_content_word(stem(word)):
            return True
        start = word[:_STEM_LETTERS]
        return len(start) == _STEM_LETTERS and any(w.startswith(start) for w in self._words)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_PIECE.findall(self._text.casefold()))

    @cached_property
    def _joined(self) -> frozenset[str]:
        """Return the pieces of the text, and those with one sign or nothing between them as one."""
        pieces = [*_PIECE.finditer(self._text.casefold())]
        joined = set()
        for number, first in enumerate(pieces):
            text, end = first[0], first.end()
            joined.add(text)
            for piece in pieces[number + 1 : number + _MAX_JOINED_PIECES]:
                if piece.start() - end > 1:
                    break
                text, end = text + piece[0], piece.end()
                joined.add(text)
        return frozenset(joined)

    @cached_property
    def _number_set(self) -> frozenset[tuple[str, str]]:
        """Return the numbers with their units; one without a unit, or in percent, is also a bare number."""
        numbers = set()
        for number in read_numbers(self._text):
            numbers |= {(value, number.unit) for value in number.values} | {(number.unit, "")}
            if number.unit == "%":
                numbers |= {(value, "") for value in number.values}
        for word in self._words:
            if word in NUMBERS_BY_WORD:
                numbers.add((NUMBERS_BY_WORD[word], ""))
        return frozenset(numbers)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    return not before.strip() or "\n" in before or before.rstrip()[-1] in '.!?:;"\u201c\u201d('


def _names_in(word: str) -> Iterator[str]:
    """Yield what of a word with its hyphens is a name: ``GPT-4`` of ``GPT-4-level``; nothing of ``8-bit``."""
    parts = word.split("-")
    is_name = [_is_name(part) for part in parts]
    if not any(is_name):
        return
    first, last = is_name.index(True), len(parts) - 1 - is_name[::-1].index(True)
    while last + 1 < len(parts) and any(sign.isdigit() for sign in parts[last + 1]):
        last += 1
    yield "-".join(parts[first : last + 1])


def _is_name(part: str) -> bool:
    """Tell whether a part of a word has a capital, or digits after letters: ``top5``."""
    has_digits = part[:1].isalpha() and any(sign.isdigit() for sign in part)
    return has_digits or any(sign.isupper() for sign in part)


def _plain(text: str) -> str:
    """Return text with one kind of hyphen, space and digit, and without what no reader sees."""
    signs = []
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        if category == "Nd" and not sign.isascii():
            signs.append(str(unicodedata.digit(sign)))
        elif category == "Pd" or sign == "\u2212":
            signs.append("-")
        elif category == "Zs":
            signs.append(" ")
        elif category == "No" and (power := unicodedata.digit(sign, -1)) >= 0:
            signs.append(f"^{power}")
        elif category != "Cf":
            signs.append(sign)
    return "".join(signs)
