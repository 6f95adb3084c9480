"""Orders the first hits anew by how much of their titles the query is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol, TypeVar

from paper_digest.search.ranking import RANKING
from paper_digest.search.tokenizer import index_words, tokens
from paper_digest.search.unit_match import UnitMatch

_BONUS = RANKING.bonus


class Titled(Protocol):
    """Anything with a title."""

    @property
    def title(self) -> str:
        """Plain Unicode."""


_T = TypeVar("_T", bound=Titled)


def rerank_by_title(
    hits: Sequence[_T], query_tokens: Sequence[str], matches: Sequence[UnitMatch]
) -> list[_T]:
    """Put the paper whose whole title was typed first.

    Those whose titles hold every unit go by how much of the title that is, at the places they have.
    """
    shares = [_title_share(hit.title, query_tokens, matches) for hit in hits]
    places = [place for place, share in enumerate(shares) if share]
    by_share = sorted(places, key=lambda place: -shares[place])
    reranked = list(hits)
    for place, from_place in zip(places, by_share, strict=True):
        reranked[place] = hits[from_place]
    if by_share and math.isinf(shares[by_share[0]]):
        reranked.remove(hits[by_share[0]])
        reranked.insert(0, hits[by_share[0]])
    return reranked


def _title_share(title: str, query_tokens: Sequence[str], matches: Sequence[UnitMatch]) -> float:
    """Return the units in a title by its length; 0 if it lacks one; infinity if it was typed whole.

    What stands before a colon is mostly the name of a system or a dataset, by which people ask for a
    paper: it counts like a title of its own.
    """
    title_tokens = tokens(title)
    if title_tokens == list(query_tokens):
        return math.inf
    name, colon, _ = title.partition(":")
    share = _share(title_tokens, query_tokens, matches)
    return max(share, _share(tokens(name), query_tokens, matches)) if colon and share else share


def _share(
    title_tokens: Sequence[str], query_tokens: Sequence[str], matches: Sequence[UnitMatch]
) -> float:
    """Return the units in some words by their number; 0 if they lack one.

    A word as it was typed is nearer than one in the singular or with another ending.
    """
    indexed = [index_words(token) for token in title_tokens]
    words = {word.text for _, title_words in indexed for word in title_words}
    asked = [match for match in matches if match.options and not match.unit.is_hint]
    if not asked or not all(_is_in(words, match) for match in asked):
        return 0
    literal = sum(_is_literal(title_tokens, match.unit.raw) for match in asked)
    length = sum(position_count for position_count, _ in indexed)
    row = _row_factor(title_tokens, query_tokens)
    return (len(asked) + _BONUS.literal_title_word * literal) * row / length


def _row_factor(title_tokens: Sequence[str], query_tokens: Sequence[str]) -> float:
    """Return what it is worth that the title has the words in a row as typed, or begins so."""
    size = len(query_tokens)
    if list(title_tokens[:size]) == list(query_tokens):
        return _BONUS.title_opening
    rows = (list(title_tokens[at : at + size]) for at in range(1, len(title_tokens) - size + 1))
    return _BONUS.title_row if list(query_tokens) in rows else 1


def _is_in(words: set[str], match: UnitMatch) -> bool:
    return any(all(part.term in words for part in option.parts) for option in match.options)


def _is_literal(title_tokens: Sequence[str], raw: str) -> bool:
    return any(token == raw or token.endswith(f"-{raw}") for token in title_tokens)
