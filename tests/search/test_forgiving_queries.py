"""What a query forgives: spellings, spacing, fillers, years, unknown words; names are whole and exact first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.search.build import build_index
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.other_spellings import other_spellings
from paper_digest.search.query_parser import parse_query
from paper_digest.search.ranked_search import RankedSearch
from search_documents import drawn, paper

Search = Callable[[Sequence[Document]], RankedSearch]


def search_of(*papers: Document) -> RankedSearch:
    """Search some papers among many that have nothing to do with them."""
    files: dict[str, bytes] = {}
    build_index([*papers, *drawn(60)], {}, files.__setitem__)
    return RankedSearch(IndexReader(files.__getitem__))


@pytest.mark.parametrize("written", ["Quokka2.5-XL", "Quokka 2.5 XL", "Quokka-2.5-XL"])
@pytest.mark.parametrize(
    "typed", ["quokka2.5-xl", "Quokka 2.5 XL", "quokka 2.5 xl", "quokka2.5 xl"]
)
def test_letters_and_digits_are_split_and_joined_both_ways(written: str, typed: str) -> None:
    search = search_of(paper("2501.00001", f"{written} Technical Report"))
    assert [hit.slug for hit in search.search(typed)][:1] == ["2501.00001"]
    assert search.answer(typed).total >= 1


@pytest.mark.parametrize(
    ("british", "american"),
    [("optimisation", "optimization"), ("behaviour", "behavior"), ("modelling", "modeling"),
     ("centre", "center"), ("analyse", "analyze"), ("catalogue", "catalog")],
)  # fmt: skip
def test_british_and_american_spellings_find_each_other(british: str, american: str) -> None:
    for written, typed in ((british, american), (american, british)):
        search = search_of(paper("2501.00001", f"On {written} again"))
        answer = search.answer(typed + " ")
        assert ([hit.slug for hit in answer.hits], answer.corrections) == (["2501.00001"], ())


@given(st.text("abcdefghilnorstuyz", min_size=4, max_size=12))
def test_a_spelling_is_never_its_own_other(word: str) -> None:
    assert word not in other_spellings(word)


def test_fillers_and_unknown_words_leave_no_paper_out() -> None:
    search = search_of(paper("2501.00001", "Quokka habitats"))
    plain = search.answer("quokka habitats ")
    assert search.answer("that paper about quokka habitats ").hits == plain.hits
    unknown = search.answer("quokka 7777zzqq habitats ")
    assert (unknown.total, unknown.unknown_words) == (plain.total, ("7777zzqq",))


@pytest.mark.parametrize("slip", ["quokke", "quoka", "uqokka", "quokkahabitats"])
def test_what_is_left_out_is_never_a_guess(slip: str) -> None:
    """A word like another leaves out its own papers alone, also where some paper has the slip."""
    papers = [paper(f"2501.0000{n}", f"Quokka habitats {n}") for n in range(1, 5)]
    for slips in ([], [paper("2501.00009", f"Our {slip} habitats")]):
        left = search_of(*papers, *slips).answer(f"habitats -{slip} ").hits
        assert {hit.slug for hit in left} >= {one.slug for one in papers}
        assert "2501.00009" not in {hit.slug for hit in left}


@pytest.mark.parametrize("row", ["state of the art", "the state of art", "Habitats of the Quokka"])
def test_a_row_with_stop_words_is_left_out_of_abstracts_too(row: str) -> None:
    papers = [
        paper("2501.00001", f"Wombats: {row} again"),
        paper("2501.00002", "Wombats", text=f"Ours is {row} now."),
        paper("2501.00003", "Wombats", text="Quokka in art is a good state of habitats."),
    ]
    answer = search_of(*papers).answer(f'wombats -"{row}" ')
    assert [hit.slug for hit in answer.hits] == ["2501.00003"]


def test_a_bare_year_orders_and_leaves_no_paper_out() -> None:
    papers = [paper(f"{year}01.00001", "Quokka", date=f"20{year}-01-01") for year in (23, 24, 25)]
    search = search_of(*papers)
    for year in ("2023", "2024", "2025"):
        answer = search.answer(f"quokka {year} ")
        assert (answer.total, answer.hits[0].date[:4]) == (3, year)
    assert parse_query("2024 ").units[0].is_hint is False


def test_papers_with_most_words_follow_where_few_have_all() -> None:
    whole, part = paper("2501.00001", "Quokka wombat numbat"), paper("2501.00002", "Quokka wombat")
    answer = search_of(whole, part).answer("quokka wombat numbat ")
    assert ([hit.slug for hit in answer.hits], answer.total) == (["2501.00001", "2501.00002"], 1)


def test_a_whole_word_comes_before_what_it_begins() -> None:
    whole = paper("2401.00001", "Habitats", "Of the quok, at length.", date="2020-01-01")
    longer = paper("2501.00002", "Quokka quokka", "Quokka.", authors=("Ada Quokkason",))
    assert [hit.slug for hit in search_of(whole, longer).search("quok")] == [
        "2401.00001",
        "2501.00002",
    ]


def test_a_word_in_capitals_is_hardly_a_name() -> None:
    named = paper("2501.00001", "Habitats", authors=("Quo Kangson", "Ada Kan"))
    about = paper("2501.00002", "Habitats", "A long text where KAN stands once.", date="2020-01-01")
    assert search_of(named, about).search("KAN")[0].slug == "2501.00002"
    assert search_of(named, about).search("kan")[0].slug == "2501.00001"


def test_the_exact_name_comes_first_and_et_al_is_the_first_author() -> None:
    names = ["Quo Kanga", "Kanga Quo", "Quo Ada Kanga", "Quo-Ada Bo Kanga"]
    papers = [paper(f"250{i}.00001", "Habitats", authors=(name,)) for i, name in enumerate(names)]
    late = paper("2509.00001", "Habitats", authors=("Ada Bo", "Bo Numbat"), date="2026-01-01")
    first = paper("2401.00001", "Habitats", authors=("Bo Numbat", "Ada Bo"), date="2020-01-01")
    search = search_of(*papers, late, first)
    for i, name in enumerate(names):
        assert search.search(f'author:"{name}"')[0].slug == f"250{i}.00001"
    assert [hit.slug for hit in search.search("Numbat et al.")] == ["2401.00001", "2509.00001"]
