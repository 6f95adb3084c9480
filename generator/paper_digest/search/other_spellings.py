"""Gives the other spelling of an English word, British or American, where endings let one guess it."""

from __future__ import annotations

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.ranking import RANKING

#: What an ending may be written as; a guess that is no word finds nothing and does no harm.
_ENDINGS = (
    (late_pattern(r"(?<=[a-z]{2})is(e|ed|er|ing|able|ation|ational)$"), r"iz\1"),
    (late_pattern(r"(?<=[a-z]{2})iz(e|ed|er|ing|able|ation|ational)$"), r"is\1"),
    (late_pattern(r"(?<=[a-z]{2})ys(e|ed|er|ing)$"), r"yz\1"),
    (late_pattern(r"(?<=[a-z]{2})yz(e|ed|er|ing)$"), r"ys\1"),
    (late_pattern(r"(?<=[a-z]{2})our(ed|ing|able|al|ful|less|hood|)$"), r"or\1"),
    (late_pattern(r"(?<=[a-z]{2})or(ed|ing|able|al|ful|less|hood|)$"), r"our\1"),
    (late_pattern(r"(?<=[a-z]{2}[aeio])ll(ed|ing|er)$"), r"l\1"),
    (late_pattern(r"(?<=[a-z]{2}[aeio])l(ed|ing|er)$"), r"ll\1"),
    (late_pattern(r"(?<=[a-z]{2})ogue$"), "og"),
    (late_pattern(r"(?<=[a-z]{3})og$"), "ogue"),
)
_PAIRS = RANKING.words.other_spellings.split()  # British and American in turn
_OTHER = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OTHER |= {american: british for british, american in _OTHER.items()}


def other_spellings(word: str) -> list[str]:
    """List what else the word, as it is indexed, may be written as; at most one for most words."""
    if word in _OTHER:
        return [_OTHER[word]]
    return [ending.sub(spelling, word) for ending, spelling in _ENDINGS if ending.search(word)]
