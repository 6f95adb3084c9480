"""One paper or two: the table of ARCHITECTURE.md, row by row, with made-up records."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.identity.features import features
from paper_digest.identity.matching import PaperIndex
from paper_digest.identity.person_names import compare_authors, is_same_person, name_words
from paper_digest.identity.similarity import compare_records
from paper_digest.identity.titles import compare_titles
from paper_digest.model.paper import Author, Paper

ABSTRACT = (
    "Lighthouse keepers record weather every morning although nobody reads these records today. "
    "Digitising forty notebooks shows storms that official stations missed completely, because "
    "their instruments stood behind harbour walls where strong wind never reached them."
)
OTHER_ABSTRACT = (
    "Beekeepers along northern rivers exchange queens every second summer following old agreements. "
    "Genetic samples from thirty colonies reveal that exchanges kept diversity high, whereas isolated "
    "colonies lost resistance against mites within only eleven generations of careful breeding."
)


def record(paper_id: str, authors: str = "Mira Brandt; Jan Keller", **fields: object) -> Paper:
    base: dict[str, object] = {
        "id": paper_id,
        "title": "Notebooks of the outer lighthouses",
        "authors": tuple(Author(name.strip()) for name in authors.split(";") if name.strip()),
        "published": "2020",
    }
    return Paper(**(base | fields))  # type: ignore[arg-type]


PREPRINT = record("arxiv:2001.00001", abstract=ABSTRACT)


def result(one: Paper, two: Paper) -> str:
    first, second = features(one), features(two)
    compared = compare_records(first, second)
    assert compare_records(second, first) == compared, "it matters which record came first"
    return compared


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Jan de Wolf", "Wolf, J."),
        ("Jan van der Berg", "van der Berg, Jan"),
        ("Pia Van Dijk", "van Dijk, Pia"),
        ("Ana García López", "Ana García"),
        ("Ana García López", "López, Ana García"),
        ("Martin King Jr.", "King, Martin"),
        ("Martin King III", "M. King"),
        ("Nguyen Van Anh", "Van Anh Nguyen"),
        ("Kim Min-su", "Minsu Kim"),
        ("Kim Min-su", "M.-S. Kim"),
        ("Mira Müller", "M. Mueller"),
        ("Mira Müller", "Mira Muller"),
        ("JM Keller", "Jan M. Keller"),
        ("Søren Ødegård", "Soren Odegard"),
        ("Wei Zhang 0012", "Wei Zhang"),
        ("Yang Li", "Li, Yang"),
        ("O'Brien, Pat", "Pat OBrien"),
        ("Alex Held", "Alexander Held"),
        ("Bo Test (Kuwait University)", "B. Test"),
        ("王伟", "王伟"),
    ],
)
def test_printings_of_one_name(one: str, two: str) -> None:
    assert is_same_person(name_words(one), name_words(two))
    assert is_same_person(name_words(two), name_words(one))


@pytest.mark.parametrize(
    ("one", "two"),
    [("Jan Li", "Jun Li"), ("Wei Zhang", "Wei Li"), ("Mira Brandt", "Nils Brandt"), ("J. Li", "K. Li"),
     ("Yang Li", "Yang Do"), ("王伟", "王芳")],
)  # fmt: skip
def test_names_of_two_persons(one: str, two: str) -> None:
    assert not is_same_person(name_words(one), name_words(two))
    assert not is_same_person(name_words(two), name_words(one))


@given(
    st.lists(st.sampled_from(["Ada Abt", "Bo Cech", "Eva de Wit", "Jo Fink", "Li Mo"]), max_size=5)
)
def test_a_list_of_authors_is_the_same_as_itself_in_any_order(names: list[str]) -> None:
    expected = "same" if names else "unknown"
    assert compare_authors(names, names[::-1]) == expected


@pytest.mark.parametrize(
    ("one", "two", "how"),
    [
        ("Sorting and Search: A Study", "Sorting & search -- a study.", "same"),
        ("Low-rank Adaptation", "Lowrank adaptation", "same"),
        ("Modelling the behaviour of colour", "Modeling the behavior of color", "same"),
        (
            "Bounds on $\\alpha$-divergence",
            "Bounds on \N{GREEK SMALL LETTER ALPHA}-divergence",
            "same",
        ),
        ("Parcels in the northern towns", "Parcels in the northern towns: a survey", "subtitle"),
        ("Parcels in the northern towns", "Parcels in the northern towns: Part II", "different"),
        ("Parcels in the northern towns, I", "Parcels in the northern towns, II", "different"),
        ("Erratum: Parcels in the northern towns", "Parcels in the northern towns", "different"),
        ("Reply to Parcels in the northern towns", "Parcels in the northern towns", "different"),
        ("Data from: Parcels in the northern towns", "Parcels in the northern towns", "different"),
        (
            "Replication Data for: Parcels in the northern towns",
            "Parcels in the northern towns",
            "different",
        ),
        (
            "Data and code for : Parcels in the northern towns",
            "Parcels in the northern towns",
            "different",
        ),
        (
            "Data from: Parcels in the northern towns",
            "Data from: Parcels in northern towns",
            "one word",
        ),
        (
            "Data from the parcels in northern towns",
            "Data from parcels in northern towns",
            "one word",
        ),
        ("Overview of the sorting task 2019", "Overview of the sorting task 2020", "different"),
        ("On the weight of small stamps", "On the weight of many stamps", "one word"),
        ("How clerks read addresses", "The colour of letters", "different"),
        ("", "The colour of letters", "unknown"),
    ],
)
def test_titles(one: str, two: str, how: str) -> None:
    assert compare_titles(one, two) == how
    assert compare_titles(two, one) == how


SAME = [
    record("doi:10.99999/a", "Brandt, M.; J. Keller"),
    record("doi:10.99999/a", published="2021", venue="Journal of Light"),
    record(
        "doi:10.99999/a", abstract=ABSTRACT, title="Notebooks of the outer lighthouses: a survey"
    ),
    record("doi:10.99999/a", abstract=ABSTRACT, title="Notebooks of outer lighthouses"),
    record("title:0000000000000001", "", author_count=2),
    record("title:0000000000000001", abstract=ABSTRACT[:300], published=""),
    record("title:0000000000000001", "Mira Brandt", comment="and other authors"),
    record("openreview:x", doi="10.48550/arxiv.2001.00001", title="Renamed since", authors=""),
]
OFFERED = [
    record("doi:10.99999/a", published="2022"),
    record("doi:10.99999/a", published="2023"),
    record("doi:10.99999/a", "Mira Brandt; Jan Keller; Siv Cron"),
    record("doi:10.99999/a", "Mira Brandt; Siv Cron; Tove Ek", published="2022"),
    record("openreview:x", "", title="Storms that harbours never felt", abstract=ABSTRACT),
    record("doi:10.99999/a", abstract=OTHER_ABSTRACT),
    record("title:0000000000000001", "", author_count=2, abstract=OTHER_ABSTRACT),
    record("doi:10.99999/a", title="Notebooks of the outer lighthouses: a survey"),
]
TWO = [
    record("doi:10.99999/a", "Siv Cron; Tove Ek"),
    record("doi:10.99999/a", published="2029"),
    record("arxiv:2001.00002"),
    record(
        "doi:10.99999/a",
        title="Notebooks of the outer lighthouses: Part II",
        abstract=ABSTRACT[:20],
    ),
    record("title:0000000000000001", "", author_count=7, abstract=OTHER_ABSTRACT),
]


@pytest.mark.parametrize("other", SAME)
def test_what_is_united(other: Paper) -> None:
    assert result(PREPRINT, other) == "same"
    assert PaperIndex([PREPRINT]).find_record(other) == PREPRINT.id


@pytest.mark.parametrize("other", OFFERED)
def test_what_a_person_is_asked_about(other: Paper) -> None:
    assert result(PREPRINT, other) == "unsure"
    index = PaperIndex([PREPRINT, other])
    assert PaperIndex([PREPRINT]).possible_duplicates(other) == [PREPRINT.id]
    assert [*index.undecided_pairs()] == [tuple(sorted((PREPRINT.id, other.id)))]


@pytest.mark.parametrize("other", TWO)
def test_what_is_two_papers(other: Paper) -> None:
    assert result(PREPRINT, other) == "different"


def test_two_printed_places_are_asked_about() -> None:
    one = record(
        "title:0000000000000001",
        venue="Proc. PST 2021",
        journal_ref="Proc. PST 2021, 1\N{EN DASH}12",
    )
    two = record(
        "doi:10.99999/a",
        published="2021",
        venue="Journal of Parcels",
        journal_ref="Journal of Parcels 7",
    )
    assert result(one, two) == "unsure"
    abbreviated = record(
        "doi:10.99999/a", published="2021", venue="4th Conference on Parcel Sorting, PST 2021"
    )
    assert result(one, abbreviated) == "same"


@pytest.mark.parametrize("title", ["Parcels", "Llama 2", "分拣信件"])
def test_a_short_title_needs_more_than_itself(title: str) -> None:
    one = msgspec.structs.replace(PREPRINT, title=title)
    assert result(one, record("doi:10.99999/a", title=title)) == "unsure"
    assert result(one, record("doi:10.99999/a", title=title, abstract=ABSTRACT)) == "same"


def test_front_matter_is_never_offered_for_its_title() -> None:
    title = "Introduction to the special issue on parcels"
    one = record("doi:10.99999/a", "Ulf Held", title=title, venue="J. Parcels")
    two = record(
        "title:0000000000000001",
        "Ulf Held",
        title=title,
        published="2021",
        journal_ref="J. Parcels 2",
    )
    assert result(one, two) == "different"


def test_one_doi_of_two_papers_unites_nothing() -> None:
    one = record("doi:10.99999/proc", title="How clerks read addresses", authors="Nils Berg")
    two = record(
        "title:0000000000000001",
        title="On the weight of stamps",
        authors="Siv Cron",
        doi="10.99999/proc",
    )
    assert result(one, two) == "unsure"
