"""Packs what is shown of the papers, their facets, and the words that spellings are corrected by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from paper_digest.model.late_pattern import late_pattern
from paper_digest.search.codec import deflate, encode_front_coded, gaps
from paper_digest.search.forward_index import DocumentRow
from paper_digest.search.inverted_index import InvertedIndex
from paper_digest.search.shards import Shard

_SPELLABLE_WORD = late_pattern(r"[a-z]{4,24}")
_SPELLING_SHARD_BYTES = 24_000  # bytes before packing, about a third after


def stored_fields(rows: Sequence[DocumentRow], papers_per_chunk: int) -> Iterator[bytes]:
    """Pack the papers' lines (slug, title, authors, date, with tabs), ``papers_per_chunk`` a chunk."""
    for at in range(0, len(rows), papers_per_chunk):
        yield deflate(b"\n".join(row.stored_fields for row in rows[at : at + papers_per_chunk]))


def packed_facets(
    rows: Sequence[DocumentRow], topic_titles: Mapping[str, str], parent_topics: Mapping[str, str]
) -> bytes:
    """Pack the lists of facets."""
    return deflate(msgspec.json.encode(facet_lists(rows, topic_titles, parent_topics)))


def facet_lists(
    rows: Sequence[DocumentRow], topic_titles: Mapping[str, str], parent_topics: Mapping[str, str]
) -> dict[str, Any]:
    """List, for each topic and source and for "has code", the numbers of its papers as gaps.

    Of a subtopic's papers only the subtopic lists the numbers; ``parent_topics`` names the topic they count
    for as well, and whoever reads the file unites the two.
    """
    topics: dict[str, list[int]] = {}
    sources: dict[str, list[int]] = {}
    code_papers: list[int] = []
    for number, row in enumerate(rows):
        for name in dict.fromkeys(row.topics):
            topics.setdefault(name, []).append(number)
        for name in dict.fromkeys(row.sources):
            sources.setdefault(name, []).append(number)
        if row.has_code:
            code_papers.append(number)
    titled_topics = {*topics, *(parent_topics[name] for name in topics if name in parent_topics)}
    return {
        "topics": {name: gaps(topics[name]) for name in sorted(topics)},
        "titles": {name: topic_titles.get(name, name) for name in sorted(titled_topics)},
        "above": {name: parent_topics[name] for name in sorted(topics) if name in parent_topics},
        "sources": {name: gaps(sources[name]) for name in sorted(sources)},
        "code": gaps(code_papers),
    }


def first_paper_by_year(rows: Sequence[DocumentRow]) -> list[tuple[str, int]]:
    """List each year ("" where unknown) with the number of its first paper, oldest first."""
    first_papers: list[tuple[str, int]] = []
    for number, row in enumerate(rows):
        year = row.date[:4]
        if not first_papers or first_papers[-1][0] != year:
            first_papers.append((year, number))
    return first_papers


def spelling_shards(inverted: InvertedIndex, *, reversed_words: bool) -> Iterator[Shard]:
    """Pack the plain words, each with the logarithm of how many papers hold it, 0 for up to 15.

    One edit leaves one half of a word as it was, so the words are listed by their beginnings and,
    with ``reversed_words``, each written backwards, by their ends.
    """
    log_frequencies = np.maximum(np.frexp(np.diff(inverted.starts))[1] - 4, 0)
    words = sorted(
        (term[::-1] if reversed_words else term, much)
        for term, much in zip(inverted.terms, log_frequencies.tolist(), strict=True)
        if _SPELLABLE_WORD.fullmatch(term)
    )
    at = 0
    while at < len(words):
        end = size = 0
        for end in range(at, len(words)):
            size += len(words[end][0])
            if size > _SPELLING_SHARD_BYTES:
                break
        terms, log_values = zip(*words[at : end + 1], strict=True)
        yield Shard(terms[0], deflate(encode_front_coded(terms, log_values)))
        at = end + 1
