"""Measures the topics of papers beside single best words, on papers a librarian sorted."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from paper_digest.catalog.topics import TopicClassifier
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.settings.taxonomy import load_topics
from paper_digest.text.yaml_document import parse_yaml

_GOALS = {
    "hf": "F1 .73, precision .78, first right .92",
    "ax": "F1 .66, precision .78, first right .92",
}


def measure_topics(
    papers: Iterable[Paper], judged: Sequence[dict[str, Any]], corpus: Path
) -> Iterator[str]:
    """Yield the lines of the table: precision, recall, F1, and how often the first topic is right."""
    topics = load_topics(Path("/nonexistent"), parse_yaml(b"topics: default\n", "archive.yml"))
    by_slug = {paper.slug: paper for paper in papers} | _corpus_papers(
        corpus, {one["id"] for one in judged}
    )
    classifier = TopicClassifier(topics)
    yield f"## Topics: {len(judged)} sorted papers"
    yield ""
    yield "| papers | by | precision | recall | F1 | first right | in none |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name in dict.fromkeys(one["set"] for one in judged):
        of_set = [one for one in judged if one["set"] == name and one["id"] in by_slug]
        ours = [tuple(m.topic for m in classifier.classify(by_slug[one["id"]])) for one in of_set]
        plain_of = _plain_topics(topics)
        plain = [plain_of(by_slug[one["id"]]) for one in of_set]
        yield _row(name, "ours", ours, of_set)
        yield _row(name, "title words, else categories", plain, of_set)
        yield f"| {name} | goal | {_GOALS[name]} | | | | |"
    yield ""


def _row(papers: str, by: str, found: list[tuple[str, ...]], judged: list[dict[str, Any]]) -> str:
    right = sum(len({*f} & {*one["topics"]}) for f, one in zip(found, judged, strict=True))
    given, wanted = sum(map(len, found)), sum(len(one["topics"]) for one in judged)
    precision, recall = right / max(given, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    first = sum(bool(f) and f[0] in one["topics"] for f, one in zip(found, judged, strict=True))
    named = sum(map(bool, found))
    return (
        f"| {papers} ({len(judged)}) | {by} | {precision:.3f} | {recall:.3f} | {f1:.3f} "
        f"| {first / max(named, 1):.3f} | {len(judged) - named} |"
    )


def _plain_topics(topics: tuple[Topic, ...]) -> Callable[[Paper], tuple[str, ...]]:
    """Return what gives a paper each topic one of whose words its title holds, else its category's."""

    def classify(paper: Paper) -> tuple[str, ...]:
        title = f" {paper.title.lower()} "
        by_word = tuple(
            t.name for t in topics if any(word.lower().strip("*") in title for word in t.words)
        )
        return by_word or tuple(t.name for t in topics if {*t.categories} & {*paper.categories[:1]})

    return classify


def _corpus_papers(corpus: Path, wanted: set[str]) -> dict[str, Paper]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        one["id"]: Paper(
            id=f"arxiv:{one['id']}",
            title=" ".join(one["title"].split()),
            abstract=" ".join(one["abstract"].split()),
            categories=tuple(one["categories"]),
        )
        for one in records
        if one["id"] in wanted
    }
