"""Data, programs and theses that have the title and the authors of a paper are works of their own."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.identity.claims import attribute_fields
from paper_digest.identity.features import features
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.merge import merge_papers
from paper_digest.identity.similarity import (
    are_namesakes,
    compare_records,
    describe_similarity,
)
from paper_digest.identity.work_kinds import compare_kinds
from paper_digest.model.paper import Author, Paper
from paper_digest.model.work_types import PARTS, WORK_TYPES, WorkType
from paper_digest.sources.registry import registry
from paper_digest.store.fixes import apply_fix

THINGS: tuple[WorkType, ...] = ("dataset", "software")
ABSTRACT = (
    "Lighthouse keepers record weather every morning although nobody reads these records today. "
    "Digitising forty notebooks shows storms that official stations missed completely."
)
#: A server of preprints and a publisher, whose DOIs may be of one paper.
FIRST, SECOND = "doi:10.5281/zenodo.1", "doi:10.5555/a.1"
ARXIV = "arxiv:2001.00001"


def record(paper_id: str, work_type: WorkType = "", **fields: Any) -> Paper:  # noqa: ANN401 - of any field
    base: dict[str, Any] = {
        "id": paper_id,
        "title": "Notebooks of the outer lighthouses",
        "authors": (Author("Mira Brandt"), Author("Jan Keller")),
        "published": "2020",
        "work_type": work_type,
    }
    return Paper(**(base | fields))


def outcome(one: Paper, two: Paper) -> str:
    first, second = features(one), features(two)
    compared = compare_records(first, second)
    assert compare_records(second, first) == compared
    return compared


def rank(result: str) -> int:
    return ("different", "unsure", "same").index(result)


#: What speaks for one paper or against it, in records without kinds.
evidence = st.fixed_dictionaries(
    {
        "title": st.sampled_from(
            ["Notebooks of the outer lighthouses", "Notebooks of outer lighthouses", "Kites"]
        ),
        "published": st.sampled_from(["2020", "2021", "2022", ""]),
        "authors": st.sampled_from(
            [(Author("M. Brandt"), Author("J. Keller")), (Author("Mira Brandt"),), ()]
        ),
        "abstract": st.sampled_from([ABSTRACT, ABSTRACT[:90], ""]),
    }
)
kinds = st.sampled_from(("", *WORK_TYPES))


@given(kinds, kinds, evidence)
def test_a_kind_unites_nothing_and_keeps_apart_what_is_two_works(
    one: WorkType, two: WorkType, said: dict[str, Any]
) -> None:
    plain = outcome(record(FIRST, abstract=ABSTRACT), record(SECOND, **said))
    first, second = record(FIRST, one, abstract=ABSTRACT), record(SECOND, two, **said)
    result = outcome(first, second)
    things = {one, two} & {*THINGS}
    if one and two and one != two and things:
        assert result == "different"
        assert are_namesakes(features(first), features(second))
    elif "thesis" in {one, two} and {one, two} & PARTS:
        assert rank(result) == min(rank(plain), rank("unsure"))
    else:
        assert result == plain


@given(kinds, kinds, evidence)
def test_an_id_that_both_have_says_more_than_a_kind(
    one: WorkType, two: WorkType, said: dict[str, Any]
) -> None:
    plain = outcome(record(ARXIV, aliases=(SECOND,)), record(SECOND, **said))
    kinded = outcome(record(ARXIV, one, aliases=(SECOND,)), record(SECOND, two, **said))
    assert kinded == plain
    stated = record(FIRST, one, same_as=(SECOND,))
    assert outcome(stated, record(SECOND, two, **said)) == "same"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize(
    "paper",
    [
        record(ARXIV),
        record("acl:2020.acl-main.1"),
        record("openreview:abc"),
        record("title:0000000000000001", aliases=(ARXIV,)),
        record("title:0000000000000001", venue="Journal of Light"),
        record("title:0000000000000001", venue="Proceedings of the 3rd Workshop on Light"),
    ],
    ids=lambda paper: f"{paper.id} {paper.venue}",
)
def test_what_holds_texts_alone_holds_no_data(paper: Paper, thing: WorkType) -> None:
    assert outcome(paper, record(FIRST, thing)) == "different"
    assert outcome(record("title:0000000000000002"), record(FIRST, thing)) == "same"
    assert outcome(paper, record(FIRST, "thesis")) == "same"


def test_of_several_kinds_that_are_stated_any_may_be_right() -> None:
    both = merge_papers(
        attribute_fields(record(FIRST, "dataset"), "zotero", "2026-01-01"),
        attribute_fields(record(FIRST, "report"), "datacite", "2026-01-01"),
        registry().ranking,
    )
    for kind in ("dataset", "journal-article", "preprint"):
        assert outcome(both, record(SECOND, kind)) == "same"
    decided = apply_fix(both, {"work_type": "dataset"}, "2026-01-02", registry().ranking)
    assert outcome(decided, record(SECOND, "journal-article")) == "different"
    nothing = apply_fix(both, {"work_type": ""}, "2026-01-02", registry().ranking)
    assert outcome(nothing, record(SECOND, "software")) == "same"


@given(st.lists(kinds.filter(bool), max_size=3), st.lists(kinds.filter(bool), max_size=3))
def test_who_comes_first_makes_no_difference(one: list[str], two: list[str]) -> None:
    agreed = compare_kinds(one, two)
    assert compare_kinds(two, one) == agreed
    assert compare_kinds(one, one) == "agree"
    if {*one} & {*two}:
        assert agreed == "agree"


def test_a_record_of_no_kind_that_fits_both_unites_them_never() -> None:
    index = PaperIndex([record(FIRST, "dataset"), record(SECOND, "journal-article")])
    third = record("title:0000000000000001")
    assert index.find_record(third) == ""
    index.add(third)
    assert len([*index.undecided_pairs()]) == 2


def test_a_person_is_told_why() -> None:
    thesis, article = record(FIRST, "thesis"), record(SECOND, "journal-article")
    assert describe_similarity(features(thesis), features(article)).endswith(
        ", and one of them is a thesis"
    )
    data = features(msgspec.structs.replace(thesis, work_type="dataset"))
    assert describe_similarity(data, features(article)).endswith(", and they are of two kinds")
