"""Searching: what a reader types at made-up papers, answered by the worker's own code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lunr import lunr
from paper_digest.search.tokenizer import FILLERS
from search_documents import PAPERS, drawn, paper
from search_queries import FIRST
from search_site import write_site


@pytest.fixture(scope="module")
def search(host: Callable[..., Any], site: Path) -> Callable[..., Any]:
    def ask(*queries: tuple[str, dict[str, Any]] | str) -> list[Any]:
        pairs = [query if isinstance(query, tuple) else (query, {}) for query in queries]
        return host(site, {"do": "search", "queries": pairs})[0]  # type: ignore[no-any-return]

    return ask


def test_what_comes_first(search: Callable[..., Any]) -> None:
    answers = search(*(query for query, _ in FIRST))
    found = [
        (query, (answer["slugs"] or [""])[0])
        for (query, _), answer in zip(FIRST, answers, strict=True)
    ]
    assert found == FIRST


def test_every_title_finds_its_paper(search: Callable[..., Any]) -> None:
    answers = search(*(paper.title for paper in PAPERS))
    lost = [
        paper.title
        for paper, answer in zip(PAPERS, answers, strict=True)
        if paper.slug not in answer["slugs"]
    ]
    assert lost == []


def test_a_phrase_wants_its_words_in_order(search: Callable[..., Any]) -> None:
    phrase, words = search('"quiet red engine"', "quiet red engine")
    assert phrase["slugs"] == ["2401.00008"]
    assert set(words["slugs"][:2]) == {"2401.00008", "2401.00009"}


def test_minus_leaves_papers_out(search: Callable[..., Any]) -> None:
    without, phrase = search(
        ("engine -herring", {"size": 100}), ('engine -"red engine"', {"size": 100})
    )
    assert "2401.00008" in without["slugs"]
    assert "2401.00009" not in without["slugs"]
    assert "2401.00008" not in phrase["slugs"]
    assert "2401.00009" in phrase["slugs"]


def test_years_are_a_range(search: Callable[..., Any]) -> None:
    one, span, until, since = search(
        ("year:2023", {}),
        ("soup year:2022..2024", {}),
        ("year:..1991", {"size": 100}),
        ("zeros year:2026..", {}),
    )
    [backwards] = search("soup year:2024..2022")
    assert backwards["slugs"] == span["slugs"]
    assert one["slugs"] == ["2401.00002"]
    assert span["slugs"] == ["2401.00002"]
    assert {result["date"][:4] for result in until["results"]} == {"1990", "1991"}
    assert since["slugs"] == []


def test_an_author_is_no_word_of_the_text(search: Callable[..., Any]) -> None:
    [author] = search("author:engine")
    texts = {paper.slug: " ".join(paper.authors).lower() for paper in PAPERS}
    assert author["slugs"]
    assert all("engine" in texts[slug] for slug in author["slugs"])


def test_the_whole_list_can_be_paged_by_date(search: Callable[..., Any]) -> None:
    whole = search(("river", {"order": "date", "size": 1000}))[0]
    pages = search(
        *(("river", {"order": "date", "from": at, "size": 7}) for at in range(0, whole["total"], 7))
    )
    assert [slug for page in pages for slug in page["slugs"]] == whole["slugs"]
    dates = [result["date"] for result in whole["results"]]
    assert dates == sorted(dates, reverse=True)
    holding = {
        paper.slug
        for paper in PAPERS
        if "river" in f"{paper.title} {paper.text} {' '.join(paper.authors)}".lower().split()
    }
    assert set(whole["slugs"]) == holding


def test_pages_of_relevance_do_not_overlap(search: Callable[..., Any]) -> None:
    pages = search(*(("river", {"from": at, "size": 5, "exactTotal": True}) for at in (0, 5, 10)))
    slugs = [slug for page in pages for slug in page["slugs"]]
    assert len(slugs) == len(set(slugs)) == 15


def test_facets_count_what_was_found(search: Callable[..., Any]) -> None:
    [answer] = search(("river", {"countFacets": True, "exactTotal": True, "size": 1000}))
    counts = answer["counts"]
    assert sum(year["count"] for year in counts["years"]) == answer["total"]
    topics = {one["name"]: one["count"] for one in counts["topics"]}
    slugs = set(answer["slugs"])
    assert topics["lookup"] == sum("lookup" in p.topics for p in PAPERS if p.slug in slugs)
    assert {one["title"] for one in counts["topics"]} == {"Lookup and memory", "Sound"}


def test_a_topic_holds_what_its_page_lists_and_goes_by_its_title_too(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    papers = [
        paper("2401.1", "On reeds", topics=("sound",)),
        paper("2401.2", "On tin", topics=("whistles",)),
        paper("2401.3", "On both", topics=("sound", "whistles")),
        paper("2401.4", "On stone"),
    ]
    above = {"whistles": "sound"}
    write_site(tmp_path, papers, above, sound="Sound and music", whistles="Whistles")
    asked = (
        "topic:sound",
        "topic:Whistles",
        'topic:"sound and music"',
        "topic:sound-and-music",
        "topic:stone",
    )
    queries = [(text, {"countFacets": True, "size": 100}) for text in asked]
    answers = host(tmp_path, {"do": "search", "queries": queries})[0]
    assert [len(answer["slugs"]) for answer in answers] == [3, 2, 3, 3, 0]
    counts = {one["name"]: one["count"] for one in answers[0]["counts"]["topics"]}
    assert counts == {"sound": 3, "whistles": 2}


def test_a_language_with_a_sign_is_not_the_letter(host: Callable[..., Any], tmp_path: Path) -> None:
    papers = [
        paper("2401.1", "Reeds in C++"),
        paper("2401.2", "Vitamin C"),
        paper("2401.3", "Tin in F"),
    ]
    write_site(tmp_path, papers)
    queries: list[tuple[str, dict[str, object]]] = [(text, {}) for text in ("C++", "C", "F#")]
    answers = host(tmp_path, {"do": "search", "queries": queries})[0]
    assert [sorted(answer["slugs"]) for answer in answers] == [
        ["2401.1"],
        ["2401.1", "2401.2"],
        ["2401.3"],
    ]


def test_filters_narrow(search: Callable[..., Any]) -> None:
    [answer] = search(("river", {"topics": ["lookup"], "size": 1000, "exactTotal": True}))
    topics = {paper.slug: paper.topics for paper in PAPERS}
    assert answer["slugs"]
    assert all("lookup" in topics[slug] for slug in answer["slugs"])


@pytest.mark.parametrize(
    "text", ["", " ", "-", "- - -", '"', '""', "$", "author:", "year:", "\\", "-x"]
)
def test_nothing_much_finds_nothing_and_breaks_nothing(
    search: Callable[..., Any], text: str
) -> None:
    assert search(text)[0]["slugs"] == []


def test_some_words_are_better_than_none(search: Callable[..., Any]) -> None:
    [answer] = search("flamingo kettles")
    assert answer["isPartial"]
    assert set(answer["slugs"][:2]) == {"2401.00008", "2401.00001"}


def test_a_slip_that_some_paper_holds_is_mended_where_nothing_has_all(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    papers = [
        paper("1", "Counting lanterns by the harbour"),
        paper("2", "Notes", "A lantren was drawn."),
    ]
    write_site(tmp_path, papers)
    [(mended, exact)] = host(
        tmp_path, {"do": "search", "queries": [("lantren harbour", {}), ("lantren drawn", {})]}
    )
    assert (mended["slugs"][0], mended["total"]) == ("1", 1)
    assert mended["corrections"] == [["lantren", "lantern"]]
    assert (exact["slugs"], exact["corrections"]) == (["2"], [])


def test_a_slip_that_a_few_papers_made_leads_to_the_many_too(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    papers = [paper(f"1-{n}", f"A diffusion of kettles {n}") for n in range(60)]
    papers.append(paper("2", "Notes", "A difusion was drawn."))
    write_site(tmp_path, papers)
    queries = [("difusion", {"size": 99}), ('"difusion"', {}), ("drawn", {})]
    [(plain, quoted, other)] = host(tmp_path, {"do": "search", "queries": queries})
    assert len(plain["slugs"]) == plain["total"] == 61
    assert plain["corrections"] == [["difusion", "diffusion"]]
    assert (quoted["slugs"], quoted["corrections"]) == (["2"], [])
    assert other["corrections"] == []


def test_a_minus_before_a_formula_leaves_nothing_out(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    title = "A note on the problem of -D₀²+2x₁D₀D₂+D₁²"
    write_site(tmp_path, [paper("1", title), paper("2", "Another note on the problem")])
    queries: list[tuple[str, dict[str, object]]] = [
        (title, {}),
        ("note -another", {}),
        ("problem -C++ -k-NN -'x'", {}),
    ]
    [(pasted, word, three)] = host(tmp_path, {"do": "search", "queries": queries})
    assert (pasted["slugs"][0], pasted["isPartial"]) == ("1", False)
    assert word["slugs"] == ["1"]
    assert three["total"] == 2


def test_a_paper_of_few_authors_comes_before_one_of_a_crowd(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    crowd = ("Grace Kovář", *(f"Author Number{n}" for n in range(30)))
    papers = [
        paper("1", "A quiet lantern", authors=("Zdeňka Kovář",), date="2020-01-01"),
        paper("2", "A quiet lantern too", authors=crowd, date="2024-01-01"),
    ]
    write_site(tmp_path, papers)
    queries: list[tuple[str, dict[str, object]]] = [("author:Kovar", {}), ("kovář lantern", {})]
    [answers] = host(tmp_path, {"do": "search", "queries": queries})
    assert [answer["slugs"] for answer in answers] == [["1", "2"]] * 2


def test_a_title_as_it_was_typed_comes_first_on_the_page_too(
    host: Callable[..., Any], tmp_path: Path
) -> None:
    papers = [
        paper("1", "Few shots", "Few.", date="2020-01-01"),
        paper("2", "Few-shot", "Few shots, few shots, few shots.", date="2024-01-01"),
    ]
    write_site(tmp_path, papers)
    page = {"order": "relevance", "exactTotal": True, "countFacets": True, "size": 20}
    queries = [("few shots", {}), ("few shots", page)]
    [answers] = host(tmp_path, {"do": "search", "queries": queries})
    assert [answer["slugs"] for answer in answers] == [["1", "2"]] * 2


def test_a_phrase_is_one_row_of_words(host: Callable[..., Any], tmp_path: Path) -> None:
    """Each pair stands somewhere in the second paper, all three together do not."""
    papers = [
        paper("1", "Row", "The quiet red low-rank engine ran."),
        paper("2", "Pairs", "A quiet red hat, but just one red low-rank engine."),
    ]
    write_site(tmp_path, papers)
    [[answer]] = host(tmp_path, {"do": "search", "queries": [('"quiet red low-rank engine"', {})]})
    assert answer["slugs"] == ["1"]


def test_nothing_is_fetched_twice(search: Callable[..., Any]) -> None:
    first, second = search("river stable", "river stable")
    assert first["fetched"]
    assert second["fetched"] == []


def test_distances(host: Callable[..., Any], site: Path) -> None:
    pairs = [
        ("kitten", "kitten", 2, False),
        ("kitten", "kiten", 2, False),
        ("kitten", "iktten", 2, False),
        ("kitten", "sitting", 2, False),
        ("kitten", "sitting", 3, False),
        ("kittn", "kittens", 2, True),
        ("abc", "xbcdefgh", 1, True),
        ("abc", "xyz", 2, True),
    ]
    assert host(site, {"do": "distance", "pairs": pairs})[0] == [0, 1, 1, -1, 3, 1, 1, -1]


def test_lunr_finds_the_same_papers(host: Callable[..., Any], tmp_path: Path) -> None:
    """lunr.py is the oracle: the same words must give the same set of papers."""
    documents = drawn(120, seed=8)
    write_site(tmp_path, documents)
    fields = [
        {"id": one.slug, "title": one.title, "text": one.text, "authors": " ".join(one.authors)}
        for one in documents
    ]
    index = lunr(ref="id", fields=("title", "text", "authors"), documents=fields, languages=[])
    queries = [" ".join(one.title.split()[:2]) for one in documents]
    queries = [query for query in queries if FILLERS.isdisjoint(query.split())]
    [answers] = host(
        tmp_path,
        {
            "do": "search",
            "queries": [(query + " ", {"size": 200, "exactTotal": True}) for query in queries],
        },
    )
    for query, answer in zip(queries, answers, strict=True):
        required = " ".join(f"+{word}" for word in query.split())
        expected = {result["ref"] for result in index.search(required)}
        assert set(answer["slugs"][: answer["total"]]) == expected, query
