"""Letters folded to plain ones: accents off, ``ß`` as ``ss``, Greek letters by name.

``fold_text`` is what the index of search is made with; its twin in the browser is
``search/browser/worker/tokenizer.js``, and ``tests/data/search_vectors.json`` holds both together.
"""

from __future__ import annotations

import re
import unicodedata

from paper_digest.model.late_pattern import late_pattern

#: Letters that Unicode does not take apart (NFKD leaves them whole).
_LETTER_FOLDS = {
    "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "\u0131": "i",
}  # fmt: skip
#: Signs that stand for one on the keyboard.
_SIGN_FOLDS = {"\u2010": "-", "\u2013": "-", "\u2212": "-", "\u2019": "'", "\u02bc": "'"}
_GREEK_NAMES = re.findall(
    r"\w+",
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigma sigma tau upsilon phi chi psi omega",
)


class _FoldTable(dict[int, str]):
    """What each character outside ASCII becomes: worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_word_character = unicodedata.category(character)[0] in "LNM"
        self[code] = character if is_word_character else " "
        return self[code]


_FOLD_TABLE = _FoldTable({code: chr(code) for code in range(128)})
_FOLD_TABLE.update({ord(letter): plain for letter, plain in (_LETTER_FOLDS | _SIGN_FOLDS).items()})
for _first in (0x391, 0x3B1):
    _FOLD_TABLE.update({_first + place: name for place, name in enumerate(_GREEK_NAMES)})
for _start, _end in ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF)):
    _FOLD_TABLE.update(dict.fromkeys(range(_start, _end + 1), ""))

_TEX_COMMAND = late_pattern(
    r"\\(?:text[a-z]*|math[a-z]*|emph|operatorname|left|right|rm|bf|it|sf|tt|cal)(?![a-z])[ ]*"
)
_TEX_ACCENT = late_pattern(r"\\(?:[\"'`^~=.][ ]*|[cvukbdhrt][ ]*(?=\{[a-z]\}))")
_DROPPED_SIGNS = late_pattern(r"[${}\\']")


def fold_text(text: str) -> str:
    """Lower the case; drop accents and TeX signs; spell Greek letters; blank what is no word."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_FOLD_TABLE)
        text = unicodedata.normalize("NFC", text)
    text = text.lower()
    if "\\" in text:
        text = _TEX_ACCENT.sub("", _TEX_COMMAND.sub("", text))
    return _DROPPED_SIGNS.sub("", text)


#: Citation keys also fold ``ħ``. The index does not: it would make every index and its browser twin anew.
_KEY_FOLDS = str.maketrans(_LETTER_FOLDS | {"ħ": "h"})


def fold_to_words(text: str) -> str:
    """Fold to lower-case ASCII letters and digits; every other run of signs is one space.

    Apostrophes fall away (``O'Neil`` -> ``oneil``), and so does every letter of another script.
    """
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.translate(_KEY_FOLDS)).lower()
        text = "".join(c for c in folded if not unicodedata.combining(c))
    bare = text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return re.sub(r"[^a-z0-9]+", " ", bare).strip()


def fold_to_ascii(text: str) -> str:
    """Lower the case and drop accents; letters that are then not ASCII fall away.

    Addresses of names are made with it, so ``ß`` and ``ø`` fall away too, as they always did there.
    """
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
