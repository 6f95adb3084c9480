"""Finds, for every unit of a query, the posting lists that can stand for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.other_spellings import other_spellings
from paper_digest.search.query import Unit
from paper_digest.search.query_terms import Postings, QueryTerms
from paper_digest.search.ranking import RANKING
from paper_digest.search.spelling import corrections, edit_distance
from paper_digest.search.tokenizer import INITIAL_DOT
from paper_digest.search.unit_match import Option, UnitMatch, names_in

_WEIGHTS = RANKING.alternatives
_LIMITS = RANKING.limits
_BORDER = late_pattern(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")
_LAST_ASCII = "\x7f"


def match_units(terms: QueryTerms, units: Sequence[Unit]) -> list[UnitMatch]:
    """Find what can stand for each unit of a query."""
    terms.ask(word for unit in units for word in _asked_words(unit))
    terms.ask(
        (_completed(unit) for unit in units if _is_half_typed(unit)), _LIMITS.completion_ranges
    )
    branches = [terms.branch() for _ in units]
    matches = [_match(branch, unit) for branch, unit in zip(branches, units, strict=True)]
    for branch in branches:
        terms.join(branch)
    _add_initials(terms, matches)
    _add_joined_pairs(terms, matches)
    return matches


def correct_rare_words(terms: QueryTerms, matches: Iterable[UnitMatch]) -> bool:
    """Try other spellings of words that hardly any paper has; say whether there are any.

    For a query whose words no paper has all of.
    """
    is_changed = False
    for match in matches:
        if not _is_rare(match):
            continue
        nearest = corrections(terms.reader, match.unit.words[0])
        terms.ask(correction.word for correction in nearest)
        for correction in nearest:
            if postings := terms.find(correction.word):
                weight = _WEIGHTS.edits[correction.edits + 1]
                match.options.append(Option((postings,), weight))
        match.corrections = tuple(correction.word for correction in nearest)
        is_changed |= bool(nearest)
    return is_changed


def _asked_words(unit: Unit) -> list[str]:
    words = [*unit.words, *_bordered(unit), *other_spellings(unit.words[0])]
    return [*words, unit.joined] if unit.joined else words


def _bordered(unit: Unit) -> list[str]:
    """Cut the words of a unit where letters and digits meet; [] where they do not, or a lone letter does."""
    pieces = [piece for word in unit.words for piece in _BORDER.split(word)]
    is_cut = len(pieces) > len(unit.words) and not unit.is_author
    lone_letters = any(len(one) == 1 and one.isalpha() for one in {*pieces} - {*unit.words})
    return pieces if is_cut and not lone_letters else []


def _is_half_typed(unit: Unit) -> bool:
    return unit.is_prefix and (len(unit.raw) > 1 or unit.raw > _LAST_ASCII)


def _completed(unit: Unit) -> str:
    return unit.words[0] if len(unit.words) > 1 else unit.raw


def _is_rare(match: UnitMatch) -> bool:
    return (
        len(match.unit.words) == 1
        and match.corrections is None
        and bool(match.options)
        and len(match.options[0].parts) == 1
        and match.options[0].parts[0].frequency <= _LIMITS.rare_papers
    )


def _match(terms: QueryTerms, unit: Unit) -> UnitMatch:
    match = UnitMatch(unit)
    if unit.is_initial:
        return match
    words = [terms.find(word) for word in unit.words]
    joined = terms.find(unit.joined) if unit.joined else None
    if not (unit.is_signed and joined):
        match.add(words, 1)
    if joined:
        match.add([joined], 1)
    _add_other_spellings(terms, match)
    if _is_half_typed(unit):
        _add_completions(terms, match, words)
    if len(unit.words) > 1:
        return match
    first = match.options[0].parts[0] if match.options else None
    if first and first.split and not unit.is_author:
        _add_splits(terms, match, first.term, [first.split])
    if unit.is_literal:
        return match
    if not first:
        _correct(terms, match)
    elif not unit.is_quoted:
        _add_common_spelling(terms, match, first)
    return match


def _add_other_spellings(terms: QueryTerms, match: UnitMatch) -> None:
    """Try the word as Britons or Americans write it, and with its letters and digits set apart."""
    unit = match.unit
    if len(unit.words) == 1:
        for spelling in other_spellings(unit.words[0]):
            match.add([terms.find(spelling)], 1)
    if pieces := _bordered(unit):
        match.add([terms.find(piece) for piece in pieces], _WEIGHTS.split_compound)


def _add_completions(terms: QueryTerms, match: UnitMatch, words: Sequence[Postings | None]) -> None:
    """Try what a half-typed word may become; far less where it is a word already."""
    raw, last = match.unit.raw, match.unit.words[-1]
    is_word = bool(match.options)
    weight = _WEIGHTS.completion_of_word if is_word else _WEIGHTS.completion
    for completion in terms.completions(raw, _LIMITS.completion_ranges, _LIMITS.completions):
        parts = [*words[:-1], completion]
        if completion.term == last:
            match.add(parts, 1)
        else:
            match.add(parts, weight, completes_word=is_word)


def _add_common_spelling(terms: QueryTerms, match: UnitMatch, rare: Postings) -> None:
    """If a word is rare, also try a word 50 times commoner at edit distance 1.

    Only the term range of the rare word is searched, so that nothing more is read.
    """
    if rare.frequency > _LIMITS.rare_papers or len(rare.term) < _LIMITS.common_spelling_letters:
        return
    for common in terms.commoner(rare.term, rare.frequency * _LIMITS.common_factor):
        if edit_distance(rare.term, common.term, 1) == 1:
            match.add([common], _WEIGHTS.common_spelling)
            match.common_spelling = common.term
            return


def _correct(terms: QueryTerms, match: UnitMatch) -> None:
    """Try other spellings of a word the archive lacks, and, if none is near, its halves."""
    unit = match.unit
    [word] = unit.words
    nearest = corrections(terms.reader, word, unit.raw if unit.is_prefix else "")
    terms.ask(correction.word for correction in nearest)
    for correction in nearest:
        match.add([terms.find(correction.word)], _WEIGHTS.edits[correction.edits])
    match.corrections = tuple(correction.word for correction in nearest)
    if not any(correction.edits == 1 for correction in nearest):
        places = [place for place in range(1, len(word) - 1) if terms.find(word[:place])]
        _add_splits(terms, match, word, places)


def _add_splits(terms: QueryTerms, match: UnitMatch, word: str, places: Sequence[int]) -> None:
    """Try a word cut in two at each of some places, where both halves are in the archive."""
    cuts = [(word[:place], word[place:]) for place in places]
    terms.ask(half for cut in cuts for half in cut)
    for cut in cuts:
        match.add([terms.find(half) for half in cut], _WEIGHTS.split_compound)


def _add_initials(terms: QueryTerms, matches: Sequence[UnitMatch]) -> None:
    """Let each initial stand for every word of a name that begins so; only itself adds to a score.

    The words that were typed in full do not count: ``L. Liu`` is not every Liu.
    """
    for name in names_in(matches):
        typed = {word for match in name for word in match.unit.words}
        for match in name:
            if match.unit.is_initial:
                [letter] = match.unit.words
                terms.ask([letter + INITIAL_DOT])
                match.add([terms.find(letter + INITIAL_DOT)], 1)
                match.add([terms.initial(letter, typed)], 0)


def _add_joined_pairs(terms: QueryTerms, matches: Sequence[UnitMatch]) -> None:
    """Try two neighbouring words as the one that a paper may write them as.

    Of compounds those only where a letter and a digit meet: ``Qwen 2.5`` is ``Qwen2.5`` too.
    """
    for before, match in pairwise(matches):
        first, second = before.unit, match.unit
        if first.end != second.start or first.is_author or second.is_author:
            continue
        joined = first.words[-1] + second.words[0]
        is_border = bool(_BORDER.match(joined, len(first.words[-1])))
        if is_border:
            terms.ask([joined])
        elif len(first.words) > 1 or len(second.words) > 1:
            continue
        parts = [terms.find(one) for one in (*first.words[:-1], joined, *second.words[1:])]
        present = tuple(part for part in parts if part)
        if len(present) == len(parts):
            weight = _WEIGHTS.split_compound if is_border else _WEIGHTS.joined_pair
            before.options.append(Option(present, weight))
            match.options.append(Option(present, weight))
