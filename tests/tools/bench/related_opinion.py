"""Measures related papers beside TF-IDF and BM25 over title and abstract, on judged pages."""

from __future__ import annotations

import math
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from paper_digest.builder.neighbouring_words import NeighbouringWords
from paper_digest.builder.search_document import make_search_document
from paper_digest.builder.shared_phrases import SharedPhrases, count_phrases
from paper_digest.catalog.entry import CatalogEntry
from paper_digest.catalog.topics import TopicClassifier, subject_phrases
from paper_digest.model.paper import Paper
from paper_digest.render.pages.paper_neighbours import more_like_this_query
from paper_digest.search.build import build_index
from paper_digest.search.document import Document
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.reference_set import reference_size
from paper_digest.search.reference_space import learn_space, unpack_space
from paper_digest.search.related import NearestPaper, original_spelling, related_papers
from paper_digest.search.tokenizer import STOP_WORDS
from search import papers as corpus_papers
from topic_opinion import default_topics

_SHOWN = 5
_USEFUL = 2  # the grade
_HITS = 10  # of a search for more like a paper
_CORPUS_SIZES = (10_000, 40_000)
_STABILITY_PAPERS = 10_000  # a round number: the reference set stays the same beyond it
_GOAL = "| goal | 2.8 | 56 % | at most 5 % | 5.0 | |"
Lists = Mapping[str, Sequence[str]]


def measure_related(
    entries: Sequence[tuple[Paper, CatalogEntry]],
    judged: list[dict[str, Any]],
    corpus: Path,
    *,
    list_unjudged: bool,
) -> Iterator[str]:
    """Yield the lines of the tables: usefulness on judged pages, and cost on the corpus."""
    documents = [make_search_document(paper, entry) for paper, entry in entries]
    grades = {one["paper"]: one["grades"] for one in judged}
    yield f"## Related papers: {len(grades)} judged pages of an archive of {len(documents):,}"
    yield ""
    yield "| by | useful a page | useful of judged | pages with none | shown | not judged |"
    yield "| --- | --- | --- | --- | --- | --- |"
    index = build_forward_index(documents)
    nearest = dict(related_papers(index, _SHOWN, grades))
    ours = {slug: [near.slug for near in found] for slug, found in nearest.items()}
    unjudged: set[tuple[str, str]] = set()
    plain = _Plain(documents)
    for name, lists in (
        ("ours", ours),
        ("TF-IDF", {slug: plain.tfidf(slug) for slug in grades}),
        ("BM25", {slug: plain.bm25(slug) for slug in grades}),
    ):
        yield _row(name, lists, grades)
        unjudged |= {(p, o) for p, near in lists.items() for o in near if o not in grades[p]}
    yield _GOAL
    if list_unjudged:
        titles = {one.slug: one.title for one in documents}
        yield ""
        for paper, other in sorted(unjudged):
            yield f"- {paper} {titles[paper]} -> {other} {titles[other]}"
    yield ""
    yield from _more_like_this(documents, nearest, grades)
    yield _phrase_share(entries, index, nearest)
    yield from _costs(corpus)
    yield _stability(corpus)
    yield ""


def _more_like_this(
    documents: Sequence[Document],
    nearest: Mapping[str, Sequence[NearestPaper]],
    grades: Mapping[str, Mapping[str, int]],
) -> Iterator[str]:
    """Measure the first hits of *More like this* beside those of a search for the title."""
    by_slug = {one.slug: one for one in documents}
    with tempfile.TemporaryDirectory() as folder:

        def write(name: str, data: bytes) -> None:
            Path(folder, name).write_bytes(data)

        build_index(documents, {}, write)
        search = RankedSearch(IndexReader.open(Path(folder)))

        def hits(slug: str, query: str) -> list[str]:
            return [hit.slug for hit in search.search(query, _HITS + 1) if hit.slug != slug][:_HITS]

        def like(slug: str) -> str:
            text = f"{by_slug[slug].title} {by_slug[slug].text}"
            words = (original_spelling(near.shared_words, text) for near in nearest[slug])
            return more_like_this_query(words)

        yield f"| first {_HITS} hits | useful a page | useful of judged | pages with none | shown | not judged |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield _row("More like this", {slug: hits(slug, like(slug)) for slug in grades}, grades)
        title_hits = {slug: hits(slug, by_slug[slug].title) for slug in grades}
        yield _row("words of the title", title_hits, grades)
        yield ""


def _phrase_share(
    entries: Sequence[tuple[Paper, CatalogEntry]],
    index: ForwardIndex,
    nearest: Mapping[str, Sequence[NearestPaper]],
) -> str:
    """Say how many of the pairs shown have a phrase as their reason, and how many one of the default topics."""
    classifier = TopicClassifier(default_topics())
    phrases = {
        paper.slug: "|".join(subject_phrases(classifier.find_phrases(paper)))
        for paper, _ in entries
    }
    oldest = sorted(entries, key=lambda one: (one[1].filing_date, one[1].slug))
    reference = [phrases[entry.slug] for _, entry in oldest[: reference_size(len(oldest))]]
    shared = SharedPhrases(phrases, count_phrases(reference))
    visible = {entry.slug: f"{entry.title} | {entry.blurb}" for _, entry in entries}
    space = unpack_space(learn_space(index, ForwardIndex()))
    neighbouring = NeighbouringWords(index, space, visible.__getitem__)
    pairs = [(slug, near) for slug, found in nearest.items() for near in found]
    of_topics = [bool(shared.rarest(slug, near.slug)) for slug, near in pairs]
    have = [
        of_topic or bool(neighbouring.rarest(slug, near.slug, near.shared_words))
        for of_topic, (slug, near) in zip(of_topics, pairs, strict=True)
    ]
    count = max(len(pairs), 1)
    return (
        f"{sum(have) / count:.0%} of the pairs shown share a phrase (goal 85 %), "
        f"{sum(of_topics) / count:.0%} one of the topics."
    )


def _stability(corpus: Path) -> str:
    """Say how many old lists change with the newest 50 papers, between two steps of the reference set."""
    papers = corpus_papers(corpus, _STABILITY_PAPERS + 60)
    # Also within a day in the order of the index: else papers would come into the reference set.
    documents = sorted(papers, key=lambda one: (one.date, one.slug))
    before, after = (
        dict(related_papers(build_forward_index(documents[:count]), _SHOWN))
        for count in (_STABILITY_PAPERS + 10, _STABILITY_PAPERS + 60)
    )
    changed = sum(after[slug] != near for slug, near in before.items())
    return f"{changed} of {len(before):,} old lists change with 50 new papers (goal at most 300)."


def _row(name: str, lists: Lists, grades: Mapping[str, Mapping[str, int]]) -> str:
    shown = [[grades[paper].get(other) for other in lists[paper]] for paper in grades]
    useful = [sum(grade == _USEFUL for grade in page) for page in shown]
    known = sum(grade is not None for page in shown for grade in page)
    total, pages = sum(map(len, shown)), len(shown)
    return (
        f"| {name} | {sum(useful) / pages:.2f} | {sum(useful) / max(known, 1):.0%} "
        f"| {useful.count(0)} of {pages} | {total / pages:.1f} | {total - known} |"
    )


def _costs(corpus: Path) -> Iterator[str]:
    yield ""
    yield "| papers of arXiv | µs a paper (processor) | neighbours of the same category |"
    yield "| --- | --- | --- |"
    for size in _CORPUS_SIZES:
        documents = list(corpus_papers(corpus, size))
        category = {one.slug: one.topics for one in documents}
        index = build_forward_index(documents)
        start = time.process_time()
        found = list(related_papers(index, _SHOWN))
        spent = time.process_time() - start
        same = [category[one.slug] == category[slug] for slug, near in found for one in near]
        yield f"| {size:,} | {spent / size * 1e6:.0f} | {sum(same) / len(same):.3f} |"
    yield "| goal | 150 at 10,000; 250 at 40,000 | .54 at 40,000 |"
    yield ""


class _Plain:
    """The plain alternatives: no stages, no choice of words but stop words."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._slugs = [one.slug for one in documents]
        words = [
            [
                word
                for word in re.findall(r"[a-z0-9]+", f"{one.title} {one.text}".lower())
                if word not in STOP_WORDS
            ]
            for one in documents
        ]
        self._counts = dict(zip(self._slugs, map(Counter, words), strict=True))
        self._frequency = Counter(word for one in self._counts.values() for word in one)
        self._mean_length = float(np.mean([len(one) for one in words]))

    def tfidf(self, slug: str) -> list[str]:
        """Return the nearest by cosine of log-weighted TF-IDF."""
        own = self._weights[slug]
        scores = {
            s: sum(own[w] * x for w, x in one.items() if w in own)
            for s, one in self._weights.items()
        }
        return self._best(slug, scores)

    @cached_property
    def _weights(self) -> dict[str, dict[str, float]]:
        count, weights = len(self._slugs), {}
        for slug, counts in self._counts.items():
            one = {
                word: (1 + math.log(n)) * math.log(count / self._frequency[word])
                for word, n in counts.items()
            }
            length = math.sqrt(sum(x * x for x in one.values())) or 1
            weights[slug] = {word: x / length for word, x in one.items()}
        return weights

    def bm25(self, slug: str) -> list[str]:
        """Return what BM25 (k1 1.2, b 0.75) ranks first, asked for all words of the paper."""
        own, count = self._counts[slug], len(self._slugs)
        rarity = {
            w: math.log(1 + (count - self._frequency[w] + 0.5) / (self._frequency[w] + 0.5))
            for w in own
        }
        scores = {}
        for s, one in self._counts.items():
            length = 1.2 * (0.25 + 0.75 * one.total() / self._mean_length)
            scores[s] = sum(rarity[w] * n * 2.2 / (n + length) for w, n in one.items() if w in own)
        return self._best(slug, scores)

    def _best(self, slug: str, scores: dict[str, float]) -> list[str]:
        others = (other for other in scores if other != slug)
        return sorted(others, key=lambda other: (-scores[other], other))[:_SHOWN]
