"""One search over the indexes of an archive that is split into volumes, as ``browser/worker/volumes.js`` searches them.

All indexes are asked, and those that lack what another has are asked again, so that what one index lacks
is no word that it may leave away. Scores are compared as they are: rarity is counted in each index, and
large parts of one archive count much the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.search_answer import AskedWords, Hit, Order, SearchAnswer


class VolumeSearch:
    """Searches several indexes as if they were one."""

    def __init__(self, indexes: Mapping[str, RankedSearch]) -> None:
        """Take the indexes by the names of their volumes; the first is the current site's, of the name ""."""
        self._indexes = indexes

    def answer(
        self, query: str, limit: int, first: int = 0, order: Order = "relevance"
    ) -> SearchAnswer:
        """Answer a query as the search page does; see ``RankedSearch.answer_whole``."""

        def ask(name: str, as_typed: Sequence[str] | None = None) -> SearchAnswer:
            answer = self._indexes[name].answer_whole(
                query, first + limit, order=order, as_typed=as_typed
            )
            return answer._replace(hits=[hit._replace(volume=name) for hit in answer.hits])

        answers = {name: ask(name) for name in self._indexes}
        for name, words in zip(answers, asked_again([*answers.values()]), strict=True):
            if words is not None:
                answers[name] = ask(name, words)
        merged = merge_answers([*answers.values()])
        return merged._replace(hits=merged.hits[first : first + limit])


def asked_again(answers: Sequence[SearchAnswer]) -> list[list[str] | None]:
    """Find the answers that are none as one index would have it.

    A word may be taken for another, or be left away, and a query be loosened, only where no index has
    what was asked for.

    Returns:
        For each answer the words to take as they were typed, because another index has them; None where
        the answer may stand.
    """
    met = [one for answer in answers for one in answer.asked if one.is_found]
    guessed = {word for one in met for word in one.words}
    known = {word for one in met if not one.is_guess for word in one.words}
    is_met = any(a.total and not a.is_partial and not a.is_loose for a in answers)

    def lacks(one: AskedWords) -> Iterator[str]:
        if one.is_guess:
            yield from (word for word in one.words if word in (known if one.is_found else guessed))

    again: list[list[str] | None] = []
    for answer in answers:
        words = [*chain.from_iterable(map(lacks, answer.asked))]
        again.append(words if words or (is_met and answer.is_loose) else None)
    return again


def merge_answers(answers: Sequence[SearchAnswer]) -> SearchAnswer:
    """Merge answers to one query, each from its first hit on, the current site's first."""
    complete = [a for a in answers if a.hits and not a.is_partial]
    # Where one index has papers with all words, another's with some of them are no answer.
    used = complete or [a for a in answers if a.hits]
    # An index that is asked again with a word that another has does not say what it lacks besides.
    asked = used or answers
    unmet = {
        typed: next((a.unmet_filters[typed] for a in answers if a.unmet_filters[typed]), "")
        for typed in answers[0].unmet_filters
        if all(typed in answer.unmet_filters for answer in answers)
    }
    filters = {typed for answer in answers for typed in answer.unmet_filters}
    unknown = [
        word
        for word in asked[0].unknown_words
        if word not in filters and all(word in answer.unknown_words for answer in asked)
    ]
    corrections = [
        pair
        for pair in (used[0].corrections if used else ())
        if all(pair[0] in dict(answer.corrections) for answer in used)
    ]
    return SearchAnswer(
        _merged_hits(used),
        sum(answer.total for answer in used),
        any(answer.may_have_more for answer in used),
        not complete and bool(used),
        tuple(corrections),
        (*unknown, *unmet),
        unmet,
    )


def _merged_hits(answers: Sequence[SearchAnswer]) -> list[Hit]:
    """Put hits into one order, those with all words first; an answer's own order stays.

    A title that moved up takes the score of those it passed.
    """
    ranked: list[tuple[bool, str, float, Hit]] = []
    for answer in answers:
        is_by_date = not any(hit.score for hit in answer.hits)
        highest, was_complete = 0.0, False
        rows = []
        for place in reversed(range(len(answer.hits))):
            hit, is_complete = answer.hits[place], place < answer.total
            if is_complete and not was_complete:
                highest, was_complete = 0.0, True
            highest = max(highest, hit.score)
            rows.append((not is_complete, hit.date if is_by_date else "", highest, hit))
        ranked += reversed(rows)
    ranked.sort(key=lambda one: one[2], reverse=True)
    ranked.sort(key=lambda one: one[1], reverse=True)
    ranked.sort(key=lambda one: one[0])
    return [hit for *_, hit in ranked]
