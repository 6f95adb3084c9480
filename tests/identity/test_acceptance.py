"""A preprint is accepted where title, authors, year and venue leave no doubt, and nowhere else."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.identity.acceptance import MAX_YEARS_TO_PRINT, awaits_print, printed_form
from paper_digest.model.paper import Author, Paper

NAMES = ("Ada Q. Weaver", "José van den Loom", "Wei Zhang")
OURS = Paper(
    id="arxiv:2503.00001",
    title="Weaving Looms with Threads",
    authors=tuple(map(Author, NAMES)),
    published="2025-03-01",
)
THEIRS = Paper(
    id="doi:10.1234/looms",
    title="Weaving looms with threads",
    authors=tuple(map(Author, ("A. Weaver", "Jose van den Loom", "Wei Zhang"))),
    published="2026",
    venue="LoomConf",
    doi="10.1234/looms",
)


def accepted(ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    one = msgspec.structs.replace(OURS, **ours)
    return printed_form(one, [msgspec.structs.replace(THEIRS, **theirs)]) is not None


def authors(*names: str) -> tuple[Author, ...]:
    return tuple(map(Author, names))


@pytest.mark.parametrize(
    "theirs",
    [
        {},
        {"title": "Weaving Looms with Threads"},
        {"title": "Weaving {L}ooms with Threads"},
        {"published": "2024"},
        {"published": f"{2025 + MAX_YEARS_TO_PRINT}"},
        {"doi": ""},
        {"venue": "ICLR (Poster)"},
    ],
)
def test_one_work_is_accepted_however_it_is_printed(theirs: dict[str, Any]) -> None:
    assert accepted({}, theirs)


@pytest.mark.parametrize(
    "theirs",
    [
        {"title": "Weaving Looms with Threads, Part II"},
        {"title": "Weaving Looms with Threads 2"},
        {"title": "Weaving Looms with Threads: A Reply"},
        {"title": "Weaving Looms with Threads: A Survey"},
        {"title": "Erratum: Weaving Looms with Threads"},
        {"title": "Retracted: Weaving Looms with Threads"},
        {"title": "Weaving Looms with Thread"},
        {"title": "Weaving Looms with Threads++"},
        {"title": "Weaving Looms"},
        {"authors": ()},
        {"authors": authors("Bo Moan", "Carl Case", "Dee Rope")},
        {"authors": authors(*NAMES[:2])},
        {"authors": authors(*NAMES, "Bo Moan")},
        {"authors": authors(*reversed(NAMES))},
        {"authors": authors(*NAMES[:2], "Wen Zhang")},
        {"authors": authors("Ida Weaver", *NAMES[1:])},
        {"comment": "and other authors"},
        {"published": ""},
        {"published": "2023"},
        {"published": f"{2026 + MAX_YEARS_TO_PRINT}"},
        {"venue": ""},
        {"venue": "CoRR"},
        {"venue": "bioRxiv"},
        {"venue": "IACR Cryptol. ePrint Arch."},
        {"venue": "Submitted to LoomConf 2026"},
        {"venue": "LoomConf 2026 Conference Submission"},
        {"venue": "LoomConf 2026 Conference Withdrawn Submission"},
        {"venue": "LoomConf 2026 Conference Desk Rejected Submission"},
        {"venue": "Rejected by TMLR"},
        {"venue": "Under review for TMLR"},
        {"venue": "LoomConf 2026 Workshop on Threads"},
        {"venue": "LoomConf Workshops"},
        {"venue": "Threads@LoomConf"},
        {"venue": "LoomConf (Companion Volume)"},
        {"withdrawn": "withdrawn"},
        {"doi": "10.48550/arXiv.2503.00001"},
    ],
)
def test_near_misses_are_not_accepted(theirs: dict[str, Any]) -> None:
    assert not accepted({}, theirs)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Learning in C", "Learning in C++"), ("Searching with A", "Searching with A*")],
)
def test_signs_make_another_title(one: str, two: str) -> None:
    assert not accepted({"title": one}, {"title": two})
    assert accepted({"title": two}, {"title": two})


def test_two_venues_are_a_doubt_and_a_workshop_beside_one_is_none() -> None:
    def at(*venues: str) -> str:
        found = [msgspec.structs.replace(THEIRS, venue=v, id=f"doi:10.1/{v}") for v in venues]
        printed = printed_form(OURS, found)
        return printed.venue if printed else ""

    assert at("LoomConf", "J. Looms") == ""
    assert at("LoomConf", "Threads@LoomConf", "CoRR", "LoomConf") == "LoomConf"


@pytest.mark.parametrize(
    ("change", "waits"),
    [
        ({}, True),
        ({"venue": "CoRR"}, True),
        ({"doi": "10.48550/arXiv.2503.00001"}, True),
        ({"venue": "LoomConf"}, False),
        ({"journal_ref": "J. Looms 7 (2026)"}, False),
        ({"doi": "10.1234/looms"}, False),
        ({"withdrawn": "withdrawn"}, False),
        ({"title": "Reply"}, False),
        ({"authors": ()}, False),
        ({"published": ""}, False),
        ({"published": "2001"}, False),
    ],
)
def test_only_what_may_be_in_print_and_is_not_known_to_be_is_asked_for(
    change: dict[str, Any],
    waits: bool,  # noqa: FBT001 - a parameter of the table
) -> None:
    assert awaits_print(msgspec.structs.replace(OURS, **change), 2026) == waits


@given(
    st.lists(st.sampled_from((*NAMES, "Bo Moan", "Wen Zhang")), min_size=1, max_size=4),
    st.text(max_size=3),
)
def test_another_list_of_authors_or_a_longer_title_is_never_accepted(
    names: list[str], more: str
) -> None:
    """Whatever is added to a title in letters or digits, and whoever else wrote it, it is another work."""
    theirs = msgspec.structs.replace(THEIRS, authors=authors(*names), title=f"{OURS.title} {more}")
    if printed_form(OURS, [theirs]):
        assert tuple(names) == NAMES
        assert not any(c.isalnum() for c in more)
