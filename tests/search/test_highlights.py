"""What is highlighted is what the query matched: a text has a highlight exactly where its paper is an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paper_digest.search.document import Document
from search_documents import paper
from search_site import write_lunr_site, write_site

SEARCH, SNIPPET = 11, 14
#: Ways to write two halves, and other words with one of them.
WAYS = (
    "{}{}",
    "{}-{}",
    "{} {}",
    "{}s {}s",
    "{} of a {}",
    "{}-stone",
    "sea-{}",
    "{1} {0}",
    "{1}-{0}",
)
HALVES = [("velvet", "harbour"), ("amber", "lantern"), ("multi", "modal"), ("gpt", "4")]
OTHERS = (
    "深層学習による翻訳",
    "学習と深層",
    "The walnut's garden in C++",
    "C for gardens",
    "Modelling of Modeling",
    "Émile's café",
    "A garden of <b>walnuts</b> & rivers",
    "GPT4 and GPT-4o beside 4 gpt",
)
TITLES = (
    *(way.format(*halves) for halves in HALVES for way in WAYS),
    *OTHERS,
)
QUERIES = (
    *(
        way.format(*halves)
        for halves in HALVES
        for way in ("{}{}", "{}-{}", '"{} {}"', "{}", "{1}")
    ),
    *(
        "学習",
        "学",
        "深層学習",
        "c++",
        "walnuts",
        "modelling",
        "cafe",
        '"garden of walnuts"',
        '"gpt 4"',
    ),
    *(
        '"walnuts and rivers"',
        "gpt4",
        "velv",
        "velvet-har",
        "amber-lanterns",
        '"sea velvet"',
        "lantrn",
    ),
)


def documents() -> list[Document]:
    return [
        paper(f"2401.{number:05}", title, authors=("Ada Long",))
        for number, title in enumerate(TITLES)
    ]


def ask(host: Callable[..., Any], folder: Path, query: str) -> list[dict[str, Any]]:
    """Ask for a query's answers, and for a passage of each title."""
    options = {"from": 0, "size": 200, "exactTotal": True}
    messages = [
        {"type": SEARCH, "id": 1, "text": query, "options": options},
        *({"type": SNIPPET, "id": title, "text": title} for title in TITLES),
    ]
    [answer] = host(folder, {"do": "post", "messages": messages, "together": False})
    posted: list[dict[str, Any]] = answer["posted"]
    return posted


def highlighted(html: str) -> list[str]:
    return re.findall(r"<mark data-md-highlight>(.*?)</mark>", html)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("highlights")
    write_site(place, documents())
    return place


@pytest.mark.parametrize("query", [f"{one}{end}" for one in QUERIES for end in ("", " ")])
def test_a_title_is_highlighted_exactly_where_its_paper_is_an_answer(
    host: Callable[..., Any], folder: Path, query: str
) -> None:
    answer, *passages = ask(host, folder, query)
    found = {row["title"] for row in answer["results"]}
    assert {one["id"] for one in passages if highlighted(one["html"])} == found


def test_half_a_word_of_another_compound_is_not_highlighted(
    host: Callable[..., Any], folder: Path
) -> None:
    shown = highlights(host, folder, "velvetharbour ")
    assert shown["velvet-harbour"] == ["velvet-harbour"]
    assert shown["velvet harbour"] == ["velvet", "harbour"]
    assert not shown["velvet-stone"]
    assert not shown["sea-velvet"]


def test_of_a_compound_the_part_that_was_asked_for_is_highlighted(
    host: Callable[..., Any], folder: Path
) -> None:
    shown = highlights(host, folder, "velvet ")
    assert shown["velvet-harbour"] == ["velvet"]
    assert shown["velvet-stone"] == ["velvet"]
    assert highlights(host, folder, "学習 ")["深層学習による翻訳"] == ["学習"]
    assert highlights(host, folder, "習 ")["深層学習による翻訳"] == ["習"]


def test_an_author_that_was_asked_for_is_highlighted_in_no_title(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    write_site(tmp_path, [paper("2401.00001", "A long garden", authors=("Ada Long",))])
    [answer] = host(
        tmp_path,
        {
            "do": "post",
            "messages": [{"type": SEARCH, "id": 1, "text": "author:long garden", "options": {}}],
        },
    )
    [row] = answer["posted"][0]["results"]
    assert row["titleHtml"] == "A long <mark data-md-highlight>garden</mark>"


@pytest.mark.parametrize("query", ["velvet", '"velvet harbour"', "学習", "lantrn ", "walnuts"])
def test_so_it_is_with_the_search_of_lunr(
    host: Callable[..., Any], tmp_path: Path, query: str
) -> None:
    write_lunr_site(tmp_path, documents())
    answer, *passages = ask(host, tmp_path, query)
    found = {row["title"] for row in answer["results"]}
    assert {one["id"] for one in passages if highlighted(one["html"])} == found


def highlights(host: Callable[..., Any], folder: Path, query: str) -> dict[str, list[str]]:
    """Tell what of each title is highlighted."""
    _, *passages = ask(host, folder, query)
    return {one["id"]: highlighted(one["html"]) for one in passages}
