"""Lists for programs: whole, in pages that one answer holds, and as the schema says."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest
from paper_digest.catalog.catalog import Catalog
from paper_digest.catalog.curated import CuratedLists
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Paper, Sighting
from paper_digest.model.topic import Topic
from paper_digest.render import exports
from paper_digest.render.exports import agent_lists, api_lists, api_types, llms
from paper_digest.render.pages.agents import make_page
from paper_digest.settings.config import Config
from paper_digest.store.curated_lists import CuratedList
from paper_digest.text.token_estimate import MAX_ANSWER_BYTES

DAY = "2025-11-03"
TOPICS = tuple(Topic(f"topic-{n}", f"Topic {n}") for n in range(150))


def _papers(count: int, title: str) -> list[Paper]:
    return [
        Paper(
            id=f"arxiv:2511.{number:05}",
            title=f"{title} {number}",
            authors=tuple(Author(f"名前 {place} {title}") for place in range(5)),
            announced=DAY,
            abstract=title,
            sightings=(Sighting("huggingface", DAY, seen=DAY, upvotes=number, as_of=DAY),),
        )
        for number in range(count)
    ]


def _made(papers: list[Paper], config: Config) -> dict[str, bytes]:
    catalog = Catalog([catalog_entry(p, ["topic-0"]) for p in papers], TOPICS[:1])
    groups = (
        *agent_lists.file_groups(catalog),
        *llms.topic_groups(catalog, config),
        *api_lists.file_groups(catalog, config),
    )
    return dict(item for group in groups for item in group.make())


@pytest.mark.parametrize("title", ["A cloth", "布" * 900, '"' * 900, "<&> " * 200])
def test_every_page_is_one_answer_and_together_they_have_all(title: str, config: Config) -> None:
    papers = _papers(60, title)
    made = _made(papers, config)
    path, found, page_count = "api/daily/2025/11/03.json", [], 0
    while path:
        page = json.loads(made[path])
        page_count += 1
        found += [row["slug"] for row in page["papers"]]
        assert page["count"] == len(papers)
        path = page.get("next", "")
    assert sorted(found) == sorted(p.slug for p in papers)
    assert page_count > (title != "A cloth")
    bounded = [p for p in made if p.startswith(("api/daily/", "api/trending", "llms-full/"))]
    assert [p for p in bounded if len(made[p]) > MAX_ANSWER_BYTES] == []
    assert json.loads(made["api/daily/2025.json"])["days"] == {DAY: len(papers)}
    assert len(json.loads(made["api/trending.json"])["rising"]) == 10


def test_a_year_counts_papers_of_which_no_day_is_known(config: Config) -> None:
    """It said fewer than ``agents.md`` and the year's page, and a year of such papers had no file."""
    dates = ("2025-11-03", "2025-11", "2025", "2024", "")
    papers = [
        msgspec.structs.replace(paper, published=when, announced="")
        for paper, when in zip(_papers(len(dates), "A cloth"), dates, strict=True)
    ]
    made = _made(papers, config)
    years = {year: json.loads(made[f"api/daily/{year}.json"]) for year in ("2025", "2024")}
    assert years == {
        "2025": {"year": "2025", "papers": 3, "days": {"2025-11-03": 1}},
        "2024": {"year": "2024", "papers": 1, "days": {}},
    }


def test_every_list_follows_the_schema(config: Config) -> None:
    made = _made(_papers(80, "A cloth"), config)
    kinds = {
        "api/daily/2025.json": "DailyYear",
        "api/daily/2025/11/03.json": "DailyPage",
        "api/daily/2025/11/03-2.json": "DailyPage",
        "api/trending.json": "Trending",
        "api/index.json": "Index",
        "api/dates/2025-11-03.json": "Day",
        "api/topics/topic-0.json": "TopicList",
    }
    schema = json.loads(api_types.json_schema(config))
    for path, kind in kinds.items():
        said = {"$defs": schema["$defs"], "$ref": f"#/$defs/{kind}"}
        value: dict[str, Any] = json.loads(made[path])
        jsonschema.validate(value, said)
        jsonschema.validate(value | {"added_later": 1}, said)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate([value], said)


def test_a_new_paper_changes_the_lists_of_its_day_alone(config: Config) -> None:
    papers = [*_papers(2, "A cloth"), Paper(id="arxiv:2510.00001", announced="2025-10-02")]
    before = _made(papers, config)
    after = _made([*papers, Paper(id="arxiv:2511.00009", announced=DAY)], config)
    daily = {path for path in after if path.startswith("api/daily/")}
    assert {path for path in daily if before.get(path) != after[path]} == {
        "api/daily/2025.json",
        "api/daily/2025/11/03.json",
    }


def test_the_page_for_agents_is_one_answer_however_much_there_is(config: Config) -> None:
    papers = _papers(3, "布" * 900)
    papers += [Paper(id=f"arxiv:2412.{y}", published=f"{y}") for y in range(1950, 2025)]
    entries = [catalog_entry(p, [topic.name for topic in TOPICS]) for p in papers]
    settings = Config("布" * 200, "<" * 2000, url=config.url)
    published = make_page(Catalog(entries, TOPICS), settings).published_markdown()
    assert len(published.encode()) <= MAX_ANSWER_BYTES
    assert "78 research papers" in published


@pytest.mark.parametrize("topic_count", [60, 61])
@pytest.mark.parametrize("list_count", [0, 60, 63])
def test_what_is_not_named_is_counted_below_its_own_list(
    config: Config, topic_count: int, list_count: int
) -> None:
    topics = tuple(Topic(f"t{n}", f"T {n}") for n in range(topic_count))
    paper = catalog_entry(_papers(1, "A cloth")[0], [topic.name for topic in topics])
    catalog = Catalog([paper], topics)
    lists = CuratedLists(CuratedList(f"l{n}", f"L {n}") for n in range(list_count))
    catalog.curated = catalog.curated._replace(lists=lists)
    text = make_page(catalog, config).published
    topics_part, _, lists_part = text.partition("## Lists kept by people")
    for part, count in ((topics_part, topic_count), (lists_part, list_count)):
        more = f"and {count - 60} more in api/index.json"
        assert ("more in api" in part) == (count > 60)
        assert count <= 60 or part.strip().endswith(more)
    llms_text = llms.llms_file(catalog, config)[1].decode()
    assert (": 3 more lists" in llms_text) == (list_count == 63)


def test_licence_and_signals_are_said(config: Config) -> None:
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    settings = Config("A", licence=licence, content_signals={"search": True, "ai-train": False})
    made = dict(exports.files_of_papers(Catalog([], ()), [], settings))
    assert b"Content-Signal: search=yes, ai-train=no\n" in made["robots.txt"]
    assert licence.encode() in made["robots.txt"]
    page = make_page(Catalog([], ()), settings).published
    assert licence in page
    assert "search=yes, ai-train=no" in page
    silent = dict(exports.files_of_papers(Catalog([], ()), [], config))["robots.txt"]
    assert b"Content-Signal" not in silent
