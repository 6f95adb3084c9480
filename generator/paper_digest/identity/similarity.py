"""How much two records have in common: the same paper, two papers, or too little to tell."""

from __future__ import annotations

from typing import Literal

from paper_digest.identity.evidence import (
    Evidence,
    abstracts_agree,
    all_places_differ,
    all_titles_disagree,
    authors_agree,
    counts_agree,
    weigh_evidence,
)
from paper_digest.identity.features import Features
from paper_digest.identity.titles import is_distinctive, is_generic, main_script
from paper_digest.identity.work_kinds import compare_kinds
from paper_digest.model.late_pattern import late_pattern

MatchResult = Literal["same", "unsure", "different"]


#: Kinds of ids that an authority gives out: two of one kind are two papers.
_AUTHORITY_KINDS = frozenset({"arxiv", "acl", "openreview", "doi"})
#: Preprint servers' and repositories' DOIs: the printed paper has another one.
_PREPRINT_DOI = late_pattern(
    r"10\.(?:1101|21203|26434|31219|31234|31235|31223|20944|2139|5281|36227|48550|6084|22541|55458)/"
)


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


def share_an_id(one: Features, two: Features) -> bool:
    """Tell whether an id says that these are one paper: one that both have, or what a registry states."""
    return are_stated_one(one, two) or not one.all_ids.isdisjoint(two.all_ids)


def contradict(one: Features, two: Features) -> bool:
    """Tell whether titles *and* authors say that these are two papers, whatever id both were given."""
    if not all_titles_disagree(one, two):
        return False
    authors = authors_agree(one, two)
    if authors == "unknown":
        return counts_agree(one, two) is False
    return authors in {"none", "some"}


def are_in_one_script(one: Features, two: Features) -> bool:
    """Tell whether some title of the one is written in the letters of one of the other's."""
    return not {*map(main_script, one.titles)}.isdisjoint(map(main_script, two.titles))


def are_namesakes(one: Features, two: Features) -> bool:
    """Tell whether two records are never united by a rule: printed apart, of two abstracts, or of two kinds."""
    return (
        abstracts_agree(one, two) == "not alike"
        or all_places_differ(one, two)
        or compare_kinds(one.kinds, two.kinds) != "agree"
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
    text += ", and they were printed in different places" if evidence.other_place else ""
    kinds = {
        "agree": "",
        "ask": ", and one of them is a thesis",
        "two": ", and they are of two kinds",
    }
    return text + kinds[evidence.kinds]


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
        and evidence.kinds == "agree"
        and not is_generic(evidence.title)
    )


def _decide(evidence: Evidence, one: Features, two: Features) -> MatchResult:
    if _is_certain(evidence, one, two):
        return "same"
    if evidence.kinds == "two":
        return "different"
    return "unsure" if _is_worth_a_look(evidence, one, two) else "different"


def _is_certain(evidence: Evidence, one: Features, two: Features) -> bool:
    """Tell whether all that is known speaks for one paper, and enough of it."""
    if (
        evidence.abstracts == "not alike"
        or evidence.other_place
        or evidence.kinds != "agree"
        or evidence.years in {"near", "far"}
    ):
        return False
    same_abstract = evidence.abstracts == "alike"
    if evidence.titles == "same":
        distinctive = is_distinctive(evidence.title)
        if evidence.authors == "same":
            return same_abstract or (distinctive and evidence.years == "agree")
        if evidence.authors == "unknown" and evidence.counts_agree is not False:
            counted = evidence.counts_agree is True and evidence.years == "agree" and distinctive
            # A year next to it needs names for proof.
            return same_abstract or (counted and not {*one.years}.isdisjoint(two.years))
        return False
    return (
        evidence.titles in {"subtitle", "one word"} and evidence.authors == "same" and same_abstract
    )


def _is_worth_a_look(evidence: Evidence, one: Features, two: Features) -> bool:
    """Tell whether a person should decide: much speaks for one paper, and it is not proved."""
    same_abstract = evidence.abstracts == "alike"
    if all(map(is_generic, (*one.titles, *two.titles))) and not same_abstract:
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
