"""Turns text into index words, the same way in Python and (normalise.js) in the browser.

Both sides are held together by ``tests/search_vectors.json``: change one, change the other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

#: Words too common to be indexed outside titles; a query made of them alone still finds titles.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by can for from has have in is it its of on or our that the "
        "their these this to was we were which with",
    )
)

LONGEST = 40  # characters of a word that count
_PAIR = 2
_SHORT = 4  # characters of the shortest word whose plural is taken off
_MOST_PARTS = 5  # of a compound that is also indexed as one word

_GREEK = re.findall(
    r"\w+",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma sigma tau upsilon phi chi psi omega",
)
_LETTERS = {
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "\u0131": "i",
    "\u2010": "-", "\u2013": "-", "\u2212": "-", "\u2019": "'", "\u02bc": "'",
}  # fmt: skip


class _Folding(dict[int, str]):
    """What each character outside ASCII becomes: learnt on first sight, kept for good."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        known = unicodedata.category(character)[0] in "LNM"
        self[code] = character if known else " "
        return self[code]


_FOLDING = _Folding({code: chr(code) for code in range(128)})
_FOLDING.update({ord(letter): plain for letter, plain in _LETTERS.items()})
for _first in (0x391, 0x3B1):
    _FOLDING.update({_first + place: name for place, name in enumerate(_GREEK)})
for _start, _end in ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF)):
    _FOLDING.update(dict.fromkeys(range(_start, _end + 1), ""))

_TEX_COMMAND = re.compile(
    r"\\(?:text[a-z]*|math[a-z]*|emph|operatorname|left|right|rm|bf|it|sf|tt|cal)(?![a-z])[ ]*"
)
_TEX_ACCENT = re.compile(r"\\(?:[\"'`^~=.][ ]*|[cvukbdhrt][ ]*(?=\{[a-z]\}))")
_DROPPED = re.compile(r"[${}\\']")
_CHUNK = re.compile(
    r"[0-9a-z\x80-\U0010ffff]++(?:(?:[-_^]|\.(?=[0-9]))[0-9a-z\x80-\U0010ffff]++)*+(?:\+\+|#)?"
)
_ASCII_CHUNK = re.compile(
    r"[0-9a-z]++(?:(?:[-_^]|\.(?=[0-9]))[0-9a-z]++)*+(?:\+\+|#)?"
)  # is faster
_JOINTS = re.compile(r"[-_^.]")
_ENDINGS = {"++": "pp", "#": "sharp"}
_CJK = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+)")


class Word(NamedTuple):
    """One index word of a chunk of text.

    ``offset`` counts positions from the start of its chunk and ``span`` the positions it
    covers; a compound of two parts written as one has ``split``, the length of its first part.
    """

    text: str
    offset: int
    span: int = 1
    split: int = 0


def fold(text: str) -> str:
    """Lower the case; drop accents and TeX signs; spell Greek letters; blank what is no word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_FOLDING)
        text = unicodedata.normalize("NFC", text)
    text = text.lower()
    if "\\" in text:
        text = _TEX_ACCENT.sub("", _TEX_COMMAND.sub("", text))
    return _DROPPED.sub("", text)


def stem(word: str) -> str:
    """Take the plural off an English word; anything else stays, so half a word stays a prefix."""
    if len(word) < _SHORT or word[-1] != "s":
        return word
    if word[-2] in "siu":
        return word[:-1] if len(word) == _SHORT and word.endswith("pus") else word
    if word.endswith("ies") and len(word) > _SHORT:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")) and word != "caches":
        return word[:-2]
    return word[:-1]


def chunks(text: str) -> list[str]:
    """Cut text into folded chunks: words, and compounds such as ``low-rank`` or ``c++``."""
    folded = fold(text)
    return (_ASCII_CHUNK if folded.isascii() else _CHUNK).findall(folded)


def words_of(chunk: str) -> tuple[int, tuple[Word, ...]]:
    """List the index words of one folded chunk, and how many positions it takes.

    A compound gives its parts and, as one more word over all of them, its joined form:
    ``low-rank`` -> ``low``, ``rank``, ``lowrank``. CJK runs give bigrams.
    """
    if chunk.isascii() and chunk.isalnum():
        return 1, (Word(stem(chunk[:LONGEST]), 0),)
    ending = "++" if chunk.endswith("++") else "#" if chunk[-1] == "#" else ""
    parts = _JOINTS.split(chunk.removesuffix(ending))
    if chunk.isascii():
        pieces = [stem(part[:LONGEST]) for part in parts]
    else:
        pieces = [piece for part in parts for piece in _pieces(part)]
    words = [Word(piece, at) for at, piece in enumerate(pieces)]
    place = len(words)
    whole = 1 < len(parts) <= _MOST_PARTS or bool(ending)
    if whole and place == len(parts):
        joined = stem("".join(parts) + _ENDINGS.get(ending, ""))[:LONGEST]
        split = len(parts[0]) if len(parts) == _PAIR and not ending else 0
        words.append(Word(joined, 0, place, split if split < len(joined) else 0))
    return place, tuple(words)


def _pieces(part: str) -> list[str]:
    if part.isascii():
        return [stem(part[:LONGEST])]
    pieces: list[str] = []
    for run in filter(None, _CJK.split(part)):
        if _CJK.match(run):
            pieces += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        else:
            pieces.append(stem(run[:LONGEST]))
    return pieces
