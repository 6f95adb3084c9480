"""Chooses the phrase of the topics that best says what two papers have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from paper_digest.search.tokenizer import STOP_WORDS
from paper_digest.text.noun_phrases import names_subject

_MAX_SHARE = 0.1  # of the reference set; a phrase of more papers says little
_MIN_COMMON_COUNT = 20  # in small archives


class SharedPhrases:
    """The phrases of each paper, and how many papers of the reference set hold each."""

    def __init__(
        self, phrases_by_slug: Mapping[str, str], reference_phrases: Iterable[str]
    ) -> None:
        """Count those of the reference set's papers; the phrases of a paper are joined by ``|``."""
        self._phrases_by_slug = phrases_by_slug
        counted = tuple(reference_phrases)
        self._counts = Counter(phrase for phrases in counted for phrase in phrases.split("|"))
        self._max_count = max(_MIN_COMMON_COUNT, int(len(counted) * _MAX_SHARE))

    def rarest(self, first_slug: str, second_slug: str) -> str:
        """Return the rarest phrase that names a subject of both papers, or "" where none is rare enough to tell."""
        first, second = (
            {*self._phrases_by_slug[slug].split("|")} for slug in (first_slug, second_slug)
        )
        shared = [
            phrase
            for phrase in (first & second) - {""}
            if self._counts[phrase] <= self._max_count
            and phrase.rpartition(" ")[2] not in STOP_WORDS  # "mixture of" names no subject
            and names_subject(phrase)
        ]
        return min(shared, key=lambda phrase: (self._counts[phrase], phrase), default="")
