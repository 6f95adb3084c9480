"""A name that is asked for: its words all belong to one author, in any order, with initials."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.search.build import build_index
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.text.fold import fold_text
from search_documents import paper
from search_site import write_site

#: Few, so that one paper often has two words of a name that no author of it has.
NAME_WORDS = (
    "Yang",
    "Liu",
    "Zoë",
    "Müller",
    "Łukasz",
    "Jean-Pierre",
    "An",
    "刘洋",
    "Nikolai",
    "Lin",
)
names = st.lists(st.sampled_from(NAME_WORDS), min_size=1, max_size=3, unique=True).map(" ".join)
archives = st.lists(st.lists(names, max_size=9), min_size=1, max_size=12).map(
    lambda lists: [
        # Names stand in the text too, where they name nobody.
        paper(f"p{number}", "A river", "Yang Liu met Lin", authors=tuple(authors))
        for number, authors in enumerate(lists)
    ]
)


def words_of(name: str) -> set[str]:
    return set(fold_text(name).split())


def papers_of(papers: list[Document], *asked: str) -> set[str]:
    """List the papers with an author whose name holds all words."""
    wanted = words_of(" ".join(asked))
    return {one.slug for one in papers if any(wanted <= words_of(name) for name in one.authors)}


def search_of(papers: list[Document]) -> RankedSearch:
    files: dict[str, bytes] = {}
    build_index(papers, {}, files.__setitem__)
    return RankedSearch(IndexReader(files.__getitem__))


def found(search: RankedSearch, query: str) -> set[str]:
    answer = search.answer(query, 1_000, is_exhaustive=True)
    assert answer.total == len(answer.hits)
    return {hit.slug for hit in answer.hits}


@settings(max_examples=60, deadline=None)
@given(archives, st.lists(st.sampled_from(NAME_WORDS), min_size=1, max_size=3, unique=True))
def test_a_name_finds_exactly_the_papers_with_such_an_author(
    papers: list[Document], asked: list[str]
) -> None:
    known = {word for one in papers for name in one.authors for word in name.split()}
    if not known.issuperset(asked):
        return  # of a word that nobody has, another spelling is looked for, and said
    search, name = search_of(papers), " ".join(asked)
    expected = papers_of(papers, name)
    assert found(search, f'author:"{name}"') == expected
    assert found(search, f'author:"{fold_text(name).upper()}"') == expected
    others = {one.slug for one in papers} - expected
    assert found(search, f'river -author:"{name}"') == others


@pytest.fixture(scope="module")
def crowd() -> list[Document]:
    """More papers by each word of a name than the head of a list holds; few by the person."""
    strangers = [
        paper(f"s{number}", "A river", authors=(f"Yang Chen{number % 7}", "Bo Li", "Wei Liu"))
        for number in range(1_300)
    ]
    large = paper("large", "A lake", authors=(*(f"Li Author{n}" for n in range(300)), "Yang Liu"))
    return [
        *strangers,
        paper("his", "A river", authors=("Wei Chen", "Yang Liu")),
        large,
        paper("full", "A lantern", authors=("Ann Lee", "Niklas Muennighoff")),
        paper("other", "A lantern", authors=("Nora Lee", "Anna Muennighoff")),
        paper("short", "A lantern", authors=("N. Schmidt",)),
        paper("long", "A lantern lantern", authors=("Nora Schmidt",), date="2025-01-01"),
        paper("middle", "A lantern", authors=("David M. Blei", "Nora Chen")),
        paper("double", "A lantern", authors=("Jean-Pierre Serre",)),
        paper("apart", "A lantern", authors=("Jean Serre", "Pierre Serre")),
    ]


ASKED = {
    'author:"Yang Liu"': {"his", "large"},
    'author:"Liu, Yang"': {"his", "large"},
    'author:"Y. Liu"': {"his", "large"},
    'author:"N. Muennighoff"': {"full"},
    'author:"Muennighoff N"': {"full"},
    'author:"L. Liu"': set(),
    'author:"N. Schmidt"': {"short", "long"},
    'author:"Nora Schmidt"': {"long"},
    'author:"David M. Blei"': {"middle"},
    'author:"D. M. Blei"': {"middle"},
    'author:"N. Blei"': set(),
    'author:"J.-P. Serre"': {"double"},
    'author:"Jean-Pierre Serre"': {"double"},
    'author:"Lee" author:"Muennighoff"': {"full", "other"},
    'author:"Ann Lee" author:"Anna Muennighoff"': set(),
    'lantern author:"Ann Muennighoff"': set(),
    'lantern -author:"Ann Muennighoff" -author:"Serre" -author:Schmidt': {
        "full",
        "other",
        "middle",
    },
}


def test_both_engines_find_one_person(
    host: Callable[..., Any], crowd: list[Document], tmp_path: Path
) -> None:
    write_site(tmp_path, crowd)
    search = RankedSearch(IndexReader.open(tmp_path))
    asked = [(query, {"size": 50, "exactTotal": True}) for query in ASKED]
    [answers] = host(tmp_path, {"do": "search", "queries": asked})
    in_browser = {
        query: {result["slug"] for result in answer["results"]}
        for query, answer in zip(ASKED, answers, strict=True)
    }
    assert {query: found(search, query) for query in ASKED} == ASKED
    assert in_browser == ASKED


def test_a_name_of_a_large_archive_is_found_without_counting_all(crowd: list[Document]) -> None:
    assert {hit.slug for hit in search_of(crowd).search('author:"Yang Liu"')} == {"his", "large"}


def test_the_name_as_it_was_typed_comes_first(crowd: list[Document]) -> None:
    hits = search_of(crowd).search('author:"N. Schmidt"')
    assert [hit.slug for hit in hits] == ["short", "long"]


GIVEN = ("Niklas", "Émile", "Jean-Pierre", "Mihály", "Guang")
FAMILIES = ("Berg", "Kovář", "O'Neil", "Müller", "Zhao")
PARTICLES = ("", "van der", "de", "al")
SUFFIXES = ("", "Jr.", "III")
CJK_NAMES = ("刘洋", "欧阳娜娜", "김민준", "山田太郎")


@st.composite
def people(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A name as a paper has it, and ways in which a reader may ask for it."""
    given_names = draw(st.lists(st.sampled_from(GIVEN), min_size=1, max_size=2, unique=True))
    family, particle = draw(st.sampled_from(FAMILIES)), draw(st.sampled_from(PARTICLES))
    suffix = draw(st.sampled_from(SUFFIXES))
    whole_family = f"{particle} {family}".strip()
    first = given_names[0]
    initials = " ".join(f"{name[0]}." for name in given_names)
    name = " ".join([*given_names, whole_family, *([suffix] if suffix else [])])
    return name, [
        name,
        f"{first} {family}",
        f"{family}, {first}",
        f"{first[0]}. {whole_family}",
        f"{whole_family} {first[0]}",
        f"{initials} {whole_family}",
        f"{whole_family}, {' '.join(given_names)}",
        fold_text(name).upper(),
    ]


@settings(max_examples=40, deadline=None)
@given(st.lists(people(), min_size=2, max_size=6), st.data())
def test_a_person_is_found_however_the_name_is_written(
    crowd_of: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    papers = [
        paper(f"p{number}", "A river", authors=("Wei Chen", name))
        for number, (name, _) in enumerate(crowd_of)
    ]
    number = data.draw(st.integers(0, len(crowd_of) - 1))
    asked = data.draw(st.sampled_from(crowd_of[number][1]))
    hits = search_of(papers).search(f'author:"{asked}"', 100)
    assert f"p{number}" in {hit.slug for hit in hits}, (crowd_of[number][0], asked)
    family = set(fold_text(crowd_of[number][0].replace(".", "")).split()) & {
        word for one in FAMILIES for word in fold_text(one).split()
    }
    for hit in hits:  # nobody of another family
        assert family <= words_of(crowd_of[int(hit.slug[1:])][0].replace(".", ""))


def test_a_name_in_chinese_japanese_or_korean_with_a_space_and_without() -> None:
    papers = [paper(f"p{n}", "A river", authors=(name,)) for n, name in enumerate(CJK_NAMES)]
    search = search_of(papers)
    for number, name in enumerate(CJK_NAMES):
        for asked in (name, f"{name[0]} {name[1:]}", f"{name[:2]} {name[2:]}".strip()):
            assert found(search, f'author:"{asked}"') == {f"p{number}"}, asked
