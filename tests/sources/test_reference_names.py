"""Lists of authors that a manager has put into one field of RIS or CSL-JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.model.batch import Batch, Request
from paper_digest.model.paper import Author
from paper_digest.sources import csl, ris
from paper_digest.sources.reference_names import plain_name, split_names

GIVEN_NAMES = ("Mira", "Jan", "Pia Maria", "Óscar")
FAMILY_NAMES = ("Brandt", "Keller", "Østby", "Ó Briain")


def read(name: str) -> tuple[Batch, Batch]:
    """Read one field that holds ``name`` in each of the two formats."""
    record = f"TY  - JOUR\nTI  - Kites\nAU  - {name}\nER  -\n"
    item = {"id": "k", "type": "article", "title": "Kites", "author": [{"literal": name}]}
    return (
        ris.parse(record.encode(), Request("a.ris")),
        csl.parse(json.dumps([item]).encode(), Request("a.json")),
    )


@given(
    people=st.lists(
        st.tuples(st.sampled_from(GIVEN_NAMES), st.sampled_from(FAMILY_NAMES)),
        min_size=2,
        max_size=5,
    ),
    form=st.sampled_from(("semicolons", "and", "commas")),
)
def test_a_list_in_one_field_gives_each_of_its_authors(
    people: list[tuple[str, str]], form: str
) -> None:
    plain = [f"{first} {family}" for first, family in people]
    if form == "semicolons":
        text = "; ".join(f"{family}, {first}" for first, family in people)
    elif form == "and" or len(people) == 2:
        text = " and ".join(plain)
    else:
        text = ", ".join(plain)
    for batch in read(text):
        assert [author.name for author in batch.papers[0].authors] == plain
        assert bool(batch.problems) == (form == "commas" and len(people) > 2)


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Parcels and Letters",
        "Department of Kites, Boats, and Trains",
        "Kite, Boat and Train Collaboration",
        "Parcels & Sons",
    ],
)
def test_a_body_keeps_its_name_whole(name: str) -> None:
    _, read_item = read(name)
    assert [author.name for author in read_item.papers[0].authors] == [name]


def test_what_cannot_be_told_apart_is_left_out_and_named() -> None:
    for batch in read("Ost, Pia, Held, Ulf, Keller"):
        assert batch.papers[0].authors == ()
        assert "one name or several" in batch.problems[0].what


@pytest.mark.parametrize("sign", ["et al.", "and others", "et al"])
def test_others_are_noted_and_no_author(sign: str) -> None:
    for batch in read(f"Pia Ost {sign}"):
        assert [author.name for author in batch.papers[0].authors] == ["Pia Ost"]
        assert batch.papers[0].comment == "and other authors"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Wei Wang 0001", "Wei Wang"),
        ("Wang 0012, Wei", "Wang, Wei"),
        ("Group 42", "Group 42"),
        ("Census 1990", "Census 1990"),
    ],
)
def test_numbers_of_namesakes_are_no_part_of_a_name(text: str, plain: str) -> None:
    assert plain_name(text) == plain


def test_a_name_that_is_one_stays_as_it_was_read() -> None:
    authors = (Author("Mira van der Berg", family="van der Berg"), Author("Boat Collaboration"))
    listed, unread = split_names(authors, "berg2020")
    assert (listed.authors, listed.cut, listed.misread, unread) == (authors, False, (), "")
