"""Turns text into index words, the same way in Python and (tokenizer.js) in the browser.

Both sides are held together by ``tests/data/search_vectors.json``: change one, change the other.
"""

from __future__ import annotations

from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.ranking import RANKING
from paper_digest.text.fold import fold_text

#: Words too common to be indexed outside titles; a query made of them alone still finds titles.
STOP_WORDS = frozenset(RANKING.words.stop_words.split())

#: Words that say nothing of a paper: left out of queries as stop words are, unless quoted.
FILLERS = frozenset(RANKING.words.fillers.split())

MAX_WORD_LENGTH = RANKING.words.max_letters  # characters of a word that count
#: What ends the term of an author's initial, and no other term.
INITIAL_DOT = "."
_TWO_PARTS = 2
_MIN_PLURAL_LENGTH = 4  # characters of the shortest word whose plural is taken off
_MAX_JOINED_PARTS = RANKING.words.max_joined_parts  # of a compound that is also indexed as one word

_TOKEN = late_pattern(
    r"[0-9a-z\x80-\U0010ffff]++(?>(?:(?:[-_^]|\.(?=[0-9]))[0-9a-z\x80-\U0010ffff]++)*)(?:\+\+|#)?"
)
_ASCII_TOKEN = late_pattern(
    r"[0-9a-z]++(?>(?:(?:[-_^]|\.(?=[0-9]))[0-9a-z]++)*)(?:\+\+|#)?"
)  # is faster
_COMPOUND_JOINTS = late_pattern(r"[-_^.]")
_SUFFIX_SPELLINGS = {"++": "pp", "#": "sharp"}
_CJK = late_pattern(
    "([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+)"
)


class IndexWord(NamedTuple):
    """One index word of a token.

    ``offset`` counts positions from the start of its token and ``span`` the positions it
    covers; a compound of two parts written as one has ``split``, the length of its first part.
    """

    text: str
    offset: int
    span: int = 1
    split: int = 0


def stem(word: str) -> str:
    """Take the plural off an English word; anything else stays, so half a word is still a prefix."""
    if len(word) < _MIN_PLURAL_LENGTH or word[-1] != "s":
        return word
    if word[-2] in "siu":
        return word[:-1] if len(word) == _MIN_PLURAL_LENGTH and word.endswith("pus") else word
    if word.endswith("ies") and len(word) > _MIN_PLURAL_LENGTH:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")) and word != "caches":
        return word[:-2]
    return word[:-1]


def tokens(text: str) -> list[str]:
    """Cut text into folded tokens: words, and compounds such as ``low-rank`` or ``c++``."""
    folded = fold_text(text)
    return (_ASCII_TOKEN if folded.isascii() else _TOKEN).findall(folded)


def is_initial(token: str) -> bool:
    """Say whether a token is one letter; a character of Chinese, Japanese or Korean is a word."""
    return len(token) == 1 and not _CJK.match(token)


def name_tokens(name: str) -> list[str]:
    """Cut an author's name into tokens; a dot sets an initial off from the same letter of a text."""
    return [token + INITIAL_DOT if is_initial(token) else token for token in tokens(name)]


def index_words(token: str) -> tuple[int, tuple[IndexWord, ...]]:
    """Return how many positions one folded token takes, and its index words.

    A compound gives its parts and, as one more word over all of them, its joined form:
    ``low-rank`` -> ``low``, ``rank``, ``lowrank``. CJK runs give bigrams.
    """
    if token[-1] == INITIAL_DOT:
        return 1, (IndexWord(token, 0),)
    if token.isascii() and token.isalnum():
        return 1, (IndexWord(stem(token[:MAX_WORD_LENGTH]), 0),)
    suffix = "++" if token.endswith("++") else "#" if token[-1] == "#" else ""
    parts = _COMPOUND_JOINTS.split(token.removesuffix(suffix))
    if token.isascii():
        pieces = [stem(part[:MAX_WORD_LENGTH]) for part in parts]
    else:
        pieces = [piece for part in parts for piece in _part_words(part)]
    words = [IndexWord(piece, at) for at, piece in enumerate(pieces)]
    position_count = len(words)
    is_joinable = 1 < len(parts) <= _MAX_JOINED_PARTS or bool(suffix)
    if is_joinable and position_count == len(parts):
        joined = stem("".join(parts) + _SUFFIX_SPELLINGS.get(suffix, ""))[:MAX_WORD_LENGTH]
        split = len(parts[0]) if len(parts) == _TWO_PARTS and not suffix else 0
        words.append(IndexWord(joined, 0, position_count, split if split < len(joined) else 0))
    return position_count, tuple(words)


def indexed_words(token: str) -> tuple[int, tuple[IndexWord, ...]]:
    """Return the same with what the index holds beside it: each sign of a CJK run alone.

    Queries have pairs of signs, or one sign where no more was typed: that finds every text with it.
    """
    position_count, words = index_words(token)
    if token.isascii() or not _CJK.search(token):
        return position_count, words
    signs: dict[str, IndexWord] = {}
    for word in words[:position_count]:
        if len(word.text) > 1 and _CJK.match(word.text):
            for sign in word.text:
                signs.setdefault(sign, IndexWord(sign, word.offset))
    return position_count, (*words, *signs.values())


def _part_words(part: str) -> list[str]:
    if part.isascii():
        return [stem(part[:MAX_WORD_LENGTH])]
    pieces: list[str] = []
    for run in filter(None, _CJK.split(part)):
        if _CJK.match(run):
            pieces += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        else:
            pieces.append(stem(run[:MAX_WORD_LENGTH]))
    return pieces
