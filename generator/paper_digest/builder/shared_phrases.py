"""Chooses the phrase of the topics that best says what two papers have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from paper_digest.search.tokenizer import STOP_WORDS
from paper_digest.text.noun_phrases import names_subject

_MAX_SHARE = 0.1  # of the reference set; a phrase of more papers says little
_MIN_COMMON_COUNT = 20  # in small archives


class PhraseCounts(msgspec.Struct, array_like=True):
    """How many papers the reference set has, and how many of them hold each phrase."""

    paper_count: int
    papers_by_phrase: dict[str, int]


def count_phrases(reference_phrases: Iterable[str]) -> PhraseCounts:
    """Count the phrases of the reference set's papers; those of a paper are joined by ``|``."""
    counted = tuple(reference_phrases)
    return PhraseCounts(len(counted), Counter("|".join(counted).split("|")))


class SharedPhrases:
    """The phrases of each paper, and how many papers of the reference set hold each."""

    def __init__(self, phrases_by_slug: Mapping[str, str], counts: PhraseCounts) -> None:
        """Take the phrases of papers, joined by ``|``, and what ``count_phrases`` returned."""
        self._phrases_by_slug, self._counts = phrases_by_slug, counts.papers_by_phrase
        self._max_count = max(_MIN_COMMON_COUNT, int(counts.paper_count * _MAX_SHARE))

    def rarest(self, first_slug: str, second_slug: str) -> str:
        """Return the rarest phrase that names a subject of both papers, or "" where none is rare enough to tell."""
        first, second = (
            {*self._phrases_by_slug[slug].split("|")} for slug in (first_slug, second_slug)
        )
        shared = [
            phrase
            for phrase in (first & second) - {""}
            if self._counts.get(phrase, 0) <= self._max_count
            and phrase.rpartition(" ")[2] not in STOP_WORDS  # "mixture of" names no subject
            and names_subject(phrase)
        ]
        return min(shared, key=lambda phrase: (self._counts.get(phrase, 0), phrase), default="")
