"""The filters that no paper at all meets, so they are named: they leave none, or with a minus leave none out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paper_digest.search.filters import topic_name, year_range
from paper_digest.search.index_reader import IndexReader
from paper_digest.search.query import Query
from paper_digest.search.query_parser import OPEN_END
from paper_digest.search.spelling import edit_distance, max_edits
from paper_digest.search.tokenizer import tokens


def unmet_filters(index: IndexReader, query: Query) -> dict[str, str]:
    """Return each of them as it is typed, with the one that may have been meant, or ""."""
    unmet: dict[str, str] = {}
    for filters in (query, *query.without):
        unmet |= _unmet_facets(index, filters)
        unmet |= _unmet_years(index, filters)
    return unmet


def _unmet_years(index: IndexReader, query: Query) -> Iterator[tuple[str, str]]:
    if query.years is None:
        return
    first, last = year_range(index, query.years)
    start, end = query.years
    span = start if start == end else f"{start}..{'' if end == OPEN_END else end}"
    if first >= last:
        yield f"year:{span}", ""


def _unmet_facets(index: IndexReader, query: Query) -> Iterator[tuple[str, str]]:
    if not (query.topics or query.sources or query.needs_code):
        return
    facets = index.facets()
    known = {_slugify(facets.titles[name]): name for name in facets.topics if name in facets.titles}
    known |= {name: name for name in facets.topics}
    for name in query.topics:
        papers = facets.topics.get(topic_name(facets, name))
        if papers is None or not papers.any():
            yield f"topic:{name}", _with_field("topic:", known.get(_nearest(name, known), ""))
    for name in query.sources:
        papers = facets.sources.get(name)
        if papers is None or not papers.any():
            yield f"source:{name}", _with_field("source:", _nearest(name, facets.sources))
    if query.needs_code and not facets.has_code.any():
        yield "has:code", ""


def _slugify(text: str) -> str:
    return "-".join(tokens(text))


def _with_field(field: str, name: str) -> str:
    return name and field + name


def _nearest(typed: str, names: Mapping[str, object]) -> str:
    """Return the name nearest to what was typed, or that begins with something near: the shortest; "" if none is."""
    word = _slugify(typed)
    limit = max_edits(word)
    near: list[tuple[int, int, str]] = []
    for name in names:
        edits = edit_distance(word, name, limit, is_prefix=True)
        if word and edits is not None:
            near.append((edits, len(name), name))
    return min(near)[-1] if near else ""
