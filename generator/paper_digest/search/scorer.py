"""Scores papers against the posting lists of a query's units, as ``scorer.js`` does in the browser.

Sums are kept in single precision, as they are there, so that both come to the same scores.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from paper_digest.search.decoder import AUTHOR_BITS, ByteArray, IntArray, KeyArray
from paper_digest.search.payload import (
    FEW_AUTHORS_PAYLOAD,
    POSITION_BITS,
    TITLE_BIT,
    place_bits,
    text_scores,
    turn,
)
from paper_digest.search.postings_list import PostingsList, author_keys, authors_list, postings_list
from paper_digest.search.query_parser import Unit
from paper_digest.search.ranking import RANKING
from paper_digest.search.term_lookup import UnitMatch, names_in

_BONUS = RANKING.bonus
_FloatArray = npt.NDArray[np.float32]


def _payload_scores() -> _FloatArray:
    """Return what each payload byte is worth, before the rarity of its word."""
    scores = text_scores()
    scores[0] = RANKING.fields.many_authors
    scores[FEW_AUTHORS_PAYLOAD] = RANKING.fields.few_authors
    return scores.astype(np.float32)


_PAYLOAD_SCORES = _payload_scores().astype(np.float64)


class _UnitPlaces:
    """Where one unit stands in every paper.

    ``mask`` holds its positions modulo four as bits; ``run`` those to which an unbroken row of
    units leads.
    """

    def __init__(self, paper_count: int) -> None:
        self.is_found = np.zeros(paper_count, bool)
        self.mask = np.zeros(paper_count, np.uint8)
        self.run = np.zeros(paper_count, np.uint8)
        self.rarity = 0.0


class Scorer:
    """The scores of all papers for one query.

    Args:
        paper_count: papers in the index.
        matches: the units and what can stand for them.
        excluded: groups of units; a paper that has all of a group is left out.
        allowed: a 1 for every paper that the filters let through; None if all.
    """

    def __init__(
        self,
        paper_count: int,
        matches: Sequence[UnitMatch],
        excluded: Sequence[Sequence[UnitMatch]],
        allowed: ByteArray | None,
    ) -> None:
        """Score all papers."""
        self._paper_count = paper_count
        self._score = np.zeros(paper_count, np.float32)
        self._hits = np.zeros(paper_count, np.int64)  # units that a paper has, but optional ones
        self._title_hits = np.zeros(paper_count, np.int64)  # units in its title or among authors
        self._is_out = np.zeros(paper_count, bool) if allowed is None else allowed == 0
        self._exclude(excluded)
        before: _UnitPlaces | None = None
        total_rarity = 0.0
        for place, match in enumerate(matches):
            places = self._add_unit(match)
            if before is not None and not match.unit.is_author:
                following = matches[place + 1].unit if place + 1 < len(matches) else None
                self._add_adjacency(match, matches[place - 1].unit, following, places, before)
            total_rarity += places.rarity
            before = places
        for name in names_in(matches):
            self._is_out |= ~self._has_author(name)
        self._required_units = sum(not match.is_optional for match in matches)
        self._unit_count = len(matches)
        self._title_bonus = _BONUS.all_in_title * total_rarity

    def complete_papers(self) -> IntArray:
        """Return the numbers of the papers that have all units, oldest first."""
        is_complete = (self._hits == self._required_units) & ~self._is_out
        return np.flatnonzero(is_complete).astype(np.int32)

    def best(self, max_papers: int, *, only_complete: bool) -> list[tuple[int, float]]:
        """Return the best papers with their scores, those that have all units first.

        Of equal papers the newest comes first. With ``only_complete`` the others are left out.
        """
        papers = np.flatnonzero((self._hits > 0) & ~self._is_out)[::-1]
        if not len(papers):
            return []
        share = self._hits[papers] / self._required_units
        is_complete = share == 1
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

    def _add_unit(self, match: UnitMatch) -> _UnitPlaces:
        """Add what a unit is worth in each paper: the best of its options."""
        places = _UnitPlaces(self._paper_count)
        best = np.zeros(self._paper_count, np.float32)
        for option in match.options:
            list_of = authors_list if match.unit.is_author else postings_list
            listed = list_of(option.parts)
            rarity = option.weight * math.log(1 + self._paper_count / listed.frequency)
            places.rarity = max(places.rarity, rarity)
            gains = rarity * _PAYLOAD_SCORES[listed.payloads]
            is_new = ~places.is_found[listed.documents]
            self._add_new(match, places, best, listed, gains, is_new)
            self._add_better(best, listed.documents[~is_new], gains[~is_new])
            places.mask[listed.documents] |= place_bits(listed.payloads)
        places.run[:] = places.mask
        return places

    def _add_new(
        self,
        match: UnitMatch,
        places: _UnitPlaces,
        best: _FloatArray,
        listed: PostingsList,
        gains: npt.NDArray[np.float64],
        is_new: npt.NDArray[np.bool_],
    ) -> None:
        papers, payloads = listed.documents[is_new], listed.payloads[is_new]
        places.is_found[papers] = True
        best[papers] = gains[is_new]
        self._score[papers] = self._score[papers].astype(np.float64) + gains[is_new]
        self._hits[papers] += not match.is_optional
        self._title_hits[papers] += (payloads & TITLE_BIT > 0) | (payloads & POSITION_BITS == 0)

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
        places: _UnitPlaces,
        before: _UnitPlaces,
    ) -> None:
        """Reward papers where this unit comes right after the one before; a phrase drops all others.

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
        if match.unit.follows:
            has_places = (places.mask[both] > 0) & (before.mask[both] > 0)
            self._is_out[both[(in_row == 0) & has_places]] = True

    def _exclude(self, excluded: Sequence[Sequence[UnitMatch]]) -> None:
        """Drop the papers that have all units of a group, those of a phrase in a row."""
        for group in excluded:
            if group and group[0].unit.is_author:
                self._is_out |= self._has_author(group)
                continue
            ends = np.zeros(self._paper_count, np.uint8)  # positions at which such a row ends
            previous: Unit | None = None
            for match in group:
                positions = self._positions(match)
                if previous is None:
                    ends = positions
                elif match.unit.follows:
                    ends = turn(ends, match.unit.start - previous.end + 1) & positions
                else:
                    ends = np.where(ends, positions, 0).astype(np.uint8)
                previous = match.unit
            self._is_out |= ends > 0

    def _positions(self, match: UnitMatch) -> ByteArray:
        """Return the positions (modulo four) of a unit in every paper; all of them for a name."""
        positions = np.zeros(self._paper_count, np.uint8)
        for option in match.options:
            listed = postings_list(option.parts)
            bits = place_bits(listed.payloads)
            positions[listed.documents] |= np.where(bits, bits, POSITION_BITS).astype(np.uint8)
        return positions

    def _has_author(self, matches: Sequence[UnitMatch]) -> npt.NDArray[np.bool_]:
        """Say of every paper whether one of its authors has all units in the name."""
        common: KeyArray | None = None
        for match in matches:
            keys = np.zeros(0, np.int64)
            for option in match.options:
                keys = np.union1d(keys, author_keys(option.parts))
            common = keys if common is None else np.intersect1d(common, keys, assume_unique=True)
        has_author = np.zeros(self._paper_count, bool)
        if common is not None:
            has_author[common >> AUTHOR_BITS] = True
        return has_author
