"""Measures the topics of papers beside words alone, likeness alone and title words, on papers a librarian sorted."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from paper_digest.catalog.topic_centroids import (
    TopicCentroids,
    learn_centroids,
)
from paper_digest.catalog.topic_choice import choose_topics
from paper_digest.catalog.topic_evidence import word_buckets
from paper_digest.catalog.topics import LIKENESS_WEIGHT, TopicClassifier
from paper_digest.model.paper import Paper
from paper_digest.model.topic import Topic
from paper_digest.search.reference_set import reference_size, training_places
from paper_digest.settings.taxonomy import load_topics
from paper_digest.text.yaml_document import parse_yaml

_GOALS = {
    "hf": "F1 .73",
    "ax": "F1 .66",
}
_CORPUS_SHARE = 4  # one of so many records of the corpus is in the archive of other fields
Labels = Sequence[dict[str, Any]]


class _Archive(NamedTuple):
    """An archive with judged papers: all its papers by slug or id, and what each topic's are like."""

    papers: dict[str, Paper]
    centroids: TopicCentroids
    microseconds: float


def measure_topics(papers: Sequence[Paper], judged: Labels, corpus: Path) -> Iterator[str]:
    """Yield the lines of the tables: precision, recall, F1, how often the first topic is right, and cost."""
    topics = default_topics()
    classifier = TopicClassifier(topics)
    archives = {
        "hf": _archive(classifier, {paper.slug: paper for paper in papers}),
        "ax": _archive(classifier, _corpus_papers(corpus, {one["id"] for one in judged})),
    }
    yield f"## Topics: {len(judged)} sorted papers"
    yield ""
    yield "| papers | by | precision | recall | F1 | first right | in none |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    both: tuple[list[tuple[str, ...]], list[dict[str, Any]]] = ([], [])
    for name, archive in archives.items():
        of_set = [one for one in judged if one["set"] == name and one["id"] in archive.papers]
        for by, classify in _ways(topics, classifier, archive.centroids).items():
            given = [classify(archive.papers[one["id"]]) for one in of_set]
            yield _row(name, by, given, of_set)
            if by == "ours":
                both = ([*both[0], *given], [*both[1], *of_set])
        yield f"| {name} | goal: {_GOALS[name]} | | | | | |"
    yield _row("all", "ours", *both)
    yield "| all | goal: precision .78, first right .92 | | | | | |"
    yield ""
    for name, archive in archives.items():
        yield (
            f"{name}: {archive.microseconds:.0f} µs of processor time a paper for words, phrases, likeness and "
            f"choice ({len(archive.papers):,} papers; goal 50 beyond the {_phrase_cost(classifier, archive):.0f} "
            "of finding phrases)"
        )
    yield ""


def default_topics() -> tuple[Topic, ...]:
    """Return the topics of an archive that has set none."""
    return load_topics(Path("/nonexistent"), parse_yaml(b"topics: default\n", "archive.yml"))


def _archive(classifier: TopicClassifier, papers: dict[str, Paper]) -> _Archive:
    """Learn from the papers as a build does, and measure what a build spends on each."""
    start = time.process_time()
    evidence = {
        slug: classifier.evidence(paper, classifier.find_phrases(paper), None)
        for slug, paper in papers.items()
    }
    oldest = sorted(
        papers, key=lambda slug: (papers[slug].announced or papers[slug].published, slug)
    )
    places = training_places(reference_size(len(oldest)))
    centroids = learn_centroids(evidence[oldest[place]] for place in places)
    likenesses = centroids.likenesses([one.words for one in evidence.values()])
    for one, likeness in zip(evidence.values(), likenesses, strict=True):
        classifier.place(one, likeness)
    spent = time.process_time() - start
    return _Archive(papers, centroids, spent / len(papers) * 1e6)


def _phrase_cost(classifier: TopicClassifier, archive: _Archive) -> float:
    start = time.process_time()
    for paper in archive.papers.values():
        classifier.find_phrases(paper)
    return (time.process_time() - start) / len(archive.papers) * 1e6


def _ways(
    topics: tuple[Topic, ...], classifier: TopicClassifier, centroids: TopicCentroids
) -> dict[str, Callable[[Paper], tuple[str, ...]]]:
    """Return what gives a paper its topics: ours, and the plain alternatives."""
    parents = {topic.name: topic.parent for topic in topics if topic.parent}

    def by_likeness(paper: Paper) -> tuple[str, ...]:
        (likeness,) = centroids.likenesses([word_buckets(paper)])
        scores = {topic: LIKENESS_WEIGHT * share for topic, share in likeness.items()}
        return tuple(topic for topic, _ in choose_topics(scores, scores.keys(), {}, parents)[:2])

    return {
        "ours": lambda p: tuple(m.topic for m in classifier.classify(p, None, centroids)),
        "words and categories alone": lambda p: tuple(m.topic for m in classifier.classify(p)),
        "likeness alone": by_likeness,
        "title words, else categories": _plain_topics(topics),
    }


def _row(papers: str, by: str, given: list[tuple[str, ...]], judged: Labels) -> str:
    right = sum(len({*g} & {*one["topics"]}) for g, one in zip(given, judged, strict=True))
    total, wanted = sum(map(len, given)), sum(len(one["topics"]) for one in judged)
    precision, recall = right / max(total, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    first = sum(bool(g) and g[0] in one["topics"] for g, one in zip(given, judged, strict=True))
    named = sum(map(bool, given))
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
    """Read every fourth record of the corpus, and those that are wanted."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        one["id"]: Paper(
            id=f"arxiv:{one['id']}",
            title=" ".join(one["title"].split()),
            abstract=" ".join(one["abstract"].split()),
            categories=tuple(one["categories"]),
            published=one["published"][:10],
        )
        for number, one in enumerate(records)
        if number % _CORPUS_SHARE == 0 or one["id"] in wanted
    }
