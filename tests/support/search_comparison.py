"""Compares the answers of Python and of the browser's engine over the same index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.ranked_search import RankedSearch
from paper_digest.search.search_answer import SearchAnswer

SCORE_TOLERANCE = 1e-5  # the two languages' logarithms may differ in their last bit


def as_vector(answer: SearchAnswer) -> dict[str, Any]:
    return {
        "hits": [[hit.slug, hit.score] for hit in answer.hits],
        "total": answer.total,
        "is_partial": answer.is_partial,
        "corrections": [list(pair) for pair in answer.corrections],
        "unknown": list(answer.unknown_words),
    }


def as_script_vector(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "hits": [[result["slug"], result["score"]] for result in answer["results"]],
        "total": answer["total"],
        "is_partial": answer["isPartial"],
        "corrections": answer["corrections"],
        "unknown": answer["unknown"],
    }


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return {**one, "hits": [slug for slug, _ in one["hits"]]} == {
        **other,
        "hits": [slug for slug, _ in other["hits"]],
    } and [score for _, score in one["hits"]] == pytest.approx(
        [score for _, score in other["hits"]], abs=SCORE_TOLERANCE
    )


def differing(
    ask: Callable[..., Any], folder: Path, queries: Sequence[str], options: dict[str, Any]
) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """List the queries that the two engines answer differently, with both answers."""
    size = options.get("size", 10)
    python = RankedSearch(IndexReader.open(folder))
    asked = [(query, {"size": size, **options}) for query in queries]
    [answers] = ask(folder, {"do": "search", "queries": asked})
    pairs = [
        (
            query,
            as_vector(
                python.answer(
                    query,
                    size,
                    options.get("from", 0),
                    order=options.get("order", "relevance"),
                    is_exhaustive=options.get("exactTotal", False),
                )
            ),
            as_script_vector(answer),
        )
        for query, answer in zip(queries, answers, strict=True)
    ]
    return [pair for pair in pairs if not is_same(pair[1], pair[2])]
