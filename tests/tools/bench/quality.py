"""Measures what search finds for judged queries, beside plain BM25 over title and abstract.

Usage: python tests/tools/bench/quality.py [--cases FOLDER] [--corpus FOLDER] [--seeds FOLDER]
    [--work FOLDER] [--all]

The archive is made of the days of Hugging Face and the saved pages that lie beside the checkout. Three tables:
topics (nDCG@5 on lists condensed to judged papers), known items (at which place the first paper
that was wanted stands), and authors (the share of the first ten papers that the person wrote). ``--all`` shows
every query with its places. Fails where a figure misses its goal.
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from paper_digest.builder.search_document import make_search_document
from paper_digest.catalog.entry import catalog_entry
from paper_digest.catalog.topics import TopicClassifier
from paper_digest.search.build import build_index
from paper_digest.search.document import Document
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.settings.config import load_config
from paper_digest.store.files import Store
from paper_digest.text.fold import fold_to_words

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "tests" / "data" / "sample"
SHARED = ROOT.parent / "shared"
#: Grades of papers that the judged queries do not name: ids and grades only.
OWN_GRADES = Path(__file__).with_name("quality_grades.jsonl")
_DEPTH = 1_000  # papers of an answer that a condensed list is made of
_SHOWN = 10  # places at which a reader looks for a paper
_MIN_PAPERS, _MAX_NAMES = 10, 60  # of an author, and authors asked for
_K1, _B = 1.5, 0.75  # of BM25, as most libraries set them

GOALS = {"topics above BM25": 0.01, "rank 1": 0.85, "top 3": 0.95, "found": 1, "authors": 1}


class Bm25:
    """Okapi BM25 (Robertson and Zaragoza, 2009) over words of title and abstract as they stand."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Count the words."""
        texts = [_words(f"{one.title} {one.text}") for one in documents]
        self._slugs = [one.slug for one in documents]
        lengths = np.array([len(text) for text in texts], float)
        self._norms = _K1 * (1 - _B + _B * lengths / lengths.mean())
        self._lists: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, text in enumerate(texts):
            for word, times in Counter(text).items():
                self._lists[word].append((place, times))

    def search(self, query: str, limit: int) -> list[str]:
        """Return the slugs of the best papers, the best first."""
        scores = np.zeros(len(self._slugs))
        for word in _words(query):
            postings = self._lists.get(word, [])
            rarity = math.log(1 + (len(scores) - len(postings) + 0.5) / (len(postings) + 0.5))
            for place, times in postings:
                scores[place] += rarity * times * (_K1 + 1) / (times + self._norms[place])
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self._slugs[place] for place in best if scores[place] > 0]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def made_archive(work: Path, given: argparse.Namespace) -> Path:
    """Make the archive once in ``work`` and return the project's folder."""
    if (work / "archive.yml").exists():
        return work
    work.mkdir(parents=True)
    for name in ("archive.yml", "mkdocs.yml"):
        shutil.copy(SAMPLE / name, work / name)
    digest = Path(sys.executable).with_name("digest")
    for source, folder in (("huggingface", given.corpus / "days"), ("text", given.seeds)):
        command = [str(digest), "ingest", source, str(folder), "--root", str(work)]
        subprocess.run(command, check=True, capture_output=True)
    return work


def read_documents(project: Path) -> tuple[list[Document], dict[str, str]]:
    """Return every paper as search sees it, and the titles of topics by name."""
    topics = load_config(project).topics
    classifier = TopicClassifier(topics)
    papers = Store(project / "archive").read_all([])
    documents = [
        make_search_document(
            one, catalog_entry(one, [match.topic for match in classifier.classify(one)])
        )
        for one in papers
    ]
    return documents, {topic.name: topic.title for topic in topics}


def ndcg_at_5(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Return nDCG@5 of a list of slugs, those without a grade left out of it."""
    condensed = [grades[slug] for slug in found if slug in grades]
    best = _gain(sorted(grades.values(), reverse=True))
    return _gain(condensed) / best if best else 1.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:5]))


def place_of(found: Sequence[str], wanted: Sequence[str]) -> int:
    """Return the place of the first paper that was wanted, counted from 1; 0 where it is missing."""
    return next((place for place, slug in enumerate(found, 1) if slug in wanted), 0)


def authors_asked(documents: Sequence[Document]) -> list[tuple[str, set[str]]]:
    """Return names that many share a part of, each with the papers of that very name."""
    papers: dict[str, set[str]] = defaultdict(set)
    spelling: dict[str, str] = {}
    for one in documents:
        for name in one.authors:
            papers[fold_to_words(name)].add(one.slug)
            spelling[fold_to_words(name)] = name
    most = sorted(papers, key=lambda name: (-len(papers[name]), name))
    return [
        (spelling[name], papers[name]) for name in most if name and len(papers[name]) >= _MIN_PAPERS
    ][:_MAX_NAMES]


def main() -> None:
    """Print the tables; exit with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=Path, default=SHARED / "cases" / "quality")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus" / "huggingface")
    parser.add_argument("--seeds", type=Path, default=SHARED / "seeds")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench-quality"))
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    documents, titles = read_documents(made_archive(given.work.resolve(), given))
    files: dict[str, bytes] = {}
    report = build_index(documents, titles, files.__setitem__)
    ours, bm25 = RankedSearch(IndexReader(files.__getitem__)), Bm25(documents)
    _say(f"{len(documents):,} papers, {report.total_bytes / len(documents):.0f} bytes a paper\n")
    figures = {
        **_topics(given, ours, bm25),
        **_known_items(given, ours, bm25),
        **_authors(given, ours, documents),
    }
    missed = [name for name, goal in GOALS.items() if figures[name] < goal - 1e-9]
    for name, value in figures.items():
        _say(f"{name:24}{value:8.3f}{GOALS.get(name, math.nan):8.2f}\n")
    sys.exit(f"missed: {', '.join(missed)}" if missed else 0)


def _topics(given: argparse.Namespace, ours: RankedSearch, bm25: Bm25) -> dict[str, float]:
    own_grades = {one["query"]: one["grades"] for one in _lines(OWN_GRADES)}
    scores, unjudged = [], 0
    for case in _lines(given.cases / "topical.jsonl"):
        query = case["query"]
        grades = own_grades.get(query, {}) | case["grades"]
        found = [hit.slug for hit in ours.search(query, _DEPTH)]
        scores.append((ndcg_at_5(found, grades), ndcg_at_5(bm25.search(query, _DEPTH), grades)))
        new = [slug for slug in found[:5] if slug not in grades]
        unjudged += len(new)
        if given.all:
            _say(f"{scores[-1][0]:.3f} {scores[-1][1]:.3f}  {query}  not judged: {' '.join(new)}\n")
    own, plain = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    return {
        "topics, nDCG@5": own,
        "topics, BM25": plain,
        "topics above BM25": own - plain,
        "not judged of first 5": unjudged,
    }


def _known_items(given: argparse.Namespace, ours: RankedSearch, bm25: Bm25) -> dict[str, float]:
    places: list[tuple[int, int]] = []
    for case in _lines(given.cases / "known_items.jsonl"):
        query, wanted = case["query"], case["wanted"]
        found = [hit.slug for hit in ours.search(query, _SHOWN)]
        places.append((place_of(found, wanted), place_of(bm25.search(query, _SHOWN), wanted)))
        if given.all:
            _say(f"{places[-1][0]:5} {places[-1][1]:5}  {query}  {' '.join(found[:4])}\n")
    return {
        name: sum(0 < place <= deepest for place, _ in places) / len(places)
        for name, deepest in (("rank 1", 1), ("top 3", 3), ("found", _SHOWN))
    } | {"rank 1, BM25": sum(place == 1 for _, place in places) / len(places)}


def _authors(
    given: argparse.Namespace, ours: RankedSearch, documents: Sequence[Document]
) -> dict[str, float]:
    shares = []
    for name, papers in authors_asked(documents):
        found = [hit.slug for hit in ours.search(f'author:"{name}"', _SHOWN)]
        shares.append(sum(slug in papers for slug in found) / _SHOWN)
        if given.all and shares[-1] < 1:
            _say(f"{shares[-1]:.2f}  {name} ({len(papers)})\n")
    return {"authors": sum(shares) / len(shares)}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    yield from map(msgspec.json.decode, itertools.takewhile(bool, path.read_bytes().splitlines()))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
