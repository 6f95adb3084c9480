"""The cached words of all documents: right after any changes, and nearly all of them left as they lie on the disk."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from paper_digest.incremental.reading_cache import newer_words_path
from paper_digest.search.cache import ForwardUpdate, update_forward_index
from paper_digest.search.document import Document
from paper_digest.search.forward_index import ForwardIndex, build_forward_index
from paper_digest.search.payload import has_positions
from paper_digest.search.term_counts import LAST_PLACE

_WORDS = ["graph", "lattice", "corpus", "kernel", "sonnet", "low-rank", "state-of-the-art"]


def _document(number: int, version: int) -> Document:
    draw = random.Random(f"{number} {version}")  # noqa: S311 - a repeatable draw
    return Document(
        slug=f"p{number}",
        bare_id=f"2401.{number:05}",
        title=" ".join(draw.choices(_WORDS, k=4)),
        authors=tuple(f"Ada {draw.choice('XYZ')}. Name{draw.randrange(9)}" for _ in range(2)),
        text=" ".join(draw.choices([*_WORDS, f"word{number}", f"word{version}"], k=30)),
        date=f"2024-01-{number % 28 + 1:02}",
        topics=(),
        has_code=False,
        sources=("arxiv",),
    )


def _words_by_slug(forward: ForwardIndex) -> dict[str, Any]:
    """Return all that is held of each document, with terms for their numbers: these depend on what was counted before."""
    terms = np.array(forward.term_ids.terms, object)
    columns = (
        _parts(terms[list(forward.posting_terms)].tolist(), forward.posting_counts),
        _parts(forward.payloads, forward.posting_counts),
        _parts(forward.places, forward.place_counts),
        _parts(terms[list(forward.name_terms)].tolist(), forward.name_counts),
        _parts(forward.name_numbers, forward.name_counts),
    )
    held = {}
    for row, posting_terms, payloads, places, *names in zip(forward.rows, *columns, strict=True):
        is_placed = has_positions(np.array(payloads, np.uint8))
        lists = _positions(places)
        positions = [lists.pop(0) if placed else [] for placed in is_placed.tolist()]
        held[row.slug] = row, sorted(zip(posting_terms, payloads, positions, strict=True)), names
    assert len(held) == len(forward.rows)
    return held


def _parts(column: Sequence[Any], counts: Iterable[int]) -> list[list[Any]]:
    return [list(column[a:b]) for a, b in pairwise(accumulate(counts, initial=0))]


def _positions(places: list[int]) -> list[list[int]]:
    """Divide the positions of a document into those of each posting."""
    lists: list[list[int]] = [[]]
    for place in places:
        lists[-1].append(place)
        if place & LAST_PLACE:
            lists.append([])
    return lists


def _update(documents: dict[str, Document], file: Path) -> ForwardUpdate:
    hashes = {slug: msgspec.msgpack.encode(one) for slug, one in documents.items()}
    return update_forward_index(hashes, documents.__getitem__, file)


@pytest.mark.parametrize("seed", range(8))
def test_words_are_those_of_the_documents_after_any_changes(tmp_path: Path, seed: int) -> None:
    draw, file = random.Random(seed), tmp_path / "words.bin"  # noqa: S311 - a repeatable draw
    versions = dict.fromkeys(range(draw.randrange(1, 90)), 0)
    before: dict[str, Any] = {}
    for _ in range(12):
        damaged = [path for path in tmp_path.iterdir() if draw.random() < 0.1]
        for path in damaged:
            _damage(path, draw)
        documents = {f"p{n}": _document(n, version) for n, version in versions.items()}
        forward, reused_count, dropped = _update(documents, file)
        now = _words_by_slug(build_forward_index(documents.values()))
        assert _words_by_slug(forward) == now
        if not damaged:
            assert reused_count >= sum(before.get(slug) == held for slug, held in now.items())
            lost = _words_by_slug(dropped) if dropped.rows else {}
            for slug, held in before.items():
                assert now.get(slug) == held or lost[slug][0].text_hash
        before = now
        for number in draw.sample(range(100), draw.choice([0, 1, 3, 30])):
            version = draw.choice([None, 0, 1, 2])
            versions.pop(number, None)
            if version is not None:
                versions[number] = version


def test_few_changes_leave_the_words_of_all_others_as_they_lie_on_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "words.bin"
    documents = {f"p{n}": _document(n, 0) for n in range(96)}
    _update(documents, file)
    whole, newer = file.read_bytes(), newer_words_path(file)
    assert not newer.exists()
    for number in (3, 100):
        documents[f"p{number}"] = _document(number, 1)
        assert _update(documents, file).reused_count == len(documents) - 1
        assert file.read_bytes() == whole
    written = newer.read_bytes()
    assert _update(documents, file).reused_count == len(documents)
    assert (file.read_bytes(), newer.read_bytes()) == (whole, written)
    documents |= {f"p{n}": _document(n, 1) for n in range(10, 20)}
    _update(documents, file)
    assert file.read_bytes() != whole
    assert not newer.exists()


def _damage(path: Path, draw: random.Random) -> None:
    data = bytearray(path.read_bytes())
    if draw.random() < 0.3:
        path.unlink()
    else:
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        path.write_bytes(data)
