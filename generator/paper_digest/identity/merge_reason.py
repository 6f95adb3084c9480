"""Why a record holds a former id: worked out again from what its sources state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from paper_digest.identity.claim_cells import decode_value
from paper_digest.identity.claims import claims_table
from paper_digest.identity.features import features, ids_in_doi
from paper_digest.identity.similarity import compare_records, describe_similarity
from paper_digest.identity.source_ranking import SourceRanking
from paper_digest.identity.title_ids import assign_title_id
from paper_digest.identity.unmerge import split_record, statements_of_former_id
from paper_digest.model.paper import Paper


def merge_reason(
    paper: Paper,
    former_id: str,
    decisions: Mapping[frozenset[str], Literal["same", "different"]],
    ranking: SourceRanking,
    source_title: Callable[[str], str] = str,
) -> str:
    """Say which rule made two records one, in the order in which the rules decide.

    Args:
        paper: the record.
        former_id: one of its aliases.
        decisions: a person's, by pair of ids.
        ranking: whom to believe.
        source_title: the name of a source as people know it.

    Returns:
        The end of a sentence that begins "one paper, because".
    """
    ids = {paper.id, *paper.aliases}
    if any(
        says == "same" and former_id in pair and pair <= ids for pair, says in decisions.items()
    ):
        return "a person decided so"
    stating = sorted(
        source_title(source) or "a person"
        for (field, source, _), cell in claims_table(paper).items()
        if field == "doi" and former_id in _ids_of_doi(decode_value(cell[0].value))
    )
    kind, _, bare = former_id.partition(":")
    own_ids = {paper.id, *(i for alias in paper.aliases for i in _ids_of_alias(alias))}
    # One source alone may have stated it of the former record only.
    if len(stating) > 1:
        what = f"the DOI {bare}" if kind == "doi" else f"a DOI that holds {bare}"
        return f"{' and '.join(stating)} state {what}"
    if paper.id in _ids_of_alias(former_id):
        return f"the DOI {bare} holds {paper.id}"
    if {*paper.same_as} & (own_ids | {former_id}):
        return f"a registry states that it is {', '.join(paper.same_as)} too"
    statements = statements_of_former_id(paper, former_id, ranking)
    remaining, other = split_record(paper, former_id, statements, ranking)
    if other:
        one, two = features(remaining), features(other)
        if compare_records(one, two) == "same":
            return describe_similarity(one, two)
    return _reason_within_a_source(paper, former_id, stating)


def _reason_within_a_source(paper: Paper, former_id: str, stating: list[str]) -> str:
    """Say why two entries of one source are one paper, whose statements are one by now.

    ``stating``: who states the DOI that the former id is, if it is one.
    """
    kind, _, bare = former_id.partition(":")
    if former_id == assign_title_id(msgspec.structs.replace(paper, id="title:")).id:
        return f"title, authors and year are those that {former_id} is made of"
    if kind == "doi" and stating:
        return (
            f"{stating[0]} gives the DOI {bare} to an entry that agrees with another of its entries in title, "
            "authors and year, or in an id"
        )
    return (
        "an id, a DOI, or titles, authors and years agreed when they came in; what one source said "
        "of both cannot be told apart any more"
    )


def _ids_of_doi(doi: object) -> list[str]:
    bare = str(doi).lower()
    return [f"doi:{bare}", *ids_in_doi(bare)]


def _ids_of_alias(alias: str) -> list[str]:
    return [alias, *ids_in_doi(alias.removeprefix("doi:"))]
