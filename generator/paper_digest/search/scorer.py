"""Scores papers against the posting lists of a query's units, as ``scorer.js`` does in the browser.

Sums are kept in single precision, as they are there, so that both come to the same scores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from paper_digest.search.decoder import NUMBER_BITS, ByteArray, IntArray, KeyArray
from paper_digest.search.excluded import has_author
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.option_list import papers_with_option
from paper_digest.search.payload import (
    ACRONYM_SCORES,
    PAYLOAD_SCORES,
    TITLE_BIT,
    names_author,
    place_bits,
    turn,
)
from paper_digest.search.phrase_rows import papers_side_by_side, papers_with_row, rows_in
from paper_digest.search.postings_list import PostingsList
from paper_digest.search.query import Unit
from paper_digest.search.ranking import RANKING
from paper_digest.search.unit_match import (
    UnitMatch,
    common_keys,
    exact_keys,
    is_required,
    is_unknown,
    named_by,
    names_in,
)
from paper_digest.search.unit_places import UnitPlaces

_BONUS = RANKING.bonus
_FloatArray = npt.NDArray[np.float32]


class Scorer:
    """The scores of all papers for one query.

    Args:
        index: where positions of words are read.
        matches: the units and what can stand for them.
        is_excluded: of every paper whether it has what the query leaves out.
        allowed: a 1 for every paper that the filters let through; None if all.
        hinted_years: the number of the first paper of the year that was typed as a word, and of the
            first one after it.
    """

    def __init__(
        self,
        index: IndexReader,
        matches: Sequence[UnitMatch],
        is_excluded: npt.NDArray[np.bool_],
        allowed: ByteArray | None,
        hinted_years: tuple[int, int] = (0, 0),
    ) -> None:
        """Score all papers."""
        self._index, self._paper_count = index, index.paper_count
        paper_count = index.paper_count
        self._score = np.zeros(paper_count, np.float32)
        self._hits = np.zeros(paper_count, np.int64)  # units that a paper has, but optional ones
        self._title_hits = np.zeros(paper_count, np.int64)  # units in its title or among authors
        self._is_out = np.zeros(paper_count, bool) if allowed is None else allowed == 0
        self._is_out |= is_excluded
        for row in rows_in(matches):
            lacks_row = np.ones(paper_count, bool)
            lacks_row[papers_with_row(row, index)] = False
            self._is_out |= lacks_row
        before: UnitPlaces | None = None
        total_rarity = 0.0
        for place, match in enumerate(matches):
            places = self._add_unit(match)
            if before is not None and not match.unit.is_author:
                following = matches[place + 1].unit if place + 1 < len(matches) else None
                self._add_adjacency(match, matches[place - 1].unit, following, places, before)
                self._add_same_author(matches[place - 1], match, min(places.rarity, before.rarity))
            if before is not None and match.unit.is_near:
                bonus = _BONUS.near * (places.rarity + before.rarity)
                near = papers_side_by_side(matches[place - 1], match, index)
                self._score[near] = self._score[near].astype(np.float64) + bonus
            total_rarity += 0 if match.unit.is_hint else places.rarity
            before = places
        for name in names_in(matches):
            self._is_out |= ~has_author(name, paper_count)
            keys = common_keys(name)
            if name[0].unit.is_first_author:
                self._add_to_authors(_first_only(keys), _BONUS.first_author * total_rarity)
            self._add_to_authors(exact_keys(name), _BONUS.exact_name * total_rarity)
        self._score[slice(*hinted_years)] += np.float32(_BONUS.year_hint * total_rarity)
        self._required_units = sum(map(is_required, matches)) if matches else 0
        self._is_unanswerable = bool(matches) and not self._required_units
        self._unit_count = sum(
            not match.unit.is_hint and not is_unknown(match) for match in matches
        )
        self._title_bonus = _BONUS.all_in_title * total_rarity

    def complete_papers(self) -> IntArray:
        """Return the numbers of the papers that have all units, oldest first."""
        if self._is_unanswerable:
            return np.zeros(0, np.int32)
        is_complete = (self._hits == self._required_units) & ~self._is_out
        return np.flatnonzero(is_complete).astype(np.int32)

    def best(
        self, max_papers: int, *, only_complete: bool, min_share: float = 0
    ) -> list[tuple[int, float]]:
        """Return the best papers with their scores, those that have all units first.

        Of equal papers the newest comes first. With ``only_complete`` the others are left out, else
        those with less than ``min_share`` of the units.
        """
        papers = np.flatnonzero((self._hits > 0) & ~self._is_out)[::-1]
        if not len(papers):
            return []
        share = self._hits[papers] / self._required_units
        is_complete = share == 1
        has_enough = is_complete | (share >= min_share)
        papers, share, is_complete = papers[has_enough], share[has_enough], is_complete[has_enough]
        if only_complete:
            papers, share, is_complete = (
                papers[is_complete],
                share[is_complete],
                is_complete[is_complete],
            )
        in_title = self._title_hits[papers] == self._unit_count
        score = self._score[papers].astype(np.float64)
        score = np.where(is_complete, score + self._title_bonus * in_title, score * (share * share))
        order = np.lexsort((-score, ~is_complete))[:max_papers]
        return list(zip(papers[order].tolist(), score[order].tolist(), strict=True))

    def _add_unit(self, match: UnitMatch) -> UnitPlaces:
        """Add what a unit is worth in each paper: the best of its options."""
        places = UnitPlaces(self._paper_count)
        best = np.zeros(self._paper_count, np.float32)
        scores = ACRONYM_SCORES if match.unit.is_acronym else PAYLOAD_SCORES
        typed_frequency = 0  # of the word itself, than which no other spelling counts as rarer
        for option in match.options:
            listed = papers_with_option(match.unit, option, self._index)
            frequency = max(listed.frequency, typed_frequency)
            rarity = option.weight * self._rarity(frequency)
            typed_frequency = typed_frequency or (listed.frequency if option.weight == 1 else 0)
            places.rarity = max(places.rarity, rarity)
            gains = rarity * scores[listed.payloads]
            is_new = ~places.is_found[listed.documents]
            self._add_new(match, places, best, listed, gains, is_new)
            if not (match.unit.is_hint or option.completes_word):
                self._count_title_hits(match, listed, is_new)
            self._add_better(best, listed.documents[~is_new], gains[~is_new])
            places.mask[listed.documents] |= place_bits(listed.payloads)
        places.run[:] = places.mask
        return places

    def _rarity(self, frequency: int) -> float:
        """Return BM25's weight of a word that so many papers hold (Robertson and Zaragoza, 2009)."""
        return math.log1p((max(self._paper_count - frequency, 0) + 0.5) / (frequency + 0.5))

    def _add_new(
        self,
        match: UnitMatch,
        places: UnitPlaces,
        best: _FloatArray,
        listed: PostingsList,
        gains: npt.NDArray[np.float64],
        is_new: npt.NDArray[np.bool_],
    ) -> None:
        papers = listed.documents[is_new]
        places.is_found[papers] = True
        best[papers] = gains[is_new]
        self._score[papers] = self._score[papers].astype(np.float64) + gains[is_new]
        self._hits[papers] += not match.is_optional

    def _count_title_hits(
        self, match: UnitMatch, listed: PostingsList, is_new: npt.NDArray[np.bool_]
    ) -> None:
        papers, payloads = listed.documents[is_new], listed.payloads[is_new]
        is_name = names_author(payloads)
        in_title = (payloads & TITLE_BIT > 0) | is_name
        self._title_hits[papers] += in_title & ~(is_name & match.unit.is_acronym)

    def _add_better(
        self, best: _FloatArray, papers: IntArray, gains: npt.NDArray[np.float64]
    ) -> None:
        is_better = gains > best[papers]
        papers, gains = papers[is_better], gains[is_better]
        self._score[papers] = self._score[papers].astype(np.float64) + (gains - best[papers])
        best[papers] = gains

    def _add_adjacency(
        self,
        match: UnitMatch,
        previous: Unit,
        following: Unit | None,
        places: UnitPlaces,
        before: UnitPlaces,
    ) -> None:
        """Reward papers where this unit comes right after the one before.

        Each unit of an unbroken row leaves fewer positions to chance. One that opens a phrase begins
        a row of its own, and so does a compound, for it ends at another position than it begins.
        """
        gap = match.unit.start - previous.end + 1
        if not 0 < gap <= _BONUS.max_gap_words + 1:
            return
        bonus = _BONUS.adjacent * min(places.rarity, before.rarity)
        opens_phrase = following is not None and following.follows and not match.unit.follows
        begins_row = opens_phrase or any(
            len(option.parts) > 1 or option.parts[0].split for option in match.options
        )
        both = np.flatnonzero(places.is_found & before.is_found)
        in_row = turn(before.run[both], gap) & places.mask[both]
        adjacent = np.where(in_row, in_row, turn(before.mask[both], gap) & places.mask[both])
        is_adjacent = adjacent > 0
        papers = both[is_adjacent]
        self._score[papers] = self._score[papers].astype(np.float64) + bonus
        if not begins_row:
            places.run[papers] = adjacent[is_adjacent]

    def _add_same_author(self, one: UnitMatch, two: UnitMatch, rarity: float) -> None:
        """Reward papers of an author whose name has both units, typed as words: more if the first author's."""
        if one.unit.is_author or one.unit.is_quoted or two.unit.is_quoted:
            return
        keys = np.intersect1d(named_by(one), named_by(two), assume_unique=True)
        self._add_to_authors(keys, _BONUS.adjacent * rarity)
        self._add_to_authors(_first_only(keys), _BONUS.first_author * rarity)

    def _add_to_authors(self, keys: KeyArray, bonus: float) -> None:
        papers = np.unique(keys >> NUMBER_BITS)
        self._score[papers] = self._score[papers].astype(np.float64) + bonus


def _first_only(keys: KeyArray) -> KeyArray:
    """Return the keys of first authors."""
    first: KeyArray = keys[keys & ((1 << NUMBER_BITS) - 1) == 0]
    return first
