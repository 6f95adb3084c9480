"""A minus leaves out what the same part finds without it: in both engines, in Python, and by a plain scan of the papers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.query_faults import query_faults
from paper_digest.search.query_parser import parse_query
from paper_digest.search.ranked_search import RankedSearch
from search_documents import WORDS, drawn
from search_site import write_lunr_site, write_site

Ask = Callable[..., list[Any]]
Holds = Callable[[Document], bool]

TITLES = {"lookup": "Lookup and memory", "sound": "Sound", "empty": "A topic without papers"}


def _papers() -> list[Document]:
    draw = Random(3)  # noqa: S311 - a repeatable draw
    return [
        msgspec.structs.replace(
            one,
            date=draw.choice((one.date, one.date, "")),
            topics=draw.choice(((), ("lookup",), ("sound",), ("lookup", "sound"))),
            has_code=draw.random() < 0.4,
            sources=draw.choice((("arxiv",), ("acl",), ("acl", "arxiv"))),
        )
        for one in drawn(250, seed=4)
    ]


PAPERS = _papers()


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("negation")
    write_site(folder / "sharded", PAPERS, None, **TITLES)
    write_lunr_site(folder / "lunr", PAPERS, **TITLES)
    return folder


def _in_row(text: str, row: tuple[str, ...]) -> bool:
    words = text.lower().split()
    return row in (tuple(words[at : at + len(row)]) for at in range(len(words)))


def _operators(draw: Random) -> dict[str, Holds]:
    """Draw a part of a query of every kind, with what a paper must have to be found by it."""
    word, other = draw.sample(WORDS, 2)
    of = draw.choice(PAPERS)
    row = draw.choice([*pairwise(of.text.split()), *pairwise(of.title.split())])
    title = of.title.split()[:2]
    initial, name = of.authors[0].lower().split()
    first, last = sorted((draw.randint(1988, 2021), draw.randint(1988, 2021)))
    named = {"lookup": "lookup", "Sound": "sound", '"LOOKUP and memory"': "lookup"}
    topic = draw.choice([*named])
    return {
        word: lambda one: word in f"{one.title} {one.text} {one.authors}".lower(),
        f'"{" ".join(row)}"': lambda one: _in_row(one.title, row) or _in_row(one.text, row),
        f"author:{name}": lambda one: any(name in full.lower().split() for full in one.authors),
        f'author:"{initial} {name}"': lambda one: f"{initial} {name}" in map(str.lower, one.authors),
        f"title:{other}": lambda one: other in one.title.split(),
        f'title:"{" ".join(title)}"': lambda one: _in_row(one.title, (title[0], title[1])),
        f"topic:{topic}": lambda one: named[topic] in one.topics,
        "topic:empty": lambda _: False,
        "topic:nowhere": lambda _: False,
        "source:acl": lambda one: "acl" in one.sources,
        "source:nowhere": lambda _: False,
        "has:code": lambda one: one.has_code,
        "code:yes": lambda one: one.has_code,
        "code:no": lambda one: not one.has_code,
        f"year:{of.date[:4] or 2001}": lambda one: one.date[:4] == (of.date[:4] or "2001"),
        f"year:{first}..{last}": lambda one: str(first) <= one.date[:4] <= str(last),
        f"year:{last}..{first}": lambda one: str(first) <= one.date[:4] <= str(last),
        f"year:{first}..": lambda one: one.date[:4] >= str(first),
        f"year:..{first}": lambda one: bool(one.date) and one.date[:4] <= str(first),
        "year:1850": lambda _: False,
    }  # fmt: skip


def _cases() -> list[tuple[str, set[str]]]:
    """Make queries with the papers that a plain scan finds: each part alone, with a minus, and several at once."""
    draw = Random(8)  # noqa: S311 - a repeatable draw
    made: list[tuple[str, list[Holds]]] = []
    for _ in range(12):
        operators = _operators(draw)
        parts = [(part, holds) for part, holds in operators.items()]
        parts += [(f"-{part}", lambda one, holds=holds: not holds(one)) for part, holds in parts]  # type: ignore[misc]
        made += [(part, [holds]) for part, holds in parts]
        for _ in range(15):
            asked = draw.sample(parts, draw.randint(2, 4))
            # Of years the last counts; two of them would be one.
            if sum(part.startswith("year:") for part, _ in asked) < 2:
                made.append((" ".join(part for part, _ in asked), [holds for _, holds in asked]))
    return [
        (f"{query} ", {one.slug for one in PAPERS if all(holds(one) for holds in conditions)})
        for query, conditions in made
    ]


def test_a_minus_leaves_out_what_a_plain_scan_finds(indexes: Path, host: Ask) -> None:
    cases = _cases()
    python = RankedSearch(IndexReader.open(indexes / "sharded"))
    most = len(PAPERS)
    for query, wanted in cases:
        answer = python.answer_whole(query, most)
        total = 0 if answer.is_partial else answer.total
        assert {hit.slug for hit in answer.hits[:total]} == wanted, query
    options = {"size": most, "exactTotal": True, "countFacets": True}
    for engine in ("sharded", "lunr"):
        [answers] = host(
            indexes / engine,
            {"do": "search", "queries": [(query, options) for query, _ in cases]},
        )
        for (query, wanted), answer in zip(cases, answers, strict=True):
            total = 0 if answer["isPartial"] else answer["total"]
            assert {hit["slug"] for hit in answer["results"][:total]} == wanted, (engine, query)
    assert {query.split(":")[0] for query, _ in cases} >= {
        f"-{field}" for field in ("author", "title", "topic", "source", "has", "code", "year")
    }


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("amber -topic:sond", {"topic:sond": "topic:sound"}),
        ("amber -topic:nope -source:arxvi", {"topic:nope": "", "source:arxvi": "source:arxiv"}),
        ("amber -year:1850..1860", {"year:1850..1860": ""}),
        ("amber -topic:sound -has:code -source:acl -year:1990", {}),
    ],
)
def test_a_filter_that_leaves_out_nothing_is_named(
    indexes: Path, host: Ask, query: str, named: dict[str, str]
) -> None:
    answer = RankedSearch(IndexReader.open(indexes / "sharded")).answer(query)
    assert answer.hits
    assert list(answer.unknown_words) == [*named]
    assert dict(answer.nearest_filters) == {typed: near for typed, near in named.items() if near}
    for engine in ("sharded", "lunr"):
        [[script]] = host(indexes / engine, {"do": "search", "queries": [(query, {})]})
        assert script["unknown"] == [*named]
        assert script["unmet"] == [list(pair) for pair in named.items()]


def test_signs_after_a_field_are_left_out_too_and_formulas_stay() -> None:
    query = parse_query("-author:(lovelace) -title:$amber -year:sometime -(x+y)")
    assert [[unit.raw for unit in group] for group in query.excluded] == [
        ["lovelace"], ["amber"], ["sometime"],
    ]  # fmt: skip
    assert [unit.raw for unit in query.units] == ["x", "y"]


def test_a_written_query_may_leave_out_no_topic_that_is_none() -> None:
    faults = [what for what, _ in query_faults("amber -topic:sond -source:nope", TITLES, ["acl"])]
    assert faults == ["asks for a topic that is none: sond", "asks for a source that is none: nope"]
    assert not list(query_faults("amber -topic:sound -source:acl -code:no", TITLES, ["acl"]))


def test_a_compound_of_a_title_that_is_taken_apart_stays_in_the_title(
    indexes: Path, host: Ask
) -> None:
    """No paper has the two words side by side; many have them anywhere."""
    rows = {
        row for one in PAPERS for text in (one.title, one.text) for row in pairwise(text.split())
    }
    pairs = [(one.title.split()[2], one.title.split()[0]) for one in PAPERS]
    asked = [pair for pair in pairs if pair not in rows][:5]
    assert asked
    python = RankedSearch(IndexReader.open(indexes / "sharded"))
    options = {"size": 250, "exactTotal": True}
    for pair in asked:
        query = f"title:{'-'.join(pair)} "
        wanted = {one.slug for one in PAPERS if set(pair) <= set(one.title.split())}
        answer = python.answer(query, 250, is_exhaustive=True)
        assert {hit.slug for hit in answer.hits[: answer.total]} == wanted, query
        [[script]] = host(indexes / "sharded", {"do": "search", "queries": [(query, options)]})
        assert {hit["slug"] for hit in script["results"][: script["total"]]} == wanted, query
