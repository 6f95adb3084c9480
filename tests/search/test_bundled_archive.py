"""Searching the bundled archive: what a reader would type, and the paper that must come up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from paper_digest.builder.search_document import make_search_document
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.model.paper import Paper
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paths import SAMPLE
from search_site import write_site

#: What is typed; the paper that must come first.
FIRST = {
    "attention is all you need": "1706.03762",
    "vaswani attention": "1706.03762",
    "adam optimization": "1412.6980",
    "adam optimisation method": "1412.6980",
    "lora": "2106.09685",
    "low rank adaptation": "2106.09685",
    "lowrank adaptation": "2106.09685",
    "quantized finetuning": "2305.14314",
    "3I/ATLAS": "2507.13409",
    "ramsey lower bounds": "2601.15183",
    "U-Net": "1505.04597",
    "unet biomedical": "1505.04597",
    "slime mold maze": "1108.4956",
    "author:kingma stochastic": "1412.6980",
    "grisha perelman": "math-0211159",
    "ricci flow entropy": "math-0211159",
    "higgs bosn": "1207.7214",
    "trasnformers image recognition": "2010.11929",
    "16x16 words": "2010.11929",
    "residual learning": "1512.03385",
    "TLA+ proof": "1011.2560",
    "quasars at $6.6 < z < 7.8$": "2607.03432",
    "origami circle packing": "1008.1224",
    "lonely runner": "1209.3920",
    "arXiv:1301.3781v3": "1301.3781",
    "https://arxiv.org/abs/hep-th/9711200": "hep-th-9711200",
    "10,059 orbits": "2508.08568",
    "DeepSeek-R1": "2501.12948",
    "deepseek r1": "2501.12948",
    "chain of thought": "2201.11903",
}

#: What is typed; a paper that must be among the first ten, by words of its digest.
AMONG = {
    "stable diffusion": "2112.10752",
    "transformer translation": "1706.03762",
    "image generation noise": "2006.11239",
    "word vectors": "1301.3781",
    "hypercube": "1907.00847",
}


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return list(Store(SAMPLE / "archive").read_all([]))


@pytest.fixture(scope="module")
def ask(
    papers: list[Paper], host: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., list[list[str]]]:
    """A function that searches the bundled archive; gives the slugs found for each query."""
    topics = load_config(SAMPLE).topics
    classifier = TopicClassifier(topics)
    folder = tmp_path_factory.mktemp("bundled")
    documents = [
        make_search_document(
            one, catalog_entry(one, [match.topic for match in classifier.classify(one)])
        )
        for one in papers
    ]
    write_site(folder, documents, None, **{topic.name: topic.title for topic in topics})

    def found(*queries: str) -> list[list[str]]:
        pairs = [(query, {"size": 10}) for query in queries]
        answers = host(folder, {"do": "search", "queries": pairs})[0]
        return [answer["slugs"] for answer in answers]

    return found


def test_the_paper_meant_comes_first(ask: Callable[..., list[list[str]]]) -> None:
    first = dict(zip(FIRST, (found[:1] for found in ask(*FIRST)), strict=True))
    assert first == {query: [slug] for query, slug in FIRST.items()}


def test_words_of_a_digest_bring_its_paper_up(ask: Callable[..., list[list[str]]]) -> None:
    found = dict(zip(AMONG, ask(*AMONG), strict=True))
    assert {query for query, slug in AMONG.items() if slug not in found[query]} == set()


def test_every_pasted_title_comes_first(
    papers: list[Paper], ask: Callable[..., list[list[str]]]
) -> None:
    found = ask(*(paper.title for paper in papers))
    lost = [one.title for one, slugs in zip(papers, found, strict=True) if slugs[:1] != [one.slug]]
    assert lost == []


def test_every_author_with_a_word_of_the_title_leads_to_the_paper(
    papers: list[Paper], ask: Callable[..., list[list[str]]]
) -> None:
    asked = {
        paper.slug: f"{paper.authors[0].name} {max(paper.title.split(), key=len)}"
        for paper in papers
        if paper.authors
    }
    found = dict(zip(asked, ask(*asked.values()), strict=True))
    assert [asked[slug] for slug in asked if slug not in found[slug]] == []
