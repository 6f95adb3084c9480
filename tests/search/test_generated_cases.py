"""What readers type of the sample's papers, made by rule: both engines find the paper, and filters let through what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import pytest
import search_cases
from paper_digest.builder.search_document import make_search_document
from paper_digest.catalog.entry import catalog_entry
from paper_digest.search.document import Document
from paper_digest.search.tokenizer import indexed_words, stem, tokens
from paper_digest.store.files import Store
from paths import SAMPLE
from search_cases import Case, cases, numbered_systems, title_words, titles_in_signs
from search_comparison import differing
from search_site import write_lunr_site, write_site

RULES = (
    search_cases.one_edit, search_cases.other_spelling, search_cases.accents,
    search_cases.person, search_cases.phrase, search_cases.year,
)  # fmt: skip
ENGINES: dict[str, Callable[[Path, list[Document]], None]] = {
    "sharded": write_site,
    "lunr": write_lunr_site,
}

Ask = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def real() -> list[Document]:
    papers = Store(SAMPLE / "archive").read_all([])
    return [make_search_document(one, catalog_entry(one, [])) for one in papers]


@pytest.fixture(scope="module")
def documents(real: list[Document]) -> list[Document]:
    draw = Random(5)  # noqa: S311 - a repeatable draw
    return [*real, *numbered_systems(real[::4], draw), *titles_in_signs(30, draw)]


@pytest.fixture(scope="module")
def made(real: list[Document], documents: list[Document]) -> list[Case]:
    draw = Random(7)  # noqa: S311 - a repeatable draw
    systems = [one for one in documents if one.slug.startswith("3001.")]
    in_signs = [one for one in documents if one.slug.startswith("3101.")]
    return [
        *cases(real[::3], RULES, draw),
        *cases(systems, (search_cases.border,), draw),
        *cases(in_signs, (search_cases.signs,), draw),
    ]


@pytest.fixture(scope="module", params=ENGINES)
def folder(
    request: pytest.FixtureRequest,
    documents: list[Document],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return the folder of one engine's index and scripts; it is called as the engine."""
    made: Path = tmp_path_factory.mktemp("engine") / request.param
    ENGINES[request.param](made, documents)
    return made


def test_each_case_finds_its_paper(host: Ask, folder: Path, made: list[Case]) -> None:
    [answers] = host(folder, {"do": "search", "queries": [(case.query, {}) for case in made]})
    lost = [
        (case, answer["slugs"])
        for case, answer in zip(made, answers, strict=True)
        if case.slug not in answer["slugs"][: case.places]
    ]
    assert lost == []
    assert {case.rule for case in made} >= {rule.__name__ for rule in RULES} | {"border", "signs"}


def test_python_gives_the_browsers_answers(host: Ask, folder: Path, made: list[Case]) -> None:
    if folder.name == "sharded":
        assert differing(host, folder, [case.query for case in made[::2]], {}) == []


def test_filters_let_through_what_they_say(
    host: Ask, folder: Path, real: list[Document], documents: list[Document]
) -> None:
    """Of the papers with a word: those of a year, with code, with it in the title, without another word."""
    asked = [(one, words[0], words[1]) for one in real[::3] if len(words := title_words(one)) > 1]
    filters: list[Callable[[Document, str, str], tuple[str, Callable[[Document], bool]]]] = [
        lambda one, word, _: (f"{word} year:{one.date[:4]}", lambda hit: hit.date[:4] == one.date[:4]),
        lambda one, word, _: (f"{word} year:..{one.date[:4]}", lambda hit: hit.date[:4] <= one.date[:4]),
        lambda _, word, __: (f"{word} has:code", lambda hit: hit.has_code),
        lambda _, word, __: (f"title:{word}", lambda hit: stem(word) in _stems(hit.title)),
        lambda _, word, other: (f"{word} -{other}", lambda hit: stem(other) not in _all_stems(hit)),
    ]  # fmt: skip
    rows = [(word, *make(one, word, other)) for one, word, other in asked for make in filters]
    by_slug = {one.slug: one for one in documents}
    words = sorted({word for word, _, _ in rows})
    options = {"size": len(documents), "exactTotal": True}
    queries = [f"{query} " for query in [*words, *(query for _, query, _ in rows)]]
    [answers] = host(folder, {"do": "search", "queries": [(query, options) for query in queries]})
    complete = [set(answer["slugs"][: answer["total"]]) for answer in answers]
    having = dict(zip(words, complete, strict=False))
    for (word, query, lets), found in zip(rows, complete[len(words) :], strict=True):
        assert found == {slug for slug in having[word] if lets(by_slug[slug])}, query


def _stems(text: str) -> set[str]:
    return {word.text for token in tokens(text) for word in indexed_words(token)[1]}


def _all_stems(document: Document) -> set[str]:
    texts: Iterable[str] = (document.title, document.text, *document.authors)
    return {word for text in texts for word in _stems(text)}
