"""The language and the direction of a text, as far as its script alone decides them.

Most scripts are one language's, and for these its tag is given. The Latin script never decides
anything. A script of several languages is decided by letters that one of them alone has, else the
tag says the script (``und-Cyrl``): https://www.rfc-editor.org/rfc/rfc5646, sections 2.2.1 and 2.2.3.
"""

# ruff: noqa: RUF001 - letters of other scripts that look like Latin ones

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern

#: Where the blocks of a script begin, and its tag (https://www.unicode.org/Public/UNIDATA/Blocks.txt);
#: "" is Latin, or no script that matters here.
_BLOCKS = (
    (0x0370, "el"), (0x0400, "und-Cyrl"), (0x0530, "hy"), (0x0590, "he"), (0x0600, "und-Arab"),
    (0x0700, "und-Syrc"), (0x0750, "und-Arab"), (0x0780, "dv"), (0x07C0, "nqo"), (0x0800, ""),
    (0x0870, "und-Arab"), (0x0900, "und-Deva"), (0x0980, "und-Beng"), (0x0A00, "pa"),
    (0x0A80, "gu"), (0x0B00, "or"), (0x0B80, "ta"), (0x0C00, "te"), (0x0C80, "kn"), (0x0D00, "ml"),
    (0x0D80, "si"), (0x0E00, "th"), (0x0E80, "lo"), (0x0F00, "und-Tibt"), (0x1000, "und-Mymr"),
    (0x10A0, "ka"), (0x1100, "ko"), (0x1200, "und-Ethi"), (0x13A0, "chr"), (0x1400, ""),
    (0x1780, "km"), (0x1800, "und-Mong"), (0x18B0, ""), (0x1C80, "und-Cyrl"), (0x1C90, "ka"),
    (0x1CC0, ""), (0x1F00, "el"), (0x2000, ""), (0x2D00, "ka"), (0x2D30, ""), (0x2DE0, "und-Cyrl"),
    (0x2E00, ""), (0x2E80, "und-Hani"), (0x2FE0, ""), (0x3005, "und-Hani"), (0x3008, ""),
    (0x3040, "ja"), (0x3100, "zh"), (0x3130, "ko"), (0x3190, ""), (0x31A0, "zh"), (0x31C0, ""),
    (0x31F0, "ja"), (0x3200, ""), (0x3400, "und-Hani"), (0x4DC0, ""), (0x4E00, "und-Hani"),
    (0xA000, ""), (0xA640, "und-Cyrl"), (0xA6A0, ""), (0xAC00, "ko"), (0xD800, ""),
    (0xF900, "und-Hani"), (0xFB00, ""), (0xFB13, "hy"), (0xFB1D, "he"), (0xFB50, "und-Arab"),
    (0xFE00, ""), (0xFE70, "und-Arab"), (0xFF00, ""), (0xFF66, "ja"), (0xFFA0, ""),
    (0x20000, "und-Hani"), (0x40000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
#: Signs of Chinese and Japanese, as the inside of a class of a pattern: lines break between any two of them.
EAST_ASIAN_SIGNS = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff60\uff66-\uff9f\U00020000-\U0003ffff"
)
#: A quick look: no other letter can decide anything.
_DECIDING = late_pattern(
    "[\u0370-\u1dff\u1f00-\u1fff\u2d00-\u2dff\u2e80-\u9fff\ua640-\ua69f\uac00-\ud7ff\uf900-\ufdff"
    "\ufe70-\ufefc\uff66-\uff9f\U00010800-\U00010fff\U0001e800-\U0001efff\U00020000-\U0003ffff]"
)
_RIGHT_TO_LEFT = late_pattern(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
#: By script: languages, the letters of which one decides, and how many letters a text must have for
#: it. Tried in this order; a short text in Persian may be Urdu, one in Arabic Persian.
_LETTERS = {
    "und-Cyrl": (
        ("und-Cyrl", "ўЎјљњћђџѓќәғқңөұүһӘҒҚҢӨҰҮҺ", 1), ("uk", "їєґЇЄҐ", 1),
        ("und-Cyrl", "іІ", 1), ("ru", "ыэЫЭ", 1),
    ),
    "und-Arab": (
        ("und-Arab", "ۇۈۋڕڵێټډړږښڼۍڄڃڇڻې", 1), ("ur", "ٹڈڑںے", 1), ("ar", "ةإى", 1),
        ("fa", "پچژگکی", 40), ("ar", "ي", 40),
    ),
}  # fmt: skip
#: Chinese of so many signs would be Japanese only with kana among them.
_MIN_CHINESE_SIGNS = 30
#: One sign says as much as so many letters: most of a text is what is read most.
_LETTERS_PER_SIGN, _SIGN_TAGS = 3, frozenset({"und-Hani", "ja", "zh"})
#: Fewer stand in formulas.
_MIN_GREEK_LETTERS = 4


class TextLanguage(NamedTuple):
    """``tag``: language tag of most of a text, "" where it is unknown; ``is_rtl``: read from right to left.

    ``starts_so``: whether the first letter with a direction says the same as ``is_rtl``, so that
    ``dir="auto"`` is right (HTML, 3.2.6.4).
    """

    tag: str = ""
    is_rtl: bool = False
    starts_so: bool = True


_UNKNOWN = TextLanguage()


def has_rtl_letters(text: str) -> bool:
    """Tell whether a text holds letters that are written from right to left."""
    return not text.isascii() and bool(_RIGHT_TO_LEFT.search(text))


def text_language(text: str) -> TextLanguage:
    """Return the language of a plain text by the script of most of its letters."""
    if text.isascii() or not _DECIDING.search(text):
        return _UNKNOWN
    return _text_language(text)


@lru_cache(maxsize=1024)
def _text_language(text: str) -> TextLanguage:
    letters = [sign for sign in text if sign.isalpha()]
    weights: Counter[str] = Counter()
    for sign in letters:
        tag = _tag(sign)
        weights[tag] += _LETTERS_PER_SIGN if tag in _SIGN_TAGS else 1
    is_rtl = 2 * sum(map(_is_rtl, letters)) > len(letters)
    starts_so = bool(letters) and _is_rtl(letters[0]) == is_rtl
    for name in ("ja", "zh"):  # kana and bopomofo say whose the signs around them are
        if weights[name]:
            weights[name] += weights.pop("und-Hani", 0)
    tag, weight = weights.most_common(1)[0] if letters else ("", 0)
    if 2 * weight <= weights.total() or (tag == "el" and len(letters) < _MIN_GREEK_LETTERS):
        return TextLanguage("", is_rtl, starts_so)
    if tag == "und-Hani" and weight >= _MIN_CHINESE_SIGNS * _LETTERS_PER_SIGN:
        tag = "zh"
    return TextLanguage(_by_letters(tag, text, len(letters)), is_rtl, starts_so)


def _tag(sign: str) -> str:
    place = bisect_right(_STARTS, ord(sign))
    return _BLOCKS[place - 1][1] if place else ""


def _is_rtl(sign: str) -> bool:
    return unicodedata.bidirectional(sign) in {"R", "AL"}


def _by_letters(tag: str, text: str, letter_count: int) -> str:
    """Return the language that letters of its own decide; else the tag as it is."""
    languages = (
        name
        for name, own, min_letters in _LETTERS.get(tag, ())
        if letter_count >= min_letters and any(one in text for one in own)
    )
    return next(languages, tag)
