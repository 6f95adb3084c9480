"""Answers queries over a built index with the papers, order and scores of the browser's search.

``README.md`` beside this file says how a query is ranked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from paper_digest.search.excluded import has_excluded
from paper_digest.search.filters import allowed_papers, has_filters, hinted_papers, left_out_papers
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.looser_units import split_compounds
from paper_digest.search.phrase_rows import rows_in
from paper_digest.search.query import Query, Unit
from paper_digest.search.query_parser import parse_query
from paper_digest.search.query_terms import QueryTerms
from paper_digest.search.ranking import RANKING
from paper_digest.search.scorer import Scorer
from paper_digest.search.search_answer import AskedWords, Hit, Order, SearchAnswer
from paper_digest.search.term_lookup import correct_rare_words, match_units
from paper_digest.search.title_rank import rerank_by_title
from paper_digest.search.tokenizer import tokens
from paper_digest.search.unit_match import UnitMatch, is_unknown
from paper_digest.search.unmet_filters import unmet_filters

_LIMITS = RANKING.limits
#: The share of the words that a paper must have to follow those that have all.
_MOST = 0.5


class RankedSearch:
    """Searches a built index."""

    def __init__(self, index: IndexReader) -> None:
        """Search this index; see ``IndexReader.open``."""
        self._index = index

    def search(self, query: str, limit: int = RANKING.limits.hits) -> list[Hit]:
        """Return the best papers for a query, the best first, at most ``limit``."""
        return self.answer(query, limit).hits

    def answer(
        self,
        query: str,
        limit: int = RANKING.limits.hits,
        first: int = 0,
        *,
        order: Order = "relevance",
        is_exhaustive: bool = False,
    ) -> SearchAnswer:
        """Answer a query as the search box does; one that asks for no word and no filter finds nothing.

        Args:
            query: what was typed, filters such as ``year:2024`` included.
            limit: at most so many hits.
            first: so many hits are left out before them.
            order: the best first, or the newest first.
            is_exhaustive: read all of every list, so that the total is exact.
        """
        parsed = parse_query(query)
        if not (parsed.paper_id or parsed.units or has_filters(parsed)):
            return SearchAnswer([], 0)
        return self._answer(parsed, limit, first, order=order, is_exhaustive=is_exhaustive)

    def answer_whole(
        self,
        query: str,
        limit: int,
        *,
        order: Order = "relevance",
        as_typed: Collection[str] | None = None,
    ) -> SearchAnswer:
        """Answer a query as the search page does: totals are exact.

        A query that asks for no word finds all papers but those that it leaves out, the newest first.

        Args:
            query: what was typed, filters such as ``year:2024`` included.
            limit: at most so many hits.
            order: the best first, or the newest first.
            as_typed: words for which no other is looked for, because another index has them; where it
                is given, nothing is taken in a looser sense either.
        """
        parsed, words = parse_query(query), frozenset(as_typed or ())
        units = (u._replace(is_literal=not words.isdisjoint(u.words)) for u in parsed.units)
        return self._answer(
            parsed._replace(units=tuple(units)),
            limit,
            order=order,
            is_exhaustive=True,
            may_loosen=as_typed is None,
        )

    def _answer(
        self,
        parsed: Query,
        limit: int,
        first: int = 0,
        *,
        order: Order,
        is_exhaustive: bool,
        may_loosen: bool = True,
    ) -> SearchAnswer:
        if parsed.paper_id:
            return self._answer_by_id(parsed)
        run = _QueryRun(self._index, parsed, may_loosen=may_loosen)
        is_whole = is_exhaustive or order == "date"
        total = run.find(None if is_whole else first + limit)
        unmet = unmet_filters(self._index, parsed)
        if not run.matches or order == "date":
            papers = run.scorer.complete_papers()[::-1][first : first + limit]
            ranked = [(int(paper), 0.0) for paper in papers]
        else:
            has_enough = total >= _LIMITS.enough_hits or (first > 0 and not is_exhaustive)
            ranked = run.scorer.best(
                min(first + limit, total + _LIMITS.incomplete_hits) if total else first + limit,
                only_complete=run.is_strict or has_enough,
                min_share=_MOST if total else 0,
            )[first:]
        hits = [Hit(*self._index.paper(paper), score) for paper, score in ranked]
        if order == "relevance" and not first:
            hits = rerank_by_title(hits, tokens(parsed.text), run.matches)
        return SearchAnswer(
            hits,
            total or (0 if run.is_strict else len(hits)),
            any(map(_has_rest, run.matches)),
            not total and bool(hits),
            tuple((m.unit.raw, m.meant) for m in run.matches if m.meant) if hits else (),
            (*(m.unit.raw for m in run.matches if is_unknown(m)), *unmet),
            unmet,
            run.is_loose,
            tuple(map(_asked_words, run.matches)),
        )

    def _answer_by_id(self, query: Query) -> SearchAnswer:
        terms = QueryTerms(self._index)
        term = "#" + query.paper_id
        terms.ask([term])
        if not (postings := terms.find(term)):
            return SearchAnswer([], 0)
        return SearchAnswer([Hit(*self._index.paper(int(postings.documents[0])), 0.0)], 1)


class _QueryRun:
    """One query on its way: what stands for its units, and the scores of all papers."""

    def __init__(self, index: IndexReader, query: Query, *, may_loosen: bool) -> None:
        self._index, self._may_loosen = index, may_loosen
        self._allowed = allowed_papers(index, query)
        self._terms = QueryTerms(index)
        self._hinted_years = hinted_papers(index, query)
        excluded = _match_excluded(index, query.excluded)
        self._is_excluded = has_excluded(excluded, index.paper_count, index)
        self._is_excluded |= left_out_papers(index, query)
        self.matches = match_units(self._terms, query.units)
        self.is_strict = any(unit.follows or unit.is_author for unit in query.units)
        #: Whether no paper had all of it before words were taken in a looser sense.
        self.is_loose = False
        self.scorer: Scorer

    def find(self, wanted: int | None) -> int:
        """Score all papers for the query; loosen it until a paper has all; return how many have.

        ``wanted`` is how many complete papers are enough; None if all are to be counted.
        """
        total = self._score_and_count(wanted)
        if total or self.is_strict or not self.matches or not self._may_loosen:
            return total
        self.is_loose = True
        units = tuple(match.unit for match in self.matches)
        if any(len(unit.words) > 1 for unit in units):
            self.matches = match_units(self._terms, split_compounds(units))
            total = self._score_and_count(wanted)
        if not total and len(self.matches) > 1 and correct_rare_words(self._terms, self.matches):
            total = self._score_and_count(wanted)
        return total

    def _score_and_count(self, wanted: int | None) -> int:
        """Score with the heads of long lists, and with their rests where the heads do not settle it."""
        total = self._score()
        cut = [match for match in self.matches if _has_rest(match)]
        if not cut:
            return total
        if wanted is not None:
            if total >= wanted or (total and len(self.matches) == 1):
                return total
            bound = {id(match) for row in rows_in(self.matches) for match in row}
            free = [one for one in cut if id(one) not in bound and not one.unit.is_author]
            if len(free) < len(cut):
                self._read_rests([match for match in cut if match not in free])
            if len(free) < len(self.matches) and (total := self._score_rare_words(free, wanted)):
                return total
        self._read_rests(cut)
        return self._score()

    def _read_rests(self, matches: Sequence[UnitMatch]) -> None:
        for match in matches:
            for option in match.options:
                for part in option.parts:
                    part.add_rest(self._index)

    def _score_rare_words(self, cut: Sequence[UnitMatch], wanted: int) -> int:
        """Let common words only order the papers that have the rarer ones; 0 if these are too many."""
        for match in cut:
            match.is_optional = True
        total = self._score()
        if 0 < total <= wanted:
            return total
        for match in cut:
            match.is_optional = match.unit.is_hint
        return 0

    def _score(self) -> int:
        self.scorer = Scorer(
            self._index, self.matches, self._is_excluded, self._allowed, self._hinted_years
        )
        return len(self.scorer.complete_papers())


def _match_excluded(index: IndexReader, groups: Sequence[Sequence[Unit]]) -> list[list[UnitMatch]]:
    """Find what stands for the units to leave out, all of every list."""
    matches = iter(match_units(QueryTerms(index), [unit for group in groups for unit in group]))
    matched_groups = [[next(matches) for _ in group] for group in groups]
    for group in matched_groups:
        for match in group:
            for option in match.options:
                for part in option.parts:
                    part.add_rest(index)
    return matched_groups


def _asked_words(match: UnitMatch) -> AskedWords:
    is_typed = any(option.weight == 1 for option in match.options)
    is_guess = match.corrections is not None and not is_typed
    return AskedWords(match.unit.words, bool(match.options), is_guess)


def _has_rest(match: UnitMatch) -> bool:
    return any(part.rest is not None for option in match.options for part in option.parts)
