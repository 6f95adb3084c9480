"""What two records have in common, of all that their sources print of each."""

from __future__ import annotations

from itertools import product, starmap
from typing import Literal, NamedTuple

from paper_digest.identity.abstracts import AbstractsAgree, compare_abstracts
from paper_digest.identity.features import Features
from paper_digest.identity.person_names import AuthorsAgree, compare_authors
from paper_digest.identity.printed_place import places_differ
from paper_digest.identity.titles import (
    TitlesAgree,
    compare_titles,
    is_distinctive,
    titles_disagree,
)
from paper_digest.identity.work_kinds import KindsAgree, compare_kinds

#: How two years compare: "agree" (at most one apart), "near" (at most three), "far".
YearsAgree = Literal["agree", "near", "far", "unknown"]


#: Years between a preprint and its print that need no proof, and that a person is asked about.
_MAX_YEARS_SAME, _MAX_YEARS_ASKED = 1, 3


#: Results of comparisons, those that speak for one paper first.
_BEST_TITLES = ("same", "subtitle", "one word", "alike", "unknown", "different")
_BEST_AUTHORS = ("same", "one differs", "some", "unknown", "none")
_BEST_ABSTRACTS = ("alike", "unknown", "not alike")


class Evidence(NamedTuple):
    """What two records agree in, and what not; ``title`` is the one of the first that agrees best."""

    titles: TitlesAgree
    title: str
    authors: AuthorsAgree
    counts_agree: bool | None
    years: YearsAgree
    abstracts: AbstractsAgree
    other_place: bool
    kinds: KindsAgree


def weigh_evidence(one: Features, two: Features) -> Evidence:
    """Compare two records in everything that both know.

    Of what their sources print, that counts which agrees best: each of it was printed of this paper. So
    what unites two records unites them still when more is known of either, and no order decides.
    """
    titles, title = _compare_titles(one, two)
    return Evidence(
        titles,
        title,
        authors_agree(one, two),
        counts_agree(one, two),
        _compare_years(one, two),
        abstracts_agree(one, two),
        all_places_differ(one, two),
        compare_kinds(one.kinds, two.kinds),
    )


def authors_agree(one: Features, two: Features) -> AuthorsAgree:
    """Compare all lists of authors."""
    compared = (
        compare_authors(a.names, b.names, one_cut=a.cut, two_cut=b.cut)
        for a, b in product(one.name_lists, two.name_lists)
    )
    return min(compared, key=_BEST_AUTHORS.index, default="unknown")


def counts_agree(one: Features, two: Features) -> bool | None:
    """Tell whether the numbers of authors agree; ``None`` where one is unknown."""
    if not one.author_counts or not two.author_counts:
        return None
    return not {*one.author_counts}.isdisjoint(two.author_counts)


def abstracts_agree(one: Features, two: Features) -> AbstractsAgree:
    """Compare all beginnings of abstracts."""
    compared = starmap(compare_abstracts, product(one.openings, two.openings))
    return min(compared, key=_BEST_ABSTRACTS.index, default="unknown")


def all_places_differ(one: Features, two: Features) -> bool:
    """Tell whether no source of the one names a place that may be one of the other's."""
    pairs = list(product(one.places, two.places))
    return bool(pairs) and all(starmap(places_differ, pairs))


def all_titles_disagree(one: Features, two: Features) -> bool:
    """Tell whether no title of the one has anything to do with one of the other's."""
    pairs = list(product(one.titles, two.titles))
    return bool(pairs) and all(starmap(titles_disagree, pairs))


def _compare_titles(one: Features, two: Features) -> tuple[TitlesAgree, str]:
    compared: list[tuple[TitlesAgree, str]] = [
        (compare_titles(title, other), title) for title, other in product(one.titles, two.titles)
    ]

    def doubt(pair: tuple[TitlesAgree, str]) -> tuple[int, bool]:
        return _BEST_TITLES.index(pair[0]), not is_distinctive(pair[1])

    return min(compared, key=doubt, default=("unknown", ""))


def _compare_years(one: Features, two: Features) -> YearsAgree:
    """Compare the years; one that was only worked out refutes nothing."""
    if not one.years or not two.years:
        return "unknown"
    years_between = min(abs(year - other) for year, other in product(one.years, two.years))
    if years_between <= _MAX_YEARS_SAME:
        return "agree"
    if one.inferred or two.inferred:
        return "unknown"
    return "near" if years_between <= _MAX_YEARS_ASKED else "far"
