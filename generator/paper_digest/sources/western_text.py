"""Whether bytes read as Windows-1252 are the Western text they look like, or another encoding's.

The code pages of Central Europe, Romania and Turkey (Windows-1250 and -1254, ISO 8859-2) share most bytes
with Windows-1252 and give some of them other letters: ``Čapek`` becomes ``Èapek``. A letter that is the
same in all is certain. The others stand, in the languages of Western Europe, in few places of a word;
where one stands in another place, the text is not Western. Places are those of French, Italian, Spanish,
Portuguese, Catalan, Dutch, German, the Nordic languages, Icelandic and Estonian.
"""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern

_LETTER = r"[^\W\d_\u00aa\u00ba\u00b5]"
_VOWEL = "[aeiouyáéíóúýâêîôäëöü]"
_CONSONANT = "[bcdfghjklmnpqrstvwxzšžçñ]"
_SIGN = "[\u0192\u201a\u201e\u2020\u2021\u02c6\u2030\u2039\u203a\u02dc\u2122\u00a1-\u00a7\u00aa\u00af\u00b1\u00b3\u00b6\u00b9-\u00bf]"

_NOT_WESTERN = late_pattern(
    "|".join((
        # Cyrillic, Greek, Chinese: long runs without a letter of ASCII.
        "[\u00a1-\u00ff]{4}",
        # A sign inside a word (Polish ł, Slovak ľ), or at its start (Ł, ş), where a number or nothing follows.
        f"{_LETTER}{_SIGN}{_LETTER}",
        f"(?<!\\w)[\u00a3\u00a5\u00aa\u00ba\u00b3\u00b9\u00af\u00b6\u00bc-\u00be]{_LETTER}",
        f"{_LETTER}[\u00a3\u00a5\u00b3\u00b9\u00bc-\u00bf](?!\\w)(?<![mk][\u00b3\u00b9])",
        f"£(?=\\.)|{_LETTER}{{2}}[\u00aa\u00ba](?!\\w)",
        # Capitals after small letters: Macintosh, and Š, Œ, Ž, Ÿ of DOS.
        "[a-z][\u0160\u0152\u017d\u0178]",
        # č: before a vowel, after an accented one; at the end of -ič and -ač.
        f"(?i:è(?={_VOWEL}|k)|[áíóúýéø]è|[ia]è(?!\\w))",
        # ě and ů stand inside words; Italian and French have these at the end.
        f"(?i:[ìù](?={_LETTER}))",
        # ň before a vowel; ď after a consonant; ř beside an accented vowel, or after a vowel.
        f"(?i:ò(?={_VOWEL})|(?<={_CONSONANT})ï|ø(?=[áéíóúý])|[aeouáéíóúý]ø|[dp]øi|døej)",
        # ć after i; ń before a consonant, and at the end; ă before a consonant that Portuguese has not there.
        f"(?i:iæ|ñ(?={_CONSONANT})|{_LETTER}ñ(?!\\w)|ã(?=[bcdfghjklpqrtvx]|n[aeiouã]|i(?!b|s\b)|z(?!i)))",
        # ć before other vowels; ő at the end; ę after i and beside Polish pairs of letters.
        "(?i:(?<!r)æ(?=[uoaw])|õ(?!\\w)|iê(?![nm])|[rsc]zê|ê[dcs]z)",
        # Š and ž are the same in all; in one word with these they are Czech, Slovak, or Croatian.
        f"(?i:[šž]{_LETTER}{{0,30}}[èæøìòù]|[èæøìòù]{_LETTER}{{0,30}}[šž])",
        # ś after a vowel, and before consonants that French has not there.
        "(?i:[aeiou]œ|œ(?=[wkmrzlp]))",
    ))
)  # fmt: skip
_ACUTE = late_pattern("[áéíóú]", re.IGNORECASE)
_ACUTE_BUT_E = late_pattern("[áíóú]", re.IGNORECASE)
#: Hungarian ő and ű; Portuguese and Estonian have õ, French has û, and none of them these with acutes.
_HUNGARIAN = late_pattern("õ(?!e)|û", re.IGNORECASE)
#: Turkish ğ, ş and the dotless i, and Romanian ţ; Icelandic and Faroese have these letters, and acutes with them.
_ICELANDIC_LETTER = late_pattern("[ðþý]", re.IGNORECASE)
_ICELANDIC_WORD = late_pattern(r"sson\b|d[oó]ttir\b|æ", re.IGNORECASE)


def is_western(text: str) -> bool:
    """Tell whether a line that was read as Windows-1252 holds nothing that its languages do not have."""
    if _NOT_WESTERN.search(text):
        return False
    if _HUNGARIAN.search(text) and _ACUTE_BUT_E.search(text):
        return False
    if _ICELANDIC_LETTER.search(text):
        return bool(_ACUTE.search(text) or _ICELANDIC_WORD.search(text))
    return True
