"""Looks for the phrases of a query in the texts themselves.

The index holds the places of words modulo four, so one paper in four that has two words somewhere
seems to have them in a row. Whoever lists papers without ranking them asks here, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from paper_digest.search.document import Document
from paper_digest.search.other_spellings import other_spellings
from paper_digest.search.query_parser import QUERY_PART
from paper_digest.search.tokenizer import index_words, tokens

_FIELDS = {"", "title"}  # in which words in quotation marks are a phrase of a text
_MAX_VARIANTS = 64  # spellings of one phrase


class QuotedPhrase(NamedTuple):
    """A phrase of a query: its words as they are indexed, and where it is asked for.

    Attributes:
        words: at least two.
        is_excluded: a paper must not have it.
        is_title: it must stand in the title.
    """

    words: tuple[str, ...]
    is_excluded: bool
    is_title: bool


def quoted_phrases(typed: str) -> tuple[QuotedPhrase, ...]:
    """Return the phrases of a query; a word alone, a name and the value of a filter are none."""
    phrases = []
    for minus, field, value in QUERY_PART.findall(typed):
        if value.startswith('"') and field.lower() in _FIELDS:
            words = _words(value.replace('"', ""))
            if len(words) > 1:
                phrases.append(QuotedPhrase(words, bool(minus), field.lower() == "title"))
    return tuple(phrases)


def without_excluded_phrases(typed: str) -> str:
    """Return a query without the phrases that a paper must not have, for these are looked up here."""
    return "".join(
        part[0]
        for part in QUERY_PART.finditer(typed)
        if not (part[1] and any(one.is_excluded for one in quoted_phrases(part[0])))
    )


def has_quoted_phrases(
    document: Document, phrases: Iterable[QuotedPhrase], corrections: Mapping[str, str]
) -> bool:
    """Tell whether a paper has all phrases that it must have, and none of the others.

    ``corrections`` says for a word that no paper has which other one counts in its place.
    """
    corrected = {word: meant for typed, meant in corrections.items() for word in _words(typed)}
    title, text = _words(document.title), _words(document.text)
    names = [_words(name) for name in document.authors]
    for phrase in phrases:
        spellings = _spellings(phrase.words, corrected)
        is_there = _has_row(title, spellings)
        if not phrase.is_title:
            is_there = is_there or _has_row(text, spellings)
            is_there = is_there or any({*phrase.words} <= {*name} for name in names)
        if is_there == phrase.is_excluded:
            return False
    return True


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text in a row, those of a compound one by one."""
    return tuple(
        word.text
        for token in tokens(text)
        for count, words in (index_words(token),)
        for word in words[:count]
    )


def _spellings(words: Sequence[str], corrected: Mapping[str, str]) -> frozenset[str]:
    """Return a phrase written as one word, in each of its spellings."""
    of_words = ((corrected.get(word, word), *other_spellings(word)) for word in words)
    spellings = (one for one, _ in zip(product(*of_words), range(_MAX_VARIANTS), strict=False))
    return frozenset(map("".join, spellings))


def _has_row(words: Sequence[str], spellings: frozenset[str]) -> bool:
    """Tell whether some words in a row are one of the spellings, wherever spaces and hyphens stand."""
    longest = max(map(len, spellings))
    for start in range(len(words)):
        row = ""
        for word in words[start:]:
            row += word
            if row in spellings:
                return True
            if len(row) >= longest:
                break
    return False
