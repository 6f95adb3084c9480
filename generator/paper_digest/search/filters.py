"""Says which papers the filters of a query let through."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from paper_digest.search.decoder import ByteArray
from paper_digest.search.index_reader import Facets, IndexReader
from paper_digest.search.query import Query
from paper_digest.search.tokenizer import tokens

_AFTER_DIGITS = "~"  # sorts after the digits of any year


def has_filters(query: Query) -> bool:
    """Say whether a query narrows the papers by more than words."""
    return bool(query.topics or query.sources or query.needs_code or query.years is not None)


def allowed_papers(index: IndexReader, query: Query) -> ByteArray | None:
    """Return a 1 for every paper that the query's filters let through; None if it has none."""
    if not has_filters(query):
        return None
    first, last = year_range(index, query.years)
    allowed = np.zeros(index.paper_count, np.uint8)
    allowed[first:last] = 1
    if query.topics or query.sources or query.needs_code:
        facets = index.facets()
        lists = [facets.topics.get(topic_name(facets, named)) for named in query.topics]
        lists += [facets.sources.get(name) for name in query.sources]
        lists += [facets.has_code] if query.needs_code else []
        for papers in lists:
            allowed &= papers if papers is not None else np.uint8(0)
    return allowed


def left_out_papers(index: IndexReader, query: Query) -> npt.NDArray[np.bool_]:
    """Say of every paper whether it meets a filter that has a minus before it."""
    is_out = np.zeros(index.paper_count, bool)
    for one in query.without:
        allowed = allowed_papers(index, one)
        is_out |= allowed == 1 if allowed is not None else False
    return is_out


def hinted_papers(index: IndexReader, query: Query) -> tuple[int, int]:
    """Return the number of the first paper of a year typed as a word, and of the first one after it."""
    year = query.hinted_year
    return year_range(index, (year, year)) if year else (0, 0)


def year_range(index: IndexReader, years: tuple[str, str] | None) -> tuple[int, int]:
    """Return the number of the first paper of a span of years, and of the first one after it."""
    if years is None:
        return 0, index.paper_count

    def first_since(year: str) -> int:
        return next((first for name, first in index.years if name >= year), index.paper_count)

    return first_since(years[0] or "0"), first_since(years[1] + _AFTER_DIGITS)


def topic_name(facets: Facets, named: str) -> str:
    """Return the name of the topic that a reader means by its name or title; "" if none."""
    if named in facets.titles:
        return named
    plain = tokens(named)
    return next((name for name, title in facets.titles.items() if tokens(title) == plain), "")
