"""Two records are one paper when that is certain, and never on their title alone."""

from __future__ import annotations

from typing import Literal

import msgspec
import pytest
from paper_digest.identity.matching import PaperIndex
from paper_digest.model.paper import Author, Paper

TITLE = "An Invented Title of Some Length"
ABSTRACT = " ".join(f"plain{'abcdefghijklmnopqrstuvwxyz'[n]}" for n in range(20))
ARXIV = Paper(
    id="arxiv:2503.02130",
    title=TITLE,
    authors=(Author("Ada Lovelace"), Author("Kurt Gödel")),
    published="2025-03-04",
    doi="10.1000/x",
)
SAVED = Paper(
    id="title:0123456789abcdef", title=TITLE.upper() + ".", author_count=2, published="2025-03-04"
)


def changed(paper: Paper, **fields: object) -> Paper:
    return msgspec.structs.replace(paper, **fields)


@pytest.mark.parametrize(
    ("paper", "verdict"),
    [
        (SAVED, "same"),
        (changed(SAVED, author_count=3), "different"),
        (changed(SAVED, published="2021-03-04"), "different"),
        (changed(SAVED, author_count=None), "unsure"),
        (changed(SAVED, published=""), "unsure"),
        (changed(SAVED, title="Another Invented Title"), "different"),
        (Paper(id="doi:10.1000/x", title="Printed under another title"), "same"),
        (
            Paper(id="arxiv:2503.99999", title=TITLE, author_count=2, published="2025-03-04"),
            "different",
        ),
        (
            Paper(
                id="title:0000000000000001",
                title=TITLE,
                authors=(Author("A. Lovelace"), Author("K. Gödel", family="Gödel")),
                published="2026",
            ),
            "same",
        ),
        (Paper(id="title:0000000000000002", title="Reply"), "different"),
    ],
)
def test_what_makes_two_records_one_paper(paper: Paper, verdict: str) -> None:
    index = PaperIndex([ARXIV])
    assert index.find_record(paper) == (ARXIV.id if verdict == "same" else "")
    assert index.possible_duplicates(paper) == ([ARXIV.id] if verdict == "unsure" else [])


def test_the_same_words_at_the_beginning_of_the_abstract_are_a_proof() -> None:
    bare = changed(SAVED, author_count=None, published="", abstract=ABSTRACT)
    assert PaperIndex([changed(ARXIV, abstract=ABSTRACT)]).find_record(bare) == ARXIV.id
    assert PaperIndex([changed(ARXIV, abstract="Some other words.")]).find_record(bare) == ""
    disagreeing = changed(SAVED, author_count=7, abstract=ABSTRACT)
    assert PaperIndex([changed(ARXIV, abstract=ABSTRACT)]).possible_duplicates(disagreeing) == [
        ARXIV.id
    ]


def test_two_candidates_are_none() -> None:
    other = changed(ARXIV, id="arxiv:2503.02131", doi="")
    assert PaperIndex([ARXIV, other]).find_record(SAVED) == ""


def test_a_former_id_finds_the_paper_that_swallowed_it() -> None:
    index = PaperIndex([changed(ARXIV, aliases=(SAVED.id,))])
    assert index.find_record(changed(SAVED, title="Corrected since", author_count=9)) == ARXIV.id


def test_a_persons_verdict_goes_before_any_rule() -> None:
    pair = frozenset((ARXIV.id, SAVED.id))
    assert PaperIndex([ARXIV], {pair: "different"}).find_record(SAVED) == ""
    unsure = changed(SAVED, author_count=None, title="Not even alike")
    assert PaperIndex([ARXIV], {pair: "same"}).find_record(unsure) == ARXIV.id


def test_pairs_nobody_can_be_sure_of_are_listed() -> None:
    unsure = changed(SAVED, author_count=None)
    assert list(PaperIndex([ARXIV, unsure]).undecided_pairs()) == [(ARXIV.id, unsure.id)]
    assert list(PaperIndex([ARXIV, changed(SAVED, published="2001")]).undecided_pairs()) == []


PRINT = Paper(
    id="doi:10.1000/print",
    title="Wholly Other Words in a Journal",
    authors=(Author("Zoë Quill"),),
    same_as=("doi:10.48550/arxiv.2503.02130",),
)


@pytest.mark.parametrize(
    "other",
    [
        changed(ARXIV, doi=""),
        changed(ARXIV, id="doi:10.48550/arxiv.2503.02130", doi=""),
        changed(ARXIV, id="acl:2025.x-1.1", doi="", aliases=("doi:10.48550/arxiv.2503.02130",)),
        changed(ARXIV, id="doi:10.1000/third", doi="", same_as=("arxiv:2503.02130",)),
    ],
)
def test_what_a_registry_states_to_be_one_is_one_whatever_the_titles_say(other: Paper) -> None:
    assert PaperIndex([other]).find_record(PRINT) == other.id
    assert PaperIndex([PRINT]).find_record(other) == PRINT.id
    apart = PaperIndex([other], {frozenset((other.id, PRINT.id)): "different"})
    assert apart.find_record(PRINT) == ""


def test_ids_and_whole_titles_are_found_however_many_share_them() -> None:
    crowd = [
        changed(
            ARXIV, id=f"title:{n:016x}", doi="", authors=(Author(f"{'abcdefghij'[n % 10]} P{n}"),)
        )
        for n in range(200)
    ]
    index = PaperIndex([*crowd, ARXIV])
    assert index.find_record(SAVED) == ARXIV.id
    assert index.find_record(Paper(id="doi:10.1000/x", title="Printed otherwise")) == ARXIV.id


def test_a_clash_is_listed_until_a_person_has_decided() -> None:
    holder, other = ARXIV, Paper(id="doi:10.9/y", title="Y", disputed_ids=(ARXIV.id,))
    third = Paper(id="doi:10.9/z", title="Z", disputed_ids=(ARXIV.id,))
    index = PaperIndex([holder, other, third])
    assert list(index.clashes()) == [(holder.id, holder.id, i) for i in (other.id, third.id)]
    decided: dict[frozenset[str], Literal["same", "different"]] = {
        frozenset((holder.id, i)): "different" for i in (other.id, third.id)
    }
    assert list(PaperIndex([holder, other, third], decided).clashes()) == []
    assert list(PaperIndex([other, third]).clashes()) == [(holder.id, other.id, third.id)]


def test_a_record_united_by_hand_clashes_with_none_of_its_parts() -> None:
    united = changed(ARXIV, aliases=("doi:10.9/y",))
    part = Paper(id=ARXIV.id, title="Nothing of the kind here", authors=(Author("Bo Other"),))
    assert PaperIndex([united]).clashes_of(part) == [(ARXIV.id, ARXIV.id)]
    same: dict[frozenset[str], Literal["same", "different"]] = {
        frozenset((ARXIV.id, "doi:10.9/y")): "same"
    }
    assert PaperIndex([united], same).clashes_of(part) == []
