"""Two records are one paper when that is certain, and never on their title alone."""

from __future__ import annotations

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
