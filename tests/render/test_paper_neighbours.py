"""Why two papers are related, as their pages say it, and the way to more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from paper_digest.catalog.catalog import Catalog, RelatedPaper
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Link, Paper
from paper_digest.model.topic import Topic
from paper_digest.render.pages.paper_neighbours import neighbours_block

TOPICS = (Topic("tea", "Tea & cups", words=("tea",)), Topic("sail", "Sailing", words=("sail",)))


def block(
    near: RelatedPaper,
    *,
    topics: tuple[str, ...] = (),
    authors: tuple[str, ...] = ("A. Person",),
    code: str = "",
) -> str:
    """Return the related papers of a paper about tea, by one author, with code."""
    links = (Link("code", "https://github.com/example/kettle"),)
    first = Paper(id="arxiv:2501.00001", title="Kettles", links=links, authors=(Author("B. Body"),))
    second = Paper(
        id="arxiv:2501.00002",
        title="Lids",
        published="2025-01-03",
        authors=tuple(map(Author, authors)),
        links=(Link("code", code),) if code else (),
    )
    entries = [catalog_entry(first, ("sail", "tea")), catalog_entry(second, topics)]
    catalog = Catalog(entries, TOPICS)
    catalog.related = {entries[0].slug: (near,)}
    return neighbours_block(entries[0], catalog).html


@pytest.mark.parametrize(
    ("phrase", "more", "reason"),
    [
        ("green tea", {"topics": ("tea",)}, "both on green tea"),
        ("", {"topics": ("tea",)}, "both in Tea &amp; cups"),
        ("", {"topics": ("tea", "sail")}, "both in Sailing"),
        ("", {"topics": ("tea",), "authors": ("B. Body",)}, "both by B. Body"),
        ("", {"code": "https://github.com/example/kettle"}, "same code repository"),
        ("", {}, "shared words: lid, steam"),
    ],
)
def test_the_reason_is_a_subject_or_people_and_words_come_last(
    phrase: str, more: dict[str, Any], reason: str
) -> None:
    html = block(RelatedPaper("2501.00002", ("lid", "steam"), phrase), **more)
    [said] = re.findall(r"<time[^>]*>3 Jan 2025</time> · (.*?)</p>", html)
    assert said == reason


def test_a_search_for_more_has_the_shared_words() -> None:
    html = block(RelatedPaper("2501.00002", ("Schrödinger", "R&D", "steam", "lid", "pot"), "tea"))
    query = "Schr%C3%B6dinger+R%26D+steam+lid"
    assert re.findall(r'\?([^"]*)">(.*?)</a>', html) == [(f"q={query}", "More like this")]
    assert "More like this" not in block(RelatedPaper("2501.00002", (), "tea"))
