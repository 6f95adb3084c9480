"""Packed bytes: what Python writes, the browser's code reads back unchanged."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_digest.incremental.hashing import content_hash
from paper_digest.search.codec import (
    deflate,
    encode_front_coded,
    encode_rice,
    encode_varints,
    shared_prefix_lengths,
)
from paper_digest.search.decoder import decode_varints
from paper_digest.search.document_spans import DOCUMENT_SHIFT, TERM_SHIFT, PackedArray
from paper_digest.search.forward_index import build_forward_index
from paper_digest.search.inverted_index import InvertedIndex, invert, utf16_sort_key
from paper_digest.search.payload import IMPACT_SHIFT, POSITION_BITS
from paper_digest.search.shards import (
    packed_costs,
    range_edges,
    rest_shards,
    split_long_lists,
    term_ranges,
)
from paper_digest.search.term_places import TermPlaces
from search_documents import PAPERS


def inflated(packed: bytes) -> bytes:
    return zlib.decompress(packed, -15)


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_sections_come_back_joined(sections: list[bytes]) -> None:
    assert inflated(deflate(*sections)) == b"".join(sections)


@given(st.lists(st.integers(0, 1 << 40)))
def test_varints_end_where_the_high_bit_does(numbers: list[int]) -> None:
    coded = encode_varints(numbers)
    assert sum(byte < 128 for byte in coded) == len(numbers)
    assert decode_varints(coded, 0, len(numbers)) == (numbers, len(coded))


@given(st.sets(st.text(min_size=1).filter(lambda text: not set(text) & {"\n", "\t"})))
def test_front_coded_terms_come_back(terms: set[str]) -> None:
    terms = {term.encode("utf-8", "ignore").decode() for term in terms} - {""}
    sorted_terms = sorted(terms, key=utf16_sort_key)
    last, found = "", []
    for line in encode_front_coded(sorted_terms).decode().split("\n") if terms else []:
        last = last[: ord(line[0]) - 32] + line[1:]
        found.append(last)
    assert found == sorted_terms


def test_a_name_changes_with_any_content() -> None:
    names = {
        content_hash(b"a", b"b"),
        content_hash(b"a", b"c"),
        content_hash(b"b", b"b"),
        content_hash(b""),
    }
    assert len(names) == 4


def test_no_documents_take_no_bytes() -> None:
    assert encode_rice(np.zeros(0, np.int32), np.zeros(0, np.int64), 10) == b""


def made_up_index(total: int, seed: int) -> InvertedIndex:
    draw = Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
    sizes = [draw.choice([1, 1, 2, 5, total // 3, total]) for _ in range(40)]
    lists = [sorted(draw.sample(range(total), min(size, total))) for size in sizes]
    terms = sorted({f"{draw.choice(['wé', 'w', '深'])}{draw.random()}" for _ in lists})
    starts = np.cumsum([0, *map(len, lists)])
    documents = np.array([number for one in lists for number in one], np.int32)
    payloads = np.array([draw.randrange(256) for one in lists for _ in one], np.uint8)
    postings = np.flatnonzero(payloads & POSITION_BITS == 0)
    authors = [draw.sample((0, 1, 5, 63, 64, 300, 0xFFFF), draw.randint(1, 4)) for _ in postings]
    owners = np.repeat(postings, list(map(len, authors)))

    def packed(
        of: Sequence[int] | np.typing.NDArray[np.int64], numbers: list[int]
    ) -> np.typing.NDArray[np.uint64]:
        at = np.array(of, np.int64)
        terms = np.searchsorted(starts, at, side="right") - 1
        own = terms << int(TERM_SHIFT) | documents[at].astype(np.int64) << int(DOCUMENT_SHIFT)
        placed: np.typing.NDArray[np.int64] = own | np.array(numbers, np.int64)
        return placed.astype(np.uint64)

    return InvertedIndex(
        terms,
        [draw.choice([0, 3]) for _ in lists],
        starts,
        documents,
        payloads,
        packed(owners, [place for one in authors for place in sorted(one)]),
        MadeUpPlaces(packed(*drawn_positions(payloads, draw))),
    )


def drawn_positions(
    payloads: np.typing.NDArray[np.uint8], draw: Random
) -> tuple[list[int], list[int]]:
    """Draw some positions of each posting that has any, of each rest by four that its payload names."""
    owners, positions = [], []
    for posting, payload in enumerate(payloads.tolist()):
        rests = [rest for rest in range(4) if payload >> rest & 1]
        any_rests = [draw.randrange(4)] if payload >> IMPACT_SHIFT else []
        own = {
            draw.choice((0, 4, 64, 200, 0x7FFC)) + rest
            for rest in rests or any_rests
            for _ in range(draw.randint(1, 3))
        }
        owners += [posting] * len(own)
        positions += sorted(own)
    return owners, positions


class MadeUpPlaces(TermPlaces):
    """Positions that belong to no documents."""

    def __init__(self, packed: PackedArray) -> None:
        self.packed = packed

    def of_terms(self, first: int, last: int) -> PackedArray:
        """Return those of some terms, as they were made up."""
        terms = self.packed >> TERM_SHIFT
        return self.packed[(terms >= first) & (terms <= last)]


def numbers_of(packed: np.typing.NDArray[np.uint64], term: int) -> list[tuple[int, int]]:
    """List the papers of a term, with the places of the authors that it names or with its positions."""
    own = packed[packed >> TERM_SHIFT == term].astype(np.int64)
    papers = own >> int(DOCUMENT_SHIFT) & 0xFFFFFF
    return list(zip(papers.tolist(), (own & 0xFFFF).tolist(), strict=True))


def test_the_browser_reads_every_list(host: Callable[..., Any], site: Path) -> None:
    for total, head in ((3, 100), (500, 60), (4000, 300)):
        index = made_up_index(total, seed=total)
        parts = split_long_lists(index, head)
        frequencies = np.diff(index.starts)
        term_shards = list(term_ranges(parts, frequencies, total, range_edges(parts.heads, 700)))
        packed: list[dict[str, Any]] = [
            {"packed": shard.packed, "places": shard.places, "head": head} for shard in term_shards
        ]
        packed += [
            {"packed": one.packed, "places": one.places} for one in rest_shards(parts, total, 900)
        ]
        lists = [
            {
                name: base64.b64encode(value).decode() if isinstance(value, bytes) else value
                for name, value in one.items()
            }
            | {"total": total}
            for one in packed
        ]
        [answer] = host(site, {"do": "unpack", "lists": lists})
        heads = answer[: len(term_shards)]
        tails = [one for file in answer[len(term_shards) :] for one in file]
        assert [shard.first_term for shard in term_shards] == [found["names"][0] for found in heads]
        assert [name for found in heads for name in found["names"]] == index.terms
        assert [split for found in heads for split in found["splits"]] == index.splits
        entries = [(shard, place) for shard in heads for place in range(len(shard["names"]))]
        for number, (found, place) in enumerate(entries):
            low, high = found["starts"][place : place + 2]
            rest = dict(found["long"]).get(place)
            keys = found["authorKeys"][place] + ([] if rest is None else tails[rest]["authorKeys"])
            assert [divmod(key, 65_536) for key in sorted(keys)] == numbers_of(index.names, number)
            positions = found["positions"][place] + (
                [] if rest is None else tails[rest]["positions"]
            )
            assert [divmod(key, 65_536) for key in sorted(positions)] == numbers_of(
                index.places.of_terms(number, number), number
            )
            postings = list(zip(found["documents"], found["payloads"], strict=True))[low:high]
            if rest is not None:
                postings += zip(tails[rest]["documents"], tails[rest]["payloads"], strict=True)
            span = slice(index.starts[number], index.starts[number + 1])
            expected = zip(
                index.documents[span].tolist(), index.payloads[span].tolist(), strict=True
            )
            assert sorted(postings) == list(expected)
            assert found["frequencies"][place] == span.stop - span.start


def test_a_head_keeps_the_titles() -> None:
    index = made_up_index(4000, seed=9)
    parts = split_long_lists(index, 300)
    for term in parts.long_terms:
        low, high = parts.heads.starts[term : term + 2]
        rest_low, rest_high = parts.rests.starts[term : term + 2]
        kept = (parts.heads.payloads[low:high] & 16 > 0).sum()
        lost = (parts.rests.payloads[rest_low:rest_high] & 16 > 0).sum()
        assert high - low == 300
        assert lost == 0 or kept == 300
        ascending = parts.heads.documents[low:high].tolist()
        assert all(one < other for one, other in pairwise(ascending))


@pytest.mark.parametrize("wanted", [200, 700, 5_000])
def test_ranges_end_where_few_letters_set_the_next_one_off(wanted: int) -> None:
    index = invert(build_forward_index(PAPERS), range(len(PAPERS)))
    heads = split_long_lists(index, 300).heads
    edges = range_edges(heads, wanted)
    costs = packed_costs(heads)
    shared = shared_prefix_lengths(heads.terms)
    assert edges[0] == 0
    assert edges[-1] == len(heads.terms)
    assert edges == sorted(set(edges))
    for low, high in pairwise(edges[:-1]):
        begin = costs[low - 1] if low else 0
        assert high == low + 1 or costs[high - 2] - begin < 1.25 * wanted
        # No other end that makes the range as long would have done with fewer letters.
        ends = range(low + 1, len(heads.terms))
        near = [end for end in ends if 0.8 * wanted < costs[end - 1] - begin < 1.2 * wanted]
        assert shared[high] <= min((shared[end] for end in near), default=shared[high])
