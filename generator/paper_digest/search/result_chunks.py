"""Packs what is shown of the papers, what they are filtered by, and the words to spell by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from paper_digest.search.codec import deflate, front_code
from paper_digest.search.forward_index import Row
from paper_digest.search.inverted_index import Inverted
from paper_digest.search.shards import Shard

_SPELT = re.compile(r"[a-z]{4,24}")
_SPELLING_SIZE = 24_000  # bytes before packing, about a third after


def shown(rows: Sequence[Row], size: int) -> Iterator[bytes]:
    """Pack the papers' lines (slug, title, authors, date, with tabs), ``size`` a chunk."""
    for at in range(0, len(rows), size):
        yield deflate(b"\n".join(row.shown for row in rows[at : at + size]))


def facets(rows: Sequence[Row], topic_titles: Mapping[str, str], above: Mapping[str, str]) -> bytes:
    """Pack, for each topic and source and for "has code", the numbers of its papers as gaps.

    Of a subtopic's papers only the subtopic lists the numbers; ``above`` names the topic they count
    for as well, and the browser unites the two.
    """
    topics: dict[str, list[int]] = {}
    sources: dict[str, list[int]] = {}
    code: list[int] = []
    for number, row in enumerate(rows):
        for name in dict.fromkeys(row.topics):
            topics.setdefault(name, []).append(number)
        for name in dict.fromkeys(row.sources):
            sources.setdefault(name, []).append(number)
        if row.has_code:
            code.append(number)
    shown = {*topics, *(above[name] for name in topics if name in above)}
    return deflate(
        msgspec.json.encode(
            {
                "topics": {name: _gaps(topics[name]) for name in sorted(topics)},
                "titles": {name: topic_titles.get(name, name) for name in sorted(shown)},
                "above": {name: above[name] for name in sorted(topics) if name in above},
                "sources": {name: _gaps(sources[name]) for name in sorted(sources)},
                "code": _gaps(code),
            }
        )
    )


def years(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """List each year ("" where unknown) with the number of its first paper, oldest first."""
    found: list[tuple[str, int]] = []
    for number, row in enumerate(rows):
        year = row.date[:4]
        if not found or found[-1][0] != year:
            found.append((year, number))
    return found


def spelling(index: Inverted, *, backwards: bool) -> Iterator[Shard]:
    """Pack the plain words, each with the logarithm of how many papers hold it.

    A slip leaves one half of a word as it was, so they are listed by their beginnings and, each
    written ``backwards``, by their ends.
    """
    common = np.frexp(np.diff(index.starts))[1] - 1
    words = sorted(
        (term[::-1] if backwards else term, much)
        for term, much in zip(index.terms, common.tolist(), strict=True)
        if _SPELT.fullmatch(term)
    )
    at = 0
    while at < len(words):
        end = size = 0
        for end in range(at, len(words)):
            size += len(words[end][0])
            if size > _SPELLING_SIZE:
                break
        terms, marks = zip(*words[at : end + 1], strict=True)
        yield Shard(terms[0], deflate(front_code(terms, marks)))
        at = end + 1


def _gaps(numbers: Sequence[int]) -> list[int]:
    return [number - last for number, last in zip(numbers, [0, *numbers], strict=False)]
