"""Finds the words of an archive that a misspelt one may have meant."""

from __future__ import annotations

from typing import NamedTuple

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranking import RANKING

_LIMITS = RANKING.limits
_CORRECTABLE_WORD = late_pattern(r"[a-z]{4,40}")


class Correction(NamedTuple):
    """A word of the archive, and how many edits lead to it."""

    word: str
    edits: int


def max_edits(word: str) -> int:
    """Return how many edits a word may be away from what was meant: 0, 1 or 2, by its length."""
    if len(word) < _LIMITS.one_edit_letters:
        return 0
    return 1 if len(word) < _LIMITS.two_edits_letters else 2


def edit_distance(typed: str, word: str, limit: int, *, is_prefix: bool = False) -> int | None:
    """Count the edits between two words, a swap of neighbours being one; None above ``limit``.

    With ``is_prefix``, ``typed`` is compared with that beginning of ``word`` which is nearest to it
    (optimal string alignment; Damerau, 1964).
    """
    if not is_prefix and abs(len(typed) - len(word)) > limit:
        return None
    width = min(len(word), len(typed) + limit)
    older: list[int] = []
    old = list(range(width + 1))
    for i, letter in enumerate(typed, 1):
        row = [i]
        for j in range(1, width + 1):
            cost = min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (letter != word[j - 1]))
            if i > 1 and j > 1 and letter == word[j - 2] and typed[i - 2] == word[j - 1]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        least = min(row)
        if least > limit:
            return None
        if i == len(typed) and is_prefix:
            return least
        older, old = old, row
    return old[width] if old[width] <= limit and width == len(word) else None


def corrections(reader: IndexReader, word: str, typed_prefix: str = "") -> list[Correction]:
    """List the words of the archive nearest to ``word``, not itself, the commonest first.

    One edit, even a swap in the middle, leaves the word's beginning or its end as it was, so only
    words that share either half are compared. All that are listed are equally near.

    Args:
        reader: the index.
        word: the word as it is indexed.
        typed_prefix: what was typed, if it may be the beginning of a word.
    """
    limit = max_edits(word)
    if not limit or not _CORRECTABLE_WORD.fullmatch(word):
        return []
    half = (len(word) - 1) // 2
    nearest: dict[str, int] = {}
    best = limit

    def consider(other: str, log_frequency: int, edits: int | None) -> None:
        nonlocal best
        if not edits or edits > best:
            return
        if edits < best:
            nearest.clear()
        best = edits
        nearest[other] = log_frequency

    for other, log_frequency in reader.words_beginning(word[:half], _LIMITS.spelling_ranges):
        edits = edit_distance(word, other, best)
        if typed_prefix and other != word:
            begun = edit_distance(typed_prefix, other, best, is_prefix=True)
            edits = min(filter(None, (edits, begun)), default=None)
        consider(other, log_frequency, edits)
    for other, log_frequency in reader.words_ending(word[-half:], _LIMITS.spelling_ranges):
        consider(other, log_frequency, edit_distance(word, other, best))
    ranked = sorted(nearest, key=lambda other: -nearest[other])
    return [Correction(other, best) for other in ranked[: _LIMITS.corrections]]
