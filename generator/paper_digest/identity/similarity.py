"""How much two records have in common: the same paper, two papers, or too little to tell."""

from __future__ import annotations

from typing import Literal, NamedTuple

from paper_digest.identity.abstracts import AbstractsAgree, compare_abstracts
from paper_digest.identity.features import Features
from paper_digest.identity.person_names import AuthorsAgree, compare_authors
from paper_digest.identity.printed_place import places_differ
from paper_digest.identity.titles import (
    TitlesAgree,
    compare_titles,
    is_distinctive,
    is_generic,
    titles_disagree,
)
from paper_digest.model.late_pattern import late_pattern

MatchResult = Literal["same", "unsure", "different"]
#: How two years compare: "agree" (at most one apart), "near" (at most three), "far".
YearsAgree = Literal["agree", "near", "far", "unknown"]


#: Years between a preprint and its print that need no proof, and that a person is asked about.
_MAX_YEARS_SAME, _MAX_YEARS_ASKED = 1, 3


#: Kinds of ids that an authority gives out: two of one kind are two papers.
_AUTHORITY_KINDS = frozenset({"arxiv", "acl", "openreview", "doi"})
#: Preprint servers' and repositories' DOIs: the printed paper has another one.
_PREPRINT_DOI = late_pattern(
    r"10\.(?:1101|21203|26434|31219|31234|31235|31223|20944|2139|5281|36227|48550|6084|22541|55458)/"
)


class Evidence(NamedTuple):
    """What two records agree in, and what not."""

    titles: TitlesAgree
    authors: AuthorsAgree
    counts_agree: bool | None
    years: YearsAgree
    abstracts: AbstractsAgree
    other_place: bool


def compare_records(one: Features, two: Features) -> MatchResult:
    """Say whether two records are one paper; the table stands in ARCHITECTURE.md.

    "unsure" means that a person should look: everything that is neither proved nor refuted.
    """
    if one.id == two.id or are_stated_one(one, two):
        return "same"
    if _have_two_ids_of_one_authority(one, two):
        return "different"
    if one.all_ids & two.all_ids:
        return "unsure" if contradict(one, two) else "same"
    by_rules = _decide(weigh_evidence(one, two), one, two)
    if by_rules != "same" and _share_a_disputed_id(one, two):
        if contradict(one, two):
            return "different"
        return "same" if _were_given_one_id(one, two) else "unsure"
    return by_rules


def are_stated_one(one: Features, two: Features) -> bool:
    """Tell whether a registry states that these are one paper, or both one with a third."""
    return bool(
        (one.stated_ids and not two.all_ids.isdisjoint(one.stated_ids))
        or (two.stated_ids and not one.all_ids.isdisjoint(two.stated_ids))
        or {*one.stated_ids} & {*two.stated_ids}
    )


def contradict(one: Features, two: Features) -> bool:
    """Tell whether titles *and* authors say that these are two papers, whatever id both were given."""
    if not titles_disagree(one.title, two.title):
        return False
    authors = compare_authors(
        one.names, two.names, one_cut=one.authors_cut, two_cut=two.authors_cut
    )
    if authors == "unknown":
        return bool(one.author_count and two.author_count) and one.author_count != two.author_count
    return authors in {"none", "some"}


def are_namesakes(one: Features, two: Features) -> bool:
    """Tell whether two records are never united by a rule: printed apart, or of two abstracts."""
    return (
        compare_abstracts(one.opening, two.opening) == "not alike"
        or places_differ((one.venue, one.journal_ref), (two.venue, two.journal_ref))
    )  # fmt: skip


def weigh_evidence(one: Features, two: Features) -> Evidence:
    """Compare two records in everything that both know."""
    counts = (one.author_count, two.author_count)
    known_counts = all(counts) and not (one.authors_cut or two.authors_cut)
    return Evidence(
        compare_titles(one.title, two.title),
        compare_authors(one.names, two.names, one_cut=one.authors_cut, two_cut=two.authors_cut),
        counts[0] == counts[1] if known_counts else None,
        _compare_years(one, two),
        compare_abstracts(one.opening, two.opening),
        places_differ((one.venue, one.journal_ref), (two.venue, two.journal_ref)),
    )


def describe_similarity(one: Features, two: Features) -> str:
    """Say in words what two records have in common, and what not."""
    evidence = weigh_evidence(one, two)
    words = {
        "same": "are the same",
        "subtitle": "differ by a subtitle",
        "one word": "differ by one word",
        "alike": "are alike",
        "different": "differ",
        "one differs": "are the same but for one",
        "some": "are partly the same",
        "none": "differ",
        "agree": "agree",
        "near": "are two or three apart",
        "far": "disagree",
        "not alike": "do not begin alike",
        "unknown": "cannot be compared",
    }
    abstracts = "begin alike" if evidence.abstracts == "alike" else words[evidence.abstracts]
    authors = "agree" if evidence.authors == "same" else words[evidence.authors]
    if evidence.authors == "unknown" and evidence.counts_agree is not None:
        authors = "are equal in number" if evidence.counts_agree else "differ in number"
    text = (
        f"their titles {words[evidence.titles]}, their authors {authors}, "
        f"their years {words[evidence.years]}, their abstracts {abstracts}"
    )
    return text + (", and they were printed in different places" if evidence.other_place else "")


def _share_a_disputed_id(one: Features, two: Features) -> bool:
    disputed_one, disputed_two = {*one.disputed_ids}, {*two.disputed_ids}
    return bool(
        disputed_one & disputed_two or disputed_one & two.all_ids or disputed_two & one.all_ids
    )


def _were_given_one_id(one: Features, two: Features) -> bool:
    """Tell whether two records of one title were given one id, which one lost to a third of another title.

    Had they met before the third, that id would have united them; so the order would decide.
    """
    shared = {*one.disputed_ids} & {*two.disputed_ids, *two.all_ids}
    shared |= {*two.disputed_ids} & one.all_ids
    evidence = weigh_evidence(one, two)
    return (
        any(not i.startswith("title:") for i in shared)
        and evidence.titles == "same"
        and evidence.authors in {"same", "unknown"}
        and not is_generic(one.title)
    )


def _decide(evidence: Evidence, one: Features, two: Features) -> MatchResult:
    if _is_certain(evidence, one, two):
        return "same"
    return "unsure" if _is_worth_a_look(evidence, one, two) else "different"


def _is_certain(evidence: Evidence, one: Features, two: Features) -> bool:
    """Tell whether all that is known speaks for one paper, and enough of it."""
    if (
        evidence.abstracts == "not alike"
        or evidence.other_place
        or evidence.years in {"near", "far"}
    ):
        return False
    same_abstract = evidence.abstracts == "alike"
    if evidence.titles == "same":
        distinctive = is_distinctive(one.title)
        if evidence.authors == "same":
            return same_abstract or (distinctive and evidence.years == "agree")
        if evidence.authors == "unknown" and evidence.counts_agree is not False:
            counted = evidence.counts_agree is True and evidence.years == "agree" and distinctive
            # A year next to it needs names for proof.
            return same_abstract or (counted and one.year == two.year)
        return False
    return (
        evidence.titles in {"subtitle", "one word"} and evidence.authors == "same" and same_abstract
    )


def _is_worth_a_look(evidence: Evidence, one: Features, two: Features) -> bool:
    """Tell whether a person should decide: much speaks for one paper, and it is not proved."""
    same_abstract = evidence.abstracts == "alike"
    if is_generic(one.title) and is_generic(two.title) and not same_abstract:
        return False
    if evidence.titles == "same":
        if same_abstract or evidence.authors == "same":
            return same_abstract or evidence.years != "far"
        if evidence.authors == "unknown":
            return evidence.counts_agree is not False and evidence.years != "far"
        return evidence.authors != "none" and evidence.years != "far"
    if same_abstract:
        return evidence.years != "far"
    return (
        evidence.titles in {"subtitle", "one word"}
        and evidence.authors in {"same", "one differs"}
        and evidence.abstracts != "not alike"
        and evidence.years in {"agree", "near", "unknown"}
    )


def _have_two_ids_of_one_authority(one: Features, two: Features) -> bool:
    if one.id_kind != two.id_kind or one.id_kind not in _AUTHORITY_KINDS:
        return False
    if one.id_kind != "doi":
        return True
    # A preprint's DOI and its print's name one paper.
    return bool(_PREPRINT_DOI.match(one.doi)) == bool(_PREPRINT_DOI.match(two.doi))


def _compare_years(one: Features, two: Features) -> YearsAgree:
    """Compare the years; one that was only worked out refutes nothing."""
    if not one.year or not two.year:
        return "unknown"
    years_between = abs(one.year - two.year)
    if years_between <= _MAX_YEARS_SAME:
        return "agree"
    if one.inferred or two.inferred:
        return "unknown"
    return "near" if years_between <= _MAX_YEARS_ASKED else "far"
