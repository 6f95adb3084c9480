"""How alike two titles are, whatever their printing did to spelling, signs and subtitle."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from paper_digest.model.late_pattern import late_pattern
from paper_digest.text.tex.convert import to_unicode

#: How two titles compare; see ``compare_titles``.
TitlesAgree = Literal["same", "subtitle", "one word", "alike", "different", "unknown"]

#: Titles of front matter and notices: without more to go by, each is a paper of its own.
_GENERIC = late_pattern(
    r"(?:introduction|editorial|preface|foreword|guest editorial|table of contents|index|obituary|"
    r"errat(?:um|a)|corrigendum|announcements?|front matter|book reviews?|message from)\b",
    re.IGNORECASE,
)
#: Data and programs that archives hold under the title of their paper: Dryad's "Data from:", Dataverse's
#: "Replication Data for:".
_DEPOSIT = late_pattern(
    r"(?:(?:replication|supporting|research|raw) )?(?:data ?sets?|data|(?:source )?code|software|scripts)(?: and (?:source )?code)? "
    r"(?:from|for|of|to)\s?: ",
    re.IGNORECASE,
)
#: A word that makes another paper of a title, if one title has it and the other does not.
_DISTINGUISHING = frozenset(
    [
        "part",
        "volume",
        "vol",
        "chapter",
        "episode",
        "erratum",
        "errata",
        "corrigendum",
        "correction",
        "addendum",
        "comment",
        "comments",
        "reply",
        "response",
        "rejoinder",
        "rebuttal",
        "retraction",
        "retracted",
        "withdrawn",
        "supplement",
        "supplementary",
        "appendix",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
    ]
)
#: Titles are on one line with single spaces, so that none of these repeats.
_BREAK = late_pattern(r"\s?[:?!]\s|\s[-\N{EN DASH}\N{EM DASH}]+\s|\.\s|\s?\N{EM DASH}\s?")
_NOT_ALPHANUMERIC = late_pattern(r"[\W_]+")
#: British spellings and others of the same kind, made one on both sides.
_SPELLINGS = (
    (late_pattern(r"is(?=(?:ation|ations|e|es|ed|er|ers|ing|able)$)"), "iz"),
    (late_pattern(r"ys(?=(?:e|ed|er|ers|ing)$)"), "yz"),
    (late_pattern(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|al$|able$|ful$|less$|hood|ite)"), "or"),
    (late_pattern(r"(?<=[a-z])ll(?=(?:ed|er|ers|ing|ings)$)"), "l"),
    (late_pattern(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (late_pattern(r"ogue(?=s?$)"), "og"),
    (late_pattern(r"ence(?=s?$)"), "ense"),
    (late_pattern(r"amme(?=s?$)"), "am"),
    (late_pattern(r"^grey"), "gray"),
    (late_pattern(r"[ao]e(?=[a-z])"), "e"),
)
#: Likeness by characters (0 to 1) from which two titles are "alike".
ALIKE = 0.8
#: Words a title has at least for one changed word to leave it the same title.
_MIN_WORDS = 4
#: A title with fewer letters ("Llama 2", "Reply") says too little by itself; Chinese counts twice.
_MIN_LETTERS = 12
_CJK_WEIGHT = 2


@lru_cache(maxsize=8192)
def title_words(title: str) -> tuple[str, ...]:
    """Reduce a title to its words: TeX read, accents and case folded, American spelling."""
    text = to_unicode(title) if "\\" in title or "$" in title else title
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
        text = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    text = text.casefold().replace("&", " and ").replace("'", "")
    return tuple(_one_spelling(word) for word in _NOT_ALPHANUMERIC.split(text) if word)


def main_title(title: str) -> str:
    """Return a title without its subtitle; the whole where it has none."""
    return _BREAK.split(title, maxsplit=1)[0]


def is_distinctive(title: str) -> bool:
    """Tell whether a title is long enough to name one paper by itself."""
    key = "".join(title_words(title))
    if key.isascii():
        return len(key) >= _MIN_LETTERS and not is_generic(title)
    letters = sum(_CJK_WEIGHT if c > "\N{CJK UNIFIED IDEOGRAPH-3400}" else 1 for c in key)
    return letters >= _MIN_LETTERS and not is_generic(title)


def is_generic(title: str) -> bool:
    """Tell whether many papers bear this title: an editorial, an introduction, an erratum."""
    return bool(_GENERIC.match(title.strip()))


def compare_titles(one: str, two: str) -> TitlesAgree:
    """Compare two titles.

    Returns:
        "same": but for case, accents, punctuation, ``&``, hyphens, TeX and British spelling;
        "subtitle": one of them leaves out the subtitle; "one word": but for one word that does
        not make another paper of it (a number or "Part II" does); "alike": by most characters;
        "different", as is the title of a paper from that of its data; "unknown" where one is empty.
    """
    first, second = title_words(one), title_words(two)
    if not first or not second:
        return "unknown"
    key_one, key_two = "".join(first), "".join(second)
    if key_one == key_two:
        return "same"
    short, long = sorted((one, two), key=len)
    if "".join(title_words(main_title(long))) == "".join(title_words(short)):
        subtitle = title_words(long)[len(title_words(short)) :]
        is_numbered = not subtitle or subtitle[0] in _DISTINGUISHING or subtitle[0].isdigit()
        return "different" if is_numbered else "subtitle"
    changed = _changed_words(first, second)
    is_other = any(word in _DISTINGUISHING or any(c.isdigit() for c in word) for word in changed)
    if is_other or bool(_DEPOSIT.match(one)) != bool(_DEPOSIT.match(two)):
        return "different"
    if min(len(first), len(second)) >= _MIN_WORDS and _is_one_change(first, second):
        return "one word"
    return "alike" if character_likeness(key_one, key_two) >= ALIKE else "different"


def character_likeness(one: str, two: str) -> float:
    """Return how alike two texts are by their characters, from 0 to 1 (Ratcliff and Obershelp)."""
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


def titles_disagree(one: str, two: str) -> bool:
    """Tell whether two titles have clearly nothing to do with each other."""
    first, second = "".join(title_words(one)), "".join(title_words(two))
    if min(len(first), len(second)) < _MIN_LETTERS:
        return False
    if first.startswith(second) or second.startswith(first):
        return False
    return character_likeness(first, second) < 0.6  # noqa: PLR2004 - chance gives .3 to .5


def main_script(title: str) -> str:
    """Return the script of most letters of a title, as Unicode's names of letters begin (``LATIN``); "" without any."""
    scripts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in title if c.isalpha())
    return max(scripts, key=lambda script: (scripts[script], script), default="")


@lru_cache(maxsize=65536)
def _one_spelling(word: str) -> str:
    if len(word) > 4:  # noqa: PLR2004 - "four" is no British "for"
        for pattern, american in _SPELLINGS:
            word = pattern.sub(american, word)
    return word


def _changed_words(first: tuple[str, ...], second: tuple[str, ...]) -> set[str]:
    changed: set[str] = set()
    for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind != "equal":
            changed.update(first[a:b], second[c:d])
    return changed


def _is_one_change(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Tell whether one place differs, by one word or by the two that a hyphen joins."""
    changes = [
        max(b - a, d - c)
        for kind, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    return len(changes) == 1 and changes[0] <= 2  # noqa: PLR2004 - "text-conditioned" is two
